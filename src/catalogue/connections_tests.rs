//! How many connections are dialled when dialling is slow, and when connections die.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt, stream};
use pretty_assertions::assert_eq;
use rstest::rstest;
use tokio::sync::Semaphore;

use super::super::test_server::{Reply, TestServer};
use super::*;

const LIMIT: usize = 8;

/// A layer under the one that is tested: each dial but the first needs some answers to have come before it is
/// through, as if its way were longer.
#[derive(Clone)]
struct SlowDials {
    dials: Arc<AtomicUsize>,
    answers: Arc<Semaphore>,
}

#[derive(Clone)]
struct SlowDialler<S>(S, SlowDials);

impl<S> Layer<S> for SlowDials {
    type Service = SlowDialler<S>;

    fn layer(&self, inner: S) -> SlowDialler<S> {
        SlowDialler(inner, self.clone())
    }
}

impl<S, R> Service<R> for SlowDialler<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + 'static,
    S::Future: Send,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, whither: R) -> Self::Future {
        let earlier = self.1.dials.fetch_add(1, Ordering::SeqCst);
        let answers = Arc::clone(&self.1.answers);
        let dialling = self.0.call(whither);
        Box::pin(async move {
            if earlier > 0 {
                answers.acquire_many(3).await?.forget();
            }
            dialling.await
        })
    }
}

/// Asks for a hundred resources, `LIMIT` at a time, and says how many dials that took.
fn dials_for_a_hundred(connections: &Connections) -> usize {
    let server = TestServer::start(|_, _| Reply::json("{}"));
    let slow = SlowDials { dials: Arc::default(), answers: Arc::new(Semaphore::new(0)) };
    let http = reqwest::Client::builder()
        .connector_layer(slow.clone())
        .connector_layer(connections.clone())
        .build()
        .expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let ask = |n| {
            let request = http.get(format!("{}/works/{n}", server.url()));
            let answers = Arc::clone(&slow.answers);
            connections.request(async move {
                request.send().await.expect("an answer").bytes().await.expect("a body");
                answers.add_permits(1);
            })
        };
        assert_eq!(stream::iter(0..100).map(ask).buffer_unordered(LIMIT).count().await, 100);
    });
    slow.dials.load(Ordering::SeqCst)
}

#[rstest]
fn slow_dials_do_not_make_for_more_connections() {
    super::super::client::install_tls();
    assert_eq!(dials_for_a_hundred(&Connections::at_most(LIMIT)), LIMIT);
}

#[rstest]
fn without_the_bound_slow_dials_do() {
    super::super::client::install_tls();
    let dials = dials_for_a_hundred(&Connections::at_most(usize::MAX));
    assert!(dials > LIMIT, "{dials} dials");
}
