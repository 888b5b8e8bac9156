//! What became of the works that approved criteria look at: those that lead elsewhere, are gone, or were never there.

use std::collections::BTreeSet;

use super::super::coverage;
use super::Section;
use crate::catalogue::WorkId;
use crate::evidence::Evidence;
use crate::gate::Plan;
use crate::report::github::{link, words};
use crate::suite::Suite;

/// The section on the examples whose record is not there.
pub(super) fn section(evidence: &Evidence, examples: &BTreeSet<WorkId>, suite: &Suite) -> Section {
    let plan = Plan::of(suite);
    let asking = |work: &WorkId| {
        let criteria =
            plan.checks.iter().filter(|check| check.check().works().iter().any(|(id, _)| id == work));
        let criteria: BTreeSet<String> =
            criteria.map(|check| format!("`{}`", check.about.criterion)).collect();
        criteria.into_iter().collect::<Vec<_>>().join(", ")
    };
    let case = |work: &WorkId| {
        let says = became(evidence, work)?;
        let page = link(work.as_str(), &format!("https://wellcomecollection.org/works/{}", work.as_str()));
        Some(format!("{page} {says}; asked for by {}", asking(work)))
    };
    Section {
        title: "Examples that are not there any more",
        advice: "Put another work in its place: `docs/approvals.md`, \"Stale examples\".",
        cases: examples.iter().filter_map(case).collect(),
    }
}

/// What became of a work; `None` if it is there.
fn became(evidence: &Evidence, work: &WorkId) -> Option<String> {
    match evidence.get(&coverage::example(work)) {
        Err(because) => Some(format!("could not be looked at: {}", words(&because, 300))),
        Ok(answer) => match (answer.status, &answer.location) {
            (200, _) => None,
            (300..400, Some(to)) => {
                let to = to.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
                Some(format!("leads to {} now", words(to, 80)))
            }
            (410, _) => Some("is gone (410)".to_owned()),
            (404, _) => Some("is not known (404)".to_owned()),
            (status, _) => Some(format!("is answered with {status}")),
        },
    }
}
