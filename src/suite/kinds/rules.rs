//! The rules that an invariant may name. What each of them looks at is told in `checks::invariant::rules`.
//!
//! To add a rule: a variant here, its name and its sentence; a file in `src/checks/invariant/rules/`, and a line in
//! its `mod.rs`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// A rule as it is written.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::suite) struct WrittenRule(pub String);

/// A rule that the gate knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// A digital copy that people may see, if and only if the work is available online.
    AvailableOnline,
}

impl Rule {
    /// Every rule, in the order in which they are listed to people.
    pub const ALL: [Self; 1] = [Self::AvailableOnline];

    /// Its name, as Product writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AvailableOnline => "available online means there is something to see",
        }
    }

    /// What must hold, in a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::AvailableOnline => {
                "A work says that it is available online if, and only if, it has a digital copy that people may see."
            }
        }
    }

    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

impl JsonSchema for WrittenRule {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "enum": Rule::ALL.map(Rule::name),
            "enumDescriptions": Rule::ALL.map(Rule::says),
        })
    }
}
