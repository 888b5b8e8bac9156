//! What counts for a bound, and for what is meant: of which records the share is, and what lists show.

use jiff::civil::{Date, date};
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::{pattern, settings};
use crate::comparison::{
    About, Bound, Comparison, Drawn, Effect, Expected, Kind, Outcome, Pair, Reason, Rules, Settings, Side,
    judge,
};

const TODAY: Date = date(2026, 11, 26);

/// A comparison that watches this place, and has nothing in it yet.
fn watching(path: &str) -> Comparison {
    Comparison::new(Settings { watched: vec![pattern(path)], ..settings() })
}

/// Takes in so many of the same pair.
fn add(comparison: &mut Comparison, times: usize, drawn: Drawn, stage: Side<'_>, prod: Side<'_>) {
    let about = About::Work("a2239muq");
    for _ in 0..times {
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
}

fn bounded(path: &str, kind: Kind, at_most: f64) -> Rules {
    Rules { bounds: vec![Bound { path: pattern(path), kind, at_most }], ..Rules::default() }
}

fn meant(path: &str, kind: Kind, at_most: f64) -> Rules {
    let (path, why, until) = (pattern(path), "it was agreed".to_owned(), TODAY);
    Rules { expected: vec![Expected { path, kind, why, until, at_most }], ..Rules::default() }
}

fn gravest(comparison: &Comparison, rules: &Rules) -> Outcome {
    judge(comparison, rules, TODAY).into_iter().next().expect("something follows")
}

fn status(status: u16) -> Side<'static> {
    Side { status: Some(status), ..Side::default() }
}

#[rstest]
#[case::what_redirects_no_longer(status(302), Kind::Changed)]
#[case::what_is_new(Side::absent(), Kind::Gained)]
#[case::what_is_shown_again(status(410), Kind::Returned)]
fn what_was_drawn_from_prod_makes_nothing_look_rare_that_only_stage_shows(
    #[case] prod: Side<'static>,
    #[case] kind: Kind,
) {
    let record = json!({ "title": "A" });
    let whole = Side::of(&record);
    let mut comparison = watching("status");
    add(&mut comparison, 3, Drawn::FromStage, whole, prod);
    add(&mut comparison, 97, Drawn::FromStage, whole, whole);
    add(&mut comparison, 100, Drawn::FromProd, whole, whole);
    let outcome = gravest(&comparison, &bounded("status", kind, 0.02));
    assert!(matches!(outcome.reason, Reason::AboveBound { happened: 3, of: 100, .. }), "{outcome:?}");
    assert_eq!(gravest(&comparison, &bounded("status", kind, 0.03)).effect, Effect::Reported);
    let outcome = gravest(&comparison, &meant("status", kind, 0.02));
    assert!(matches!(outcome.reason, Reason::MoreThanExpected(_)), "{outcome:?}");
}

#[rstest]
#[case::as_many(0.06, Effect::Reported)]
#[case::more(0.05, Effect::Blocks)]
fn what_was_drawn_from_stage_makes_no_loss_that_is_meant_look_small(
    #[case] at_most: f64,
    #[case] effect: Effect,
) {
    let record = json!({ "title": "A" });
    let whole = Side::of(&record);
    let mut comparison = watching("status");
    add(&mut comparison, 6, Drawn::FromProd, Side::absent(), whole);
    add(&mut comparison, 94, Drawn::FromProd, whole, whole);
    add(&mut comparison, 100, Drawn::FromStage, whole, whole);
    assert_eq!(gravest(&comparison, &meant("status", Kind::Lost, at_most)).effect, effect);
}

/// Ten requests, one of which stage answers otherwise than prod.
fn requests(stage: Side<'_>, prod: Side<'_>) -> Comparison {
    let mut comparison = watching("status");
    let about = About::Request("/works");
    let pairs = std::iter::once((stage, prod)).chain(std::iter::repeat_n((prod, prod), 9));
    for (stage, prod) in pairs {
        comparison.add(&Pair { about, drawn: Drawn::Chosen, stage, prod, again: None, views: None });
    }
    comparison
}

#[rstest]
#[case::that_is_lost(Side::absent(), status(200), Kind::Lost, Effect::Blocks)]
#[case::that_leads_elsewhere(status(302), status(200), Kind::Changed, Effect::Blocks)]
#[case::that_was_none(status(404), status(400), Kind::Changed, Effect::Reported)]
#[case::that_is_new(status(200), status(404), Kind::Gained, Effect::Reported)]
fn no_request_may_lose_an_answer_because_some_works_may(
    #[case] stage: Side<'static>,
    #[case] prod: Side<'static>,
    #[case] kind: Kind,
    #[case] effect: Effect,
    #[values(bounded, meant)] rules: fn(&str, Kind, f64) -> Rules,
) {
    let record = json!({ "results": [] });
    let with_a_body = |side: Side<'static>| if side.status == Some(200) { Side::of(&record) } else { side };
    let comparison = requests(with_a_body(stage), with_a_body(prod));
    let outcome = gravest(&comparison, &rules("status", kind, 0.5));
    assert_eq!(outcome.effect, effect);
    let says_why = outcome.says.ends_with("no request may lose its answer");
    assert_eq!(says_why, effect == Effect::Blocks, "{}", outcome.says);
}

#[test]
fn what_goes_with_what_holds_it_is_more_than_is_meant() {
    let prod = json!({ "subjects": [{ "label": "A", "concepts": [{ "label": "B" }] }] });
    let meant_to_be = json!({ "subjects": [{ "label": "A" }] });
    let gone = json!({});
    let mut comparison = watching("subjects[].concepts");
    add(&mut comparison, 1, Drawn::FromProd, Side::of(&meant_to_be), Side::of(&prod));
    add(&mut comparison, 9, Drawn::FromProd, Side::of(&gone), Side::of(&prod));
    let outcome = gravest(&comparison, &meant("subjects[].concepts", Kind::Lost, 0.1));
    assert!(outcome.says.ends_with("is so of 10 of 10"), "{}", outcome.says);
    assert_eq!(outcome.effect, Effect::Blocks);
}

#[rstest]
#[case::what_is_found(json!({ "results": [{ "id": "a", "items": [{}] }] }), "results", Kind::Lost)]
#[case::the_order(
    json!({ "results": [{ "id": "b", "items": [{}] }, { "id": "a", "items": [{}] }] }),
    "results",
    Kind::Moved
)]
#[case::what_records_show(
    json!({ "results": [{ "id": "a", "items": [] }, { "id": "b", "items": [{}] }] }),
    "results[].items",
    Kind::Lost
)]
#[case::what_goes_with_it(
    json!({ "results": [{ "id": "a" }, { "id": "b", "items": [{}] }] }),
    "results[].items[]",
    Kind::Lost
)]
#[case::what_is_within_it(
    json!({ "results": [{ "id": "a" }, { "id": "b", "items": [{ "title": "A" }] }] }),
    "results[].items[].title",
    Kind::Lost
)]
fn a_rule_that_is_about_lists_counts_what_they_show(
    #[case] stage: Value,
    #[case] path: &str,
    #[case] kind: Kind,
    #[values(bounded, meant)] rules: fn(&str, Kind, f64) -> Rules,
) {
    let items = if path.ends_with("title") { json!([{ "title": "A" }]) } else { json!([{}]) };
    let prod = json!({ "results": [{ "id": "a", "items": items }, { "id": "b", "items": items }] });
    let mut comparison = watching(path);
    let (about, drawn) = (About::Request("/works"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    comparison.add(&Pair { about, drawn, stage: prod, prod, again: None, views: None });
    assert_eq!(gravest(&comparison, &rules(path, kind, 0.4)).effect, Effect::Blocks);
}

/// A record with so many other fields that its changes are not told apart as a set.
fn crowded(says: &str, more: &Value) -> Value {
    let mut record = more.clone();
    for number in 0..101 {
        record[format!("field{number}")] = json!(says);
    }
    record
}

#[test]
fn what_goes_in_a_crowd_of_changes_is_lost_all_the_same() {
    let digital =
        json!({ "items": [{ "locations": [{ "type": "DigitalLocation", "url": "https://a.test" }] }] });
    let (prod, stage) = (crowded("a", &digital), crowded("b", &json!({})));
    let place = "items[].locations[type=DigitalLocation]";
    let mut comparison = watching(place);
    add(&mut comparison, 1, Drawn::FromProd, Side::of(&stage), Side::of(&prod));
    let outcome = gravest(&comparison, &bounded(place, Kind::Lost, 0.5));
    assert!(matches!(outcome.reason, Reason::AboveBound { happened: 1, of: 1, .. }), "{outcome:?}");
}

#[test]
fn what_changes_in_a_crowd_of_changes_is_counted_for_each_record() {
    let note = |kind: &str, says: &str| json!({ "notes": [{ "noteType": { "id": kind }, "label": says }] });
    let mut comparison = watching("notes");
    for kind in ["a", "b"] {
        let (prod, stage) = (crowded("a", &note(kind, "a")), crowded("b", &note(kind, "b")));
        add(&mut comparison, 1, Drawn::FromProd, Side::of(&stage), Side::of(&prod));
    }
    let outcome = gravest(&comparison, &bounded("notes", Kind::Changed, 0.5));
    assert!(matches!(outcome.reason, Reason::AboveBound { happened: 2, of: 2, .. }), "{outcome:?}");
}
