//! Everything that a work is part of, up to the top, and its parts are there, name one another and count one another
//! rightly.
//!
//! What parents and parts must say of one another is told in `checks::relatives`, which the walk down a tree uses too.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::Context;
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::checks::relatives::{self, Relative, ancestors, parts};
use crate::verdict::{Finding, Judgement, Verdict};

/// How many requests it may make.
const MOST: usize = 120;

/// The rule.
pub(super) struct Relatives;

impl Rule for Relatives {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Parts, Include::PartOf])
    }

    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.within(MOST, |record| ancestors(record).count() + some_parts(record).len())
    }

    fn resources(&self, sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
        let of_one = |work: &Sampled<'_>| {
            let asked: Vec<Relative<'_>> = ancestors(work.record).chain(some_parts(work.record)).collect();
            asked.into_iter().filter_map(|it| Some(context.requests.whole(&it.work()?))).collect::<Vec<_>>()
        };
        sample.works.iter().flat_map(of_one).collect()
    }

    fn remark(&self, sample: &Sample<'_>, context: &Context<'_>) -> Option<String> {
        let told = sample.works.iter().any(|work| siblings(work.record, context).is_some());
        (!told).then(|| {
            "precededBy and succeededBy are not in the answers of this release, so they were not looked at".to_owned()
        })
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let related = |work: &&Sampled<'_>| {
            parts(work.record).next().is_some() || ancestors(work.record).next().is_some()
        };
        sample
            .works
            .iter()
            .filter(related)
            .map(|work| Case::of_work(*work, judge(work.record, context)))
            .collect()
    }
}

/// The first, the middle and the last of the parts: one work may have hundreds.
fn some_parts(record: &Value) -> Vec<Relative<'_>> {
    let all: Vec<Relative<'_>> = parts(record).collect();
    let chosen = BTreeSet::from([0, all.len() / 2, all.len().saturating_sub(1)]);
    chosen.into_iter().filter_map(|place| all.get(place).copied()).collect()
}

fn judge(record: &Value, context: &Context<'_>) -> Ruling {
    let mut seen = Seen::default();
    seen.findings.extend(relatives::own_ancestor(record));
    // Up to the top: each is held against the one below it.
    let mut below = record;
    for ancestor in ancestors(record) {
        let Some(above) = seen.record_of(ancestor, below, context) else { break };
        seen.findings.extend(relatives::between(above, below));
        below = above;
    }
    for part in some_parts(record) {
        if let Some(part) = seen.record_of(part, record, context) {
            seen.findings.extend(relatives::between(record, part));
        }
    }
    seen.findings.extend(siblings(record, context).unwrap_or_default());
    seen.ruling()
}

/// What is wrong with the siblings that a work tells of. `None` if it tells of none.
fn siblings(record: &Value, context: &Context<'_>) -> Option<Vec<Finding>> {
    let parent = ancestors(record).next()?;
    let parent = context.evidence.get(&context.requests.whole(&parent.work()?)).ok()?.json()?;
    relatives::siblings(parent, record)
}

/// What the relatives of one work have shown so far.
#[derive(Default)]
struct Seen {
    findings: Vec<Finding>,
    unanswered: Option<String>,
}

impl Seen {
    /// The record of a relative, if it is there.
    fn record_of<'a>(
        &mut self,
        relative: Relative<'_>,
        naming: &Value,
        context: &Context<'a>,
    ) -> Option<&'a Value> {
        let Some(id) = relative.work() else {
            self.findings.push(relatives::no_id(naming));
            return None;
        };
        let asked = context.requests.whole(&id);
        match relatives::record_of(relative, naming, &asked, context.evidence) {
            Ok(record) => return Some(record),
            Err(Judgement { verdict: Verdict::Fail { findings }, .. }) => self.findings.extend(findings),
            Err(Judgement { verdict: Verdict::Undecided { because }, .. }) => self.unanswered = Some(because),
            Err(Judgement { verdict: Verdict::Pass, .. }) => {}
        }
        None
    }

    fn ruling(self) -> Ruling {
        match self.unanswered {
            Some(because) if self.findings.is_empty() => Ruling::Unknown(because),
            _ => Ruling::of(self.findings),
        }
    }
}
