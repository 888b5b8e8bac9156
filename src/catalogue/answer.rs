//! What a stage answered, or why there is no answer. Plain data; how it was had is the client's business.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

/// What the stage answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status; a redirect, a 404 and a 500 are answers too.
    pub status: u16,
    /// The `Location` header as it was sent; redirects are never followed.
    pub location: Option<String>,
    /// The body, decompressed.
    pub body: Body,
    /// How long it took, from the request to the end of the body; of the last try, if there were several.
    pub took: Duration,
    /// How often it was tried until it came: 1 if the first try was answered.
    pub tries: u32,
    /// How long a cache between the stage and the gate says it has kept this answer (the `Age` header).
    pub age: Option<Duration>,
}

impl Answer {
    /// An answer that redirects nowhere, came at once, at the first try and from no cache.
    #[must_use]
    pub fn new(status: u16, body: Body) -> Self {
        Self { status, location: None, body, took: Duration::ZERO, tries: 1, age: None }
    }

    /// The same, with this `Location`.
    #[must_use]
    pub fn leading_to(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// The body, if it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            Body::Text { .. } => None,
        }
    }
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The answer was announced as JSON, and is JSON.
    Json(Value),
    /// Anything else, such as the HTML of a redirect; bytes that are not UTF-8 are replaced.
    Text {
        /// The `Content-Type` header; empty if there was none.
        content_type: String,
        /// The body itself; may be empty.
        text: String,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// One plain sentence, such as `503 Service Unavailable, three times`.
    pub cause: String,
    /// How often it was tried.
    pub attempts: u32,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)
    }
}

impl std::error::Error for Unanswered {}
