//! Each kind of shape, held against values that have it and values that do not, and what is said of the latter.

use pretty_assertions::assert_eq;
use regex::Regex;
use rstest::rstest;
use serde_json::{Value, json};

use super::{findings, holds, values};
use crate::suite::{Pattern, Shape};

fn is(value: impl Into<Value>) -> Shape {
    Shape::Equals(value.into())
}

fn object(fields: &[(&str, Shape)]) -> Shape {
    Shape::Object(fields.iter().map(|(name, shape)| ((*name).to_owned(), shape.clone())).collect())
}

fn matches(pattern: &str) -> Shape {
    Shape::Matches(Pattern(Regex::new(pattern).unwrap()))
}

fn digital() -> Shape {
    object(&[("locations", Shape::List(vec![object(&[("type", is("DigitalLocation"))])]))])
}

#[rstest]
#[case::equal(is("open"), json!("open"), true)]
#[case::equal_numbers(is(3), json!(3.0), true)]
#[case::a_number_is_not_its_text(is(3), json!("3"), false)]
#[case::a_subset_of_fields(object(&[("id", is("a"))]), json!({"id": "a", "label": "Books"}), true)]
#[case::a_missing_field(object(&[("id", is("a"))]), json!({"label": "Books"}), false)]
#[case::no_object(object(&[("id", is("a"))]), json!("a"), false)]
#[case::nothing_is_absent_from_what_is_no_object(object(&[("id", Shape::Absent)]), json!("a"), false)]
#[case::some_element(Shape::List(vec![is("b")]), json!(["a", "b"]), true)]
#[case::every_entry_by_some_element(Shape::List(vec![is("b"), is("c")]), json!(["a", "b"]), false)]
#[case::no_list(Shape::List(vec![is("b")]), json!("b"), false)]
#[case::found_in_the_text(matches("^M0"), json!("M0004078: Netsuke"), true)]
#[case::not_found_in_the_text(matches("^M0"), json!("V0014156"), false)]
#[case::a_number_is_no_text(matches("3"), json!(3), false)]
#[case::one_of(Shape::OneOf(vec![json!("a"), json!("k")]), json!("k"), true)]
#[case::none_of(Shape::OneOf(vec![json!("a"), json!("k")]), json!("h"), false)]
#[case::at_least(Shape::AtLeast(2.0), json!(2), true)]
#[case::too_few(Shape::AtLeast(2.0), json!(1), false)]
#[case::at_most(Shape::AtMost(2.0), json!(2), true)]
#[case::too_many(Shape::AtMost(2.0), json!(3), false)]
#[case::counted(Shape::Count(Box::new(is(2))), json!([1, 2]), true)]
#[case::counted_otherwise(Shape::Count(Box::new(is(2))), json!([1]), false)]
#[case::only_lists_are_counted(Shape::Count(Box::new(is(2))), json!("ab"), false)]
#[case::present(Shape::Present, json!("x"), true)]
#[case::false_is_something(Shape::Present, json!(false), true)]
#[case::blank_is_nothing(Shape::Present, json!(" "), false)]
#[case::an_empty_list_is_nothing(Shape::Present, json!([]), false)]
#[case::an_empty_object_is_nothing(Shape::Present, json!({}), false)]
#[case::absent(Shape::Absent, json!("x"), false)]
#[case::null_is_absent(Shape::Absent, Value::Null, true)]
#[case::every(Shape::Every(Box::new(is(1))), json!([1, 1]), true)]
#[case::not_every(Shape::Every(Box::new(is(1))), json!([1, 2]), false)]
#[case::every_of_none_is_not_shown(Shape::Every(Box::new(is(1))), json!([]), false)]
#[case::none(Shape::None(Box::new(is(1))), json!([2]), true)]
#[case::none_of_none(Shape::None(Box::new(is(1))), json!([]), true)]
#[case::some_after_all(Shape::None(Box::new(is(1))), json!([2, 1]), false)]
#[case::none_needs_a_list(Shape::None(Box::new(is(1))), json!({}), false)]
#[case::all(Shape::All(vec![Shape::AtLeast(1.0), Shape::AtMost(2.0)]), json!(2), true)]
#[case::not_all(Shape::All(vec![Shape::AtLeast(1.0), Shape::AtMost(2.0)]), json!(3), false)]
fn a_value_has_a_shape_or_not(#[case] shape: Shape, #[case] value: Value, #[case] expected: bool) {
    assert_eq!(holds(&shape, Some(&value)), expected);
    assert_eq!(findings(&shape, Some(&value), "").is_empty(), expected, "what does not hold has a finding");
}

#[rstest]
#[case::equals(is(1))]
#[case::object(object(&[("id", is(1))]))]
#[case::list(Shape::List(vec![is(1)]))]
#[case::matches(matches("x"))]
#[case::present(Shape::Present)]
#[case::every(Shape::Every(Box::new(is(1))))]
#[case::none(Shape::None(Box::new(is(1))))]
#[case::count(Shape::Count(Box::new(Shape::AtMost(3.0))))]
fn only_absence_is_shown_by_a_missing_field(#[case] shape: Shape) {
    assert!(!holds(&shape, None));
    assert_eq!(findings(&shape, None, "items")[0].says, "`items` is missing");
    assert!(holds(&Shape::Absent, None));
}

#[test]
fn what_a_list_has_is_not_shown_for_what_it_has_not() {
    let shape = Shape::List(vec![is("calm"), is("mets")]);
    let finding = &findings(&shape, Some(&json!(["calm", "other"])), "at")[0];
    assert_eq!((finding.expected.trim(), finding.found.trim()), ("- mets", "- calm"));
}

#[rstest]
#[case::nothing_like_it(Shape::List(vec![is("b")]), json!(["a"]), "nothing in `at` is as expected; the nearest is shown")]
#[case::some_of_it(Shape::List(vec![is("a"), is("b"), is("c")]), json!(["a"]), "2 of the 3 that are expected in `at` are not there; the nearest is shown")]
#[case::all_but_one(Shape::List(vec![is("a"), is("b")]), json!(["a"]), "1 of the 2 that are expected in `at` is not there; the nearest is shown")]
#[case::empty(Shape::List(vec![is("b")]), json!([]), "`at` is empty")]
#[case::counted(Shape::Count(Box::new(is(2))), json!([1]), "`at` has 1 element")]
#[case::unwanted(Shape::None(Box::new(is(1))), json!([1]), "`at` holds what must not be there")]
#[case::of_another_kind(Shape::List(vec![is("b")]), json!({}), "`at` should be a list, and is an object")]
#[case::there(Shape::Absent, json!(1), "`at` is there, and must not be")]
#[case::not_every(Shape::Every(Box::new(is(1))), json!([1, 2]), "not every element of `at` is as expected")]
fn a_finding_says_in_a_sentence_what_is_wrong(
    #[case] shape: Shape,
    #[case] value: Value,
    #[case] says: &str,
) {
    assert_eq!(findings(&shape, Some(&value), "at")[0].says, says);
}

#[rstest]
fn a_finding_stands_where_the_difference_is() {
    let shape = object(&[("title", is("x")), ("workType", object(&[("id", is("a"))]))]);
    let found = findings(&shape, Some(&json!({"title": "x", "workType": {"id": "k"}})), "");
    assert_eq!(found.iter().map(|finding| finding.at.as_str()).collect::<Vec<_>>(), ["workType.id"]);
}

#[rstest]
fn the_nearest_element_is_shown_and_only_what_the_shape_speaks_of() {
    let shape = Shape::List(vec![object(&[
        (
            "locations",
            Shape::List(vec![object(&[("type", is("DigitalLocation")), ("url", matches("^https://iiif"))])]),
        ),
        ("type", is("Item")),
    ])]);
    let items = json!([
        {"type": "Shelf", "locations": [{"type": "PhysicalLocation"}]},
        {"type": "Item", "id": "x", "locations": [{"type": "DigitalLocation", "url": "http://elsewhere", "credit": "W"}]},
    ]);
    let found = &findings(&shape, Some(&items), "items")[0];
    assert_eq!(
        found.expected,
        "- locations:\n    - type: DigitalLocation\n      url: (text that matches ^https://iiif)\n  type: Item"
    );
    assert_eq!(
        found.found,
        "- locations:\n    - type: DigitalLocation\n      url: http://elsewhere\n  type: Item"
    );
}

#[rstest]
fn what_must_not_be_there_is_shown() {
    let shape = Shape::None(Box::new(digital()));
    let items =
        json!([{"locations": [{"type": "PhysicalLocation"}]}, {"locations": [{"type": "DigitalLocation"}]}]);
    let found = &findings(&shape, Some(&items), "items")[0];
    assert_eq!(found.found, "- locations:\n    - type: DigitalLocation");
    assert_eq!(found.expected, "none:\n  locations:\n    - type: DigitalLocation");
}

#[rstest]
fn only_the_elements_that_fail_are_shown() {
    let shape = Shape::Every(Box::new(object(&[("type", is("Item")), ("id", Shape::Present)])));
    let items = json!([{"type": "Item", "id": "a"}, {"type": "Shelf", "id": "b"}]);
    let found = &findings(&shape, Some(&items), "items")[0];
    assert_eq!(found.expected, "- type: Item\n  id: b");
    assert_eq!(found.found, "- type: Shelf\n  id: b");
}

#[rstest]
fn only_the_matchers_that_fail_are_shown() {
    let years = Shape::All(vec![Shape::AtLeast(1900.0), Shape::AtMost(2000.0)]);
    let found =
        &findings(&object(&[("years", Shape::List(vec![years]))]), Some(&json!({"years": [1]})), "")[0];
    assert_eq!(found.expected, "- (at least 1900)");
    assert_eq!(found.found, "- 1");
}

#[rstest]
#[case::a_scalar(is("x"), json!("x"), 1)]
#[case::a_field(object(&[("title", is("x"))]), json!({"title": "y"}), 1)]
#[case::a_field_that_is_not_there(object(&[("title", is("x"))]), json!({}), 0)]
#[case::a_field_that_must_not_be_there(object(&[("title", Shape::Absent)]), json!({}), 1)]
#[case::each_of_several(Shape::All(vec![matches("x"), Shape::Present]), json!("x"), 2)]
#[case::every_element(Shape::Every(Box::new(is("x"))), json!(["x", "y", "z"]), 3)]
#[case::no_element(Shape::None(Box::new(is("x"))), json!(["y", "z"]), 2)]
#[case::no_element_of_nothing(Shape::None(Box::new(is("x"))), json!([]), 0)]
#[case::some_element(Shape::List(vec![is("x")]), json!(["x", "y"]), 2)]
#[case::an_empty_list_that_is_counted(Shape::Count(Box::new(is(2))), json!([]), 1)]
fn values_that_are_looked_at_are_counted(
    #[case] shape: Shape,
    #[case] found: Value,
    #[case] expected: usize,
) {
    assert_eq!(values(&shape, Some(&found)), expected);
}

fn licensed(id: &str) -> Shape {
    object(&[("locations", Shape::List(vec![object(&[("license", object(&[("id", is(id))]))])]))])
}

#[rstest]
fn of_elements_that_are_equally_near_the_one_that_has_the_field_is_shown() {
    let items = json!([
        {"locations": [{"type": "PhysicalLocation"}]},
        {"locations": [{"type": "PhysicalLocation"}, {"type": "DigitalLocation", "license": {"id": "inc"}}]},
    ]);
    let found = &findings(&Shape::List(vec![licensed("pdm")]), Some(&items), "items")[0].found;
    assert!(found.contains("id: inc"), "{found}");
}

#[rstest]
fn an_element_without_any_of_the_fields_says_so() {
    let items = json!([{"locations": [{"type": "PhysicalLocation"}]}]);
    let found = &findings(&Shape::List(vec![licensed("pdm")]), Some(&items), "items")[0].found;
    assert!(found.contains("license: (nothing)") && !found.contains("{}"), "{found}");
}
