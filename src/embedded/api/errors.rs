//! Refusals, and the JSON body that the API gives them.

use serde::Serialize;

/// Why a request is not answered with what it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The sentence that explains it.
    pub description: String,
}

impl Refusal {
    /// 400: the request itself is at fault.
    pub fn bad_request(description: impl Into<String>) -> Self {
        Self { status: 400, description: description.into() }
    }

    /// 404: nothing is known under that name.
    pub fn not_found(description: impl Into<String>) -> Self {
        Self { status: 404, description: description.into() }
    }

    /// 410: it was there once.
    pub fn gone(description: impl Into<String>) -> Self {
        Self { status: 410, description: description.into() }
    }

    /// 405: the API is read only.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self { status: 405, description: "HTTP method not allowed, supported methods: GET".into() }
    }

    /// 500: the API itself fails, and tells nobody why.
    #[must_use]
    pub fn broken() -> Self {
        Self { status: 500, description: "Internal Server Error".into() }
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self) -> String {
        let body = Body {
            error_type: "http",
            http_status: self.status,
            label: label(self.status),
            description: &self.description,
            kind: "Error",
        };
        serde_json::to_string(&body).expect("strings and a number are always JSON")
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    error_type: &'a str,
    http_status: u16,
    label: &'a str,
    description: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

fn label(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn body_has_the_five_fields_of_the_real_error() {
        let body: Value = serde_json::from_str(&Refusal::gone("This work has been deleted").body()).unwrap();
        assert_eq!(
            body,
            json!({
                "errorType": "http",
                "httpStatus": 410,
                "label": "Gone",
                "description": "This work has been deleted",
                "type": "Error",
            })
        );
    }
}
