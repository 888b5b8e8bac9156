//! An example whose record is not there is a regression, or stale; it is never a pass.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::{CONTRACT, Outcome, answered, id, remarked, unanswered};
use crate::catalogue::{Answer, Body, Include, Resource};
use crate::checks::{Check, Context, SnapshotCheck, WorkCheck, WorkRequests};
use crate::evidence::Evidence;
use crate::suite::Shape;
use crate::verdict::{Judgement, Verdict};

fn leads(location: &str) -> Outcome {
    let body = Body::Text { content_type: String::new(), text: String::new() };
    Outcome(Ok(Answer::new(302, body).leading_to(location)))
}

fn to_the_book() -> Outcome {
    leads("/catalogue/v2/works/a2239muq?include=items")
}

fn gone() -> Outcome {
    answered(410, json!({"description": "This work has been deleted"}))
}

fn unknown() -> Outcome {
    answered(404, json!({}))
}

fn there() -> Outcome {
    answered(200, json!({"id": "a222zvge", "title": "x"}))
}

fn book() -> Resource {
    Resource::work(&id("a2239muq"), &Include::ALL.into_iter().collect())
}

fn check() -> WorkCheck {
    let title = Shape::Object(vec![("title".to_owned(), Shape::Present)]);
    WorkCheck::new(id("a222zvge"), title).in_line(9)
}

fn work() -> Resource {
    Resource::work(&id("a222zvge"), &BTreeSet::new())
}

fn evidence(answers: impl IntoIterator<Item = (Resource, Outcome)>) -> Evidence {
    let mut evidence =
        Evidence::from_answers(answers.into_iter().map(|(resource, outcome)| (resource, outcome.0)));
    evidence.prod = Some("https://api.example.org/catalogue/v2".to_owned());
    evidence
}

#[rstest]
#[case::nobody_put_it_in(unknown(), "undecided", "the embedded catalogue does not hold a222zvge")]
#[case::a_fault_has_lost_it(there(), "fail", "this release has lost it")]
fn the_embedded_catalogue_says_of_a_new_example_that_it_knows_none(
    #[case] on_prod: Outcome,
    #[case] verdict: &str,
    #[case] says: &str,
) {
    let mut evidence = evidence([(work(), unknown()), (work().on_prod(), on_prod)]);
    evidence.embedded = true;
    let judged = judged(&check(), &evidence);
    assert_eq!(serde_json::to_value(&judged.verdict).unwrap()["verdict"], verdict);
    assert!(told(&judged).contains(says), "{}", told(&judged));
}

fn judged(check: &dyn Check, evidence: &Evidence) -> Judgement {
    let requests = WorkRequests::of([check]).for_stage(evidence);
    check.judge(&Context { evidence, requests: &requests, baselines: &[].into(), contract: &CONTRACT })
}

fn wanted(evidence: &Evidence) -> Vec<Resource> {
    let check = check();
    let requests = WorkRequests::of([&check as &dyn Check]).for_stage(evidence);
    check.resources(&Context { evidence, requests: &requests, baselines: &[].into(), contract: &CONTRACT })
}

/// The verdict in a word, with what is said.
fn told(judgement: &Judgement) -> String {
    match &judgement.verdict {
        Verdict::Pass => "pass".to_owned(),
        Verdict::Undecided { because } => format!("undecided: {because}"),
        Verdict::Fail { findings } => format!("fail: {}", findings[0].says),
    }
}

#[rstest]
#[case::deleted(gone(), gone(), "a222zvge is gone (410: the record has been deleted), on prod as well")]
#[case::unknown(
    unknown(),
    unknown(),
    "a222zvge is not known (404: there is no such record), on prod as well"
)]
#[case::merged(to_the_book(), to_the_book(), "a222zvge now leads to a2239muq (\"A book\"), on prod as well")]
#[case::merged_on_another_host(
    to_the_book(),
    leads("https://api.example.org/catalogue/v2/works/a2239muq"),
    "a222zvge now leads to a2239muq (\"A book\"), on prod as well"
)]
fn an_example_that_is_missing_on_prod_as_well_is_stale_and_does_not_pass(
    #[case] stage: Outcome,
    #[case] prod: Outcome,
    #[case] says: &str,
) {
    let found = answered(200, json!({"id": "a2239muq", "title": "A book"}));
    let evidence = evidence([(work(), stage), (work().on_prod(), prod), (book(), found)]);
    let judgement = judged(&check(), &evidence);
    let nothing = ". Nothing broke, and nothing was shown of the criterion";
    assert_eq!(told(&judgement), format!("undecided: stale example: {says}{nothing}"));
    assert!(judgement.verdict.is_stale());
}

#[rstest]
#[case::which_has_it(gone(), there(), "prod still has the record: this release has lost it")]
#[case::which_has_it_unmerged(to_the_book(), there(), "prod still has the record: this release has lost it")]
#[case::which_deleted_it(unknown(), gone(), "prod answers otherwise, with 410")]
#[case::which_merged_it_elsewhere(
    to_the_book(),
    leads("/catalogue/v2/works/a227y9ye"),
    "prod answers otherwise, with 302"
)]
#[case::which_leads_to_another_host(
    to_the_book(),
    leads("https://elsewhere.example.org/works/a2239muq"),
    "prod answers otherwise, with 302"
)]
#[case::which_does_not_answer(gone(), unanswered(), "it could not be compared with prod: ")]
fn an_example_that_is_missing_beside_prod_is_a_regression(
    #[case] stage: Outcome,
    #[case] prod: Outcome,
    #[case] says: &str,
) {
    let judgement = judged(&check(), &evidence([(work(), stage), (work().on_prod(), prod)]));
    let told = told(&judgement);
    assert!(told.starts_with("fail: a222zvge ") && told.contains(says), "{told}");
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert!(findings[0].unforeseen, "no waiver means a record that is not there");
}

#[rstest]
#[case::which_holds(
    answered(200, json!({"id": "a2239muq", "title": "A book"})),
    "if that is meant, write `work: a2239muq` in line 9 (the criterion holds for it), and have the criterion approved anew"
)]
#[case::which_does_not_hold(
    answered(200, json!({"id": "a2239muq"})),
    "if that is meant, write `work: a2239muq` in line 9 (the criterion does not hold for it: title: `title` is missing), and have the criterion approved anew"
)]
#[case::which_does_not_answer(
    unanswered(),
    "if that is meant, write `work: a2239muq` in line 9 (it could not be looked at), and have the criterion approved anew"
)]
fn a_successor_is_proposed(#[case] found: Outcome, #[case] proposal: &str) {
    let answers = [(work(), to_the_book()), (work().on_prod(), to_the_book()), (book(), found)];
    assert_eq!(remarked(&judged(&check(), &evidence(answers))), [proposal]);
}

#[rstest]
fn prod_and_the_successor_are_asked_only_where_the_record_is_missing() {
    assert_eq!(wanted(&evidence([])), [work()]);
    assert_eq!(wanted(&evidence([(work(), there())])), [work()]);
    assert_eq!(wanted(&evidence([(work(), unanswered())])), [work()]);
    assert_eq!(wanted(&evidence([(work(), gone())])), [work(), work().on_prod()]);
    assert_eq!(wanted(&evidence([(work(), to_the_book())])), [work(), work().on_prod(), book()]);
}

#[rstest]
#[case::by_the_api_itself(answered(500, json!({})), "fail: the API answers 500 (the API itself fails)")]
#[case::to_nowhere(
    leads("/catalogue/v2/concepts/a2239muq"),
    "fail: the API answers 302 (the record has moved)"
)]
#[case::by_nobody(
    unanswered(),
    "undecided: /works/a222zvge has no answer: 503 Service Unavailable, three times"
)]
fn what_does_not_tell_the_fate_of_a_record_is_judged_as_ever(#[case] stage: Outcome, #[case] says: &str) {
    assert_eq!(told(&judged(&check(), &evidence([(work(), stage)]))), says);
}

#[rstest]
fn a_snapshot_of_a_stale_example_is_stale_too() {
    let check = SnapshotCheck::new(id("a222zvge")).in_line(9);
    let own = Resource::work(&id("a222zvge"), &check.works().remove(0).1);
    let judgement = judged(&check, &evidence([(own, gone()), (work().on_prod(), gone())]));
    assert!(judgement.verdict.is_stale(), "{judgement:?}");
}
