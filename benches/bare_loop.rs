//! The gate's client beside a bare reqwest loop over the same URLs, with the same concurrency.
//!
//! `cargo bench --bench bare_loop` prints the pair without and with 50 ms of latency. The stage is a server in a
//! process of its own, so that its work is not counted as ours.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use release_gate::catalogue::{Client, Limits, Resource, Target};
use release_gate::evidence::{Evidence, NoProgress, fetch, on_one_thread};

const RESOURCES: usize = 1000;
const CONCURRENCY: usize = Limits::DEFAULT_CONCURRENCY;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("serve") {
        let latency = arguments.next().and_then(|it| it.parse().ok()).expect("a latency in milliseconds");
        return serve(Duration::from_millis(latency));
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut out = io::stdout();
    writeln!(out, "{RESOURCES} resources, {CONCURRENCY} at a time, the median of some rounds\n")?;
    writeln!(out, "| latency | loop | wall ms | CPU ms | connections | wall × bare | CPU × bare |")?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for (latency, rounds) in [(0, 9), (50, 3)] {
        let mut server = Server::start(latency)?;
        // Turn and turn about, so that a busy machine disturbs both alike.
        let mut pairs = Vec::new();
        for _ in 0..rounds {
            pairs.push((server.measure(bare)?, server.measure(gate)?));
        }
        let bare = Figures::median(pairs.iter().map(|pair| &pair.0));
        let gate = Figures::median(pairs.iter().map(|pair| &pair.1));
        writeln!(out, "| {latency} ms | bare {}", bare.row(&bare))?;
        writeln!(out, "| {latency} ms | gate {}", gate.row(&bare))?;
    }
    Ok(())
}

/// What anybody would write who only wants the bytes.
async fn bare(base: String) {
    let client = reqwest::Client::new();
    let mut answers = stream::iter(0..RESOURCES)
        .map(|n| {
            let request = client.get(format!("{base}/works/{n}"));
            async move { request.send().await?.bytes().await }
        })
        .buffer_unordered(CONCURRENCY);
    while let Some(answer) = answers.next().await {
        answer.expect("an answer");
    }
}

/// The gate's own way, up to evidence that can be judged.
async fn gate(base: String) -> Evidence {
    let target = Target::parse(&base).expect("a target");
    let client = Client::new(target, Limits::DEFAULT).expect("a client");
    let wanted: BTreeSet<_> = (0..RESOURCES).map(|n| Resource::new(format!("/works/{n}"))).collect();
    let mut evidence = Evidence::from_answers([]);
    fetch(&client, wanted, &mut evidence, &NoProgress).await;
    assert!(evidence.iter().all(|(_, outcome)| outcome.is_ok()), "every resource is answered");
    assert_eq!(evidence.requests, RESOURCES, "each resource is asked for once");
    evidence
}

/// What one loop over all resources has cost.
struct Figures {
    wall: f64,
    cpu: Option<f64>,
    connections: usize,
}

impl Figures {
    fn median<'a>(rounds: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let middle = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let cpu: Option<Vec<f64>> = rounds.clone().map(|it| it.cpu).collect();
        Self {
            wall: middle(rounds.clone().map(|it| it.wall).collect()),
            cpu: cpu.map(middle),
            connections: rounds.map(|it| it.connections).max().unwrap_or_default(),
        }
    }

    fn row(&self, bare: &Self) -> String {
        let number = |value: Option<f64>| value.map_or_else(|| String::from("?"), |it| format!("{it:.0}"));
        let mut row = format!("| {:.0} | {} | {} ", self.wall, number(self.cpu), self.connections);
        let _ = write!(row, "| {:.2} ", self.wall / bare.wall);
        match (self.cpu, bare.cpu) {
            (Some(own), Some(other)) => write!(row, "| {:.2} |", own / other).expect("a string takes it"),
            _ => row.push_str("| ? |"),
        }
        row
    }
}

/// The CPU time of this process's threads in milliseconds, where the system tells it.
fn cpu() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let stat = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += stat.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e6)
}

/// The server's process, and the pipe through which it tells its port and its connections.
struct Server {
    process: Child,
    ask: ChildStdin,
    tell: BufReader<ChildStdout>,
    base: String,
}

impl Server {
    fn start(latency: u64) -> io::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", &latency.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ask = process.stdin.take().expect("a pipe");
        let tell = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut server = Self { process, ask, tell, base: String::new() };
        server.base = format!("http://127.0.0.1:{}", server.line()?);
        Ok(server)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.tell.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// How many connections were opened since it was asked last.
    fn connections(&mut self) -> io::Result<usize> {
        writeln!(self.ask, "connections?")?;
        Ok(self.line()?.parse().expect("a number"))
    }

    /// What the work costs; what it brings is dropped afterwards, since a run keeps it to its end.
    fn measure<F: Future>(&mut self, work: fn(String) -> F) -> io::Result<Figures> {
        self.connections()?;
        let (clock, before) = (Instant::now(), cpu());
        let brought = on_one_thread(work(self.base.clone()))?;
        let wall = clock.elapsed().as_secs_f64() * 1e3;
        let cpu = cpu().zip(before).map(|(after, before)| after - before);
        drop(brought);
        Ok(Figures { wall, cpu, connections: self.connections()? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The server: answers every request with the same work, after a while.
fn serve(latency: Duration) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut out = io::stdout();
    writeln!(out, "{}", listener.local_addr()?.port())?;
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    let answer = Arc::new(answer());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            count.fetch_add(1, Ordering::SeqCst);
            let answer = Arc::clone(&answer);
            thread::spawn(move || serve_connection(&stream, latency, &answer));
        }
    });
    for _ in io::stdin().lines().map_while(Result::ok) {
        writeln!(out, "{}", accepted.swap(0, Ordering::SeqCst))?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the latency of the stage is what the bench asks for")]
fn serve_connection(mut stream: &TcpStream, latency: Duration, answer: &[u8]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    for line in BufReader::new(stream).lines() {
        // The empty line ends a request.
        if line?.is_empty() {
            if !latency.is_zero() {
                thread::sleep(latency);
            }
            stream.write_all(answer)?;
        }
    }
    Ok(())
}

/// A work of the usual size, some ten kilobytes.
fn answer() -> Vec<u8> {
    let items: Vec<_> = (0..40)
        .map(|n| {
            serde_json::json!({
                "id": format!("a222zv{n:02}"),
                "identifiers": [{
                    "identifierType": {"id": "sierra-system-number", "label": "Sierra system number", "type": "IdentifierType"},
                    "value": format!("b{n:07}"),
                    "type": "Identifier",
                }],
                "label": "Surgery, Operative",
                "type": "Subject",
            })
        })
        .collect();
    let body = serde_json::json!({"id": "a222zvge", "title": "A work", "subjects": items, "type": "Work"})
        .to_string();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
