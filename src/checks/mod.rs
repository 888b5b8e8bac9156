//! The checks: one file per kind, each saying what it needs and judging what was answered.
//!
//! Judging is pure: no network, no clock, no randomness. The same code judges live answers, saved ones, and ones
//! that a fault has spoiled.

pub mod compare;
pub mod contract;
mod contract_check;
mod hierarchy;
mod identity;
pub mod invariant;
mod links;
mod liveness;
mod missing;
mod page;
mod permalinks;
pub mod population;
mod random;
mod redirect;
mod reference;
mod relatives;
mod release;
mod search;
pub mod shape;
pub mod snapshot;
mod status;
mod walk;
mod work;
mod work_requests;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};

pub use compare::{CompareCheck, Comparing};
pub use contract_check::ContractCheck;
pub use hierarchy::{HierarchyCheck, HierarchySnapshot};
pub use identity::IdentityCheck;
pub use invariant::InvariantCheck;
pub use links::LinksCheck;
pub use liveness::LivenessCheck;
pub use page::PageCheck;
pub use permalinks::PermalinksCheck;
pub use redirect::RedirectCheck;
pub use release::ReleaseCheck;
pub use search::SearchCheck;
pub use snapshot::SnapshotCheck;
pub use status::StatusCheck;
pub use work::WorkCheck;
pub use work_requests::WorkRequests;

use crate::catalogue::{Answer, Body, Include, Resource, WorkId};
use crate::evidence::Evidence;
use crate::verdict::{Finding, Judgement};

/// Everything that a check may look at.
pub struct Context<'a> {
    /// What the stage answered.
    pub evidence: &'a Evidence,
    /// Which request serves which work.
    pub requests: &'a WorkRequests,
    /// What was recorded earlier and reviewed, by the name of its record.
    pub baselines: &'a BTreeMap<String, String>,
    /// The compiled schemas.
    pub contract: &'a contract::Contract,
}

/// One kind of check, made for one example.
pub trait Check: Send + Sync {
    /// The works that it reads, each with the includes that it needs of it.
    ///
    /// The needs of all checks are put together, so that a work is fetched once.
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        Vec::new()
    }

    /// What it needs next, given what is there; asked again after each round until it asks for nothing new.
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        self.works().iter().map(|(id, _)| context.requests.resource(id)).collect()
    }

    /// Whether it judges whatever was fetched for the others, and so needs all of it.
    fn judges_all(&self) -> bool {
        false
    }

    /// What the evidence shows, and on how many values.
    fn judge(&self, context: &Context<'_>) -> Judgement;
}

/// A check against what was recorded earlier and reviewed: a snapshot or a baseline.
pub trait Recorded: Check {
    /// The name of its record, unique among all of them: `SNAPSHOTS/NAME.snap`.
    fn record(&self) -> String;

    /// What would be recorded now, if the stage has answered with anything that could be.
    ///
    /// # Errors
    ///
    /// What follows from there being nothing to record.
    fn text(&self, context: &Context<'_>) -> Result<String, Judgement>;
}

/// The JSON of a successful answer, or what follows from there being none.
fn expect_json<'a>(resource: &Resource, evidence: &'a Evidence) -> Result<&'a serde_json::Value, Judgement> {
    let answer = evidence.get(resource).map_err(Judgement::undecided)?;
    match (answer.status, answer.json()) {
        (200, Some(body)) => Ok(body),
        _ => Err(unexpected_answer("200 with a record", answer).into()),
    }
}

/// The first findings, the last of which says how many there are besides.
///
/// What nobody can have foreseen comes first: whether it is there decides what a waiver covers, so it is never cut off.
fn first_of(mut findings: Vec<Finding>, listed: usize) -> Vec<Finding> {
    findings.sort_by_key(|finding| !finding.unforeseen);
    let more = findings.len().saturating_sub(listed);
    findings.truncate(listed);
    if let (Some(last), 1..) = (findings.last_mut(), more) {
        last.says.push_str(&format!(" (and {more} more places like these)"));
    }
    findings
}

/// The finding for an answer that is another than the one called for.
fn unexpected_answer(expected: &str, answer: &Answer) -> Finding {
    Finding {
        at: String::new(),
        says: format!("the API answers {}", describe_status(answer)),
        expected: expected.to_owned(),
        found: describe_answer(answer),
        unforeseen: true,
    }
}

/// The status and what it means to a reader of the website.
fn describe_status(answer: &Answer) -> String {
    let meaning = match answer.status {
        200 => "the record is there",
        302 => "the record has moved",
        400 => "the request is refused",
        401 | 403 => "the gate is not let in; is STAGE_API_KEY right?",
        404 => "there is no such record",
        410 => "the record has been deleted",
        500..=599 => "the API itself fails",
        _ => "an answer that the API does not document",
    };
    format!("{} ({meaning})", answer.status)
}

fn describe_answer(answer: &Answer) -> String {
    let detail = match (&answer.location, &answer.body) {
        (Some(location), _) => format!("to {location}"),
        (None, Body::Json(body)) => match body.get("description").or_else(|| body.get("title")) {
            Some(text) => yaml::to_yaml(text),
            None => String::new(),
        },
        (None, Body::Text { content_type, .. }) => format!("with a body that is not JSON ({content_type})"),
    };
    format!("{} {detail}", answer.status).trim_end().to_owned()
}

#[cfg(test)]
mod tests;
