//! Differences are those of structure: lists by identity, order apart from content, each loss once at the highest place.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::{PROD, STAGE, pattern, settings};
use crate::comparison::{BadPattern, Kind, Pattern, Settings, Side, Tolerance, differences};

use Kind::{Changed, Gained, Lost, Moved, Returned};

fn between(prod: &Value, stage: &Value) -> Vec<(String, Kind)> {
    with(&settings(), prod, stage)
}

fn with(settings: &Settings, prod: &Value, stage: &Value) -> Vec<(String, Kind)> {
    let found = differences(&Side::of(stage), &Side::of(prod), settings);
    found.into_iter().map(|it| (it.path, it.kind)).collect()
}

fn digital(url: &str) -> Value {
    json!({ "type": "DigitalLocation", "url": url, "locationType": { "id": "iiif-presentation" } })
}

fn physical(label: &str) -> Value {
    json!({ "type": "PhysicalLocation", "label": label, "locationType": { "id": "closed-stores" } })
}

#[rstest]
#[case::another_value(json!({ "title": "A" }), json!({ "title": "B" }), &[("title", Changed)])]
#[case::lost_field(json!({ "title": "A", "x": { "y": [1, 2] } }), json!({ "title": "A" }), &[("x", Lost)])]
#[case::gained_field(json!({}), json!({ "edition": "2nd" }), &[("edition", Gained)])]
#[case::another_type(json!({ "workType": { "id": "h" } }), json!({ "workType": "h" }), &[("workType", Changed)])]
#[case::another_code(
    json!({ "workType": { "id": "h", "label": "Archives" } }),
    json!({ "workType": { "id": "a", "label": "Books" } }),
    &[("workType", Changed)]
)]
#[case::another_label_of_the_same_code(
    json!({ "workType": { "id": "h", "label": "Archives" } }),
    json!({ "workType": { "id": "h", "label": "h" } }),
    &[("workType.label", Changed)]
)]
#[case::order_of_fields(json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 }), &[])]
#[case::the_same_number(json!({ "n": 1 }), json!({ "n": 1.0 }), &[])]
#[case::another_number(json!({ "n": 1 }), json!({ "n": 2 }), &[("n", Changed)])]
#[case::lost_location(
    json!({ "items": [{ "locations": [digital("u"), physical("s")] }] }),
    json!({ "items": [{ "locations": [physical("s")] }] }),
    &[("items[].locations[type=DigitalLocation]", Lost)]
)]
#[case::lost_item_is_its_locations(
    json!({ "items": [{ "id": "i", "locations": [physical("s")] }, { "locations": [digital("u")] }] }),
    json!({ "items": [{ "id": "i", "locations": [physical("s")] }] }),
    &[("items[].locations[type=DigitalLocation]", Lost)]
)]
#[case::lost_item_without_locations(
    json!({ "items": [{ "id": "i" }] }), json!({ "items": [] }), &[("items[]", Lost)]
)]
#[case::items_with_new_ids_are_the_same_items(
    json!({ "items": [{ "id": "a", "locations": [physical("s")] }, { "id": "b", "locations": [digital("u")] }] }),
    json!({ "items": [{ "id": "x", "locations": [digital("u")] }, { "id": "y", "locations": [physical("s")] }] }),
    &[("items[].id", Changed), ("items[]", Moved)]
)]
#[case::items_alike_with_new_ids(
    json!({ "items": [{ "id": "a", "locations": [physical("s")] }, { "id": "b", "locations": [physical("s")] }] }),
    json!({ "items": [{ "id": "x", "locations": [physical("s")] }, { "id": "y", "locations": [physical("s")] }] }),
    &[("items[].id", Changed)]
)]
#[case::lost_availability(
    json!({ "availabilities": [{ "id": "online" }, { "id": "open-shelves" }] }),
    json!({ "availabilities": [{ "id": "open-shelves" }] }),
    &[("availabilities[id=online]", Lost)]
)]
fn a_difference_names_its_place_and_what_became_of_it(
    #[case] prod: Value,
    #[case] stage: Value,
    #[case] expected: &[(&str, Kind)],
) {
    let expected: Vec<(String, Kind)> =
        expected.iter().map(|(path, kind)| ((*path).to_owned(), *kind)).collect();
    assert_eq!(between(&prod, &stage), expected);
}

#[rstest]
#[case::by_id(json!([{ "id": "a", "x": 1 }, { "id": "b" }]), json!([{ "id": "b" }, { "id": "a", "x": 2 }]),
    &[("l[].x", Changed), ("l[]", Moved)])]
#[case::by_identifiers(
    json!([{ "id": "a", "identifiers": [{ "value": "1", "identifierType": { "id": "t" } }] }, { "id": "b" }]),
    json!([{ "id": "b" }, { "id": "z", "identifiers": [{ "value": "1", "identifierType": { "id": "t" } }] }]),
    &[("l[].id", Changed), ("l[]", Moved)]
)]
#[case::by_label(json!([{ "label": "a", "x": 1 }, { "label": "b" }]), json!([{ "label": "b" }, { "label": "a", "x": 2 }]),
    &[("l[].x", Changed), ("l[]", Moved)])]
#[case::by_content(json!(["a", "b", "c"]), json!(["c", "b", "a"]), &[("l[]", Moved)])]
#[case::equal_ones(json!(["a", "a", "b"]), json!(["b", "a", "a"]), &[("l[]", Moved)])]
#[case::one_id_twice(
    json!([{ "id": "a", "role": "author" }, { "id": "a", "role": "printer" }]),
    json!([{ "id": "a", "role": "printer" }, { "id": "a", "role": "author" }]),
    &[("l[]", Moved)]
)]
#[case::one_of_equal_ones_is_lost(json!(["a", "a"]), json!(["a"]), &[("l[]", Lost)])]
#[case::another_text_in_the_same_place(json!(["a", "b"]), json!(["a", "c"]), &[("l[]", Changed)])]
#[case::works_of_one_title_are_not_the_same(
    json!([{ "id": "a", "title": "Letter" }]), json!([{ "id": "b", "title": "Letter" }]),
    &[("l[]", Lost), ("l[]", Gained)]
)]
#[case::removed_from_the_front_moves_nothing(
    json!([{ "id": "a" }, { "id": "b" }, { "id": "c" }]), json!([{ "id": "b" }, { "id": "c" }]), &[("l[]", Lost)]
)]
fn lists_are_matched_by_what_their_elements_are(
    #[case] prod: Value,
    #[case] stage: Value,
    #[case] expected: &[(&str, Kind)],
) {
    let expected: Vec<(String, Kind)> =
        expected.iter().map(|(path, kind)| ((*path).to_owned(), *kind)).collect();
    assert_eq!(between(&json!({ "l": prod }), &json!({ "l": stage })), expected);
}

#[test]
fn what_happens_several_times_in_one_answer_is_told_once() {
    let (prod, stage) = (json!({ "parts": [{ "id": "a" }, { "id": "b" }] }), json!({ "parts": [] }));
    let found = differences(&Side::of(&stage), &Side::of(&prod), &settings());
    assert_eq!(found.iter().map(|it| (it.path.as_str(), it.times)).collect::<Vec<_>>(), [("parts[]", 2)]);
}

#[rstest]
#[case::own_hosts(format!("{STAGE}/works?page=2"), format!("{PROD}/works?page=2"), &[])]
#[case::stage_leads_to_prod(format!("{PROD}/works?page=2"), format!("{PROD}/works?page=2"), &["nextPage"])]
#[case::another_page(format!("{STAGE}/works?page=3"), format!("{PROD}/works?page=2"), &["nextPage"])]
#[case::hosts_that_only_begin_so(format!("{STAGE}.evil/works"), format!("{PROD}.evil/works"), &["nextPage"])]
fn only_the_own_host_of_each_side_is_left_out_of_addresses(
    #[case] stage: String,
    #[case] prod: String,
    #[case] expected: &[&str],
) {
    let found = between(&json!({ "nextPage": prod }), &json!({ "nextPage": stage }));
    assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn hosts_within_records_are_content() {
    let prod = json!({ "results": [{ "id": "a", "nextPage": format!("{PROD}/x") }] });
    let stage = json!({ "results": [{ "id": "a", "nextPage": format!("{STAGE}/x") }] });
    assert_eq!(between(&prod, &stage), [("results[].nextPage".to_owned(), Changed)]);
}

#[test]
fn a_parameter_that_one_side_was_asked_with_does_not_count() {
    let settings = Settings { added_parameters: vec!["elasticCluster".to_owned()], ..settings() };
    let prod = json!({ "nextPage": format!("{PROD}/works?page=2") });
    let stage = json!({ "nextPage": format!("{STAGE}/works?elasticCluster=x&page=2") });
    assert_eq!(with(&settings, &prod, &stage), []);
}

#[rstest]
#[case::relative_and_own(Some("/catalogue/v2/works/b"), Some(format!("{PROD}/catalogue/v2/works/b")), &[])]
#[case::another_target(Some("/catalogue/v2/works/c"), Some("/catalogue/v2/works/b".to_owned()), &["location"])]
#[case::none_any_more(None, Some("/catalogue/v2/works/b".to_owned()), &["location"])]
fn redirects_are_compared_by_where_they_lead(
    #[case] stage: Option<&str>,
    #[case] prod: Option<String>,
    #[case] expected: &[&str],
) {
    let side = |location| Side { status: Some(302), location, body: None };
    let found = differences(&side(stage), &side(prod.as_deref()), &settings());
    assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected);
}

#[rstest]
#[case::gone(Some(404), Some(200), Lost)]
#[case::deleted(Some(410), Some(200), Lost)]
#[case::known_from_lists_not_to_be_there(None, Some(200), Lost)]
#[case::redirected(Some(302), Some(200), Changed)]
#[case::a_redirect_that_is_lost(Some(404), Some(302), Lost)]
#[case::new(Some(200), Some(404), Gained)]
#[case::taken_down_and_shown_again(Some(200), Some(410), Returned)]
#[case::taken_down_and_redirected(Some(302), Some(410), Returned)]
#[case::another_error(Some(400), Some(404), Changed)]
fn another_status_is_the_only_difference(
    #[case] stage: Option<u16>,
    #[case] prod: Option<u16>,
    #[case] kind: Kind,
) {
    let (ours, theirs) = (json!({ "a": 1 }), json!({ "b": 1 }));
    let stage = Side { status: stage, location: None, body: Some(&ours) };
    let prod = Side { status: prod, location: None, body: Some(&theirs) };
    let found = differences(&stage, &prod, &settings());
    assert_eq!(found.iter().map(|it| (it.path.as_str(), it.kind)).collect::<Vec<_>>(), [("status", kind)]);
}

#[test]
fn an_answer_without_a_record_is_no_answer() {
    let record = json!({ "title": "A" });
    let stage = Side { status: Some(200), ..Side::default() };
    let found = differences(&stage, &Side::of(&record), &settings());
    assert_eq!(found.iter().map(|it| (it.path.as_str(), it.kind)).collect::<Vec<_>>(), [("status", Lost)]);
}

#[rstest]
#[case::within_the_share(1_000, 1_009, true)]
#[case::beyond_the_share(1_000, 1_011, false)]
#[case::small_but_within_so_many(10, 12, true)]
#[case::small_and_beyond(10, 13, false)]
fn a_number_may_be_apart_as_far_as_its_tolerance(#[case] prod: u32, #[case] stage: u32, #[case] same: bool) {
    let tolerance = Tolerance { path: pattern("totalResults"), share: 0.01, or_by: 2.0 };
    let settings = Settings { tolerances: vec![tolerance], ..settings() };
    let found = with(&settings, &json!({ "totalResults": prod }), &json!({ "totalResults": stage }));
    assert_eq!(found.is_empty(), same);
    let elsewhere = with(&settings, &json!({ "n": 1_000 }), &json!({ "n": 1_001 }));
    assert_eq!(elsewhere.len(), 1);
}

#[test]
fn the_answer_of_an_odd_record_makes_no_odd_place() {
    let prod =
        json!({ "locations": [{ "type": "<script>.[x]" }], "availabilities": [{ "id": "x".repeat(99) }] });
    let stage = json!({ "locations": [], "availabilities": [] });
    let found = between(&prod, &stage);
    assert_eq!(found, [("locations[]".to_owned(), Lost), ("availabilities[]".to_owned(), Lost)]);
}

#[test]
fn the_name_of_a_field_makes_no_endless_place() {
    let found = between(&json!({ "x".repeat(5_000): 1 }), &json!({}));
    assert_eq!(found, [("x".repeat(60), Lost)]);
}

#[rstest]
#[case::itself("title", "title", true)]
#[case::within("items", "items[].locations[type=DigitalLocation]", true)]
#[case::not_a_longer_name("title", "titles", false)]
#[case::not_above("items[].locations[].url", "items[].locations[]", false)]
#[case::any_element("items[].locations[].url", "items[].locations[type=DigitalLocation].url", true)]
#[case::marked("items[].locations[type=DigitalLocation]", "items[].locations[type=PhysicalLocation]", false)]
#[case::one_field("*.license", "thumbnail.license", true)]
#[case::one_field_only("*.license", "items[].locations[].license", false)]
#[case::any_fields("**.license", "items[].locations[type=DigitalLocation].license.label", true)]
#[case::in_results("items[]", "results[].items[]", true)]
#[case::dots_in_brackets(
    "identifiers[identifierType.id=calm-ref-no]",
    "identifiers[identifierType.id=calm-ref-no]",
    true
)]
fn a_pattern_stands_for_a_place_and_all_within(
    #[case] text: &str,
    #[case] place: &str,
    #[case] matches: bool,
) {
    assert_eq!(pattern(text).matches(place), matches);
}

#[rstest]
#[case::nothing("", "empty part")]
#[case::two_dots("a..b", "empty part")]
#[case::open_bracket("items[", "bracket")]
#[case::behind_the_bracket("items[]x", "bracket")]
#[case::unknown_mark("items[colour=red]", "locations[type=…]")]
#[case::mark_of_another_list("items[id=a2239muq]", "availabilities[id=…]")]
fn a_pattern_that_stands_for_nothing_is_refused(#[case] text: &str, #[case] says: &str) {
    let refused: BadPattern = Pattern::parse(text).unwrap_err();
    assert!(refused.to_string().contains(says), "{refused}");
}

#[rstest]
#[case::there("items[].locations[type=DigitalLocation]", true)]
#[case::of_another_kind("items[].locations[type=PhysicalLocation]", false)]
#[case::any_depth("**.license", true)]
#[case::empty_list("parts[]", false)]
#[case::absent("title", false)]
fn a_pattern_is_found_in_a_record(#[case] text: &str, #[case] found: bool) {
    let location = json!({ "type": "DigitalLocation", "license": { "id": "pdm" } });
    let record = json!({ "items": [{ "locations": [location] }], "parts": [] });
    assert_eq!(pattern(text).is_in(&record), found);
}
