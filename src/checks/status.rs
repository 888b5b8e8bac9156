//! `gone`, `not-found` and `refused`: what the API must answer with an error, and how.

use super::{Check, Context, unexpected_answer};
use crate::catalogue::{Answer, Resource};
use crate::verdict::{Finding, Judgement};

/// Judges one request that must be answered with an error.
pub struct StatusCheck {
    request: Resource,
    status: u16,
    label: &'static str,
    says: Option<String>,
}

impl StatusCheck {
    /// A deleted or invisible record answers 410 and says that it has been deleted.
    #[must_use]
    pub fn gone(request: Resource) -> Self {
        Self { request, status: 410, label: "Gone", says: Some("deleted".to_owned()) }
    }

    /// What never existed answers 404.
    #[must_use]
    pub fn not_found(request: Resource) -> Self {
        Self { request, status: 404, label: "Not Found", says: None }
    }

    /// A bad request is refused with 400 and a description that names what is wrong.
    #[must_use]
    pub fn refused(request: Resource, says: Option<String>) -> Self {
        Self { request, status: 400, label: "Bad Request", says }
    }

    fn wrong_body(&self, answer: &Answer) -> Vec<Finding> {
        let Some(body) = answer.json() else {
            return vec![unexpected_answer(&format!("{} with an error as JSON", self.status), answer)];
        };
        let text = |field: &str| body.get(field).and_then(serde_json::Value::as_str).unwrap_or("(nothing)");
        let mut findings = Vec::new();
        if body.get("httpStatus").and_then(serde_json::Value::as_u64) != Some(self.status.into()) {
            let found = body.get("httpStatus").map_or("(nothing)".to_owned(), ToString::to_string);
            findings.push(differs(
                "httpStatus",
                "the error's own status is another",
                &self.status.to_string(),
                found,
            ));
        }
        if text("label") != self.label {
            findings.push(differs(
                "label",
                "the error has another label",
                self.label,
                text("label").to_owned(),
            ));
        }
        if let Some(says) = self.says.as_deref().filter(|says| !text("description").contains(*says)) {
            let expected = format!("(text that contains {says})");
            let found = text("description").to_owned();
            findings.push(differs("description", "the error does not say why", &expected, found));
        }
        findings
    }
}

impl Check for StatusCheck {
    fn resources(&self, _context: &Context<'_>) -> Vec<Resource> {
        vec![self.request.clone()]
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        match context.evidence.get(&self.request) {
            Err(because) => Judgement::undecided(because),
            Ok(answer) if answer.status == self.status => Judgement::of(1, self.wrong_body(answer)),
            Ok(answer) => unexpected_answer(&format!("{} {}", self.status, self.label), answer).into(),
        }
    }
}

fn differs(at: &str, says: &str, expected: &str, found: String) -> Finding {
    Finding {
        at: at.to_owned(),
        says: says.to_owned(),
        expected: expected.to_owned(),
        found,
        ..Finding::default()
    }
}
