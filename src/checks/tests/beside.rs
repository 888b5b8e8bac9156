//! How many works are of a kind is told beside a verdict, and never changes it.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, Outcome, answered, evidence, id, remarked, told, unanswered};
use crate::catalogue::{Endpoint, Selection};
use crate::checks::population::{Beside, CountRequests};
use crate::checks::{Check, Context, WorkCheck, WorkRequests};
use crate::suite::Shape;

const KIND: &str = "/works?workType=h&pageSize=1";
const ON_PROD: &str = "prod:/works?workType=h&pageSize=1";

fn check() -> Beside<WorkCheck> {
    let filter = Endpoint::Works.filter("workType").unwrap();
    let kind = Selection::all(Endpoint::Works).with(filter, vec!["h".to_owned()]);
    let expect = Shape::Object(vec![("title".to_owned(), Shape::Present)]);
    Beside::new(WorkCheck::new(id("a222zvge"), expect), kind, &CountRequests::default())
}

fn total(number: u64) -> Outcome {
    answered(200, json!({ "totalResults": number }))
}

/// The verdict, and what is remarked beside it.
fn judged(record: Value, stage: Outcome, prod: Outcome, all: Outcome) -> (String, String) {
    judged_beside(Some("https://prod.example.org"), record, [stage, prod, all])
}

/// The same, where prod is named so.
fn judged_beside(
    prod_url: Option<&str>,
    record: Value,
    [stage, prod, all]: [Outcome; 3],
) -> (String, String) {
    let answers = [
        ("/works/a222zvge", answered(200, record)),
        (KIND, stage),
        (ON_PROD, prod),
        ("/works?pageSize=1", all),
    ];
    let mut evidence = evidence(answers);
    evidence.prod = prod_url.map(str::to_owned);
    let (check, baselines) = (check(), std::collections::BTreeMap::new());
    let requests = WorkRequests::of([&check as &dyn Check]).for_stage(&evidence);
    let context =
        Context { evidence: &evidence, requests: &requests, baselines: &baselines, contract: &CONTRACT };
    let judgement = check.judge(&context);
    (told(&judgement.verdict).join("; "), remarked(&judgement).join("; "))
}

fn good() -> Value {
    json!({ "id": "a222zvge", "title": "x" })
}

#[rstest]
#[case::on_both(
    total(153_201),
    total(153_190),
    total(1_200_000),
    "153,201 works of the catalogue are of this kind (workType is h); 153,190 on prod"
)]
#[case::one(
    total(1),
    total(2),
    total(9),
    "1 work of the catalogue is of this kind (workType is h); 2 on prod"
)]
#[case::no_prod(
    total(5),
    unanswered(),
    total(9),
    "5 works of the catalogue are of this kind (workType is h); how many on prod is not known: \
     prod:/works?workType=h&pageSize=1 has no answer: 503 Service Unavailable, three times"
)]
#[case::as_many_as_there_are(
    total(9),
    total(9),
    total(9),
    "9 works of the catalogue are of this kind (workType is h); 9 on prod. These are all works that there are: is the \
     filter ignored?"
)]
#[case::not_a_number(
    answered(200, json!({"totalResults": "5"})), total(9), total(9),
    "how many works where workType is h there are is not known: `totalResults` is not a number"
)]
#[case::no_answer(
    unanswered(),
    total(9),
    total(9),
    "how many works where workType is h there are is not known: /works?workType=h&pageSize=1 has no answer: 503 \
     Service Unavailable, three times"
)]
fn the_number_is_told_and_the_verdict_stays(
    #[case] stage: Outcome,
    #[case] prod: Outcome,
    #[case] all: Outcome,
    #[case] remark: &str,
) {
    assert_eq!(judged(good(), stage, prod, all), ("pass".to_owned(), remark.to_owned()));
}

#[rstest]
fn a_failure_stays_one_and_tells_the_number() {
    let (verdict, remark) = judged(json!({ "id": "a222zvge" }), total(5), total(5), total(9));
    assert_eq!(verdict, "`title` is missing");
    assert_eq!(remark, "5 works of the catalogue are of this kind (workType is h); 5 on prod");
}

#[rstest]
fn that_no_prod_is_named_is_not_told_by_each_check() {
    let (_, remark) = judged_beside(None, good(), [total(5), unanswered(), total(9)]);
    assert_eq!(remark, "5 works of the catalogue are of this kind (workType is h)");
}
