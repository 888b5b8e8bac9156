//! Whole bodies: of which kind they are, which keep the contract, and all that is told of those that do not.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, fixture, remove, set, told};
use crate::checks::contract::{BodyKind, Severity};
use BodyKind::{Concept, ConceptList, Error, Image, ImageList, Work, WorkList};

#[rstest]
fn a_body_with_every_field_keeps_the_contract(
    #[values(Work, WorkList, Image, ImageList, Concept, ConceptList, Error)] kind: BodyKind,
) {
    assert_eq!(told(kind, &fixture(kind)), []);
}

#[test]
fn a_work_without_any_include_keeps_the_contract() {
    let work = json!({
        "id": "abcd2345", "title": "Gates", "alternativeTitles": [], "availabilities": [], "type": "Work"
    });
    assert_eq!(told(Work, &work), []);
}

#[test]
fn every_fault_of_a_body_is_told() {
    let mut body = fixture(Work);
    set(&mut body, "/title", json!(1));
    set(&mut body, "/shelf", json!(1));
    remove(&mut body, "/items/0/type");
    let mut places: Vec<_> = told(Work, &body).into_iter().map(|(at, severity, _)| (at, severity)).collect();
    places.sort();
    let expected =
        [("/items/0", Severity::Failure), ("/shelf", Severity::Drift), ("/title", Severity::Failure)];
    assert_eq!(places, expected.map(|(at, severity)| (at.to_owned(), severity)));
}

#[rstest]
#[case::a_work(Work, "/items/0/type", Some("abcd2345"))]
#[case::a_result(WorkList, "/results/1/type", Some("abcd2346"))]
#[case::no_record(WorkList, "/pageSize", None)]
#[case::an_error(Error, "/label", None)]
fn a_breach_names_the_record_around_it(
    #[case] kind: BodyKind,
    #[case] pointer: &str,
    #[case] record: Option<&str>,
) {
    let mut body = fixture(kind);
    set(&mut body, pointer, json!(false));
    assert_eq!(CONTRACT.breaches(kind, &body)[0].record.as_deref(), record);
}

#[rstest]
#[case(json!(null))]
#[case(json!([]))]
#[case(json!("<html>"))]
#[case(json!({}))]
fn a_body_that_is_no_record_at_all_fails(
    #[case] body: Value,
    #[values(Work, WorkList, Image, ImageList, Concept, ConceptList, Error)] kind: BodyKind,
) {
    let breaches = CONTRACT.breaches(kind, &body);
    assert!(breaches.iter().any(|breach| breach.severity == Severity::Failure));
}

#[rstest]
#[case::a_work("/works/a222zvge?include=items", 200, Some(Work))]
#[case::a_list_of_works("/works?query=a/b", 200, Some(WorkList))]
#[case::an_image("/images/mage2222", 200, Some(Image))]
#[case::a_list_of_images("/images", 200, Some(ImageList))]
#[case::a_concept("/concepts/cncp2222", 200, Some(Concept))]
#[case::a_list_of_concepts("/concepts?id=cncp2222", 200, Some(ConceptList))]
#[case::no_such_work("/works/a222zvge", 404, Some(Error))]
#[case::a_deleted_work("/works/a222zvge", 410, Some(Error))]
#[case::a_bad_page("/works?page=0", 400, Some(Error))]
#[case::a_slow_answer("/images", 503, Some(Error))]
#[case::a_redirect("/works/a222zvge", 302, None)]
#[case::a_gateway("/works/a222zvge", 502, None)]
#[case::the_items_service("/works/a222zvge/items", 200, None)]
#[case::the_index("/_elasticConfig", 200, None)]
#[case::management("/management/healthcheck", 200, None)]
#[case::nothing("", 200, None)]
fn a_path_and_a_status_say_what_the_body_is(
    #[case] path: &str,
    #[case] status: u16,
    #[case] kind: Option<BodyKind>,
) {
    assert_eq!(BodyKind::of(path, status), kind);
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    let names = BodyKind::ALL.map(BodyKind::name);
    assert_eq!(names, ["work", "work-list", "image", "image-list", "concept", "concept-list", "error"]);
    assert_eq!(BodyKind::ALL.map(|kind| kind as usize), [0, 1, 2, 3, 4, 5, 6]);
}
