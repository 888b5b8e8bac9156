//! `identities`: a source identifier finds exactly the work that it has always found.
//!
//! If the id minter hands out new ids, every link and citation to the old ones breaks, though all records are there.

use serde_json::Value;

use super::{Check, Context, expect_json};
use crate::catalogue::{Resource, WorkId};
use crate::suite::IdentityExample;
use crate::verdict::{Finding, Judgement};

/// Judges what one source identifier finds.
pub struct IdentityCheck {
    identifier: String,
    identifier_type: String,
    finds: WorkId,
}

impl IdentityCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: &IdentityExample) -> Self {
        Self {
            identifier: example.identifier.clone(),
            identifier_type: example.identifier_type.clone(),
            finds: example.finds.clone(),
        }
    }

    fn request(&self) -> Resource {
        Resource::works_with_identifier(&self.identifier)
    }

    fn carries_identifier(&self, work: &Value) -> bool {
        let identifiers = work.get("identifiers").and_then(Value::as_array);
        identifiers.into_iter().flatten().any(|identifier| {
            identifier.get("value").and_then(Value::as_str) == Some(&self.identifier)
                && identifier.pointer("/identifierType/id").and_then(Value::as_str)
                    == Some(&self.identifier_type)
        })
    }
}

impl Check for IdentityCheck {
    fn resources(&self, _context: &Context<'_>) -> Vec<Resource> {
        vec![self.request()]
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let list = match expect_json(&self.request(), context.evidence) {
            Ok(list) => list,
            Err(judgement) => return judgement,
        };
        let works: &[Value] = list.get("results").and_then(Value::as_array).map_or(&[], Vec::as_slice);
        let total = list.get("totalResults").and_then(Value::as_u64);
        let ids: Vec<&str> =
            works.iter().map(|work| work.get("id").and_then(Value::as_str).unwrap_or("(no id)")).collect();
        let finding = |at: &str, says: String, found: String| Finding {
            at: at.to_owned(),
            says,
            expected: format!("only {}", self.finds),
            found,
            ..Finding::default()
        };
        let identifier = &self.identifier;
        let findings = match (works, total) {
            ([], _) => {
                vec![finding("results", format!("{identifier} finds no work"), "(nothing)".to_owned())]
            }
            ([work], Some(1)) if ids == [self.finds.as_str()] => {
                if self.carries_identifier(work) {
                    return Judgement::of(1, Vec::new());
                }
                vec![Finding {
                    at: "results[0].identifiers".to_owned(),
                    says: format!(
                        "the work is found, but does not carry {identifier} as {}",
                        self.identifier_type
                    ),
                    expected: format!("{}: {identifier}", self.identifier_type),
                    found: listed_identifiers(work),
                    ..Finding::default()
                }]
            }
            ([_], Some(1)) => {
                vec![finding("results", format!("{identifier} finds another work"), ids.join(", "))]
            }
            (_, total) => {
                let total = total.map_or("an unknown number of".to_owned(), |total| total.to_string());
                vec![finding("totalResults", format!("{identifier} finds {total} works"), ids.join(", "))]
            }
        };
        Judgement::of(1, findings)
    }
}

fn listed_identifiers(work: &Value) -> String {
    let identifiers = work.get("identifiers").and_then(Value::as_array);
    let lines: Vec<String> = identifiers
        .into_iter()
        .flatten()
        .map(|identifier| {
            let part = |pointer: &str| identifier.pointer(pointer).and_then(Value::as_str).unwrap_or("?");
            format!("{}: {}", part("/identifierType/id"), part("/value"))
        })
        .collect();
    if lines.is_empty() { "(no identifiers)".to_owned() } else { lines.join("\n") }
}
