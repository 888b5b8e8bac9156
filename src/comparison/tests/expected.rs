//! What is meant is told apart: it blocks if it does not happen or happens too much, and excuses nothing else. And rules in words.

use jiff::civil::date;
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::fixture::{pattern, settings};
use super::judged::{DIGITAL, TODAY, compared, effects, expecting};
use crate::comparison::{
    About, Bound, Comparison, Drawn, Effect, Kind, Pair, Reason, Rules, Settings, Side, judge, told,
};

#[test]
fn what_goes_as_it_is_meant_to_with_what_holds_it_is_within_its_bound() {
    let location = json!({ "type": "DigitalLocation", "url": "https://iiif.test/1" });
    let (stage, prod) = (json!({}), json!({ "items": [{ "locations": [location] }] }));
    let mut comparison = Comparison::new(Settings { watched: vec![pattern(DIGITAL)], ..settings() });
    let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    assert_eq!(effects(&judge(&comparison, &expecting("items", TODAY), TODAY)), [Effect::Reported]);
}

#[test]
fn an_expected_change_is_told_as_expected_and_its_bound_does_not_count() {
    let outcomes = judge(&compared(10), &expecting(DIGITAL, TODAY), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Reported]);
    assert!(matches!(outcomes[0].reason, Reason::AsExpected(_)));
    assert!(outcomes[0].says.starts_with("as expected (it was agreed): 10 of 100"), "{}", outcomes[0].says);
}

#[test]
fn an_expected_change_that_does_not_happen_blocks() {
    let outcomes = judge(&compared(0), &expecting(DIGITAL, TODAY), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Blocks]);
    assert!(matches!(outcomes[0].reason, Reason::DidNotHappen(_)));
}

#[test]
fn an_expectation_whose_day_is_over_blocks() {
    let outcomes = judge(&compared(10), &expecting(DIGITAL, date(2026, 11, 24)), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Blocks]);
    assert!(matches!(outcomes[0].reason, Reason::NoLongerExpected(_)));
}

#[rstest]
#[case::as_many_as_it_is_meant_to(5, Effect::Reported)]
#[case::more(6, Effect::Blocks)]
fn an_expected_change_blocks_beyond_what_it_is_meant_to_happen_to(
    #[case] lost: usize,
    #[case] effect: Effect,
) {
    let mut rules = expecting(DIGITAL, TODAY);
    rules.expected[0].at_most = 0.5;
    let outcomes = judge(&compared(lost), &rules, TODAY);
    assert_eq!(effects(&outcomes), [effect]);
    let is_more = matches!(outcomes[0].reason, Reason::MoreThanExpected(_));
    assert_eq!(is_more, effect == Effect::Blocks, "{outcomes:?}");
}

#[test]
fn a_change_is_told_apart_from_an_expected_one_of_the_same_works() {
    let (prod, stage) = (json!({ "a": 1, "b": 1 }), json!({}));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Work("a2239muq"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    let outcomes = judge(&comparison, &expecting("b", TODAY), TODAY);
    let told: Vec<(&str, bool)> = told(&outcomes)
        .into_iter()
        .map(|(outcome, change)| (change.path.as_str(), matches!(outcome.reason, Reason::AsExpected(_))))
        .collect();
    assert_eq!(told, [("a", false), ("b", true)]);
}

#[rstest]
#[case::that_is_gone(404, &[Effect::Reported])]
#[case::that_fails(500, &[Effect::Blocks, Effect::Blocks])]
fn a_page_may_be_meant_to_go_but_never_to_fail(#[case] status: u16, #[case] expected: &[Effect]) {
    let record = json!({ "title": "A" });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("status")], ..settings() });
    let (about, drawn, prod) = (About::Work("a2239muq"), Drawn::FromProd, Side::of(&record));
    let stage = Side { status: Some(status), ..Side::default() };
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    let bounds = vec![Bound { path: pattern("status"), kind: Kind::Lost, at_most: 0.0 }];
    let rules = Rules { bounds, ..expecting("status", TODAY) };
    assert_eq!(effects(&judge(&comparison, &rules, TODAY)), expected);
}

#[test]
fn an_expected_change_hides_no_other_of_the_same_works() {
    let (prod, stage) = (json!({ "a": 1, "b": 1 }), json!({}));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Work("a2239muq"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    let bounds = vec![Bound { path: pattern("b"), kind: Kind::Lost, at_most: 0.0 }];
    let outcomes = judge(&comparison, &Rules { bounds, ..expecting("a", TODAY) }, TODAY);
    assert_eq!(effects(&outcomes), [Effect::Blocks, Effect::Reported]);
    assert_eq!(outcomes[0].change.as_ref().unwrap().path, "b");
}

#[test]
fn what_was_not_answered_is_undecided_and_an_expectation_with_it() {
    let mut comparison = compared(0);
    comparison.unanswered("prod did not answer within 10 s");
    let outcomes = judge(&comparison, &expecting(DIGITAL, TODAY), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Undecided, Effect::Undecided]);
    assert!(outcomes[0].says.contains("prod did not answer"), "{}", outcomes[0].says);
}

#[rstest]
#[case::a_loss(
    DIGITAL,
    Kind::Lost,
    0.005,
    "Records keep the digitised copy",
    "58 of 1,031 lose the digitised copy",
    "at most 0.5 % may"
)]
#[case::a_page(
    "status",
    Kind::Lost,
    0.005,
    "Pages do not vanish",
    "58 of 1,031 are no longer there",
    "at most 0.5 % may"
)]
#[case::what_was_taken_down(
    "status",
    Kind::Returned,
    0.0,
    "What was taken down is not shown again",
    "58 of 1,031 are shown again after having been taken down",
    "none may"
)]
#[case::a_change(
    "title",
    Kind::Changed,
    0.05,
    "The title stays as it is",
    "for 58 of 1,031, the title is different",
    "at most 5 % may"
)]
#[case::an_order(
    "parts",
    Kind::Moved,
    0.05,
    "The links to the parts below stay in order",
    "for 58 of 1,031, the links to the parts below come in another order",
    "at most 5 % may"
)]
fn a_bound_is_told_in_words(
    #[case] path: &str,
    #[case] kind: Kind,
    #[case] at_most: f64,
    #[case] promise: &str,
    #[case] happened: &str,
    #[case] allowed: &str,
) {
    let bound = Bound { path: pattern(path), kind, at_most };
    assert_eq!(
        (bound.promise(), bound.happened(58, 1_031), bound.allowed()),
        (promise.into(), happened.into(), allowed.into())
    );
}

#[test]
fn what_is_meant_is_told_in_words() {
    let promise = expecting(DIGITAL, TODAY).expected[0].promise();
    assert_eq!(promise, "The digitised copy is lost, as it is meant to be");
}
