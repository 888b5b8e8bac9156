//! The YAML file as a tree in which every key and value knows its place.
//!
//! Knows YAML, and nothing of criteria. How the text becomes a tree is told in `grow`.

use serde_json::Value;

use super::mistake::Span;

/// A node's number in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NodeId(pub usize);

/// All nodes of one document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

/// A value and its place.
#[derive(Debug)]
pub(super) struct Node {
    pub span: Span,
    /// The list or map that holds it; nothing for the root.
    pub parent: Option<NodeId>,
    pub content: Content,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Text, number, true, false or null, as YAML's core schema resolves it.
    Scalar(Value),
    List(Vec<NodeId>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: NodeId,
}

impl Tree {
    /// The root is the first node that is made.
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    pub(super) fn content(&self, id: NodeId) -> &Content {
        &self.node(id).content
    }

    /// The entries of a map; none for anything else.
    pub(super) fn entries(&self, id: NodeId) -> &[Entry] {
        match self.content(id) {
            Content::Map(entries) => entries,
            Content::List(_) | Content::Scalar(_) => &[],
        }
    }

    pub(super) fn entry(&self, id: NodeId, key: &str) -> Option<&Entry> {
        self.entries(id).iter().find(|entry| entry.key == key)
    }

    /// The place to point at when a whole node is meant: for a map its first key (with its value if that is
    /// a scalar), so that the reader sees one line and not fifty.
    pub(super) fn headline(&self, id: NodeId) -> Span {
        match self.content(id) {
            Content::Scalar(_) => self.node(id).span,
            Content::List(items) => items.first().map_or(self.node(id).span, |item| self.headline(*item)),
            Content::Map(entries) => match entries.first() {
                None => self.node(id).span,
                Some(first) => match self.content(first.value) {
                    Content::Scalar(_) => Span::new(
                        first.key_span.start,
                        self.node(first.value).span.end.max(first.key_span.end),
                    ),
                    Content::List(_) | Content::Map(_) => first.key_span,
                },
            },
        }
    }

    /// The node as a JSON value.
    pub(super) fn json(&self, id: NodeId) -> Value {
        match self.content(id) {
            Content::Scalar(value) => value.clone(),
            Content::List(items) => Value::Array(items.iter().map(|item| self.json(*item)).collect()),
            Content::Map(entries) => Value::Object(
                entries.iter().map(|entry| (entry.key.clone(), self.json(entry.value))).collect(),
            ),
        }
    }
}
