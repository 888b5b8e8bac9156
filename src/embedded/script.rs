//! Scripted misbehaviour: what a stage answers instead of what the API would say.

use std::sync::Arc;
use std::time::Duration;

/// Decides, from the path with its query and how many times it was asked before this one, what to answer
/// instead; `None` lets the API answer, or the website. What the website asks of the API is decided as well.
pub type Script = Arc<dyn Fn(&str, usize) -> Option<Scripted> + Send + Sync>;

/// An answer that the API would not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scripted {
    /// This status, these headers, this body. A `content-length` of its own is sent as it is, so that one
    /// greater than the body makes a truncated answer.
    Answer {
        /// The HTTP status.
        status: u16,
        /// Names and values of headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// What the API says, but late, or with more headers.
    Api {
        /// How late.
        after: Duration,
        /// Names and values of more headers.
        headers: Vec<(String, String)>,
    },
    /// The connection is closed without an answer.
    Hangup,
    /// Nothing is ever answered.
    Hang,
}

impl Scripted {
    /// An answer with a body, as JSON.
    #[must_use]
    pub fn answer(status: u16, body: impl Into<String>) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self::Answer { status, headers, body: body.into() }
    }

    /// What the API says, as it stands.
    #[must_use]
    pub fn api() -> Self {
        Self::late(Duration::ZERO)
    }

    /// What the API says, so late.
    #[must_use]
    pub fn late(after: Duration) -> Self {
        Self::Api { after, headers: Vec::new() }
    }

    /// The same answer with one more header; no difference to what is not an answer.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } | Self::Api { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}
