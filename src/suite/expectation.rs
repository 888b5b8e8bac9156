//! How an expectation is described to editors: the matchers, and the schema of `expect`.
//!
//! What an expectation means, and what is wrong with one, is told in `shapes`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The value of `expect`. Read as a shape, from the tree, and not from here.
#[derive(Debug, Deserialize)]
pub(super) struct Expectation(IgnoredAny);

/// How many there must be. Read as a shape, from the tree, and not from here.
#[derive(Debug, Deserialize)]
pub(super) struct HowMany(IgnoredAny);

/// A key in an expectation that says something about the value in whose place it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matcher {
    Matches,
    OneOf,
    AtLeast,
    AtMost,
    Count,
    Present,
    Absent,
    Every,
    None,
}

impl Matcher {
    pub(super) const ALL: [Self; 9] = [
        Self::Matches,
        Self::OneOf,
        Self::AtLeast,
        Self::AtMost,
        Self::Count,
        Self::Present,
        Self::Absent,
        Self::Every,
        Self::None,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::OneOf => "one-of",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Count => "count",
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Every => "every",
            Self::None => "none",
        }
    }

    pub(super) fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matcher| matcher.name() == key)
    }

    fn schema(self) -> Schema {
        match self {
            Self::Matches => json_schema!({
                "description": "The text fits this pattern (a regular expression), somewhere.",
                "type": "string", "minLength": 1,
            }),
            Self::OneOf => json_schema!({
                "description": "The value is one of these.",
                "type": "array", "minItems": 1, "items": { "type": ["string", "number", "boolean"] },
            }),
            Self::AtLeast => json_schema!({ "description": "The number is no smaller.", "type": "number" }),
            Self::AtMost => json_schema!({ "description": "The number is no greater.", "type": "number" }),
            Self::Count => json_schema!({
                "description": "How many entries the list has: a number, or `{ at-least: 2 }`, `{ at-most: 5 }`.",
                "anyOf": [
                    { "type": "integer", "minimum": 0 },
                    {
                        "type": "object", "minProperties": 1, "additionalProperties": false,
                        "properties": {
                            "at-least": { "type": "integer", "minimum": 1 },
                            "at-most": { "type": "integer", "minimum": 0 },
                        },
                    },
                ],
            }),
            Self::Present => {
                json_schema!({ "description": "The field is there, and is not empty.", "const": true })
            }
            Self::Absent => json_schema!({ "description": "The field is not there.", "const": true }),
            Self::Every => json_schema!({
                "description": "The list is not empty, and each of its entries looks like this.",
                "$ref": "#/$defs/Expectation",
            }),
            Self::None => json_schema!({
                "description": "No entry of the list looks like this.",
                "$ref": "#/$defs/Expectation",
            }),
        }
    }
}

impl JsonSchema for Expectation {
    fn schema_name() -> Cow<'static, str> {
        "Expectation".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let matchers: serde_json::Map<_, _> = Matcher::ALL
            .into_iter()
            .map(|matcher| (matcher.name().to_owned(), matcher.schema().into()))
            .collect();
        let names = Matcher::ALL.map(Matcher::name);
        json_schema!({
            "description": "What a record, or a part of one, must look like. Fields that are not named may be anything. Each entry of a list must be found in the record's list, in any order.",
            "anyOf": [
                { "type": ["string", "number", "boolean"] },
                { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/Expectation" } },
                { "type": "object", "minProperties": 1, "properties": matchers, "additionalProperties": false },
                {
                    "type": "object", "minProperties": 1, "propertyNames": { "not": { "enum": names } },
                    "additionalProperties": { "$ref": "#/$defs/Expectation" },
                },
            ],
        })
    }
}

impl JsonSchema for HowMany {
    fn schema_name() -> Cow<'static, str> {
        "HowMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = Matcher::Count.schema();
        schema.insert(
            "description".to_owned(),
            "How many there must be: a number, or `{ at-least: 2 }`, `{ at-least: 2, at-most: 5 }`.".into(),
        );
        schema
    }
}
