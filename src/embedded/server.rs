//! The embedded stage: the API on a socket of this machine, in a thread of its own.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream;
use tokio::sync::oneshot;

use super::api::{Answer, Asked, BASE_PATH, Refusal, Service};
use super::catalogue::Catalogue;
use super::faults::{self, Fault};
use super::stand_ins::STAND_INS;
use super::wire::{CountingListener, Line};

pub use super::api::Includes;
pub use super::script::{Script, Scripted};

/// How a stage is to behave.
#[derive(Clone)]
pub struct Options {
    /// The port; 0 lets the system choose a free one.
    pub port: u16,
    /// How long every answer takes at least.
    pub latency: Duration,
    /// The one value of `elasticCluster`, besides `default`, that is accepted.
    pub cluster: Option<String>,
    /// Which release's includes are accepted.
    pub includes: Includes,
    /// What to answer instead of what the API would say.
    pub script: Option<Script>,
    /// What goes wrong in the API and around it. What goes wrong before is for the catalogue to show.
    pub fault: &'static Fault,
}

impl Options {
    /// A stage of August 2026 on a free port, as quick as it can be.
    #[must_use]
    pub fn new() -> Self {
        Self {
            port: 0,
            latency: Duration::ZERO,
            cluster: None,
            includes: Includes::August,
            script: None,
            fault: &faults::NONE,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// A running embedded stage; stops when dropped.
pub struct Stage {
    address: SocketAddr,
    log: Arc<Log>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// What the stage remembers of its clients.
#[derive(Default)]
struct Log {
    requests: Mutex<Requests>,
    connections: Arc<AtomicUsize>,
    panicked: AtomicBool,
}

#[derive(Default)]
struct Requests {
    in_order: Vec<String>,
    times: HashMap<String, usize>,
}

impl Stage {
    /// Starts serving `catalogue` on 127.0.0.1. Requests are answered from the moment this returns.
    ///
    /// # Errors
    /// If the port is taken, or the system gives no socket or thread.
    pub fn start(catalogue: Arc<Catalogue>, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let log = Arc::new(Log::default());
        let (stop, stopped) = oneshot::channel();
        let old_task = options.fault.has_old_task().then(|| Service::of_the_release_before(&catalogue));
        let service = Service::new(catalogue, options.includes, options.cluster).with(options.fault);
        let server = Arc::new(Server {
            service,
            old_task,
            fault: options.fault,
            latency: options.latency,
            script: options.script,
            log: Arc::clone(&log),
        });
        let thread =
            thread::Builder::new().name("embedded-stage".into()).spawn(|| run(listener, server, stopped))?;
        Ok(Self { address, log, stop: Some(stop), thread: Some(thread) })
    }

    /// Starts serving a catalogue in which this goes wrong, over an API in which it does too.
    ///
    /// # Errors
    /// As for `start`.
    pub fn with(fault: &'static Fault, options: Options) -> io::Result<Self> {
        Self::start(Arc::new(Catalogue::with(fault)), Options { fault, ..options })
    }

    /// The address of the API: `http://127.0.0.1:PORT/catalogue/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// Path and query of every request so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap_or_else(PoisonError::into_inner).in_order.clone()
    }

    /// How many connections were accepted so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if thread::panicking() {
            return;
        }
        let failed = !matches!(ended, None | Some(Ok(Ok(()))));
        assert!(!failed, "the embedded stage did not end well: {ended:?}");
        let panicked = self.log.panicked.load(Ordering::SeqCst);
        assert!(
            !panicked,
            "the embedded stage panicked while answering; its requests: {:#?}",
            self.requests()
        );
    }
}

/// Serves until told to stop; requests that are still under way are dropped then.
fn run(listener: TcpListener, server: Arc<Server>, stopped: oneshot::Receiver<()>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let listener = CountingListener::new(listener, Arc::clone(&server.log.connections));
        let app = Router::new().fallback(answer).with_state(server);
        let app = app.into_make_service_with_connect_info::<Line>();
        tokio::spawn(async { axum::serve(listener, app).await });
        // Either end of the channel means the same: the stage is to stop.
        let _ = stopped.await;
        Ok(())
    })
}

struct Server {
    service: Service,
    /// A task of the release before, which answers now and then.
    old_task: Option<Service>,
    fault: &'static Fault,
    latency: Duration,
    script: Option<Script>,
    log: Arc<Log>,
}

/// Notes a panic, which the server would otherwise swallow with the connection.
struct PanicWatch<'a>(&'a Log);

impl Drop for PanicWatch<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.panicked.store(true, Ordering::SeqCst);
        }
    }
}

impl Log {
    /// Notes a request, and tells how many times the same was asked before.
    fn note(&self, path: &str) -> usize {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.in_order.push(path.to_owned());
        let times = requests.times.entry(path.to_owned()).or_default();
        *times += 1;
        *times - 1
    }
}

async fn answer(
    State(server): State<Arc<Server>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let _watch = PanicWatch(&server.log);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let before = server.log.note(path);
    if !server.latency.is_zero() {
        tokio::time::sleep(server.latency).await;
    }
    let scripted_first = server.script.as_ref().and_then(|script| script(path, before));
    match scripted_first.or_else(|| server.fault.on_the_wire(path, before)) {
        None => server.by_the_api(&request, before),
        Some(Scripted::Answer { status, headers, body }) => scripted(status, &headers, body),
        Some(Scripted::Api { after, headers }) => {
            tokio::time::sleep(after).await;
            with_headers(server.by_the_api(&request, before), &headers)
        }
        Some(Scripted::Hangup) => {
            line.cut();
            Response::new(Body::empty())
        }
        Some(Scripted::Hang) => std::future::pending().await,
    }
}

impl Server {
    fn by_the_api(&self, request: &Request, before: usize) -> Response {
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return written(Refusal::method_not_allowed().into());
        }
        let uri = request.uri();
        let whole = uri.path_and_query().map_or("", |path| path.as_str());
        if let Some(address) = whole.strip_prefix(STAND_INS) {
            return written(self.service.stand_in(address));
        }
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let origin = format!("http://{}", host.unwrap_or("127.0.0.1"));
        let asked = Asked::new(uri.path(), uri.query().unwrap_or_default(), &origin);
        written(self.task(whole, before).answer(&asked))
    }

    /// The task that answers: the old one, if there is one, each fourth time that the same is asked, beginning at a place
    /// that depends on the path, so that every run is alike.
    fn task(&self, path: &str, before: usize) -> &Service {
        let is_its_turn = (faults::turn(path) + before).is_multiple_of(4);
        self.old_task.as_ref().filter(|_| is_its_turn).unwrap_or(&self.service)
    }
}

fn written(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = status(answer.status);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Panics at a status or header that HTTP does not know: the script is wrong then, and its test should tell.
fn scripted(code: u16, headers: &[(String, String)], body: String) -> Response {
    let has_length = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body = if has_length { of_unknown_length(body) } else { Body::from(body) };
    let mut response = Response::new(body);
    *response.status_mut() = status(code);
    with_headers(response, headers)
}

/// Panics at a header that HTTP does not know, as above.
fn with_headers(mut response: Response, headers: &[(String, String)]) -> Response {
    for (name, value) in headers {
        let name = HeaderName::try_from(name).expect("a script gives valid header names");
        let value = HeaderValue::try_from(value).expect("a script gives valid header values");
        response.headers_mut().append(name, value);
    }
    response
}

/// A body whose length the server cannot check against the header. It ends late, because the server would
/// throw away what it has not yet written when it finds the body too short.
fn of_unknown_length(body: String) -> Body {
    let end = async {
        tokio::task::yield_now().await;
        Ok(Bytes::new())
    };
    let body = stream::iter([Ok::<_, io::Error>(Bytes::from(body))]);
    Body::from_stream(body.chain(stream::once(end)))
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).expect("an answer has a status that HTTP knows")
}

#[cfg(test)]
mod tests;
