//! A record must have its shape, be the one that was asked for, and be asked for with what the shape speaks of.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::{Outcome, answered, answered_in_text, evidence, id, judge, told, unanswered};
use crate::catalogue::Include;
use crate::checks::{Check, WorkCheck};
use crate::suite::Shape;
use crate::verdict::Verdict;

fn object(field: &str, shape: Shape) -> Shape {
    Shape::Object(vec![(field.to_owned(), shape)])
}

fn check(expect: Shape) -> WorkCheck {
    WorkCheck::new(id("a222zvge"), expect)
}

#[rstest]
#[case::as_expected(answered(200, json!({"id": "a222zvge", "title": "x"})), "pass")]
#[case::of_another_shape(answered(200, json!({"id": "a222zvge"})), "`title` is missing")]
#[case::another_record(
    answered(200, json!({"id": "a2239muq", "title": "x"})), "the answer is about another record"
)]
#[case::without_an_id(answered(200, json!({"title": "x"})), "the answer is about another record")]
#[case::a_record_with_another_status(
    answered(206, json!({"id": "a222zvge", "title": "x"})),
    "the API answers 206 (an answer that the API does not document)"
)]
#[case::no_json(answered_in_text(200), "the API answers 200 (the record is there)")]
#[case::no_answer(unanswered(), "undecided")]
fn a_record_is_the_one_that_was_asked_for_and_has_its_shape(#[case] outcome: Outcome, #[case] says: &str) {
    let evidence = evidence([("/works/a222zvge", outcome)]);
    assert_eq!(told(&judge(&check(object("title", Shape::Present)), &evidence)), [says]);
}

#[rstest]
fn what_is_said_of_the_elements_of_an_empty_list_is_undecided_with_its_reason() {
    let evidence =
        evidence([("/works/a222zvge?include=items", answered(200, json!({"id": "a222zvge", "items": []})))]);
    let expect = object("items", Shape::None(Box::new(Shape::Present)));
    let Verdict::Undecided { because } = judge(&check(expect), &evidence) else { panic!("it shows nothing") };
    assert!(because.starts_with("the lists that `expect` speaks of are empty"), "{because}");
}

#[rstest]
fn a_record_that_nobody_asked_for_is_undecided() {
    assert_eq!(told(&judge(&check(object("title", Shape::Present)), &evidence([]))), ["undecided"]);
}

#[rstest]
fn what_an_include_brings_is_not_judged_absent_where_the_release_refuses_the_include() {
    let mut evidence = evidence([("/works/a222zvge", answered(200, json!({"id": "a222zvge"})))]);
    evidence.accepted_includes.remove(&Include::Archive);
    assert_eq!(
        told(&judge(&check(object("archive", Shape::Absent)), &evidence)),
        ["this release refuses `include=archive`, so nobody can be shown `archive`"]
    );
}

#[rstest]
fn what_an_include_brings_is_undecided_where_nobody_knows_whether_the_release_accepts_it() {
    let mut evidence = evidence([("/works/a222zvge", answered(200, json!({"id": "a222zvge"})))]);
    evidence.accepted_includes.remove(&Include::Archive);
    evidence.unknown_includes = BTreeSet::from([Include::Archive]);
    assert_eq!(told(&judge(&check(object("archive", Shape::Absent)), &evidence)), ["undecided"]);
}

#[rstest]
#[case::of_a_field(object("items", Shape::Present), &[Include::Items])]
#[case::of_no_field(object("title", Shape::Present), &[])]
#[case::of_several_matchers(Shape::All(vec![object("items", Shape::Present)]), &[Include::Items])]
#[case::of_a_field_below_another(object("partOf", object("items", Shape::Present)), &[Include::PartOf])]
#[case::of_identifiers_in_a_list(
    object("workType", Shape::List(vec![object("identifiers", Shape::Present)])), &[Include::Identifiers]
)]
#[case::of_identifiers_of_every_element(
    object("workType", Shape::Every(Box::new(object("identifiers", Shape::Present)))), &[Include::Identifiers]
)]
#[case::of_identifiers_of_no_element(
    object("workType", Shape::None(Box::new(object("identifiers", Shape::Present)))), &[Include::Identifiers]
)]
fn a_work_is_asked_for_with_the_includes_of_its_shape(#[case] expect: Shape, #[case] includes: &[Include]) {
    let asked: BTreeSet<Include> = includes.iter().copied().collect();
    assert_eq!(check(expect).works(), [(id("a222zvge"), asked)]);
}

#[rstest]
#[case::no_element(json!([{"type": "Item"}]), "pass")]
#[case::no_element_of_an_empty_list(json!([]), "undecided")]
fn what_holds_of_nothing_does_not_pass(#[case] items: serde_json::Value, #[case] says: &str) {
    let expect = object("items", Shape::None(Box::new(object("type", Shape::Absent))));
    let record = answered(200, json!({"id": "a222zvge", "items": items}));
    let evidence = evidence([("/works/a222zvge?include=items", record)]);
    assert_eq!(told(&judge(&check(expect), &evidence)), [says]);
}
