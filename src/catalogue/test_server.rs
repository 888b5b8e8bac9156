//! A tiny scripted HTTP/1.1 server for tests: on a port of its own, in threads of its own, on `std` alone.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::Target;

/// How the server behaves towards one request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Sends this, and keeps the connection.
    Whole { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// Announces more body than it sends, then closes the connection.
    Truncated { headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// Closes the connection without a word.
    HangUp,
    /// Never says anything.
    Hang,
}

impl Reply {
    pub fn json(body: impl fmt::Display) -> Self {
        Self::of(200, "application/json", format!("{body}"))
    }

    pub fn status(status: u16) -> Self {
        Self::of(status, "application/json", String::from("{}"))
    }

    pub fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self::Whole { status, headers, body: body.into() }
    }

    pub fn truncated(content_type: &str, body: &[u8]) -> Self {
        Self::Truncated { headers: vec![("content-type", content_type.to_owned())], body: body.into() }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Whole { headers, .. } | Self::Truncated { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub path: String,
    pub headers: BTreeMap<String, String>,
}

type Script = dyn Fn(&str, usize) -> Reply + Send + Sync;

#[derive(Default)]
struct Log {
    connections: usize,
    requests: Vec<Seen>,
}

/// A running server; its threads end with the process.
pub(crate) struct TestServer {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

impl TestServer {
    /// Starts a server; the script is given the path and how often it was asked for before.
    pub fn start(script: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let log = Arc::new(Mutex::new(Log::default()));
        let script: Arc<Script> = Arc::new(script);
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                shared.lock().expect("the log").connections += 1;
                let (log, script) = (Arc::clone(&shared), Arc::clone(&script));
                thread::spawn(move || serve(&stream, &log, &*script));
            }
        });
        Self { address, log }
    }

    pub fn url(&self) -> String {
        format!("http://{}/catalogue/v2", self.address)
    }

    pub fn target(&self) -> Target {
        Target::parse(&self.url()).expect("a target")
    }

    pub fn requests(&self) -> Vec<Seen> {
        self.log.lock().expect("the log").requests.clone()
    }

    pub fn connections(&self) -> usize {
        self.log.lock().expect("the log").connections
    }
}

/// Serves one connection until either side closes it.
fn serve(stream: &TcpStream, log: &Mutex<Log>, script: &Script) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Some(seen) = read_request(&mut reader) {
        let nth = {
            let mut log = log.lock().expect("the log");
            let nth = log.requests.iter().filter(|earlier| earlier.path == seen.path).count();
            log.requests.push(seen.clone());
            nth
        };
        match script(&seen.path, nth) {
            Reply::Whole { status, headers, body } => {
                let closes = headers.iter().any(|(name, value)| *name == "connection" && value == "close");
                let sent = send(stream, status, &headers, body.len(), &body);
                if closes || sent.is_err() {
                    return;
                }
            }
            Reply::Truncated { headers, body } => {
                let _ = send(stream, 200, &headers, body.len() + 100, &body);
                return;
            }
            Reply::HangUp => return,
            // Reads on, which ends when the other side closes the connection.
            Reply::Hang => while read_request(&mut reader).is_some() {},
        }
    }
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<Seen> {
    let line = read_line(reader)?;
    let path = line.split(' ').nth(1)?.strip_prefix("/catalogue/v2")?.to_owned();
    let mut headers = BTreeMap::new();
    while let Some(line) = read_line(reader).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Seen { path, headers })
}

fn read_line(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = reader.read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}

fn send(
    mut stream: &TcpStream,
    status: u16,
    headers: &[(&str, String)],
    length: usize,
    body: &[u8],
) -> std::io::Result<()> {
    let mut out = format!("HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\n").into_bytes();
    for (name, value) in headers {
        out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(body);
    stream.write_all(&out)
}
