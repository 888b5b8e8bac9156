//! From checks to verdicts: rounds of asking until no check asks for more, then judgement, which does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Plan, Planned};
use crate::catalogue::Resource;
use crate::checks::contract::Contract;
use crate::checks::{Context, WorkRequests};
use crate::evidence::Evidence;
use crate::verdict::Judgement;

/// What judging needs besides the evidence.
pub struct Bench {
    /// Which request serves which work on this stage.
    pub requests: WorkRequests,
    /// What was recorded earlier and reviewed, by the name of its record.
    pub baselines: BTreeMap<String, String>,
    /// The compiled schemas.
    pub contract: Contract,
}

impl Bench {
    /// The context in which checks look at this evidence.
    #[must_use]
    pub fn context<'a>(&'a self, evidence: &'a Evidence) -> Context<'a> {
        Context { evidence, requests: &self.requests, baselines: &self.baselines, contract: &self.contract }
    }

    /// What these checks need that has not been asked for yet. Empty once nobody asks for more.
    ///
    /// A check that judges all answers needs whatever any check of the plan needs.
    #[must_use]
    pub fn wanted(&self, plan: &Plan, selected: &[&Planned], evidence: &Evidence) -> BTreeSet<Resource> {
        let context = self.context(evidence);
        let needs = |check: &Planned| check.check().resources(&context);
        let wanted: BTreeSet<Resource> = if selected.iter().any(|check| check.needs_all()) {
            plan.checks.iter().flat_map(needs).collect()
        } else {
            selected.iter().flat_map(|check| needs(check)).collect()
        };
        wanted.into_iter().filter(|resource| !evidence.has(resource)).collect()
    }

    /// One judgement for each check, in their order.
    ///
    /// If the stage served another index at the end than at the beginning, nothing is judged from the mixture.
    #[must_use]
    pub fn judge(&self, selected: &[&Planned], evidence: &Evidence) -> Vec<Judgement> {
        if let Some(because) = evidence.unfit() {
            return vec![Judgement::undecided(because); selected.len()];
        }
        let context = self.context(evidence);
        selected.iter().map(|check| check.check().judge(&context)).collect()
    }
}
