//! A search must find what it must, and no answer may pass that has shown nothing.

use std::collections::BTreeMap;
use std::path::Path;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, Outcome, answered, evidence, judge, told, unanswered};
use crate::catalogue::Include;
use crate::checks::{Check, Context, SearchCheck, StatusCheck, WorkRequests};
use crate::evidence::Evidence;
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

fn asked(check: &dyn Check, evidence: &Evidence) -> Vec<String> {
    let requests = WorkRequests::of([check]).for_stage(evidence);
    let context = Context { evidence, requests: &requests, baselines: &BTreeMap::new(), contract: &CONTRACT };
    check.resources(&context).iter().map(ToString::to_string).collect()
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

/// The record that must not be found, as its own page answers.
fn never(record: Outcome, list: Value) -> Verdict {
    let list = ("/works?query=horse&pageSize=100", answered(200, list));
    judge(&check("query: horse, never: [a22jbu3k]"), &evidence([list, ("/works/a22jbu3k", record)]))
}

#[test]
fn what_exists_and_is_not_found_passes() {
    assert_eq!(told(&never(answered(200, work(C)), found(100, &[A, B]))), ["pass"]);
}

#[rstest]
#[case::that_never_existed(
    answered(404, json!({})), "that a22jbu3k is not found shows nothing: the API answers 404 (there is no such record)"
)]
#[case::that_is_gone(
    answered(410, json!({})), "that a22jbu3k is not found shows nothing: the API answers 410 (the record has been deleted)"
)]
#[case::about_which_nothing_is_known(
    unanswered(),
    "that a22jbu3k is not found shows nothing: /works/a22jbu3k has no answer: 503 Service Unavailable, three times"
)]
#[case::that_is_another(
    answered(200, work(A)),
    "that a22jbu3k is not found shows nothing: the API answers with another record"
)]
fn not_to_find_a_record_shows_nothing(#[case] record: Outcome, #[case] says: &str) {
    assert_eq!(because(never(record, found(100, &[A, B]))), says);
}

#[test]
fn nothing_is_never_found_in_an_empty_list() {
    let says = because(never(answered(200, work(C)), found(100, &[])));
    assert_eq!(says, "the search finds nothing at all, so that something is not found shows nothing");
}

#[test]
fn never_means_never_unless_it_is_said_how_far() {
    let ids: Vec<String> = (0..100).map(|nr| format!("x{nr}")).collect();
    let list = page(100, 250, &ids.iter().map(|id| work(id)).collect::<Vec<_>>());
    let says = because(never(answered(200, work(C)), list.clone()));
    assert_eq!(
        says,
        "only the first 100 of 250 results were looked at; if that is far enough, say `within: 100`"
    );
    let evidence = evidence([
        ("/works?query=horse&pageSize=100", answered(200, list)),
        ("/works/a22jbu3k", answered(200, work(C))),
    ]);
    let said = check("query: horse, never: [a22jbu3k], within: 100");
    assert_eq!(told(&judge(&said, &evidence)), ["pass"]);
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
fn a_bad_search_that_is_answered_fails() {
    let (search, Expected::Refused(says)) = expected("query: horse, sort: title, refused: sort") else {
        panic!("it is refused")
    };
    let check: StatusCheck = SearchCheck::refused(&search, &says);
    let evidence = evidence([("/works?query=horse&sort=title", answered(200, found(10, &[])))]);
    assert_eq!(told(&judge(&check, &evidence)), ["the API answers 200 (the record is there)"]);
}

/// A work with these dates, in one text.
fn dated(id: &str, labels: &str) -> Value {
    let dates: Vec<Value> = labels.split("; ").map(|label| json!({"label": label})).collect();
    json!({"id": id, "title": "T", "production": [{"dates": dates}]})
}

#[rstest]
#[case::oldest_first("asc", &["1845", "c.1500", "1845", "1900"], &["pass"])]
#[case::newest_first("desc", &["1900", "[1845]"], &["pass"])]
#[case::not_oldest_first("asc", &["1900", "c.1500", "1845"], &[
    "the results are not sorted by `production.dates`: number 3 is older than one before it"
])]
#[case::not_newest_first("desc", &["1845", "24 October 1934"], &[
    "the results are not sorted by `production.dates`: number 2 is newer than one before it"
])]
#[case::not_beside_one_another("asc", &["1900", "1800; 1950", "1850"], &[
    "the results are not sorted by `production.dates`: number 3 is older than one before it"
])]
#[case::nothing_to_compare("asc", &["c.1500", "1845"], &["undecided"])]
fn sorted_results_are_really_sorted(#[case] order: &str, #[case] labels: &[&str], #[case] says: &[&str]) {
    let check = check(&format!("query: horse, sort: production.dates, sort-order: {order}"));
    let works: Vec<Value> =
        labels.iter().zip(["w2", "w3", "w4", "w5"]).map(|(label, id)| dated(id, label)).collect();
    let request =
        format!("/works?query=horse&sort=production.dates&sortOrder={order}&include=production&pageSize=100");
    let list = answered(200, page(100, works.len(), &works));
    assert_eq!(told(&judge(&check, &evidence([(request.as_str(), list)]))), says);
}

#[rstest]
#[case::as_many(json!([["a", 1], ["k", 1]]), &["pass"])]
#[case::one_more(json!([["a", 2], ["k", 1]]), &["the facet counts 2 results with `a`, which is not what the search finds"])]
#[case::one_that_is_not_there(
    json!([["a", 1], ["k", 1], ["d", 4]]), &["the facet counts 4 results with `d`, which is not what the search finds"]
)]
#[case::one_left_out(json!([["a", 1]]), &["the facet counts 0 results with `k`, which is not what the search finds"])]
#[case::none_at_all(Value::Null, &["the facet is not answered"])]
fn facets_count_what_the_search_finds(#[case] counts: Value, #[case] says: &[&str]) {
    let works = vec![json!({"id": A, "workType": {"id": "a"}}), json!({"id": B, "workType": {"id": "k"}})];
    let mut list = page(100, 2, &works);
    if let Some(counts) = counts.as_array() {
        let bucket = |count: &Value| json!({"data": {"id": count[0]}, "count": count[1]});
        list["aggregations"] =
            json!({"workType": {"buckets": counts.iter().map(bucket).collect::<Vec<_>>()}});
    }
    let request = "/works?query=horse&aggregations=workType&pageSize=100";
    let verdict =
        judge(&check("query: horse, facets: [workType]"), &evidence([(request, answered(200, list))]));
    assert_eq!(told(&verdict), says);
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
    let remarks = check.judge(&context).remarks;
    let expected: &[&str] = if told { &["the first 100 of 250 results were looked at"] } else { &[] };
    assert_eq!(remarks, expected);
}
