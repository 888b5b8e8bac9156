//! The filters of a search: which there are, and how their values are written.
//!
//! The API ignores a parameter that it does not know, so a misspelt filter would silently not filter: only the names
//! below can be written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Endpoint, WrittenSearch};
use crate::suite::mistake::{Mistake, Span, nearest};
use crate::suite::tree::{Content, NodeId, Tree};
use crate::suite::validate::Checker;

/// The filters as they are written, each with its values.
#[derive(Debug, Default)]
pub(in crate::suite) struct Filters(pub Vec<(String, Vec<String>)>);

const WORKS: [&str; 25] = [
    "workType",
    "type",
    "languages",
    "genres.label",
    "genres",
    "subjects.label",
    "subjects",
    "contributors.agent.label",
    "contributors.agent",
    "identifiers",
    "availabilities",
    "partOf",
    "partOf.title",
    "items",
    "items.identifiers",
    "items.locations.locationType",
    "items.locations.license",
    "items.locations.accessConditions.status",
    "production.dates.from",
    "production.dates.to",
    "items.locations.createdDate.from",
    "items.locations.createdDate.to",
    // Since August 2026.
    "archive.category",
    "collection.root",
    "collection.isRoot",
];
const IMAGES: [&str; 10] = [
    "color",
    "locations.license",
    "source.contributors.agent.label",
    "source.contributors.agent",
    "source.genres.label",
    "source.genres",
    "source.subjects.label",
    "source.subjects",
    "source.production.dates.from",
    "source.production.dates.to",
];
const CONCEPTS: [&str; 1] = ["identifiers.identifierType"];

/// The filters that a list of the API knows.
fn known(endpoint: Endpoint) -> &'static [&'static str] {
    match endpoint {
        Endpoint::Works => &WORKS,
        Endpoint::Images => &IMAGES,
        Endpoint::Concepts => &CONCEPTS,
    }
}

/// Reads the filters; `None` if there is no reading them.
pub(super) fn read(
    checker: &mut Checker<'_>,
    endpoint: Endpoint,
    example: &WrittenSearch,
) -> Option<Vec<(String, String)>> {
    let Some(node) = example.filters.node else { return Some(Vec::new()) };
    let written = &example.filters.value.as_ref()?.0;
    let all_known = Endpoint::ALL.map(known).concat();
    let mut read = Vec::new();
    for (name, values) in written {
        let entry = checker.tree.entry(node, name)?;
        let (key, value) = (entry.key_span, checker.tree.headline(entry.value));
        if let Some(mistake) = not_text(checker.tree, name, entry.value) {
            checker.mistakes.push(mistake);
        } else if !known(endpoint).contains(&name.as_str()) {
            // What no list knows, `structure` has refused.
            if all_known.contains(&name.as_str()) {
                checker.mistakes.push(filter_of_another(key, name, endpoint));
            }
        } else if let Some(mistake) = wrong_values(name, values, value) {
            checker.mistakes.push(mistake);
        }
        read.push((name.clone(), as_the_api_takes(name, values)));
    }
    if written.is_empty() {
        checker.mistakes.push(
            Mistake::new(checker.tree.node(node).span, "`filters` is empty")
                .label("name a filter, or remove this"),
        );
    }
    Some(read)
}

/// A value that is no text. The colour 112233 is a number to YAML.
fn not_text(tree: &Tree, name: &str, node: NodeId) -> Option<Mistake> {
    let at = tree.headline(node);
    match tree.content(node) {
        Content::Scalar(Value::Number(_)) => Some(
            Mistake::new(at, format!("`{name}` must be text, but YAML reads this as a number"))
                .label("put it in quotes"),
        ),
        Content::List(values) => values.iter().find_map(|value| not_text(tree, name, *value)),
        Content::Map(_) => Some(Mistake::new(at, format!("`{name}` takes a value or a list of values"))),
        Content::Scalar(_) => None,
    }
}

fn filter_of_another(at: Span, name: &str, endpoint: Endpoint) -> Mistake {
    let other = Endpoint::ALL.into_iter().find(|other| known(*other).contains(&name));
    let other = other.map_or("", Endpoint::name);
    let mistake =
        Mistake::new(at, format!("`{name}` is a filter of {other}, and not of {}", endpoint.name()));
    let help = "the API ignores what it does not know, so it would not filter at all";
    match nearest(name, known(endpoint).iter().copied()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None => mistake.label(format!("remove this, or search `in: {other}`")),
    }
    .help(help)
}

fn wrong_values(name: &str, values: &[String], at: Span) -> Option<Mistake> {
    if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
        let mistake = Mistake::new(at, format!("`{name}` has no value"));
        return Some(mistake.label("write a value").help("a filter without a value would not filter"));
    }
    if let (false, Some(list)) = (may_hold_commas(name), values.iter().find(|value| value.contains(','))) {
        let several: Vec<&str> = list.split(',').map(str::trim).collect();
        return Some(
            Mistake::new(at, format!("no value of `{name}` has a comma in it"))
                .label(format!("for several values write a list: [{}]", several.join(", "))),
        );
    }
    let several = "only one value can be given";
    (values.len() > 1 && takes_one(name))
        .then(|| Mistake::new(at, format!("`{name}` takes no list")).label(several))
}

fn may_hold_commas(name: &str) -> bool {
    matches!(last_step(name), "label" | "title" | "identifiers")
}

fn takes_one(name: &str) -> bool {
    matches!(last_step(name), "title" | "color" | "isRoot" | "from" | "to")
}

/// `label` of `subjects.label`.
fn last_step(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A list as the API reads it: commas between the values, quotes around one that holds a comma or a quote itself. A
/// title is taken whole.
fn as_the_api_takes(name: &str, values: &[String]) -> String {
    let quoted = |value: &String| {
        if name != "partOf.title" && value.contains([',', '"']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.clone()
        }
    };
    values.iter().map(quoted).collect::<Vec<_>>().join(",")
}

impl<'de> Deserialize<'de> for Filters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Map::<String, Value>::deserialize(deserializer)?;
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let filter = |(name, value)| match value {
            Value::Array(values) => (name, values.into_iter().map(text).collect()),
            Value::Null => (name, Vec::new()),
            value => (name, vec![text(value)]),
        };
        Ok(Self(written.into_iter().map(filter).collect()))
    }
}

impl JsonSchema for Filters {
    fn schema_name() -> Cow<'static, str> {
        "Filters".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let value = json_schema!({
            "anyOf": [
                { "type": ["string", "boolean"] },
                { "type": "array", "minItems": 1, "items": { "type": "string" } },
            ],
        });
        let names = Endpoint::ALL.map(known).concat();
        let properties: Map<String, Value> =
            names.into_iter().map(|name| (name.to_owned(), value.clone().into())).collect();
        json_schema!({
            "description": "Filters, by the API's own names, each with a value or a list of values.",
            "type": "object", "properties": properties, "additionalProperties": false,
        })
    }
}
