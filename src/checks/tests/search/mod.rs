//! A search must find what it must, and no answer may pass that has shown nothing.

mod answers;
mod counts;
mod never;

use std::collections::BTreeMap;
use std::path::Path;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, Outcome, answered, evidence, judge, remarked, told};
use crate::checks::{Check, Context, SearchCheck, StatusCheck, WorkRequests};
use crate::suite::{Expected, Kind, Search, Suite};
use crate::verdict::{Finding, Verdict};

const A: &str = "a222zvge";
const B: &str = "a2239muq";
const C: &str = "a22jbu3k";

/// What is expected, read as the suite reads it.
fn expected(search: &str) -> (Search, Expected) {
    let text = format!(
        "criteria:\n  - id: s\n    title: t\n    why: w\n    owner: Product\n    proposed: true\n    \
         review-by: 2027-05-22\n    searches:\n      - {{ {search}, is: an example }}\n"
    );
    let suite = Suite::parse(Path::new("suite.yaml"), &text).unwrap_or_else(|refusal| panic!("{refusal}"));
    let Kind::Search(examples) = &suite.criteria[0].kind else { panic!("searches") };
    (examples[0].of.search.clone(), examples[0].of.expected.clone())
}

fn check(search: &str) -> SearchCheck {
    let (search, Expected::Results(claims, look)) = expected(search) else { panic!("it is refused") };
    SearchCheck::new(search, claims, look)
}

fn work(id: &str) -> Value {
    json!({"id": id, "title": format!("Title of {id}")})
}

/// A page of this size that agrees with itself.
fn page(size: usize, total: usize, works: &[Value]) -> Value {
    json!({
        "type": "ResultList", "pageSize": size, "totalPages": total.div_ceil(size), "totalResults": total, "results": works,
    })
}

fn found(size: usize, ids: &[&str]) -> Value {
    page(size, ids.len(), &ids.iter().map(|id| work(id)).collect::<Vec<_>>())
}

fn small(ids: &[&str]) -> [(&'static str, Outcome); 1] {
    [("/works?query=horse&pageSize=10", answered(200, found(10, ids)))]
}

fn large(ids: &[&str]) -> [(&'static str, Outcome); 1] {
    [("/works?query=horse&pageSize=100", answered(200, found(100, ids)))]
}

fn because(verdict: Verdict) -> String {
    if let Verdict::Undecided { because } = verdict { because } else { panic!("{verdict:?}") }
}

fn findings(verdict: Verdict) -> Vec<Finding> {
    if let Verdict::Fail { findings } = verdict { findings } else { panic!("{verdict:?}") }
}

#[rstest]
#[case::first("first: [a222zvge]", small(&[A, B]))]
#[case::first_in_any_order("first: [a2239muq, a222zvge]", small(&[A, B, C]))]
#[case::first_in_order("first-in-order: [a222zvge, a2239muq]", small(&[A, B, C]))]
#[case::only("only: [a2239muq, a222zvge]", small(&[A, B]))]
#[case::finds("finds: [a22jbu3k]", large(&[A, B, C]))]
#[case::finds_within("finds: [a2239muq], within: 2", small(&[A, B, C]))]
#[case::ranks("ranks: { these: [a222zvge], before: [a2239muq, a22jbu3k] }", large(&[A, B, C]))]
#[case::none("results: 0", small(&[]))]
#[case::as_many("results: { at-least: 2, at-most: 3 }", small(&[A, B]))]
#[case::every("every: { title: { present: true } }", large(&[A, B]))]
fn what_is_as_expected_passes(#[case] search: &str, #[case] answers: [(&'static str, Outcome); 1]) {
    let check = check(&format!("query: horse, {search}"));
    assert_eq!(told(&judge(&check, &evidence(answers))), ["pass"]);
}

#[rstest]
#[case::another_is_first("first: [a2239muq]", small(&[A, B]), "a2239muq is not the first result")]
#[case::one_of_two_is_not_first(
    "first: [a222zvge, a22jbu3k]", small(&[A, B, C]), "these 2 are not the first results"
)]
#[case::in_another_order(
    "first-in-order: [a2239muq, a222zvge]", small(&[A, B]), "the first results are not these, in this order"
)]
#[case::one_more_than_only(
    "only: [a222zvge]", small(&[A, B]), "the search finds 2 results, and must find only these"
)]
#[case::one_less_than_only(
    "only: [a222zvge, a2239muq]", small(&[A]), "the search must find these, and nothing else"
)]
#[case::not_found("finds: [a22jbu3k]", large(&[A, B]), "a22jbu3k is not among the 2 results")]
#[case::found_too_late(
    "finds: [a22jbu3k], within: 2", small(&[A, B, C]), "a22jbu3k is not among the first 2 results"
)]
#[case::the_wrong_way_round(
    "ranks: { these: [a22jbu3k], before: [a222zvge] }", large(&[A, B, C]), "these do not come before those"
)]
#[case::the_later_one_is_not_found(
    "ranks: { these: [a222zvge], before: [a22jbu3k] }", large(&[A, B]),
    "a22jbu3k is not among the 2 results, so it stands in no order"
)]
#[case::the_earlier_one_is_not_found(
    "ranks: { these: [a22jbu3k], before: [a222zvge] }", large(&[A, B]),
    "a22jbu3k is not among the 2 results, so it stands in no order"
)]
#[case::the_later_one_is_below(
    "ranks: { these: [a222zvge], before: [a22jbu3k] }, within: 2", small(&[A, B, C]),
    "a22jbu3k is not among the first 2 results, so it stands in no order"
)]
#[case::forbidden(
    "never: [a2239muq]", large(&[A, B]), "a2239muq must not be found, and is number 2"
)]
#[case::too_many("results: { at-least: 1, at-most: 1 }", small(&[A, B]), "the search finds 2 results")]
#[case::too_few("results: { at-least: 3 }", small(&[A]), "the search finds 1 result")]
#[case::nothing_first("first: [a222zvge]", small(&[]), "the search finds nothing at all")]
#[case::nothing_for_every("every: { title: { present: true } }", large(&[]), "the search finds nothing at all")]
#[case::nothing_only("only: [a222zvge]", small(&[]), "the search finds nothing at all")]
#[case::nothing_to_rank(
    "ranks: { these: [a222zvge], before: [a2239muq] }", large(&[]), "the search finds nothing at all"
)]
#[case::one_that_the_filter_let_through(
    "every: { title: 'Title of a222zvge' }", large(&[A, B]),
    "1 of 2 results are not as expected. Number 2, a2239muq Title of a2239muq: `title` is not as expected"
)]
fn what_is_not_as_expected_fails(
    #[case] search: &str,
    #[case] answers: [(&'static str, Outcome); 1],
    #[case] says: &str,
) {
    let check = check(&format!("query: horse, {search}"));
    assert_eq!(told(&judge(&check, &evidence(answers))), [says]);
}

/// One claim that has shown nothing is not covered by another that has.
#[test]
fn what_one_claim_shows_does_not_cover_another() {
    let check = check("query: horse, finds: [a222zvge], every: { items: { none: { title: x } } }");
    let mut record = work(A);
    record["items"] = json!([]);
    let list = ("/works?query=horse&include=items&pageSize=100", answered(200, page(100, 1, &[record])));
    let says = because(judge(&check, &evidence([list])));
    assert_eq!(says, "not one value of the results is what this is about, so it holds of nothing");
}

#[test]
fn a_bad_search_that_is_answered_fails() {
    let (search, Expected::Refused(says)) = expected("query: horse, sort: title, refused: sort") else {
        panic!("it is refused")
    };
    let check: StatusCheck = SearchCheck::refused(&search, &says);
    let evidence = evidence([("/works?query=horse&sort=title", answered(200, found(10, &[])))]);
    assert_eq!(told(&judge(&check, &evidence)), ["the API answers 200 (the record is there)"]);
}

#[test]
fn a_failure_shows_what_came_instead_and_what_has_become_of_the_expected() {
    let list = found(100, &[A, B, C, "x2", "x3", "x4", "x5"]);
    let evidence = evidence([
        ("/works?query=horse&pageSize=100", answered(200, list)),
        ("/works/gaqf2ffu", answered(410, json!({}))),
    ]);
    let findings = findings(judge(&check("query: horse, finds: [gaqf2ffu, a222zvge]"), &evidence));
    assert_eq!(
        findings[0].expected,
        "gaqf2ffu: the API answers 410 (the record has been deleted)\na222zvge Title of a222zvge"
    );
    assert_eq!(
        findings[0].found,
        "1. a222zvge Title of a222zvge\n2. a2239muq Title of a2239muq\n3. a22jbu3k Title of a22jbu3k\n\
         4. x2 Title of x2\n5. x3 Title of x3\n(not found: gaqf2ffu)"
    );
}

#[test]
fn of_many_results_that_are_wrong_some_are_shown_and_all_are_counted() {
    let list = found(100, &["x1", "x2", "x3", "x4", "x5", "x6", "x7"]);
    let evidence = evidence([("/works?query=horse&pageSize=100", answered(200, list))]);
    let findings = findings(judge(&check("query: horse, every: { title: x }"), &evidence));
    assert_eq!(findings.len(), 5);
    assert!(findings[0].says.starts_with("7 of 7 results are not as expected."), "{}", findings[0].says);
    assert!(findings[4].says.ends_with("(and 2 more results like these)"), "{}", findings[4].says);
}

#[rstest]
#[case::more_than_were_looked_at("every: { type: Work }", 250, true)]
#[case::all_that_there_are("every: { type: Work }", 100, false)]
#[case::as_many_as_was_said("every: { type: Work }, within: 100", 250, false)]
fn a_reader_is_told_that_there_are_more_results(
    #[case] expects: &str,
    #[case] total: usize,
    #[case] told: bool,
) {
    let works: Vec<Value> =
        (0..100).map(|nr| json!({"id": format!("x{nr}"), "title": "T", "type": "Work"})).collect();
    let list = answered(200, page(100, total, &works));
    let evidence = evidence([("/works?query=horse&pageSize=100", list)]);
    let check = check(&format!("query: horse, {expects}"));
    let requests = WorkRequests::of([&check as &dyn Check]).for_stage(&evidence);
    let context = Context {
        evidence: &evidence,
        requests: &requests,
        baselines: &BTreeMap::new(),
        contract: &CONTRACT,
    };
    let judgement = check.judge(&context);
    let expected: &[&str] = if told { &["the first 100 of 250 results were looked at"] } else { &[] };
    assert_eq!(remarked(&judgement), expected);
}
