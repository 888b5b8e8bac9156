//! All answers of one kind are held against its schema; unknown fields are named and fail nothing.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{answered, evidence, in_context, judge, told};
use crate::checks::contract::BodyKind;
use crate::checks::{Check, Context, ContractCheck, first_of};
use crate::evidence::Evidence;
use crate::verdict::{Finding, RemarkKind, Verdict};

fn work() -> Value {
    json!({"id": "a222zvge", "title": "x", "alternativeTitles": [], "availabilities": [], "type": "Work"})
}

fn with(field: &str, value: Value) -> Value {
    let mut work = work();
    work[field] = value;
    work
}

fn judged(works: &[Value]) -> Verdict {
    judge(&ContractCheck::new(BodyKind::Work), &answers(works))
}

fn answers(works: &[Value]) -> Evidence {
    let paths: Vec<String> = (0..works.len()).map(|nr| format!("/works/{nr}")).collect();
    let answers = works.iter().map(|work| answered(200, work.clone()));
    evidence(paths.iter().map(String::as_str).zip(answers))
}

fn drift(works: &[Value]) -> Vec<String> {
    let judge = |context: &Context<'_>| ContractCheck::new(BodyKind::Work).judge(context);
    let judgement = in_context(&ContractCheck::new(BodyKind::Work), &answers(works), &BTreeMap::new(), judge);
    let drift = judgement.remarks.into_iter().filter(|remark| remark.kind == RemarkKind::Drift);
    drift.map(|remark| remark.says).collect()
}

#[rstest]
#[case::answers_as_documented(&[work()], true)]
#[case::one_wrong_answer_among_others(&[work(), with("title", json!(1)), work()], false)]
#[case::an_unknown_field(&[with("colour", json!("red"))], true)]
fn every_answer_has_the_documented_form(#[case] works: &[Value], #[case] passes: bool) {
    let verdict = judged(works);
    assert_eq!(verdict.is_pass(), passes, "{verdict:?}");
}

#[rstest]
fn nothing_answered_is_undecided() {
    assert_eq!(told(&judged(&[])), ["undecided"]);
}

#[rstest]
fn answers_of_another_kind_are_not_judged() {
    let evidence = evidence([
        ("/works/a222zvge", answered(200, work())),
        ("/works?query=x", answered(200, json!({"results": 1}))),
        ("/works/nothing", answered(404, json!({"wrong": true}))),
        ("prod:/works/a222zvge", answered(200, json!({"of": "prod"}))),
        ("https://iiif.example/works/a222zvge", answered(200, json!({"of": "another host"}))),
    ]);
    assert_eq!(judge(&ContractCheck::new(BodyKind::Work), &evidence), Verdict::Pass);
}

#[rstest]
fn twenty_places_are_listed_and_the_rest_are_counted() {
    let Verdict::Fail { findings } = judged(&vec![with("title", json!(1)); 23]) else { panic!("it fails") };
    assert_eq!(findings.len(), 20);
    assert!(findings[19].says.ends_with(" (and 3 more places like these)"), "{}", findings[19].says);
}

#[rstest]
fn what_nobody_foresaw_is_never_cut_off() {
    let finding = |unforeseen| Finding { unforeseen, ..Finding::default() };
    let listed = first_of([vec![finding(false); 3], vec![finding(true)]].concat(), 2);
    assert_eq!(listed.iter().map(|finding| finding.unforeseen).collect::<Vec<_>>(), [true, false]);
}

#[rstest]
fn an_unknown_field_is_named_once_however_often_it_is_answered() {
    let colourful = with("colour", json!("red"));
    let named = drift(&[colourful.clone(), with("title", json!(1)), colourful]);
    assert_eq!(named.len(), 1, "{named:?}");
    assert!(named[0].contains("colour"), "{named:?}");
}
