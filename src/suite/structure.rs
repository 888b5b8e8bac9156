//! Holds the file against its schema: unknown and missing keys, wrong types, text that does not fit its pattern.
//!
//! The words of the schema library never reach the reader. Rules of the kind "exactly one of" and everything inside
//! expectations are worded in `validate` and `shapes`; here they only count as [`Structure::unworded`].

use std::collections::BTreeMap;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::mistake::{Mistake, Span, listed, nearest};
use super::schema::{SCHEMA, VALIDATOR};
use super::tree::{Content, NodeId, Tree};

/// What the schema found.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub mistakes: Vec<Mistake>,
    /// Known keys that were most likely meant where an unknown one stands, by the node that holds it.
    pub meant: Vec<(NodeId, String)>,
    /// Faults for which the later checks have better words. If those find nothing, these must not be lost.
    pub unworded: Vec<Span>,
}

/// Holds the whole tree against the schema.
pub(super) fn check(text: &str, tree: &Tree) -> Structure {
    let mut structure = Structure::default();
    let Some(validator) = VALIDATOR.as_ref() else {
        structure
            .mistakes
            .push(Mistake::new(Span::new(0, 0), "the gate's own schema of this file is broken"));
        return structure;
    };
    let json = tree.json(Tree::ROOT);
    let mut missing: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for error in validator.iter_errors(&json) {
        let found = Found::locate(tree, &error);
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default().to_owned();
                missing.entry(found.node.0).or_default().push(key);
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    structure.unknown_key(tree, &found, key, &allowed_keys(&error));
                }
            }
            kind => match found.word(text, tree, kind, &error) {
                Some(mistake) => structure.mistakes.push(mistake),
                None => structure.unworded.push(tree.headline(found.node)),
            },
        }
    }
    for (node, keys) in missing {
        structure.missing_keys(tree, NodeId(node), &keys);
    }
    structure
}

impl Structure {
    fn unknown_key(&mut self, tree: &Tree, found: &Found, key: &str, allowed: &[&str]) {
        let Some(entry) = tree.entry(found.node, key) else { return };
        let mistake = Mistake::new(entry.key_span, format!("`{key}` is not a key of {}", found.name));
        let mistake = match nearest(key, allowed.iter().copied()) {
            Some(meant) => {
                self.meant.push((found.node, meant.to_owned()));
                mistake.label(format!("did you mean `{meant}`?"))
            }
            None => mistake
                .label("not known here")
                .help(format!("known here: {}", listed(allowed.iter().copied(), "and"))),
        };
        self.mistakes.push(mistake);
    }

    fn missing_keys(&mut self, tree: &Tree, node: NodeId, keys: &[String]) {
        let wanted: Vec<&str> = keys
            .iter()
            .map(String::as_str)
            .filter(|key| !self.meant.iter().any(|(at, meant)| *at == node && meant == key))
            .collect();
        let Some(first) = wanted.first() else { return };
        let name = name_of(tree, node);
        let says = format!("{name} lacks {}", listed(wanted.iter().copied(), "and"));
        self.mistakes
            .push(Mistake::new(tree.headline(node), says).label(format!("add `{first}: {}`", sample(first))));
    }
}

/// What to write after a key, to show how a missing line looks.
fn sample(key: &str) -> &'static str {
    match key {
        "review-by" | "on" | "until" => "2027-05-22",
        "owner" | "by" => "Product",
        "work" | "from" | "to" | "finds" => "a222zvge",
        "request" => "/works?pageSize=101",
        _ => "…",
    }
}

/// The place of a fault in the file.
struct Found {
    node: NodeId,
    name: String,
}

impl Found {
    fn locate(tree: &Tree, error: &ValidationError<'_>) -> Self {
        let node = error.instance_path().segments().fold(Tree::ROOT, |node, segment| match segment {
            LocationSegment::Property(key) => tree.entry(node, &key).map_or(node, |entry| entry.value),
            LocationSegment::Index(index) => match tree.content(node) {
                Content::List(items) => items.get(index).copied().unwrap_or(node),
                Content::Map(_) | Content::Scalar(_) => node,
            },
        });
        Self { node, name: name_of(tree, node) }
    }

    fn word(
        &self,
        text: &str,
        tree: &Tree,
        kind: &ValidationErrorKind,
        error: &ValidationError<'_>,
    ) -> Option<Mistake> {
        let name = &self.name;
        let at = tree.headline(self.node);
        match kind {
            ValidationErrorKind::Type { kind: TypeKind::Single(wanted) } => {
                Some(self.wrong_type(text, tree, *wanted))
            }
            ValidationErrorKind::Pattern { .. } => {
                let written = error.instance().as_str().unwrap_or_default();
                let says = if written.trim().is_empty() {
                    format!("{name} is blank")
                } else {
                    format!("{name} cannot be `{written}`")
                };
                let why = schema_beside(error).and_then(|schema| schema.get("patternErrorMessage")?.as_str());
                Some(Mistake::new(at, says).help(why.unwrap_or("it is not written as it must be")))
            }
            ValidationErrorKind::MinItems { .. } => Some(
                Mistake::new(at, format!("{name} is empty"))
                    .label("add at least one entry")
                    .help("a criterion without examples would hold whatever the catalogue says"),
            ),
            ValidationErrorKind::Constant { expected_value } => Some(
                Mistake::new(at, format!("{name} can only be `{expected_value}`"))
                    .label(format!("write `{expected_value}`, or remove this key")),
            ),
            _ => None,
        }
    }

    fn wrong_type(&self, text: &str, tree: &Tree, wanted: JsonType) -> Mistake {
        let at = tree.headline(self.node);
        let name = &self.name;
        let written = &text[at.start..at.end];
        let wants = match wanted {
            JsonType::String => "text",
            JsonType::Array => "a list",
            JsonType::Object => "a group of keys with values",
            JsonType::Boolean => "`true` or `false`",
            JsonType::Integer | JsonType::Number => "a number",
            JsonType::Null => "nothing",
        };
        match (wanted, tree.content(self.node)) {
            (_, Content::Scalar(Value::Null)) => {
                let at = if at.end > at.start { at } else { key_before(text, at) };
                Mistake::new(at, format!("{name} has no value")).label(format!("{wants} belongs here"))
            }
            (JsonType::String, Content::Scalar(value)) => {
                let what = if value.is_boolean() { "a truth value" } else { "a number" };
                Mistake::new(at, format!("{name} must be text, but YAML reads this as {what}"))
                    .label(format!("put it in quotes: \"{written}\""))
            }
            (JsonType::String, Content::Map(_)) => Mistake::new(at, format!("{name} must be text"))
                .label("this is a group of keys with values")
                .help("text that contains a colon and a space, or begins with `{`, must be in quotes"),
            (JsonType::String, Content::List(_)) => Mistake::new(at, format!("{name} must be text"))
                .label("this is a list")
                .help("text that begins with `[` or `- ` must be in quotes"),
            (JsonType::Array, _) => {
                Mistake::new(at, format!("{name} must be a list")).label("begin each entry with `- `")
            }
            (JsonType::Object, _) => {
                Mistake::new(at, format!("{name} must be {wants}")).help(self.keys_wanted())
            }
            _ => Mistake::new(at, format!("{name} must be {wants}")).label(format!("write {wants}")),
        }
    }

    fn keys_wanted(&self) -> String {
        match self.name.as_str() {
            "`approved`" => "write `{ by: Product, on: 2026-11-22 }`".to_owned(),
            "`known-issue`" => "write `{ link: https://…, until: 2026-12-31 }`".to_owned(),
            "the file" => "it begins with `criteria:`".to_owned(),
            _ => "write keys, each with a colon, a space and its value".to_owned(),
        }
    }
}

/// The end of the line above which a value is missing.
fn key_before(text: &str, at: Span) -> Span {
    let end = text[..at.start].trim_end().len();
    let start = text[..end].rfind(['\n', ' ', '{', ',']).map_or(0, |before| before + 1);
    Span::new(start, end)
}

/// The keys that the schema knows where an unknown one stands.
fn allowed_keys(error: &ValidationError<'_>) -> Vec<&'static str> {
    let properties = schema_beside(error).and_then(|schema| schema.get("properties")?.as_object());
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str)).collect()
}

/// The part of the schema in which the violated word stands.
fn schema_beside(error: &ValidationError<'_>) -> Option<&'static Value> {
    let (parent, _) = error.schema_path().as_str().rsplit_once('/')?;
    SCHEMA.pointer(parent)
}

/// What to call a node: its key, or which entry of a list it is.
fn name_of(tree: &Tree, node: NodeId) -> String {
    if node == Tree::ROOT {
        return "the file".to_owned();
    }
    for id in (0..tree.nodes.len()).map(NodeId) {
        match tree.content(id) {
            Content::Map(entries) => {
                if let Some(entry) = entries.iter().find(|entry| entry.value == node) {
                    return format!("`{}`", entry.key);
                }
            }
            Content::List(items) if items.contains(&node) => {
                let list = name_of(tree, id);
                return if list == "`criteria`" {
                    "a criterion".to_owned()
                } else {
                    format!("an entry of {list}")
                };
            }
            Content::List(_) | Content::Scalar(_) => {}
        }
    }
    "this".to_owned()
}
