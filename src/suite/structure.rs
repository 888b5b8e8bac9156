//! Holds the file against its schema: unknown and missing keys, wrong types, text that does not fit its pattern.
//!
//! The words of the schema library never reach the reader. Rules of the kind "exactly one of" and everything inside
//! expectations are worded in `validate` and `shapes`; here they only count as [`Structure::unworded`].

use std::collections::BTreeMap;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use super::mistake::{Mistake, Span, listed, nearest};
use super::schema::{SCHEMA, VALIDATOR};
use super::tree::{Content, NodeId, Tree};
use super::wording;

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
            ValidationErrorKind::Required { .. }
                if error.schema_path().as_str().contains("dependentRequired") =>
            {
                structure.unworded.push(tree.headline(found.node));
            }
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default().to_owned();
                missing.entry(found.node.0).or_default().push(key);
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    structure.unknown_key(tree, &found, key, &allowed_keys(&error));
                }
            }
            kind => match wording::word(text, tree, &found, kind, &error) {
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
        if wanted.is_empty() {
            return;
        }
        let name = name_of(tree, node);
        let says = format!("{name} lacks {}", listed(wanted.iter().copied(), "and"));
        let lines: Vec<String> =
            wanted.iter().map(|key| format!("`{key}: {}`", sample(&name, key))).collect();
        self.mistakes
            .push(Mistake::new(tree.headline(node), says).label(format!("add {}", lines.join(", "))));
    }
}

/// What to write after a key of this, to show how a missing line looks.
fn sample(of: &str, key: &str) -> &'static str {
    match key {
        "sample" if of == "`compare`" => "{ works: 5000, seed: 2026 }",
        "review-by" | "on" | "until" => "2027-05-22",
        "owner" | "by" => "Product",
        "work" | "from" | "to" | "finds" | "part-of" => "a222zvge",
        "sample" => "{ size: 600, seed: 2026 }",
        "size" => "600",
        "seed" => "2026",
        "request" => "/works?pageSize=101",
        "count" => "works",
        "shows" => "[{ link: View }]",
        "loss" => "1%",
        "gain" => "5%",
        "depth" => "2",
        _ => "…",
    }
}

/// The place of a fault in the file.
pub(super) struct Found {
    pub node: NodeId,
    pub name: String,
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
}

/// The keys that the schema knows where an unknown one stands.
fn allowed_keys(error: &ValidationError<'_>) -> Vec<&'static str> {
    let properties = schema_beside(error).and_then(|schema| schema.get("properties")?.as_object());
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str)).collect()
}

/// The part of the schema in which the violated word stands.
pub(super) fn schema_beside(error: &ValidationError<'_>) -> Option<&'static Value> {
    let (parent, _) = error.schema_path().as_str().rsplit_once('/')?;
    SCHEMA.pointer(parent)
}

/// What to call a node: its key, or which list it is an entry of.
fn name_of(tree: &Tree, node: NodeId) -> String {
    let Some(parent) = tree.node(node).parent else { return "the file".to_owned() };
    if let Some(entry) = tree.entries(parent).iter().find(|entry| entry.value == node) {
        return format!("`{}`", entry.key);
    }
    match name_of(tree, parent).as_str() {
        "`criteria`" => "this criterion".to_owned(),
        list => format!("this entry of {list}"),
    }
}
