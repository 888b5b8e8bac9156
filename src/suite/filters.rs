//! `where`, `counts` and `filters`: filters as the file writes them, held to the table of those that the API documents.
//!
//! The API ignores what it does not know, so a misspelt filter would let everything through: it is refused here.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::at::At;
use super::mistake::{Mistake, nearest};
use super::tree::{Content, Entry, NodeId};
use super::validate::Checker;
use crate::catalogue::{Endpoint, Filter, Selection, Takes};

/// Filters by name. Their values are read from the tree, and the whole is kept to name an example.
#[derive(Debug, Deserialize)]
pub(super) struct Filters(pub(super) Map<String, Value>);

impl JsonSchema for Filters {
    fn schema_name() -> Cow<'static, str> {
        "Filters".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<FilterValue>();
        let names = Endpoint::ALL.into_iter().flat_map(Endpoint::filters).map(|filter| filter.name);
        let properties: Map<_, _> = names.map(|name| (name.to_owned(), value.clone().into())).collect();
        json_schema!({
            "description": "The API's own filters, by name; a record must pass all of them.",
            "type": "object", "minProperties": 1, "properties": properties, "additionalProperties": false,
        })
    }
}

/// What a filter is compared with, as editors are told of it.
struct FilterValue;

impl JsonSchema for FilterValue {
    fn schema_name() -> Cow<'static, str> {
        "FilterValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The value that a record must have, or a list of values of which it must have one.",
            "anyOf": [
                { "type": "string", "pattern": "\\S" },
                { "type": "boolean" },
                { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "\\S" } },
            ],
        })
    }
}

/// Reads which records of a list are meant. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, at: &At<Filters>, endpoint: Endpoint) -> Option<Selection> {
    let Some(node) = at.node else { return Some(Selection::all(endpoint)) };
    // What is no group at all has been refused by the schema.
    at.value.as_ref()?;
    if checker.tree.entries(node).is_empty() {
        let mistake = Mistake::new(checker.tree.node(node).span, "an empty group selects everything")
            .label("name a filter, such as `workType: a`");
        return checker.refuse(mistake);
    }
    let entries = checker.tree.entries(node);
    let read: Vec<_> = entries.iter().map(|entry| one(checker, entry, endpoint)).collect();
    let mut selection = Selection::all(endpoint);
    for one in read {
        let (filter, values) = one?;
        selection = selection.with(filter, values);
    }
    Some(selection)
}

fn one(
    checker: &mut Checker<'_>,
    entry: &Entry,
    endpoint: Endpoint,
) -> Option<(&'static Filter, Vec<String>)> {
    let Some(filter) = endpoint.filter(&entry.key) else {
        // A name that no list knows has been refused by the schema.
        let mistake = of_another_list(&entry.key, endpoint).map(|it| Mistake { at: entry.key_span, ..it });
        checker.mistakes.extend(mistake);
        return None;
    };
    let nodes: Vec<NodeId> = match checker.tree.content(entry.value) {
        Content::List(items) => items.clone(),
        Content::Scalar(_) | Content::Map(_) => vec![entry.value],
    };
    if nodes.is_empty() {
        let mistake = Mistake::new(checker.tree.node(entry.value).span, "an empty list selects nothing")
            .label("write the values in it");
        return checker.refuse(mistake);
    }
    let values: Vec<_> = nodes.iter().map(|node| value(checker, *node, entry, filter)).collect();
    let values: Vec<String> = values.into_iter().collect::<Option<_>>()?;
    if let (true, Takes::Title | Takes::Day | Takes::Flag) = (values.len() > 1, filter.takes) {
        let mistake =
            Mistake::new(entry.key_span, format!("`{}` takes one value, and not a list", filter.name))
                .label("write one of them");
        return checker.refuse(mistake);
    }
    Some((filter, values))
}

fn value(checker: &mut Checker<'_>, node: NodeId, entry: &Entry, filter: &Filter) -> Option<String> {
    let at = checker.tree.node(node).span;
    match checker.tree.content(node) {
        Content::Scalar(Value::String(text)) if text.trim().is_empty() => {
            checker.refuse(Mistake::new(at, format!("`{}` is blank", entry.key)).label("write a value"))
        }
        Content::Scalar(Value::String(text)) if filter.takes == Takes::Ids && text.contains(',') => {
            let parts: Vec<&str> = text.split(',').map(str::trim).collect();
            let mistake = Mistake::new(at, format!("`{text}` is not one value of `{}`", entry.key))
                .label(format!("write several as a list: [{}]", parts.join(", ")));
            checker.refuse(mistake)
        }
        Content::Scalar(Value::String(text)) => Some(text.clone()),
        Content::Scalar(Value::Bool(flag)) if filter.takes == Takes::Flag => Some(flag.to_string()),
        Content::Scalar(Value::Null) => checker.refuse(
            Mistake::new(entry.key_span, format!("`{}` has no value", entry.key)).label("write a value"),
        ),
        Content::Scalar(other) => {
            let mistake = Mistake::new(at, format!("`{}` must be text", entry.key))
                .label(format!("put it in quotes: \"{other}\""));
            checker.refuse(mistake)
        }
        Content::List(_) | Content::Map(_) => {
            let mistake = Mistake::new(checker.tree.headline(node), format!("`{}` must be text", entry.key))
                .label("write a value, or a list of values");
            checker.refuse(mistake)
        }
    }
}

/// What is wrong with a filter that another list has; its place is left open.
fn of_another_list(name: &str, endpoint: Endpoint) -> Option<Mistake> {
    let other = Endpoint::ALL.into_iter().find(|other| other.filter(name).is_some())?;
    let known = endpoint.filters().iter().map(|filter| filter.name);
    let nowhere = super::mistake::Span::new(0, 0);
    let mistake = Mistake::new(nowhere, format!("{} cannot be filtered by `{name}`", endpoint.name()));
    Some(match nearest(name, known.clone()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None => mistake
            .label(format!("this is a filter of {}", other.name()))
            .help("the API ignores what it does not know, so it would let everything through"),
    })
}

/// The words of a filter and its values, to name an example by: `workType-a-k`.
pub(super) fn words(filters: &Filters) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.replace('!', "not "),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(|it| it.replace('!', "not "))
            .collect::<Vec<_>>()
            .join(" "),
        other => other.to_string(),
    };
    // Names of checks stand in one column of the report, so what every such filter begins with is left out.
    let short = |name: &str| name.strip_prefix("items.locations.").unwrap_or(name).to_owned();
    filters.0.iter().map(|(name, value)| format!("{} {}", short(name), text(value))).collect()
}
