//! What a stage answered, or why there is no answer. Plain data; how it was had is the client's business.

use std::fmt;

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
}

impl Answer {
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
