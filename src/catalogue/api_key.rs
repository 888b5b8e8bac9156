//! The key of a stage: sent as `x-api-key`, and shown nowhere, not even if a server sends it back.

use std::borrow::Cow;
use std::fmt::{self, Write};

use reqwest::header::HeaderValue;
use serde_json::Value;

use super::{Answer, Body};

/// What stands where a key stood.
const INSTEAD: &str = "[x-api-key]";

/// The value of `STAGE_API_KEY`. Neither `Debug` nor `Display` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

/// The key cannot be sent. Says nothing about its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the API key is empty or holds characters that cannot stand in a header: set STAGE_API_KEY to the key alone"
)]
pub struct UnusableKey;

impl ApiKey {
    /// Reads a key; visible ASCII only.
    ///
    /// # Errors
    ///
    /// If it could not be sent as a header.
    pub fn new(key: &str) -> Result<Self, UnusableKey> {
        let visible = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
        visible.then(|| Self(key.to_owned())).ok_or(UnusableKey)
    }

    /// The header's value, marked so that HTTP libraries do not log it either.
    pub(super) fn header(&self) -> HeaderValue {
        let mut value = HeaderValue::from_str(&self.0).expect("visible ASCII can stand in a header");
        value.set_sensitive(true);
        value
    }

    /// The text without the key, as it is or percent-encoded.
    #[must_use]
    pub fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let encoded = self.percent_encoded();
        let mut out = Cow::Borrowed(text);
        for secret in [self.0.as_str(), encoded.as_str()] {
            if out.contains(secret) {
                out = Cow::Owned(out.replace(secret, INSTEAD));
            }
        }
        out
    }

    /// The answer without the key, wherever in it a server has put it.
    #[must_use]
    pub(super) fn scrub_answer(&self, answer: Answer) -> Answer {
        let body = match answer.body {
            Body::Json(mut value) => {
                self.scrub_json(&mut value);
                Body::Json(value)
            }
            Body::Text { content_type, text } => Body::Text {
                content_type: self.scrub(&content_type).into_owned(),
                text: self.scrub(&text).into_owned(),
            },
        };
        let location = answer.location.map(|location| self.scrub(&location).into_owned());
        Answer { location, body, ..answer }
    }

    fn scrub_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Cow::Owned(clean) = self.scrub(text) {
                    *text = clean;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|item| self.scrub_json(item)),
            Value::Object(fields) => {
                if fields.keys().any(|name| matches!(self.scrub(name), Cow::Owned(_))) {
                    *fields = std::mem::take(fields)
                        .into_iter()
                        .map(|(name, item)| (self.scrub(&name).into_owned(), item))
                        .collect();
                }
                fields.values_mut().for_each(|item| self.scrub_json(item));
            }
            // A key of digits only may come back as a number.
            Value::Number(number) => {
                if let Cow::Owned(clean) = self.scrub(&number.to_string()) {
                    *value = Value::String(clean);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn percent_encoded(&self) -> String {
        let mut out = String::new();
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(byte as char);
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(INSTEAD)
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(INSTEAD)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    const KEY: &str = "s3cr3t/Key+1";

    fn key() -> ApiKey {
        ApiKey::new(KEY).expect("a key")
    }

    #[rstest]
    fn debug_and_display_hide_the_key() {
        assert_eq!(format!("{:?} {}", key(), key()), "[x-api-key] [x-api-key]");
    }

    #[rstest]
    #[case::empty("")]
    #[case::line_break("abc\n")]
    #[case::not_ascii("ключ")]
    fn a_key_that_no_header_can_hold_is_refused(#[case] text: &str) {
        assert_eq!(ApiKey::new(text), Err(UnusableKey));
    }

    #[rstest]
    fn the_refusal_does_not_show_the_key() {
        let refusal = ApiKey::new("s3cr3t\n").expect_err("a line break");
        assert!(!format!("{refusal} {refusal:?}").contains("s3cr3t"));
    }

    #[rstest]
    #[case::plain("?key=s3cr3t/Key+1&a=b", "?key=[x-api-key]&a=b")]
    #[case::percent_encoded("?key=s3cr3t%2FKey%2B1", "?key=[x-api-key]")]
    #[case::without_key("/works/a222zvge", "/works/a222zvge")]
    fn text_is_scrubbed(#[case] text: &str, #[case] clean: &str) {
        assert_eq!(key().scrub(text), clean);
    }

    #[rstest]
    fn json_is_scrubbed_in_names_and_values_and_keeps_its_order() {
        let mut body = json!({"z": 1, KEY: [{"echo": format!("key {KEY}!")}], "a": null});
        key().scrub_json(&mut body);
        assert_eq!(body.to_string(), r#"{"z":1,"[x-api-key]":[{"echo":"key [x-api-key]!"}],"a":null}"#);
    }
}
