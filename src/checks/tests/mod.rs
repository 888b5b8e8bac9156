//! Each kind of check on answers that a test has made up: what must hold, and every way in which it may not.

mod beside;
mod contract_check;
mod hierarchy;
mod identity;
mod links;
mod liveness;
mod missing;
mod permalinks;
mod population;
mod redirect;
mod release;
mod requests;
mod search;
mod snapshot;
mod status;
mod work;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::contract::Contract;
use super::{Check, Context, WorkRequests};
use crate::catalogue::{Answer, Body, Resource, Unanswered, WorkId};
use crate::evidence::Evidence;
use crate::verdict::{Judgement, Verdict};

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::new);

/// What became of one request.
#[derive(Clone)]
struct Outcome(Result<Answer, Unanswered>);

fn id(text: &str) -> WorkId {
    WorkId::parse(text).unwrap()
}

fn answered(status: u16, body: Value) -> Outcome {
    Outcome(Ok(Answer::new(status, Body::Json(body))))
}

fn answered_in_text(status: u16) -> Outcome {
    let body = Body::Text { content_type: "text/html".to_owned(), text: "<html>".to_owned() };
    Outcome(Ok(Answer::new(status, body)))
}

fn unanswered() -> Outcome {
    Outcome(Err(Unanswered { cause: "503 Service Unavailable, three times".to_owned(), attempts: 3 }))
}

fn evidence<'a>(answers: impl IntoIterator<Item = (&'a str, Outcome)>) -> Evidence {
    Evidence::from_answers(
        answers.into_iter().map(|(resource, outcome)| (Resource::new(resource), outcome.0)),
    )
}

/// What a check concludes from these answers, where there are no snapshots.
fn judge(check: &dyn Check, evidence: &Evidence) -> Verdict {
    judge_beside(check, evidence, &BTreeMap::new())
}

fn judge_beside(check: &dyn Check, evidence: &Evidence, baselines: &BTreeMap<String, String>) -> Verdict {
    in_context(check, evidence, baselines, |context| check.judge(context).verdict)
}

/// The two sides that a check compared, as JSON.
fn both_sides(
    check: &dyn Check,
    evidence: &Evidence,
    baselines: &BTreeMap<String, String>,
) -> serde_json::Value {
    let judgement = in_context(check, evidence, baselines, |context| check.judge(context));
    serde_json::to_value(judgement.compared).unwrap()
}

fn in_context<T>(
    check: &dyn Check,
    evidence: &Evidence,
    baselines: &BTreeMap<String, String>,
    work: impl Fn(&Context<'_>) -> T,
) -> T {
    let requests = WorkRequests::of([check]).for_stage(evidence);
    work(&Context { evidence, requests: &requests, baselines, contract: &CONTRACT })
}

/// Asks until the check asks for no more, of a stage that answers so.
fn ask(check: &dyn Check, mut evidence: Evidence, answer: impl Fn(&Resource) -> Outcome) -> Evidence {
    loop {
        let wanted = in_context(check, &evidence, &BTreeMap::new(), |context| check.resources(context));
        let missing: Vec<Resource> = wanted.into_iter().filter(|resource| !evidence.has(resource)).collect();
        if missing.is_empty() {
            return evidence;
        }
        for resource in missing {
            let outcome = answer(&resource).0;
            evidence.insert(resource, outcome);
        }
    }
}

/// What a judgement remarks on its check.
fn remarked(judgement: &Judgement) -> Vec<&str> {
    judgement.remarks.iter().map(|remark| remark.says.as_str()).collect()
}

/// The verdict in a word, or what the findings say.
fn told(verdict: &Verdict) -> Vec<&str> {
    match verdict {
        Verdict::Pass => vec!["pass"],
        Verdict::Undecided { .. } => vec!["undecided"],
        Verdict::Fail { findings } => findings.iter().map(|finding| finding.says.as_str()).collect(),
    }
}
