//! From checks to verdicts: rounds of asking until no check asks for more, then judgement, which does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Plan, Planned, Role};
use crate::catalogue::Resource;
use crate::checks::compare::Compared;
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
        let every: Vec<&Planned> = plan.checks.iter().collect();
        let asking = if selected.iter().any(|check| check.needs_all()) { every.as_slice() } else { selected };
        // All checks of the comparison ask for the same.
        let (compared, others): (Vec<&Planned>, Vec<&Planned>) =
            asking.iter().copied().partition(|check| matches!(check.role, Role::Comparison(_)));
        let asking = others.into_iter().chain(compared.into_iter().take(1));
        let wanted: BTreeSet<Resource> = asking.flat_map(|check| check.check().resources(&context)).collect();
        wanted.into_iter().filter(|resource| !evidence.has(resource)).collect()
    }

    /// One judgement for each check, in their order.
    ///
    /// If the stage served another index at the end than at the beginning, nothing is judged from the mixture.
    #[must_use]
    pub fn judge(&self, selected: &[&Planned], evidence: &Evidence) -> Vec<Judgement> {
        self.judge_with(self.compare(selected, evidence).as_ref(), selected, evidence)
    }

    /// What differs from prod, if one of these checks is about that and the evidence is fit to be judged.
    #[must_use]
    pub fn compare(&self, selected: &[&Planned], evidence: &Evidence) -> Option<Compared> {
        let check = selected.iter().find_map(|check| match &check.role {
            Role::Comparison(check) => Some(check),
            _ => None,
        });
        let fit = evidence.unfit().is_none();
        check.filter(|_| fit).map(|check| check.comparing().compare(&self.context(evidence)))
    }

    /// The same judgements, with the comparison that was made already.
    #[must_use]
    pub fn judge_with(
        &self,
        compared: Option<&Compared>,
        selected: &[&Planned],
        evidence: &Evidence,
    ) -> Vec<Judgement> {
        if let Some(because) = evidence.unfit() {
            return vec![Judgement::undecided(because); selected.len()];
        }
        let context = self.context(evidence);
        let judge = |check: &&Planned| match (&check.role, compared) {
            (Role::Comparison(check), Some(compared)) => check.conclude(compared),
            _ => check.check().judge(&context),
        };
        selected.iter().map(judge).collect()
    }
}
