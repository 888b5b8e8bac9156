//! What a client meets on the wire.

mod site;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;

use super::*;
use crate::api::fixture;

fn stage(options: Options) -> Stage {
    Stage::start(Arc::new(fixture::catalogue()), options).unwrap()
}

fn scripted(script: impl Fn(&str, usize) -> Option<Scripted> + Send + Sync + 'static) -> Stage {
    stage(Options { script: Some(Arc::new(script)), ..Options::new() })
}

fn connect(stage: &Stage) -> TcpStream {
    let stream = TcpStream::connect(stage.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

/// Everything that is answered to a request for `path` below the base path, until the connection closes.
fn get(stage: &Stage, path: &str) -> String {
    let mut stream = connect(stage);
    write!(stream, "GET {BASE_PATH}{path} HTTP/1.1\r\nhost: stage.example\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status_line(answer: &str) -> &str {
    answer.lines().next().unwrap_or_default()
}

#[test]
fn stage_answers_as_soon_as_it_has_started() {
    let answer = get(&stage(Options::new()), "/management/healthcheck");
    assert_eq!(status_line(&answer), "HTTP/1.1 200 OK");
    assert!(answer.contains("content-type: application/json"), "{answer}");
}

#[test]
fn error_has_its_json_body() {
    let answer = get(&stage(Options::new()), "/works?include=foo");
    assert_eq!(status_line(&answer), "HTTP/1.1 400 Bad Request");
    assert!(answer.contains(r#"{"errorType":"http","httpStatus":400,"label":"Bad Request","#), "{answer}");
}

#[test]
fn only_reading_is_allowed() {
    let stage = stage(Options::new());
    let mut stream = connect(&stage);
    write!(stream, "DELETE {BASE_PATH}/works HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(status_line(&answer), "HTTP/1.1 405 Method Not Allowed");
}

#[test]
fn head_is_answered_without_a_body() {
    let stage = stage(Options::new());
    let mut stream = connect(&stage);
    write!(stream, "HEAD {BASE_PATH}/works HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(status_line(&answer), "HTTP/1.1 200 OK");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn redirect_is_html_with_a_relative_location() {
    let answer = get(&stage(Options::new()), "/works/r1111111?include=items");
    assert_eq!(status_line(&answer), "HTTP/1.1 302 Found");
    assert!(answer.contains("\r\nlocation: /catalogue/v2/works/a1111111?include=items\r\n"), "{answer}");
    assert!(answer.contains("\r\ncontent-type: text/html; charset=UTF-8\r\n"), "{answer}");
}

#[test]
fn pages_are_linked_with_the_host_of_the_request() {
    let answer = get(&stage(Options::new()), "/works?pageSize=1");
    let link = r#""nextPage":"http://stage.example/catalogue/v2/works?pageSize=1&page=2""#;
    assert!(answer.contains(link), "{answer}");
}

#[test]
fn requests_and_connections_are_remembered_in_order() {
    let stage = stage(Options::new());
    get(&stage, "/works?page=1");
    get(&stage, "/nowhere");
    assert_eq!(stage.requests(), ["/catalogue/v2/works?page=1", "/catalogue/v2/nowhere"]);
    assert_eq!(stage.connections(), 2);
}

#[test]
fn connection_is_used_for_several_requests() {
    let stage = stage(Options::new());
    let mut stream = connect(&stage);
    write!(
        stream,
        "GET /a HTTP/1.1\r\nhost: a\r\n\r\nGET /b HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    stream.read_to_string(&mut String::new()).unwrap();
    assert_eq!((stage.requests().len(), stage.connections()), (2, 1));
}

#[test]
fn latency_is_waited_for() {
    let latency = Duration::from_millis(30);
    let stage = stage(Options { latency, ..Options::new() });
    let before = Instant::now();
    get(&stage, "/works");
    assert!(before.elapsed() >= latency);
}

#[test]
fn script_can_refuse_twice_and_then_let_the_api_answer() {
    let stage = scripted(|_, before| {
        (before < 2).then(|| Scripted::answer(503, "{}").with_header("retry-after", "1"))
    });
    let answers: Vec<_> = (0..3).map(|_| get(&stage, "/works")).collect();
    let statuses: Vec<_> = answers.iter().map(|answer| &status_line(answer)[9..12]).collect();
    assert_eq!(statuses, ["503", "503", "200"]);
    assert!(answers[0].contains("retry-after: 1"), "{}", answers[0]);
}

#[test]
fn script_counts_each_address_by_itself() {
    let stage = scripted(|_, before| (before == 0).then(|| Scripted::answer(500, "")));
    for path in ["/works", "/images"] {
        assert_eq!(&status_line(&get(&stage, path))[9..12], "500");
        assert_eq!(&status_line(&get(&stage, path))[9..12], "200");
    }
}

#[test]
fn script_can_hang_up() {
    let stage = scripted(|path, _| path.ends_with("/works").then_some(Scripted::Hangup));
    assert_eq!(get(&stage, "/works"), "");
    assert_eq!(status_line(&get(&stage, "/images")), "HTTP/1.1 200 OK");
}

#[test]
fn script_can_truncate_a_body() {
    let stage =
        scripted(|_, _| Some(Scripted::answer(200, "{\"id\":").with_header("content-length", "1000")));
    let answer = get(&stage, "/works/a1111111");
    assert!(answer.contains("content-length: 1000") && answer.ends_with("\r\n\r\n{\"id\":"), "{answer}");
}

#[test]
fn stage_stops_while_a_request_hangs() {
    let stage = scripted(|_, _| Some(Scripted::Hang));
    let mut stream = connect(&stage);
    write!(stream, "GET /works HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    drop(stage);
    let mut answer = vec![];
    // Closed or reset: either way nothing was answered.
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(answer, b"");
}

#[test]
fn dropped_stage_frees_its_port() {
    let first = stage(Options::new());
    let port = first.address.port();
    drop(first);
    assert_eq!(stage(Options { port, ..Options::new() }).address.port(), port);
}

#[test]
fn taken_port_is_an_error() {
    let first = stage(Options::new());
    let options = Options { port: first.address.port(), ..Options::new() };
    let fault = Stage::start(Arc::new(fixture::catalogue()), options).err().unwrap();
    assert_eq!(fault.kind(), io::ErrorKind::AddrInUse);
}

#[test]
#[should_panic(expected = "the embedded stage panicked while answering")]
fn panic_of_the_stage_fails_the_test_that_owns_it() {
    // Unwinding without the panic hook keeps the output of the tests clean.
    let stage = scripted(|_, _| std::panic::resume_unwind(Box::new("a mistake in the script")));
    get(&stage, "/works");
}
