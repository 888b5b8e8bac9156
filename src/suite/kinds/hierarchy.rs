//! `hierarchies`: a named archive's tree, walked down to a given depth.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::mistake::Mistake;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Text, Work};

/// How deep a tree may be walked: no archive of the catalogue is known to be deeper.
const DEEPEST: i64 = 10;

/// The top of a tree whose branches must hang together, each part under its parent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Hierarchy {
    /// The work at the top: a collection, or a branch of one.
    pub work: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// How many levels below it are walked, from 1 to 10. Each work on the way is asked for, 250 of them at most.
    pub depth: At<i64>,
    /// `true` if the tree must stay as it was recorded, too: its works, their places, titles and reference numbers.
    #[serde(default)]
    pub snapshot: At<bool>,
    /// How many works there must be below it, down to the depth.
    #[serde(default)]
    pub works: At<HowMany>,
    /// On which level below it the lowest of them must stand: 1 for its own parts.
    #[serde(default)]
    pub levels: At<i64>,
    /// `by reference number` if the parts of each work must stand in that order, numbers read as numbers.
    #[serde(default)]
    #[schemars(extend("const" = "by reference number"))]
    pub order: At<String>,
    /// `continue the parent's` if the reference number of each work must begin with its parent's: `PP/CRI/A` below
    /// `PP/CRI`.
    #[serde(default)]
    #[schemars(extend("const" = "continue the parent's"))]
    pub reference_numbers: At<String>,
    /// Works that must be in the tree, each with the work that it must stand directly under.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub holds: At<Vec<At<Held>>>,
}

/// Limits to a number of works.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct HowMany {
    /// No fewer than so many.
    #[serde(default)]
    pub at_least: At<i64>,
    /// No more than so many.
    #[serde(default)]
    pub at_most: At<i64>,
}

/// A work and the work that it is a part of.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "HeldWork")]
pub(in crate::suite) struct Held {
    /// The work that must be in the tree.
    pub work: At<Work>,
    /// The work that it must stand directly under.
    pub part_of: At<Work>,
}

/// A tree of works, and what is expected of it.
#[derive(Debug, Clone)]
pub struct HierarchyExample {
    /// The work at its top.
    pub root: WorkId,
    /// How many levels below it are walked; at least one.
    pub depth: usize,
    /// Whether the tree is compared with a snapshot too.
    pub snapshot: bool,
    /// What is expected of it besides that it hangs together.
    pub expect: TreeExpectation,
}

/// What is expected of a tree besides that it hangs together.
#[derive(Debug, Clone, Default)]
pub struct TreeExpectation {
    /// No fewer works below the top.
    pub at_least: Option<usize>,
    /// No more works below the top.
    pub at_most: Option<usize>,
    /// The level of the lowest work that is walked to.
    pub levels: Option<usize>,
    /// Whether siblings stand in the order of their reference numbers.
    pub ordered: bool,
    /// Whether each reference number continues that of the parent.
    pub continued: bool,
    /// Works that must be in it, each with its parent.
    pub holds: Vec<(WorkId, WorkId)>,
}

impl HierarchyExample {
    /// How many works one walk may ask for. A tree with more is to be walked less deep, or branch by branch.
    pub const MOST: usize = 250;
}

impl Named for Hierarchy {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(checker: &mut Checker<'_>, _: NodeId, example: &Hierarchy) -> Option<HierarchyExample> {
    let root = work(&example.work);
    let depth = number(checker, &example.depth, 1..=DEEPEST, &DEPTH);
    let levels = optional(&example.levels, |at| levels(checker, at, depth));
    let works = optional(&example.works, |at| works(checker, at));
    let holds = optional(&example.holds, |at| holds(checker, at, root.as_ref()));
    let (at_least, at_most) = works.ok()?.unwrap_or_default();
    Some(HierarchyExample {
        root: root?,
        depth: depth?,
        snapshot: optional(&example.snapshot, |at| at.value).ok()?.unwrap_or_default(),
        expect: TreeExpectation {
            at_least,
            at_most,
            levels: levels.ok()?,
            ordered: optional(&example.order, |at| at.value.as_ref()).ok()?.is_some(),
            continued: optional(&example.reference_numbers, |at| at.value.as_ref()).ok()?.is_some(),
            holds: holds.ok()?.unwrap_or_default(),
        },
    })
}

/// What to say of a number that is out of its range.
struct Wording {
    says: &'static str,
    label: &'static str,
    help: &'static str,
}

const DEPTH: Wording = Wording {
    says: "a tree is walked from 1 to 10 levels down",
    label: "write a number from 1 to 10",
    help: "a walk of no level looks at nothing below the work, and would show nothing",
};

const LEVELS: Wording = Wording {
    says: "the lowest work cannot stand on this level",
    label: "write a number from 1 to the `depth`",
    help: "below the `depth` nothing is looked at, and a tree that ends at its top would show nothing",
};

const AT_LEAST: Wording = Wording {
    says: "this is no number of works that could be missed",
    label: "write a number from 1 to 250",
    help: "every tree has at least 0 works, and one walk asks for 250 at most",
};

const AT_MOST: Wording = Wording {
    says: "this is no number of works that could be exceeded",
    label: "write a number from 1 to 249",
    help: "one walk asks for 250 works at most: a tree with more is never walked to its end, and so never passes",
};

/// A mistake, which has been told.
struct Refused;

/// What a key says that need not be there.
fn optional<'a, T, M>(
    at: &'a At<T>,
    read: impl FnOnce(&'a At<T>) -> Option<M>,
) -> Result<Option<M>, Refused> {
    if at.is_given() { read(at).map(Some).ok_or(Refused) } else { Ok(None) }
}

/// A whole number within its range. What is no number has been refused by `structure`.
fn number(
    checker: &mut Checker<'_>,
    at: &At<i64>,
    range: RangeInclusive<i64>,
    wording: &Wording,
) -> Option<usize> {
    let (node, number) = (at.node?, at.value?);
    if range.contains(&number) {
        return usize::try_from(number).ok();
    }
    let place = checker.tree.node(node).span;
    checker.mistakes.push(Mistake::new(place, wording.says).label(wording.label).help(wording.help));
    None
}

fn levels(checker: &mut Checker<'_>, at: &At<i64>, depth: Option<usize>) -> Option<usize> {
    let deepest = depth.and_then(|depth| i64::try_from(depth).ok()).unwrap_or(DEEPEST);
    number(checker, at, 1..=deepest, &LEVELS)
}

/// The least and the most works; at least one of the two, the right way round.
fn works(checker: &mut Checker<'_>, at: &At<HowMany>) -> Option<(Option<usize>, Option<usize>)> {
    let (node, limits) = (at.node?, at.value.as_ref()?);
    if !limits.at_least.is_given() && !limits.at_most.is_given() {
        let place = checker.tree.node(node).span;
        let mistake = Mistake::new(place, "`works` expects nothing").label("add `at-least` or `at-most`");
        checker.mistakes.push(mistake);
        return None;
    }
    let most = i64::try_from(HierarchyExample::MOST).ok()?;
    let at_least = optional(&limits.at_least, |at| number(checker, at, 1..=most, &AT_LEAST));
    let at_most = optional(&limits.at_most, |at| number(checker, at, 1..=most - 1, &AT_MOST));
    let (at_least, at_most) = (at_least.ok()?, at_most.ok()?);
    if let (Some(least), Some(most), true) = (at_least, at_most, at_least > at_most) {
        let says = format!("no tree has at least {least} works and at most {most}");
        let place = checker.tree.node(node).span;
        checker.mistakes.push(Mistake::new(place, says).label("swap the two, or mend one of them"));
        return None;
    }
    Some((at_least, at_most))
}

/// The works that must be in the tree: none is its top or its own parent, and each is named once.
fn holds(
    checker: &mut Checker<'_>,
    list: &At<Vec<At<Held>>>,
    root: Option<&WorkId>,
) -> Option<Vec<(WorkId, WorkId)>> {
    let mut read: Vec<Option<(WorkId, WorkId)>> = Vec::new();
    for at in list.value.as_ref()? {
        let held = at.value.as_ref().and_then(|held| Some((work(&held.work)?, work(&held.part_of)?)));
        let (Some(node), Some((id, parent))) = (at.node, &held) else {
            read.push(None);
            continue;
        };
        let again = read.iter().flatten().any(|(other, _)| other == id);
        let wrong = if Some(id) == root {
            Some((format!("`{id}` is the top of the tree, and cannot stand in it"), "write another work"))
        } else if id == parent {
            Some((format!("`{id}` cannot be a part of itself"), "write the work that it is a part of"))
        } else if again {
            Some((
                format!("`{id}` is named twice"),
                "a work has one place in the tree: remove one of the two",
            ))
        } else {
            None
        };
        if let Some((says, label)) = wrong {
            let place = checker.tree.headline(node);
            checker.mistakes.push(Mistake::new(place, says).label(label));
            read.push(None);
        } else {
            read.push(held);
        }
    }
    read.into_iter().collect()
}
