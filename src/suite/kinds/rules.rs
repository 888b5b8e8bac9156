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
    /// `available online means there is something to see`.
    AvailableOnline,
    /// `an item belongs to one work`.
    OneWorkPerItem,
    /// `a source identifier belongs to one work`.
    OneWorkPerIdentifier,
    /// `a list shows a work as its own address does`.
    ListShowsTheRecord,
    /// `paging gives every work once`.
    Paging,
    /// `a code has one label`.
    OneLabel,
    /// `labels are words`.
    LabelsAreWords,
    /// `text is readable`.
    ReadableText,
    /// `a date is found by its years`.
    Years,
    /// `parents and parts name one another`.
    Relatives,
    /// `images and works name one another`.
    Images,
    /// `concepts can be looked up`.
    Concepts,
}

impl Rule {
    /// Every rule, in the order in which they are listed to people.
    pub const ALL: [Self; 12] = [
        Self::AvailableOnline,
        Self::OneWorkPerItem,
        Self::OneWorkPerIdentifier,
        Self::ListShowsTheRecord,
        Self::Paging,
        Self::OneLabel,
        Self::LabelsAreWords,
        Self::ReadableText,
        Self::Years,
        Self::Relatives,
        Self::Images,
        Self::Concepts,
    ];

    /// Its name, as Product writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AvailableOnline => "available online means there is something to see",
            Self::OneWorkPerItem => "an item belongs to one work",
            Self::OneWorkPerIdentifier => "a source identifier belongs to one work",
            Self::ListShowsTheRecord => "a list shows a work as its own address does",
            Self::Paging => "paging gives every work once",
            Self::OneLabel => "a code has one label",
            Self::LabelsAreWords => "labels are words",
            Self::ReadableText => "text is readable",
            Self::Years => "a date is found by its years",
            Self::Relatives => "parents and parts name one another",
            Self::Images => "images and works name one another",
            Self::Concepts => "concepts can be looked up",
        }
    }

    /// What must hold, in a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::AvailableOnline => {
                "A work says that it is available online if, and only if, it has a digital copy that people may see."
            }
            Self::OneWorkPerItem => {
                "No two works have the same item. Where one item is shared on purpose, such as an album, say so with `share`."
            }
            Self::OneWorkPerIdentifier => {
                "No two visible works carry the same number of a source system, and the number finds the work."
            }
            Self::ListShowsTheRecord => {
                "The record in a list and the record at the work's own address are the same."
            }
            Self::Paging => {
                "Walked from page to page, a list shows every work once, as many as it says, and its links stay on the stage and keep what was asked for."
            }
            Self::OneLabel => {
                "A licence, format, language, access status, place or availability has one label everywhere, and it is the published one."
            }
            Self::LabelsAreWords => "No label is blank, an id or a number of another system.",
            Self::ReadableText => "No text is in the wrong encoding, and no text holds HTML entities.",
            Self::Years => {
                "A work whose production date is nothing but years is found by these years, and by no others."
            }
            Self::Relatives => {
                "Everything that a work is part of, up to the top, and its parts are there, name one another and count one another rightly."
            }
            Self::Images => {
                "An image that a work lists is there and names the work; the work that an image names is there and lists it."
            }
            Self::Concepts => {
                "Every subject, genre and contributor that has an id is known to the API under that id."
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
