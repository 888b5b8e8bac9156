//! What an approval covers: the wording that it was given for, with the lists that it names, kept as a short hash
//! beside it.
//!
//! Here it is worked out; `cover` tells which approvals do not cover what their criterion says now, `approve` writes
//! new ones into the file.

mod approve;
mod cover;
mod edit;

use jiff::civil::Date;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

pub use approve::{Approved, NotApproved, approve};
pub(super) use cover::mistakes;
pub use cover::{Uncovered, commands, uncovered};

use super::lists::Lists;
use super::load::{Read, hex};
use super::model::{Approval, Criterion};
use super::tree::{Content, NodeId, Tree};

/// The keys that an approval does not cover: who approved, when to look again, and what is excused for a while.
const NOT_COVERED: [&str; 4] = ["approved", "proposed", "review-by", "known-issue"];

/// How much of the hash is kept: enough to tell wordings apart, and little enough to be read.
const LENGTH: usize = 8;

/// What a criterion says, and the lists that it names, each as if it stood in the criterion under its file's name.
fn said(read: &Read, criterion: NodeId) -> (Value, Vec<String>) {
    let entries = read.tree.entries(criterion).iter();
    let covered = entries.filter(|entry| !NOT_COVERED.contains(&entry.key.as_str()));
    let mut says: Map<String, Value> =
        covered.map(|entry| (entry.key.clone(), read.tree.json(entry.value))).collect();
    let mut lists: Map<String, Value> = Map::new();
    says.values().for_each(|value| add_lists(&read.lists, value, &mut lists));
    let names = lists.keys().cloned().collect();
    says.extend(lists);
    (Value::Object(says), names)
}

/// Adds the lists that a value names. Any text may name one, so that no kind of criterion has to tell of its own.
fn add_lists(all: &Lists, value: &Value, named: &mut Map<String, Value>) {
    match value {
        Value::String(text) => named.extend(all.entries(text).map(|list| (text.clone(), list.into()))),
        Value::Array(values) => values.iter().for_each(|value| add_lists(all, value, named)),
        Value::Object(entries) => entries.values().for_each(|value| add_lists(all, value, named)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A short hash of what is said: not of its place, its indentation, its comments, its quotes or the order of its keys.
fn wording(mut says: Value) -> String {
    says.sort_all_objects();
    let mut hash = hex(&Sha256::digest(says.to_string()));
    hash.truncate(LENGTH);
    hash
}

/// A criterion beside the approval that it has.
struct Worded<'r> {
    criterion: &'r Criterion,
    node: NodeId,
    /// The hash of what it says now.
    says: String,
    /// The files whose lists are part of what it says.
    lists: Vec<String>,
    /// Who approved it, and when; nobody if it is proposed.
    approved: Option<(&'r str, Date)>,
    /// The wording that was approved, if the file tells.
    covered: Option<&'r str>,
}

/// The criteria of a file without a mistake.
fn criteria(read: &Read) -> Vec<Worded<'_>> {
    let tree = &read.tree;
    let nodes: &[NodeId] = match tree.entry(Tree::ROOT, "criteria").map(|entry| tree.content(entry.value)) {
        Some(Content::List(nodes)) => nodes,
        _ => &[],
    };
    let worded = |(node, criterion): (&NodeId, _)| worded(read, *node, criterion);
    nodes.iter().zip(&read.suite.criteria).map(worded).collect()
}

fn worded<'r>(read: &Read, node: NodeId, criterion: &'r Criterion) -> Worded<'r> {
    let (approved, covered) = match &criterion.approval {
        Approval::Approved { by, on, wording } => (Some((by.as_str(), *on)), wording.as_deref()),
        Approval::Proposed => (None, None),
    };
    let (says, lists) = said(read, node);
    Worded { criterion, node, says: wording(says), lists, approved, covered }
}

#[cfg(test)]
mod tests;
