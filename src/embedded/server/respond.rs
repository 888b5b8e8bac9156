//! From answers, of the API and scripted ones, to what goes out on the wire.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream;

use crate::api::Answer;

/// An answer, as HTTP.
pub fn written(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = status(answer.status);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// A scripted answer. Panics at a status or header that HTTP does not know: the script is wrong then, and its test should tell.
pub fn scripted(code: u16, headers: &[(String, String)], body: String) -> Response {
    let has_length = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body = if has_length { of_unknown_length(body) } else { Body::from(body) };
    let mut response = Response::new(body);
    *response.status_mut() = status(code);
    with_headers(response, headers)
}

/// The same with more headers. Panics at one that HTTP does not know, as above.
pub fn with_headers(mut response: Response, headers: &[(String, String)]) -> Response {
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
