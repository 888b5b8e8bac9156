//! `hierarchies`: the tree below a named work is walked down to a depth; it hangs together, and is what it should be.

mod draw;
mod expected;
mod walk;

use std::collections::BTreeSet;

use self::walk::Walk;
use super::snapshot::not_recorded;
use super::work::{refused_includes, unknown_include};
use super::{Check, Context, Recorded, first_of, relatives};
use crate::catalogue::{Include, Resource, WorkId};
use crate::numbers::counted;
use crate::suite::HierarchyExample;
use crate::verdict::{Compared, Finding, Judgement};

/// How many findings one tree lists; the rest are counted.
const LISTED: usize = 10;

/// Judges whether one tree hangs together, and is what is expected of it.
pub struct HierarchyCheck {
    example: HierarchyExample,
}

impl HierarchyCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: HierarchyExample) -> Self {
        Self { example }
    }
}

impl Check for HierarchyCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.example.root.clone(), needed())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        resources(&self.example, context)
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        if let Some(because) = unknown_include(&needed(), context.requests.unknown()) {
            return Judgement::undecided(because);
        }
        let walk = Walk::down(&self.example.root, self.example.depth, context);
        let unknown = walk.unknown();
        let mut findings: Vec<Finding> = refused_includes(&needed(), context.requests.refused()).collect();
        findings.extend(walk.lost().cloned());
        findings.extend(walk.knots.iter().cloned());
        findings.extend(hanging(&walk));
        findings.extend(expected::of_the_order(&self.example.expect, &walk));
        let undecided = unknown.clone().or_else(|| expected::untested(&self.example.expect, &walk));
        if unknown.is_none() {
            findings.extend(expected::of_the_whole(&self.example.expect, &walk));
        }
        if let (true, Some(because)) = (findings.is_empty(), undecided) {
            return Judgement::undecided(because);
        }
        let looked_at = walk.below().filter(|(_, part)| part.record.is_ok()).count();
        if looked_at == 0 && findings.is_empty() {
            return Judgement::undecided(format!(
                "{} has nothing below it, so there is no tree to look at",
                self.example.root
            ));
        }
        let judgement = Judgement::of(looked_at, first_of(findings, LISTED));
        remark(&walk).into_iter().fold(judgement, Judgement::remarking)
    }
}

/// Judges one tree against its snapshot.
pub struct HierarchySnapshot {
    example: HierarchyExample,
}

impl HierarchySnapshot {
    /// The check of this example; its snapshot is named for the work at the top.
    #[must_use]
    pub fn new(example: HierarchyExample) -> Self {
        Self { example }
    }
}

impl Recorded for HierarchySnapshot {
    fn record(&self) -> String {
        format!("hierarchy-{}", self.example.root)
    }

    /// Only a tree that could be walked to its end, with every work in its place, is one to keep.
    fn text(&self, context: &Context<'_>) -> Result<String, Judgement> {
        let walk = Walk::down(&self.example.root, self.example.depth, context);
        let drawn = drawn(&walk)?;
        let wrong: Vec<Finding> = walk.lost().chain(&walk.knots).cloned().collect();
        if !wrong.is_empty() {
            return Err(Judgement::of(0, wrong));
        }
        if walk.places.len() == 1 {
            let root = &self.example.root;
            return Err(Judgement::undecided(format!("{root} has nothing below it to be recorded")));
        }
        Ok(drawn)
    }
}

impl Check for HierarchySnapshot {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.example.root.clone(), needed())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        resources(&self.example, context)
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let Some(recorded) = context.baselines.get(&self.record()) else {
            let missing = not_recorded(&format!("the tree below {}", self.example.root));
            return self.text(context).err().unwrap_or_else(|| Judgement::undecided(missing));
        };
        match drawn(&Walk::down(&self.example.root, self.example.depth, context)) {
            Err(judgement) => judgement,
            Ok(tree) if recorded.trim_end() == tree => Judgement::of(tree.lines().count(), Vec::new()),
            Ok(tree) => {
                let recorded = recorded.trim_end();
                let difference = Judgement::from(draw::difference(recorded, &tree));
                difference.comparing(Compared::Text { recorded: recorded.to_owned(), found: tree })
            }
        }
    }
}

/// The tree in lines, if the top is there and the tree is known to its end.
fn drawn(walk: &Walk<'_>) -> Result<String, Judgement> {
    walk.places[0].record.clone()?;
    match walk.unknown() {
        Some(because) => Err(Judgement::undecided(because)),
        None => Ok(draw::tree(walk)),
    }
}

/// The includes without which there is no tree.
fn needed() -> BTreeSet<Include> {
    BTreeSet::from([Include::Parts, Include::PartOf])
}

fn resources(example: &HierarchyExample, context: &Context<'_>) -> Vec<Resource> {
    let walk = Walk::down(&example.root, example.depth, context);
    walk.places.into_iter().map(|place| place.resource).collect()
}

/// What must hold of every tree: each work and its parts agree about one another.
fn hanging(walk: &Walk<'_>) -> Vec<Finding> {
    let top = walk.places[0].record.as_ref().ok().and_then(|top| relatives::own_ancestor(top));
    let pairs = walk.below().filter_map(|(parent, part)| {
        let (parent, part) = (parent.record.as_ref().ok()?, part.record.as_ref().ok()?);
        let siblings = relatives::siblings(parent, part).unwrap_or_default();
        Some(relatives::between(parent, part).into_iter().chain(siblings))
    });
    let records = walk.places.iter().filter_map(|place| place.record.as_ref().ok());
    let nameless = records
        .filter(|record| relatives::parts(record).any(|part| part.work().is_none()))
        .map(|record| relatives::no_id(record));
    top.into_iter().chain(nameless).chain(pairs.flatten()).collect()
}

/// How much of the tree was looked at; nothing where it ends at its top.
fn remark(walk: &Walk<'_>) -> Option<String> {
    let told = walk.below().any(|(parent, part)| {
        let (Ok(parent), Ok(part)) = (&parent.record, &part.record) else { return false };
        relatives::siblings(parent, part).is_some()
    });
    let siblings =
        if told { "" } else { "; precededBy and succeededBy are not in the answers, so not looked at" };
    let works = counted(walk.places.len() - 1, ("work", "works"));
    let levels = counted(walk.levels(), ("level", "levels"));
    walk.below().next().map(|_| format!("walked {works}, {levels} down{siblings}"))
}
