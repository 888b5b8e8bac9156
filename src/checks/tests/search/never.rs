//! `never`: that a record is not found shows nothing unless it could have been.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::{Outcome, answered, evidence, judge, told, unanswered};
use super::{A, B, C, because, check, found, page, work};
use crate::verdict::Verdict;

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
