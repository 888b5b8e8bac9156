//! Why one attempt brought no answer, in words; and whether, and after which wait, it is worth another.

use std::error::Error;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Why one attempt brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// 429, 502, 503 or 504, with the wait that the stage asks for.
    Busy { status: StatusCode, retry_after: Option<Duration> },
    /// No connection came about.
    NoConnection { why: String },
    /// The connection broke before the answer was whole.
    BrokenOff { why: String },
    /// The answer was not whole in time.
    TimedOut { after: Duration },
    /// It came whole, but cannot be decompressed.
    Garbled { why: String },
    /// The body is larger than we want to hold.
    TooLarge { cap: usize },
    /// It came whole and said that it is JSON, but is not.
    NotJson { why: String },
}

/// Whether a status is of who is busy or down for now, and so has not answered.
#[must_use]
pub fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

impl Fault {
    /// Only what another attempt may cure: content is judged as it came (a wrong answer is never waited out).
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Busy { .. }
            | Self::NoConnection { .. }
            | Self::BrokenOff { .. }
            | Self::TimedOut { .. } => true,
            Self::Garbled { .. } | Self::TooLarge { .. } | Self::NotJson { .. } => false,
        }
    }

    /// The wait that the stage asked for.
    pub fn asks_to_wait(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The fault that this status is; `None` if it is an answer.
    pub fn of_status(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Self> {
        is_busy(status.as_u16()).then(|| Self::Busy { status, retry_after: retry_after(headers, now) })
    }

    /// The fault behind an error of the HTTP library; its text never holds the URL.
    pub fn of_error(error: &reqwest::Error, request_timeout: Duration) -> Self {
        if error.is_connect() {
            return Self::NoConnection { why: innermost(error) };
        }
        if error.is_timeout() {
            return Self::TimedOut { after: request_timeout };
        }
        let why = innermost(error);
        if is_of_decompression(error) { Self::Garbled { why } } else { Self::BrokenOff { why } }
    }

    /// The fault in a short phrase.
    pub fn says(&self) -> String {
        match self {
            Self::Busy { status, .. } => status.to_string(),
            Self::NoConnection { why } => format!("no connection could be made ({why})"),
            Self::BrokenOff { why } => format!("the connection broke before the answer was whole ({why})"),
            Self::TimedOut { after } => format!("no answer within {}", in_words(*after)),
            Self::Garbled { why } => format!("the answer cannot be decompressed ({why})"),
            Self::TooLarge { cap } => format!("the answer is larger than {cap} bytes"),
            Self::NotJson { why } => format!("the answer says that it is JSON, but is not ({why})"),
        }
    }
}

/// The sentence for all attempts together: what each of them met.
pub(super) fn sentence(met: &[String]) -> String {
    match met {
        [] => String::from("it was not tried"),
        [only] => only.clone(),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => {
            format!("{first}, {}", times(met.len()))
        }
        [.., last] => format!("{last}, at the last of {} attempts", met.len()),
    }
}

fn times(count: usize) -> String {
    match count {
        2 => String::from("twice"),
        3 => String::from("three times"),
        4 => String::from("four times"),
        5 => String::from("five times"),
        more => format!("{more} times"),
    }
}

/// A duration as people write it: `30 s`, `10 min`, `250 ms`.
pub(super) fn in_words(duration: Duration) -> String {
    let (seconds, millis) = (duration.as_secs(), duration.subsec_millis());
    match (seconds, millis) {
        (0, millis) => format!("{millis} ms"),
        (seconds, 0) if seconds >= 60 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        (seconds, 0) => format!("{seconds} s"),
        (seconds, millis) => format!("{seconds}.{millis:03} s"),
    }
}

/// `Retry-After`, in seconds or as an HTTP date; one that cannot be read asks for nothing.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// Whether the bytes came whole and make no sense: an error of the connection has passed through hyper, one of
/// the decompressor has not.
fn is_of_decompression(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(own) = cause.filter(|cause| cause.is::<reqwest::Error>()) {
        cause = own.source();
    }
    error.is_decode() && cause.and_then(|cause| cause.downcast_ref::<io::Error>()).is_some()
}

/// What stands at the bottom of the chain of causes, as a phrase.
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    match deepest.downcast_ref::<io::Error>() {
        Some(io) if io.raw_os_error().is_some() => io.kind().to_string(),
        _ if error.source().is_none() => String::from("no further cause was given"),
        _ => deepest.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().expect("a timestamp")
    }

    #[rstest]
    #[case::seconds("120", Some(120))]
    #[case::http_date("Sun, 22 Nov 2026 09:00:30 GMT", Some(30))]
    #[case::past_date("Sun, 22 Nov 2026 08:00:00 GMT", Some(0))]
    #[case::nonsense("soon", None)]
    #[case::negative("-1", None)]
    fn retry_after_is_read(#[case] header: &str, #[case] seconds: Option<u64>) {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, header.parse().expect("a header"))]);
        assert_eq!(retry_after(&headers, now()), seconds.map(Duration::from_secs));
    }

    #[rstest]
    #[case(429, true)]
    #[case(502, true)]
    #[case(503, true)]
    #[case(504, true)]
    #[case(200, false)]
    #[case(302, false)]
    #[case(400, false)]
    #[case(401, false)]
    #[case(403, false)]
    #[case(404, false)]
    #[case(408, false)]
    #[case(410, false)]
    #[case(500, false)]
    fn only_a_busy_stage_is_a_fault_by_its_status(#[case] status: u16, #[case] fault: bool) {
        let status = StatusCode::from_u16(status).expect("a status");
        assert_eq!(Fault::of_status(status, &HeaderMap::new(), now()).is_some(), fault);
    }

    #[rstest]
    #[case::one(&["a"], "a")]
    #[case::same(&["a", "a", "a"], "a, three times")]
    #[case::many(&["a", "a", "a", "a", "a", "a"], "a, 6 times")]
    #[case::mixed(&["a", "b"], "b, at the last of 2 attempts")]
    fn the_attempts_become_one_sentence(#[case] met: &[&str], #[case] says: &str) {
        let met: Vec<String> = met.iter().map(ToString::to_string).collect();
        assert_eq!(sentence(&met), says);
    }

    #[rstest]
    #[case(Duration::from_millis(250), "250 ms")]
    #[case(Duration::from_secs(30), "30 s")]
    #[case(Duration::from_secs(90), "90 s")]
    #[case(Duration::from_secs(600), "10 min")]
    #[case(Duration::from_millis(1500), "1.500 s")]
    fn durations_are_worded(#[case] duration: Duration, #[case] says: &str) {
        assert_eq!(in_words(duration), says);
    }
}
