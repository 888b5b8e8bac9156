//! What the client promises, against a scripted server.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::super::test_server::{Reply, TestServer};
use super::super::{ApiKey, Body};
use super::*;

/// The limits of these tests: no wait that a test would have to sit out.
const QUICK: Limits = Limits { backoff: Duration::ZERO, ..Limits::DEFAULT };
const KEY: &str = "s3cr3tK3yS3cr3tK3y";

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn work() -> Resource {
    Resource::new("/works/a222zvge")
}

fn ask(server: &TestServer, limits: Limits) -> Result<Answer, Unanswered> {
    run(async { Client::new(server.target(), limits).expect("a client").get(&work()).await })
}

#[rstest]
#[case(429, 4)]
#[case(502, 4)]
#[case(503, 4)]
#[case(504, 4)]
#[case(200, 1)]
#[case(301, 1)]
#[case(302, 1)]
#[case(400, 1)]
#[case(401, 1)]
#[case(403, 1)]
#[case(404, 1)]
#[case(410, 1)]
#[case(500, 1)]
#[case(501, 1)]
fn only_a_busy_stage_is_asked_again(#[case] status: u16, #[case] requests: usize) {
    let server = TestServer::start(move |_, _| Reply::status(status));
    let answer = ask(&server, QUICK);
    assert_eq!((server.requests().len(), answer.is_err()), (requests, requests > 1));
}

#[rstest]
fn what_remains_unanswered_tells_its_cause() {
    let server = TestServer::start(|_, _| Reply::status(503));
    let cause = String::from("503 Service Unavailable, four times");
    assert_eq!(ask(&server, QUICK), Err(Unanswered { cause, attempts: 4 }));
}

#[rstest]
fn retries_are_counted() {
    let server = TestServer::start(|_, nth| if nth < 2 { Reply::status(502) } else { Reply::json("{}") });
    run(async {
        let client = Client::new(server.target(), QUICK).expect("a client");
        client.get(&work()).await.expect("an answer at the third attempt");
        assert_eq!(client.traffic(), Traffic { requests: 3, retries: 2 });
    });
}

#[rstest]
fn a_hang_up_is_tried_again() {
    let server = TestServer::start(|_, nth| if nth == 0 { Reply::HangUp } else { Reply::json("{}") });
    assert_eq!(ask(&server, QUICK).map(|answer| answer.status), Ok(200));
}

#[rstest]
fn a_closed_port_is_no_connection() {
    let free =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port");
    let target = Target::parse(&format!("http://{free}")).expect("a target");
    let outcome = run(async { Client::new(target, QUICK).expect("a client").get(&work()).await });
    let cause = String::from("no connection could be made (connection refused), four times");
    assert_eq!(outcome, Err(Unanswered { cause, attempts: 4 }));
}

#[rstest]
fn a_wrong_answer_is_not_waited_out() {
    let server = TestServer::start(|_, nth| Reply::json(json!({ "right": nth > 0 })));
    assert_eq!(ask(&server, QUICK).map(|answer| answer.body), Ok(Body::Json(json!({ "right": false }))));
}

#[rstest]
#[case::plain(Reply::truncated("application/json", b"{}"))]
#[case::compressed(Reply::truncated("application/json", &GZIPPED[..25]).with("content-encoding", "gzip"))]
fn a_body_that_breaks_off_is_unanswered_and_asked_for_again(#[case] reply: Reply) {
    let server = TestServer::start(move |_, _| reply.clone());
    let unanswered = ask(&server, QUICK).expect_err("broken off");
    assert_eq!(unanswered.attempts, 4);
    assert!(unanswered.cause.starts_with("the connection broke before the answer was whole"), "{unanswered}");
}

#[rstest]
#[case::no_gzip(b"{}")]
#[case::half_of_it(&GZIPPED[..25])]
fn a_whole_body_that_cannot_be_decompressed_is_not_asked_for_again(#[case] body: &'static [u8]) {
    let server = TestServer::start(move |_, _| {
        Reply::of(200, "application/json", body).with("content-encoding", "gzip")
    });
    let unanswered = ask(&server, QUICK).expect_err("garbled");
    assert_eq!(unanswered.attempts, 1);
    assert!(unanswered.cause.starts_with("the answer cannot be decompressed"), "{unanswered}");
}

#[rstest]
fn announced_json_that_is_none_is_unanswered_and_not_asked_for_again() {
    let server = TestServer::start(|_, _| Reply::json(r#"{"id": "a222"#));
    let unanswered = ask(&server, QUICK).expect_err("not JSON");
    assert_eq!(unanswered.attempts, 1);
    assert!(unanswered.cause.starts_with("the answer says that it is JSON, but is not"), "{unanswered}");
}

#[rstest]
#[case::charset("application/json; charset=utf-8", true)]
#[case::upper_case("Application/JSON", true)]
#[case::suffix("application/problem+json", true)]
#[case::html("text/html", false)]
#[case::none("", false)]
fn json_is_what_is_announced_as_such(#[case] content_type: &str, #[case] json: bool) {
    assert_eq!(is_json(content_type), json);
}

#[rstest]
#[case::fits(2, true)]
#[case::too_large(1, false)]
fn a_body_is_held_up_to_the_cap(#[case] body_cap: usize, #[case] answered: bool) {
    let server = TestServer::start(|_, _| Reply::json("{}"));
    assert_eq!(ask(&server, Limits { body_cap, ..QUICK }).is_ok(), answered);
    assert_eq!(server.requests().len(), 1);
}

/// `{"id":"a222zvge"}`, compressed.
const GZIPPED: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0xca, 0x4c, 0x51, 0xb2, 0x52,
    0x4a, 0x34, 0x32, 0x32, 0xaa, 0x2a, 0x4b, 0x4f, 0x55, 0xaa, 0x05, 0x00, 0xc0, 0xe0, 0x89, 0xa1, 0x11,
    0x00, 0x00, 0x00,
];

#[rstest]
#[case::fits(17, true)]
#[case::too_large_once_decompressed(16, false)]
fn a_compressed_body_is_held_up_to_the_cap(#[case] body_cap: usize, #[case] answered: bool) {
    let server = TestServer::start(|_, _| {
        Reply::of(200, "application/json", GZIPPED).with("content-encoding", "gzip")
    });
    let body = ask(&server, Limits { body_cap, ..QUICK }).map(|answer| answer.body).ok();
    assert_eq!(body, answered.then(|| Body::Json(json!({ "id": "a222zvge" }))));
}

/// Runs another test of this file in a process that finds no certificates.
#[rstest]
fn a_stage_over_plain_http_needs_no_certificates() {
    let outcome = std::process::Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", "catalogue::client::tests::a_hang_up_is_tried_again"])
        .envs([("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")])
        .output()
        .expect("a process");
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success() && said.contains("1 passed"), "{said}");
}

#[rstest]
fn a_redirect_is_an_answer_and_not_followed() {
    let server = TestServer::start(|_, _| {
        Reply::of(302, "text/html", "<p>moved</p>")
            .with("location", "/catalogue/v2/works/b333zvge?include=items")
    });
    let body = Body::Text { content_type: "text/html".into(), text: "<p>moved</p>".into() };
    let answer = ask(&server, QUICK).expect("an answer");
    let expected = Answer::new(302, body).leading_to("/catalogue/v2/works/b333zvge?include=items");
    assert_eq!(Answer { took: Duration::ZERO, ..answer }, expected);
    assert_eq!(server.requests().len(), 1);
}

#[rstest]
fn a_server_that_hangs_is_a_time_out() {
    let server = TestServer::start(|_, _| Reply::Hang);
    let limits = Limits { request_timeout: Duration::from_millis(30), retries: 1, ..QUICK };
    let cause = String::from("no answer within 30 ms, twice");
    assert_eq!(ask(&server, limits), Err(Unanswered { cause, attempts: 2 }));
}

#[rstest]
fn the_deadline_ends_an_attempt() {
    let server = TestServer::start(|_, _| Reply::Hang);
    let limits = Limits { deadline: Duration::from_millis(30), ..QUICK };
    let cause = String::from("there was no answer when the run's time of 30 ms was over");
    assert_eq!(ask(&server, limits), Err(Unanswered { cause, attempts: 1 }));
}

#[rstest]
fn the_deadline_ends_the_retries() {
    let server = TestServer::start(|_, _| Reply::status(503));
    let limits = Limits { deadline: Duration::from_secs(1), backoff: Duration::from_secs(60), ..QUICK };
    let cause = String::from("the run's time of 1 s was over after: 503 Service Unavailable");
    assert_eq!(ask(&server, limits), Err(Unanswered { cause, attempts: 1 }));
}

#[rstest]
fn a_retry_after_beyond_the_deadline_is_not_waited_for() {
    let server = TestServer::start(|_, _| Reply::status(429).with("retry-after", "3600"));
    let unanswered = ask(&server, QUICK).expect_err("too busy");
    assert_eq!(unanswered.attempts, 1);
    assert!(unanswered.cause.contains("it asks to wait for 60 min"), "{unanswered}");
}

#[rstest]
#[case::longer_than_our_own(Some(5), Ok(5))]
#[case::shorter_than_our_own(Some(1), Ok(2))]
#[case::none(None, Ok(2))]
#[case::more_than_time_is_left(Some(11), Err(11))]
fn retry_after_is_honoured(#[case] asked: Option<u64>, #[case] wait: Result<u64, u64>) {
    let fault = Fault::Busy {
        status: reqwest::StatusCode::TOO_MANY_REQUESTS,
        retry_after: asked.map(Duration::from_secs),
    };
    let found = wait_before_retry(&fault, Duration::from_secs(2), Duration::from_secs(10));
    assert_eq!(found, wait.map(Duration::from_secs).map_err(Duration::from_secs));
}

#[rstest]
fn every_request_names_the_gate_the_cluster_and_the_key() {
    let server = TestServer::start(|_, nth| if nth == 0 { Reply::status(503) } else { Reply::json("{}") });
    let target = server.target().with_cluster("axiell").with_key(ApiKey::new(KEY).expect("a key"));
    run(async { Client::new(target, QUICK).expect("a client").get(&work()).await }).expect("an answer");
    let seen = server.requests();
    assert_eq!(seen.len(), 2);
    for request in seen {
        assert_eq!(request.path, "/works/a222zvge?elasticCluster=axiell");
        assert_eq!(request.headers["user-agent"], USER_AGENT);
        assert_eq!(request.headers["x-api-key"], KEY);
        assert_eq!(request.headers["accept-encoding"], "gzip");
    }
}

#[rstest]
#[case::json(Reply::json(json!({ "echo": KEY })))]
#[case::text(Reply::of(200, KEY, KEY))]
#[case::location(Reply::of(302, "text/html", "").with("location", &format!("/works?key={KEY}")))]
#[case::not_json(Reply::json(KEY))]
#[case::busy(Reply::of(503, "text/plain", KEY))]
fn a_key_that_is_sent_back_is_kept_nowhere(#[case] reply: Reply) {
    let server = TestServer::start(move |_, _| reply.clone());
    let target = server.target().with_key(ApiKey::new(KEY).expect("a key"));
    run(async {
        let client = Client::new(target, QUICK).expect("a client");
        let outcome = client.get(&work()).await;
        assert!(!format!("{outcome:?} {client:?}").contains(KEY), "{outcome:?}");
    });
}

#[rstest]
fn no_concurrency_is_refused() {
    let target = Target::parse("http://localhost").expect("a target");
    let limits = Limits { concurrency: 0, ..QUICK };
    assert!(matches!(Client::new(target, limits), Err(ClientError::NoConcurrency)));
}

/// Asks for a thousand resources, and says how many connections that took.
fn connections_for_a_thousand(concurrency: usize, reply: Reply) -> usize {
    let server = TestServer::start(move |_, _| reply.clone());
    run(async {
        let client = Client::new(server.target(), Limits { concurrency, ..QUICK }).expect("a client");
        let resources: Vec<_> = (0..1000).map(|n| Resource::new(format!("/works/{n}"))).collect();
        let answered = stream::iter(&resources).map(|it| client.get(it)).buffer_unordered(2 * concurrency);
        assert_eq!(answered.filter(|it| std::future::ready(it.is_ok())).count().await, 1000);
    });
    assert_eq!(server.requests().len(), 1000);
    server.connections()
}

#[rstest]
#[case(1)]
#[case(4)]
#[case(16)]
fn no_more_connections_are_opened_than_requests_may_be_under_way(#[case] concurrency: usize) {
    let opened = connections_for_a_thousand(concurrency, Reply::json(json!({ "id": "a222zvge" })));
    assert!(opened <= concurrency, "{opened} connections");
}

/// The bound itself has its own tests.
#[rstest]
fn the_client_dials_within_the_bound() {
    let server = TestServer::start(|_, _| Reply::json("{}"));
    run(async {
        let client = Client::new(server.target(), QUICK).expect("a client");
        client.get(&work()).await.expect("an answer");
        assert_eq!(client.connections.open(), 1);
    });
}

#[rstest]
fn a_stage_that_closes_each_connection_is_answered_still() {
    let opened = connections_for_a_thousand(16, Reply::json("{}").with("connection", "close"));
    assert_eq!(opened, 1000);
}
