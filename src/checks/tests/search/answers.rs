//! What a search asks for, and answers that are no list, contradict themselves, or are not there.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::{CONTRACT, Outcome, answered, evidence, judge, told, unanswered};
use super::{A, because, check, found, page, work};
use crate::catalogue::Include;
use crate::checks::{Check, Context, WorkRequests};
use crate::evidence::Evidence;

fn asked(check: &dyn Check, evidence: &Evidence) -> Vec<String> {
    let requests = WorkRequests::of([check]).for_stage(evidence);
    let context = Context { evidence, requests: &requests, baselines: &BTreeMap::new(), contract: &CONTRACT };
    check.resources(&context).iter().map(ToString::to_string).collect()
}

#[rstest]
#[case::a_total_without_results(page(10, 3, &[]), &[
    "of 3 results in all, this page shows 0", "the search finds nothing at all",
])]
#[case::results_without_a_total(page(10, 0, &[work(A)]), &["of 0 results in all, this page shows 1"])]
#[case::one_twice(page(10, 2, &[work(A), work(A)]), &["a222zvge is found twice: as number 1 and as number 2"])]
#[case::another_size(page(20, 1, &[work(A)]), &["the page has another size than was asked for"])]
#[case::no_size({
    let mut list = found(10, &[A]);
    list.as_object_mut().unwrap().remove("pageSize");
    list
}, &["the page does not say it"])]
#[case::too_many_pages({
    let mut list = found(10, &[A]);
    list["totalPages"] = json!(7);
    list
}, &["the number of pages is not what so many results need"])]
fn an_answer_must_agree_with_itself(#[case] list: Value, #[case] says: &[&str]) {
    let evidence = evidence([("/works?query=horse&pageSize=10", answered(200, list))]);
    assert_eq!(told(&judge(&check("query: horse, first: [a222zvge]"), &evidence)), says);
}

#[rstest]
#[case::refused(answered(400, json!({"description": "no"})), "the API answers 400 (the request is refused)")]
#[case::broken(answered(500, json!({})), "the API answers 500 (the API itself fails)")]
#[case::no_list(answered(200, work(A)), "the answer is no list of results")]
#[case::unanswered(unanswered(), "undecided")]
fn no_list_of_results_is_no_pass(#[case] answer: Outcome, #[case] says: &str) {
    let evidence = evidence([("/works?query=horse&pageSize=10", answer)]);
    assert_eq!(told(&judge(&check("query: horse, results: 0"), &evidence)), [says]);
}

#[test]
fn a_search_asks_for_one_page_and_for_what_it_must_not_find() {
    let check =
        check("query: horse & cart, filters: { subjects.label: 'Influenza, Human' }, never: [a22jbu3k]");
    assert_eq!(
        asked(&check, &evidence([])),
        [
            "/works?query=horse+%26+cart&subjects.label=%22Influenza%2C+Human%22&pageSize=100",
            "/works/a22jbu3k"
        ]
    );
}

#[test]
fn only_the_pages_that_are_needed_are_asked_for() {
    let check = check("query: horse, finds: [a222zvge], within: 250");
    let first = |total| evidence([("/works?query=horse&pageSize=100", answered(200, page(100, total, &[])))]);
    let all = [
        "/works?query=horse&pageSize=100",
        "/works?query=horse&pageSize=100&page=2",
        "/works?query=horse&pageSize=100&page=3",
    ];
    assert_eq!(asked(&check, &first(5000)), all);
    assert_eq!(asked(&check, &first(101)), all[..2]);
}

#[test]
fn a_page_that_is_not_answered_leaves_it_undecided() {
    let works: Vec<Value> = (0..100).map(|nr| work(&format!("x{nr}"))).collect();
    let evidence = evidence([
        ("/works?query=horse&pageSize=100", answered(200, page(100, 150, &works))),
        ("/works?query=horse&pageSize=100&page=2", unanswered()),
    ]);
    let check = check("query: horse, finds: [a222zvge], within: 200");
    assert_eq!(told(&judge(&check, &evidence)), ["undecided"]);
}

#[test]
fn a_record_that_is_on_two_pages_is_found_twice() {
    let mut works: Vec<Value> = (0..100).map(|nr| work(&format!("x{nr}"))).collect();
    works[0] = work(A);
    let evidence = evidence([
        ("/works?query=horse&pageSize=100", answered(200, page(100, 101, &works))),
        ("/works?query=horse&pageSize=100&page=2", answered(200, page(100, 101, &[work(A)]))),
    ]);
    let check = check("query: horse, finds: [a222zvge], within: 200");
    assert_eq!(told(&judge(&check, &evidence)), ["a222zvge is found twice: as number 1 and as number 101"]);
}

#[test]
fn what_is_missing_is_asked_what_has_become_of_it() {
    let check = check("query: horse, in: images, first: [gzv2hhgy]");
    let request = "/images?query=horse&pageSize=10";
    let evidence = evidence([(request, answered(200, found(10, &[A])))]);
    assert_eq!(asked(&check, &evidence), [request, "/images/gzv2hhgy"]);
}

#[test]
fn a_release_that_does_not_show_what_every_result_must_have_fails() {
    let list = answered(200, found(100, &[A]));
    let mut evidence = evidence([("/works?query=horse&pageSize=100", list)]);
    evidence.accepted_includes.remove(&Include::Items);
    let verdict = judge(&check("query: horse, every: { items: { absent: true } }"), &evidence);
    assert_eq!(told(&verdict), ["this release refuses `include=items`, so nobody can be shown `items`"]);
}

#[test]
fn an_include_that_nobody_knows_about_leaves_it_undecided() {
    let list = answered(200, found(100, &[A]));
    let mut evidence = evidence([("/works?query=horse&pageSize=100", list)]);
    evidence.accepted_includes.remove(&Include::Items);
    evidence.unknown_includes.insert(Include::Items);
    let says = because(judge(&check("query: horse, every: { items: { absent: true } }"), &evidence));
    assert_eq!(says, "it could not be found out whether this release accepts `include=items`");
}

#[test]
fn an_image_is_asked_for_with_what_must_be_shown_of_its_work() {
    let check = check("query: horse, in: images, every: { source: { genres: [{ label: x }] } }");
    assert_eq!(asked(&check, &evidence([])), ["/images?query=horse&include=source.genres&pageSize=100"]);
}
