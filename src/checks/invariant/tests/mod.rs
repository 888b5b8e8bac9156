//! Invariants on the embedded catalogue, as it is and with answers that were altered on their way.

mod account;
mod relational;
mod rules;
mod sample;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use embedded_catalogue::api::{Asked, Service};
use embedded_catalogue::catalogue::Catalogue;
use embedded_catalogue::server::Includes;
use serde_json::Value;

use super::InvariantCheck;
use crate::catalogue::{Answer, Body, Include, Resource, Unanswered};
use crate::checks::contract::Contract;
use crate::checks::{Check, Context, WorkRequests};
use crate::evidence::Evidence;
use crate::suite::{Holds, InvariantExample, Rule, SampleOf, Shape, Share};
use crate::verdict::{Judgement, Verdict};

static API: LazyLock<Service> =
    LazyLock::new(|| Service::new(Arc::new(Catalogue::build()), Includes::August, None));

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::new);

const ROOT: &str = "http://localhost";

/// Small enough for many tests, and more than a page of each list.
const SAMPLE: SampleOf = SampleOf { size: 200, seed: 2026 };

/// How many works the embedded catalogue shows.
fn shown() -> usize {
    let list = healthy(&Resource::new("/works?pageSize=1"));
    let total = list.json().and_then(|list| list["totalResults"].as_u64()).unwrap();
    usize::try_from(total).unwrap()
}

/// What becomes of an answer on its way.
type Altered = Result<Answer, Unanswered>;

/// That something holds for every work of the sample.
fn claim(claim: Holds) -> InvariantExample {
    InvariantExample { sample: SAMPLE, among: None, claim, share: Share::WHOLE }
}

fn rule(rule: Rule) -> InvariantExample {
    claim(Holds::Rule(rule))
}

/// That every work has this field.
fn has(field: &str) -> Shape {
    Shape::Object(vec![(field.to_owned(), Shape::Present)])
}

/// What the embedded catalogue answers; found out once for all tests of a process.
fn healthy(resource: &Resource) -> Answer {
    static KNOWN: LazyLock<Mutex<HashMap<Resource, Answer>>> = LazyLock::new(Mutex::default);
    if let Some(known) = KNOWN.lock().unwrap().get(resource) {
        return known.clone();
    }
    let answer = answered(resource);
    KNOWN.lock().unwrap().insert(resource.clone(), answer.clone());
    answer
}

fn answered(resource: &Resource) -> Answer {
    let (path, query) = resource.path().split_once('?').unwrap_or((resource.path(), ""));
    let answer = API.answer(&Asked::new(&format!("/catalogue/v2{path}"), query, ROOT));
    let body = serde_json::from_str(&answer.body).map_or_else(
        |_| Body::Text { content_type: answer.content_type.to_owned(), text: answer.body.clone() },
        Body::Json,
    );
    Answer::new(answer.status, body)
}

fn unanswered() -> Altered {
    Err(Unanswered { cause: "503 Service Unavailable, three times".to_owned(), attempts: 3 })
}

/// All that a check asks for, round after round.
fn gathered(check: &dyn Check, alter: impl Fn(&Resource, Answer) -> Altered) -> Evidence {
    let mut evidence = Evidence::from_answers([]);
    evidence.accepted_includes.remove(&Include::PrecededBy);
    evidence.accepted_includes.remove(&Include::SucceededBy);
    loop {
        let wanted = with(&evidence, |context| check.resources(context));
        let missing: Vec<Resource> = wanted.into_iter().filter(|resource| !evidence.has(resource)).collect();
        if missing.is_empty() {
            return evidence;
        }
        for resource in missing {
            let outcome = alter(&resource, healthy(&resource));
            evidence.insert(resource, outcome);
        }
    }
}

fn with<T>(evidence: &Evidence, look: impl FnOnce(&Context<'_>) -> T) -> T {
    let requests = WorkRequests::of([]).for_stage(evidence);
    look(&Context { evidence, requests: &requests, baselines: &BTreeMap::new(), contract: &CONTRACT })
}

/// What follows from answers that were altered on their way.
fn judged(example: &InvariantExample, alter: impl Fn(&Resource, Answer) -> Altered) -> Judgement {
    let check = InvariantCheck::new(example);
    let evidence = gathered(&check, alter);
    with(&evidence, |context| check.judge(context))
}

/// The same, where something was done to every work that is answered; `list` says whether it stands in one.
fn judged_with(example: &InvariantExample, spoil: impl Fn(&mut Value, bool)) -> Judgement {
    judged(example, |resource, answer| Ok(spoilt(resource, answer, &spoil)))
}

fn spoilt(resource: &Resource, mut answer: Answer, spoil: &impl Fn(&mut Value, bool)) -> Answer {
    if let Body::Json(body) = &mut answer.body {
        if let Some(works) = body.get_mut("results").and_then(Value::as_array_mut) {
            for work in works {
                spoil(work, true);
            }
        } else if resource.path().starts_with("/works/") {
            spoil(body, false);
        }
    }
    answer
}

/// The verdict in a word, and what its findings or its reason say.
fn told(judgement: &Judgement) -> String {
    match &judgement.verdict {
        Verdict::Pass => "pass".to_owned(),
        Verdict::Undecided { because } => format!("undecided: {because}"),
        Verdict::Fail { findings } => {
            let told = findings.iter().map(|finding| {
                format!("{}: {} [{} / {}]", finding.at, finding.says, finding.expected, finding.found)
            });
            format!("fail: {}", told.collect::<Vec<_>>().join("\n"))
        }
    }
}
