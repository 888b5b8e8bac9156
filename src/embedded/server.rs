//! The embedded stage: the API on a socket of this machine, in a thread of its own, and the website's stand-in beside
//! it.

mod answering;
mod log;
mod respond;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use tokio::sync::oneshot;

use self::answering::Server;
use self::log::Log;
use super::api::{BASE_PATH, Service};
use super::catalogue::Catalogue;
use super::faults::{self, Fault};
use super::site::Site;
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
    /// What to answer instead of what the API, or the website, would say.
    pub script: Option<Script>,
    /// What goes wrong in the API and around it, and on the website. What goes wrong before is for the catalogue to show.
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

impl Stage {
    /// Starts serving `catalogue` on 127.0.0.1. Requests are answered from the moment this returns. What the website
    /// shows as prod is the same catalogue, over an API in which nothing goes wrong.
    ///
    /// # Errors
    /// If the port is taken, or the system gives no socket or thread.
    pub fn start(catalogue: Arc<Catalogue>, options: Options) -> io::Result<Self> {
        let same = Arc::clone(&catalogue);
        Self::beside(move || same, catalogue, options)
    }

    /// Starts serving a catalogue in which this goes wrong, over an API in which it does too. What the website shows
    /// as prod is a catalogue in which it does not, built when somebody looks at it.
    ///
    /// # Errors
    /// As for `start`.
    pub fn with(fault: &'static Fault, options: Options) -> io::Result<Self> {
        let prod = || Arc::new(Catalogue::build());
        Self::beside(prod, Arc::new(Catalogue::with(fault)), Options { fault, ..options })
    }

    /// Starts serving `catalogue`, where the website's visitors without the cookie see `prod`.
    fn beside(
        prod: impl FnOnce() -> Arc<Catalogue> + Send + 'static,
        catalogue: Arc<Catalogue>,
        options: Options,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let log = Arc::new(Log::default());
        let (stop, stopped) = oneshot::channel();
        let old_task = options.fault.has_old_task().then(|| Service::of_the_release_before(&catalogue));
        let service = Service::new(catalogue, options.includes, options.cluster).with(options.fault);
        let prod = move || Service::new(prod(), options.includes, None);
        let server = Arc::new(Server {
            site: Site::new(options.fault, prod),
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

    /// The address of the API: `http://127.0.0.1:PORT/catalogue/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// The address of the website's stand-in: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn site_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Path and query of every request so far, in order; of those too that the website made of the API.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.log.requests()
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
        let panicked = self.log.has_panic();
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
        let app = Router::new().fallback(answering::answer).with_state(server);
        let app = app.into_make_service_with_connect_info::<Line>();
        tokio::spawn(async { axum::serve(listener, app).await });
        // Either end of the channel means the same: the stage is to stop.
        let _ = stopped.await;
        Ok(())
    })
}

#[cfg(test)]
mod tests;
