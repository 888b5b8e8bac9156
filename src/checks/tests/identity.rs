//! A source identifier must find exactly the work that it has always found, and find it by that identifier.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{answered, evidence, id, judge, told};
use crate::checks::IdentityCheck;
use crate::suite::IdentityExample;

fn check() -> IdentityCheck {
    IdentityCheck::new(&IdentityExample {
        identifier: "b18659135".to_owned(),
        identifier_type: "sierra-system-number".to_owned(),
        finds: id("a222zvge"),
    })
}

fn work(id: &str, identifier_type: &str, value: &str) -> Value {
    json!({"id": id, "identifiers": [{"identifierType": {"id": identifier_type}, "value": value}]})
}

fn right() -> Value {
    work("a222zvge", "sierra-system-number", "b18659135")
}

#[rstest]
#[case::the_work(json!({"totalResults": 1, "results": [right()]}), "pass")]
#[case::nothing(json!({"totalResults": 0, "results": []}), "b18659135 finds no work")]
#[case::another_work(
    json!({"totalResults": 1, "results": [work("a2239muq", "sierra-system-number", "b18659135")]}),
    "b18659135 finds another work"
)]
#[case::a_second_work(
    json!({"totalResults": 2, "results": [right(), right()]}),
    "b18659135 finds 2 works"
)]
#[case::more_than_the_page_shows(json!({"totalResults": 7, "results": [right()]}), "b18659135 finds 7 works")]
#[case::nobody_knows_how_many(json!({"results": [right()]}), "b18659135 finds an unknown number of works")]
#[case::by_an_identifier_of_another_type(
    json!({"totalResults": 1, "results": [work("a222zvge", "mets", "b18659135")]}),
    "the work is found, but does not carry b18659135 as sierra-system-number"
)]
#[case::by_another_identifier_of_the_type(
    json!({"totalResults": 1, "results": [work("a222zvge", "sierra-system-number", "b99999999")]}),
    "the work is found, but does not carry b18659135 as sierra-system-number"
)]
fn an_identifier_finds_its_work_and_no_other(#[case] list: Value, #[case] says: &str) {
    let evidence = evidence([("/works?identifiers=b18659135&include=identifiers", answered(200, list))]);
    assert_eq!(told(&judge(&check(), &evidence)), [says]);
}
