//! What a search asks of the API: where, for which words, with which filters, in which order.
//!
//! The API ignores a parameter that it does not know, so a misspelt filter would silently not filter: only the names
//! below can be written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::WrittenSearch;
use crate::suite::kinds::either;
use crate::suite::mistake::{Mistake, Span, nearest};
use crate::suite::tree::{Content, NodeId, Tree};
use crate::suite::validate::Checker;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Search {
    /// Which of the API's lists is searched.
    pub endpoint: Endpoint,
    /// The words.
    pub query: Option<String>,
    /// Parameters that narrow the results, with their values as the API takes them.
    pub filters: Vec<(String, String)>,
    /// What the results are sorted by.
    pub sort: Option<String>,
    /// Which way they are sorted.
    pub sort_order: Option<String>,
}

/// A list of the API that can be searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, !try_from, rename_all = "kebab-case")]
pub enum Endpoint {
    /// Books, archives, pictures and everything else that has a page of its own.
    #[default]
    Works,
    /// The pictures out of works.
    Images,
    /// The people, places, subjects and genres that works are described with.
    Concepts,
}

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

impl TryFrom<String> for Endpoint {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name).ok_or("no list of the API")
    }
}

impl Endpoint {
    const ALL: [Self; 3] = [Self::Works, Self::Images, Self::Concepts];

    /// Its name, which is also its path.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Images => "images",
            Self::Concepts => "concepts",
        }
    }

    fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Works => &WORKS,
            Self::Images => &IMAGES,
            Self::Concepts => &CONCEPTS,
        }
    }

    fn sorts(self) -> &'static [&'static str] {
        match self {
            Self::Works => &["production.dates", "items.locations.createdDate", "collectionPath"],
            Self::Images => &["source.production.dates"],
            Self::Concepts => &[],
        }
    }
}

/// Reads what is asked; `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<Search> {
    let endpoint = endpoint(checker, example)?;
    let filters = filters(checker, endpoint, example);
    let sorted = sort(checker, node, endpoint, example);
    let asks = [example.query.is_given(), example.filters.is_given(), example.sort.is_given()];
    if !asks.contains(&true) && !example.facets.is_given() {
        checker.mistakes.push(
            Mistake::new(checker.tree.headline(node), "this does not say what is searched for")
                .label("add `query:`, `filters:` or both"),
        );
        return None;
    }
    sorted?;
    Some(Search {
        endpoint,
        query: if example.query.is_given() { Some(example.query.value.as_ref()?.0.clone()) } else { None },
        filters: filters?,
        sort: example.sort.value.as_ref().map(|sort| sort.0.clone()),
        sort_order: example.sort_order.value.as_ref().map(|order| order.0.clone()),
    })
}

/// Where it is searched.
fn endpoint(checker: &mut Checker<'_>, example: &WrittenSearch) -> Option<Endpoint> {
    let Some(node) = example.endpoint.node else { return Some(Endpoint::Works) };
    if example.endpoint.value.is_none() {
        let at = checker.tree.headline(node);
        let written =
            if let Content::Scalar(Value::String(text)) = checker.tree.content(node) { text } else { "" };
        let mistake = Mistake::new(at, "`in` says which list of the API is searched");
        checker.mistakes.push(or_nearest(mistake, written, &Endpoint::ALL.map(Endpoint::name)));
    }
    example.endpoint.value
}

fn filters(
    checker: &mut Checker<'_>,
    endpoint: Endpoint,
    example: &WrittenSearch,
) -> Option<Vec<(String, String)>> {
    let Some(node) = example.filters.node else { return Some(Vec::new()) };
    let written = &example.filters.value.as_ref()?.0;
    let all_known = Endpoint::ALL.map(Endpoint::filters).concat();
    let mut read = Vec::new();
    for (name, values) in written {
        let entry = checker.tree.entry(node, name)?;
        let (key, value) = (entry.key_span, checker.tree.headline(entry.value));
        if let Some(mistake) = not_text(checker.tree, name, entry.value) {
            checker.mistakes.push(mistake);
        } else if !endpoint.filters().contains(&name.as_str()) {
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
    let other = Endpoint::ALL.into_iter().find(|other| other.filters().contains(&name));
    let other = other.map_or("", Endpoint::name);
    let mistake =
        Mistake::new(at, format!("`{name}` is a filter of {other}, and not of {}", endpoint.name()));
    let help = "the API ignores what it does not know, so it would not filter at all";
    match nearest(name, endpoint.filters().iter().copied()) {
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

/// What is wrong with the sort. A search that must be refused may ask for any.
fn sort(checker: &mut Checker<'_>, node: NodeId, endpoint: Endpoint, example: &WrittenSearch) -> Option<()> {
    if let (true, false) = (example.sort_order.is_given(), example.sort.is_given()) {
        checker.mistakes.push(
            Mistake::new(checker.key_span(node, "sort-order"), "`sort-order` without `sort` changes nothing")
                .label("add `sort:`, or remove this"),
        );
        return None;
    }
    if example.refused.is_given() {
        return Some(());
    }
    let kinds =
        [("sort", &example.sort, endpoint.sorts()), ("sort-order", &example.sort_order, &["asc", "desc"])];
    let mut fits = Some(());
    for (key, at, known) in kinds {
        let (Some(value_node), Some(written)) = (at.node, &at.value) else { continue };
        if !known.contains(&written.0.as_str()) {
            let says = format!("{} cannot be sorted by `{}`", endpoint.name(), written.0);
            let says = if key == "sort" { says } else { format!("`{key}` cannot be `{}`", written.0) };
            let mistake = Mistake::new(checker.tree.node(value_node).span, says);
            checker.mistakes.push(or_nearest(mistake, &written.0, known));
            fits = None;
        }
    }
    fits
}

fn or_nearest(mistake: Mistake, written: &str, known: &[&str]) -> Mistake {
    match nearest(written, known.iter().copied()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None if known.is_empty() => mistake.label("remove this"),
        None => mistake.label(format!("write {}", either(known))),
    }
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
        let names = Endpoint::ALL.map(Endpoint::filters).concat();
        let properties: Map<String, Value> =
            names.into_iter().map(|name| (name.to_owned(), value.clone().into())).collect();
        json_schema!({
            "description": "Filters, by the API's own names, each with a value or a list of values.",
            "type": "object", "properties": properties, "additionalProperties": false,
        })
    }
}
