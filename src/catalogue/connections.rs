//! Keeps the client to as many connections as requests may be under way.
//!
//! A connection that has served a request is back in the HTTP library's pool a moment *after* the answer is
//! whole. A request that starts in this moment finds the pool empty and would dial another connection, so that
//! sixteen requests at a time end up with more than sixteen connections. Here a dial waits while as many
//! connections stand open as are allowed; meanwhile one comes back, the request takes it, and the dial is dropped.
//!
//! Nobody tells us when a connection dies. But if a dial has waited for [`PATIENCE`] and no other dial is under
//! way, then no connection is on its way back, and those that are alive are those that are serving requests.

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::Notify;
use tower_layer::Layer;
use tower_service::Service;

/// A connection that is whole and alive comes back to the pool within microseconds.
const PATIENCE: Duration = Duration::from_millis(20);

tokio::task_local! {
    /// Set while a request is polled; unset where the pool polls a dial on, whose request it has served already.
    static REQUEST: ();
}

type BoxError = Box<dyn Error + Send + Sync>;

/// Counts connections, and lets dials pass.
#[derive(Debug, Clone)]
pub(super) struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limit: usize,
    counts: Mutex<Counts>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Counts {
    /// Requests under way, with or without a connection.
    requests: usize,
    /// Dials that wait here.
    waiting: usize,
    /// Dials that were let through and have no outcome yet.
    dialling: usize,
    /// Connections that are being dialled, or stand open as far as we know.
    open: usize,
}

impl Connections {
    pub fn at_most(limit: usize) -> Self {
        Self(Arc::new(Shared { limit, counts: Mutex::default(), changed: Notify::new() }))
    }

    /// Runs one request, so that its dial is known to be wanted.
    pub async fn request<T>(&self, work: impl Future<Output = T>) -> T {
        let _under_way = self.count(|counts| &mut counts.requests);
        REQUEST.scope((), work).await
    }

    /// How many connections stand open, as far as we know.
    #[cfg(test)]
    pub fn open(&self) -> usize {
        self.counts().open
    }

    /// Waits until another connection may be dialled; an error if nobody wants it any more.
    async fn permit(&self) -> Result<Dial, BoxError> {
        if let Some(dial) = self.try_dial() {
            return Ok(dial);
        }
        let _waiting = self.count(|counts| &mut counts.waiting);
        loop {
            let changed = tokio::time::timeout(PATIENCE, self.0.changed.notified());
            let patient = WhileWanted(Box::pin(changed)).await?.is_ok();
            if !patient {
                self.write_off_the_dead();
            }
            if let Some(dial) = self.try_dial() {
                return Ok(dial);
            }
        }
    }

    fn try_dial(&self) -> Option<Dial> {
        let mut counts = self.counts();
        if counts.open >= self.0.limit {
            return None;
        }
        counts.open += 1;
        counts.dialling += 1;
        Some(Dial { connections: self.clone(), connected: false })
    }

    /// While requests wait, no connection is idle: alive are only those that serve the other requests.
    fn write_off_the_dead(&self) {
        let mut counts = self.counts();
        if counts.dialling == 0 {
            let serving = counts.requests.saturating_sub(counts.waiting);
            counts.open = counts.open.min(serving);
            self.0.changed.notify_waiters();
        }
    }

    fn count(&self, which: fn(&mut Counts) -> &mut usize) -> Counted {
        *which(&mut self.counts()) += 1;
        Counted { connections: self.clone(), which }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.counts.lock().expect("nobody panics while counting")
    }
}

/// One that is counted as long as it lives.
struct Counted {
    connections: Connections,
    which: fn(&mut Counts) -> &mut usize,
}

impl Drop for Counted {
    fn drop(&mut self) {
        *(self.which)(&mut self.connections.counts()) -= 1;
    }
}

/// A dial under way; gives its place back unless it becomes a connection.
struct Dial {
    connections: Connections,
    connected: bool,
}

impl Drop for Dial {
    fn drop(&mut self) {
        let mut counts = self.connections.counts();
        counts.dialling -= 1;
        if !self.connected {
            counts.open = counts.open.saturating_sub(1);
        }
        drop(counts);
        self.connections.0.changed.notify_waiters();
    }
}

/// Fails as soon as it is polled outside of its request.
struct WhileWanted<F>(std::pin::Pin<Box<F>>);

impl<F: Future> Future for WhileWanted<F> {
    type Output = Result<F::Output, BoxError>;

    fn poll(mut self: std::pin::Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if REQUEST.try_with(|()| ()).is_err() {
            return Poll::Ready(Err("another connection came free first".into()));
        }
        self.0.as_mut().poll(cx).map(Ok)
    }
}

impl<S> Layer<S> for Connections {
    type Service = Dialler<S>;

    fn layer(&self, inner: S) -> Dialler<S> {
        Dialler { inner, connections: self.clone() }
    }
}

/// The HTTP library's own dialler, behind the count.
#[derive(Clone)]
pub(super) struct Dialler<S> {
    inner: S,
    connections: Connections,
}

impl<S, R> Service<R> for Dialler<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + 'static,
    S::Future: Send,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, whither: R) -> Self::Future {
        let fresh = self.inner.clone();
        let mut ready = std::mem::replace(&mut self.inner, fresh);
        let connections = self.connections.clone();
        Box::pin(async move {
            let mut dial = connections.permit().await?;
            let connection = ready.call(whither).await?;
            dial.connected = true;
            Ok(connection)
        })
    }
}

#[cfg(test)]
#[path = "connections_tests.rs"]
mod tests;
