//! What an approval covers: the wording that it was given for, kept as a short hash beside it.
//!
//! Here it is worked out; `cover` tells which approvals do not cover what their criterion says now, `approve` writes
//! new ones into the file.

mod approve;
mod cover;
mod edit;

use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use approve::{Approved, NotApproved, approve};
pub(super) use cover::mistakes;
pub use cover::{Uncovered, commands, uncovered};

use super::load::{Read, hex};
use super::model::{Approval, Criterion};
use super::tree::{Content, NodeId, Tree};

/// The keys that an approval does not cover: who approved, when to look again, and what is excused for a while.
const NOT_COVERED: [&str; 4] = ["approved", "proposed", "review-by", "known-issue"];

/// How much of the hash is kept: enough to tell wordings apart, and little enough to be read.
const LENGTH: usize = 8;

/// The wording of a criterion, as a short hash of what is written in it: not of its place, its indentation, its
/// comments, its quotes or the order of its keys.
fn wording(tree: &Tree, criterion: NodeId) -> String {
    let covered = tree.entries(criterion).iter().filter(|entry| !NOT_COVERED.contains(&entry.key.as_str()));
    let mut says: Value =
        Value::Object(covered.map(|entry| (entry.key.clone(), tree.json(entry.value))).collect());
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
    let worded = |(node, criterion): (&NodeId, _)| worded(tree, *node, criterion);
    nodes.iter().zip(&read.suite.criteria).map(worded).collect()
}

fn worded<'r>(tree: &Tree, node: NodeId, criterion: &'r Criterion) -> Worded<'r> {
    let (approved, covered) = match &criterion.approval {
        Approval::Approved { by, on, wording } => (Some((by.as_str(), *on)), wording.as_deref()),
        Approval::Proposed => (None, None),
    };
    Worded { criterion, node, says: wording(tree, node), approved, covered }
}

#[cfg(test)]
mod tests;
