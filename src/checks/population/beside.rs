//! `counts`: beside the verdict on an example, how many works of its kind the whole catalogue holds.

use std::collections::BTreeSet;

use super::counting::Side;
use super::{CountRequests, counts};
use crate::catalogue::{Include, Resource, Selection, WorkId};
use crate::checks::{Check, Context};
use crate::evidence::Evidence;
use crate::numbers::grouped;
use crate::verdict::{Judgement, Verdict};

/// A check as it is, but for a remark on how many works are of the kind. It cannot change the verdict.
pub struct Beside<C> {
    check: C,
    kind: Selection,
    asked: Resource,
    whole: Resource,
}

impl<C: Check> Beside<C> {
    /// This check, with works of this kind counted beside it.
    #[must_use]
    pub fn new(check: C, kind: Selection, requests: &CountRequests) -> Self {
        let (asked, whole) = (requests.count(&kind), requests.count(&kind.unfiltered()));
        Self { check, kind, asked, whole }
    }

    fn remark(&self, evidence: &Evidence) -> String {
        let kind = self.kind.to_string();
        let here = match total(&self.asked, Side::Stage, evidence) {
            Ok(number) => number,
            Err(why) => return format!("how many {kind} there are is not known: {why}"),
        };
        let are = if here == 1 { "work of the catalogue is" } else { "works of the catalogue are" };
        let kind = kind.split_once(" where ").map_or(kind.as_str(), |(_, filters)| filters);
        let there = match total(&self.asked, Side::Prod, evidence) {
            Ok(number) => format!("; {} on prod", grouped(number)),
            // That no prod is named is told once, at the end, and not by each check.
            Err(_) if evidence.prod.is_none() => String::new(),
            Err(why) => format!("; how many on prod is not known: {why}"),
        };
        let all = match total(&self.whole, Side::Stage, evidence) {
            Ok(whole) if whole == here => ". These are all works that there are: is the filter ignored?",
            _ => "",
        };
        format!("{} {are} of this kind ({kind}){there}{all}", grouped(here))
    }
}

/// The number, or why there is none.
fn total(resource: &Resource, side: Side, evidence: &Evidence) -> Result<u64, String> {
    counts::total(&side.of(resource), evidence).map_err(|judgement| match judgement.verdict {
        Verdict::Undecided { because } => because,
        Verdict::Fail { findings } => {
            findings.into_iter().map(|finding| finding.says).collect::<Vec<_>>().join("; ")
        }
        Verdict::Pass => "there is no number".to_owned(),
    })
}

impl<C: Check> Check for Beside<C> {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        self.check.works()
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let mut resources = self.check.resources(context);
        resources.extend([self.asked.clone(), self.whole.clone(), self.asked.on_prod()]);
        resources
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        self.check.judge(context).remarking(self.remark(context.evidence))
    }
}
