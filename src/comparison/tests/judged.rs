//! What follows: bounds block, expectations that are not met block, and what is not known is not held for unchanged.

use jiff::civil::{Date, date};
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::{pattern, rules, settings};
use crate::comparison::{
    About, Bound, Comparison, Drawn, Effect, Expected, Kind, Outcome, Pair, Reason, Rules, Settings, Side,
    exceeded, holders, judge,
};

pub const TODAY: Date = date(2026, 11, 25);
pub const DIGITAL: &str = "items[].locations[type=DigitalLocation]";

/// A hundred works, of which ten have something to view on prod; so many of those have not on stage.
pub fn compared(lost: usize) -> Comparison {
    let location = json!({ "type": "DigitalLocation", "url": "https://iiif.test/1" });
    let with = json!({ "title": "A", "items": [{ "locations": [location] }] });
    let without = json!({ "title": "A", "items": [] });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern(DIGITAL)], ..settings() });
    for number in 0..100 {
        let prod = if number < 10 { &with } else { &without };
        let stage = if number < lost { &without } else { prod };
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (Side::of(stage), Side::of(prod));
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
    comparison
}

pub fn bounded(at_most: f64) -> Rules {
    Rules { bounds: vec![Bound { path: pattern(DIGITAL), kind: Kind::Lost, at_most }], ..rules() }
}

pub fn expecting(path: &str, until: Date) -> Rules {
    let (path, why) = (pattern(path), "it was agreed".to_owned());
    let expected = Expected { path, kind: Kind::Lost, why, until, at_most: 1.0 };
    Rules { expected: vec![expected], ..bounded(0.0) }
}

pub fn effects(outcomes: &[Outcome]) -> Vec<Effect> {
    outcomes.iter().map(|it| it.effect).collect()
}

#[rstest]
#[case::nothing_lost(0, 0.0, &[])]
#[case::below(1, 0.2, &[Effect::Reported])]
#[case::at_the_bound(2, 0.2, &[Effect::Reported])]
#[case::above(3, 0.2, &[Effect::Blocks])]
#[case::one_where_none_may(1, 0.0, &[Effect::Blocks])]
fn a_loss_above_its_bound_blocks(#[case] lost: usize, #[case] at_most: f64, #[case] expected: &[Effect]) {
    assert_eq!(effects(&judge(&compared(lost), &bounded(at_most), TODAY)), expected);
}

#[test]
fn the_share_that_is_lost_is_that_of_those_that_have_it() {
    // All ten that have it lose it: a tenth of the sample, and a total loss.
    let outcomes = judge(&compared(10), &bounded(0.5), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Blocks]);
    assert!(matches!(outcomes[0].reason, Reason::AboveBound { happened: 10, of: 10, .. }), "{outcomes:?}");
}

#[rstest]
#[case::the_field(json!({ "title": "A" }))]
#[case::null(json!({ "title": "A", "items": null }))]
#[case::what_is_in_it(json!({ "title": "A", "items": [{}] }))]
#[case::what_is_in_it_is_null(json!({ "title": "A", "items": [{ "locations": null }] }))]
#[case::all(json!(null))]
fn what_goes_with_what_holds_it_is_lost(#[case] stage: Value) {
    let location = json!({ "type": "DigitalLocation", "url": "https://iiif.test/1" });
    let prod = json!({ "title": "A", "items": [{ "locations": [location] }] });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern(DIGITAL)], ..settings() });
    let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    comparison.add(&Pair { about, drawn, stage: prod, prod, again: None, views: None });
    let outcomes = judge(&comparison, &bounded(0.4), TODAY);
    let blocks = outcomes.iter().find(|it| it.effect == Effect::Blocks).expect("it blocks");
    assert!(matches!(blocks.reason, Reason::AboveBound { happened: 1, of: 2, .. }), "{outcomes:?}");
    let Reason::AboveBound { examples, .. } = &blocks.reason else { panic!("{outcomes:?}") };
    assert_eq!(examples.iter().map(|it| it.of.as_str()).collect::<Vec<_>>(), ["a2239muq"]);
    assert_eq!(effects(&judge(&comparison, &bounded(0.5), TODAY)), [Effect::Reported]);
}

#[rstest]
#[case::of_what_was_drawn_from_prod(0.01, Some((6, 501)))]
#[case::of_all(0.007, Some((6, 501)))]
#[case::within_both(0.012, None)]
#[case::one_that_was_chosen(0.0, Some((6, 501)))]
fn what_was_drawn_from_stage_makes_no_loss_look_small(
    #[case] at_most: f64,
    #[case] above: Option<(usize, usize)>,
) {
    let record = json!({ "title": "A" });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("status")], ..settings() });
    let mut add = |drawn: Drawn, is_lost: bool, times: usize| {
        let about = About::Work("a2239muq");
        let prod = Side::of(&record);
        let stage = if is_lost { Side::absent() } else { prod };
        for _ in 0..times {
            comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
        }
    };
    add(Drawn::FromProd, true, 6);
    add(Drawn::FromProd, false, 495);
    add(Drawn::Chosen, true, 1);
    add(Drawn::FromStage, false, 405);
    let bounds = vec![Bound { path: pattern("status"), kind: Kind::Lost, at_most }];
    let exceeded = exceeded(&comparison, &Rules { bounds, ..Rules::default() });
    let told = exceeded.first().map(|reason| match reason {
        Reason::AboveBound { happened, of, .. } => (*happened, *of),
        other => panic!("{other:?}"),
    });
    assert_eq!(told, above);
}

#[test]
fn a_chosen_record_that_is_gone_is_above_a_bound_of_none() {
    let record = json!({ "title": "A" });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("status")], ..settings() });
    let (about, prod) = (About::Work("a2239muq"), Side::of(&record));
    let mut add = |drawn, stage| {
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    };
    add(Drawn::FromProd, prod);
    add(Drawn::Chosen, Side::absent());
    let bounds = vec![Bound { path: pattern("status"), kind: Kind::Lost, at_most: 0.0 }];
    assert_eq!(exceeded(&comparison, &Rules { bounds, ..Rules::default() }).len(), 1);
}

/// A thousand works with an old number, which so many have lost on stage; prod is asked twice for 193 of them, and lacks
/// it in so many.
fn wavering(on_stage: usize, on_prod: usize, lost: &Value) -> Comparison {
    let whole = json!({ "title": "A", "identifiers": [{ "value": "x" }] });
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("identifiers")], ..settings() });
    for number in 0..1_000 {
        let pick = |is_lost: bool| Side::of(if is_lost { lost } else { &whole });
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (pick(number >= 1_000 - on_stage), pick(false));
        let again = (number < 193).then(|| pick(number < on_prod));
        comparison.add(&Pair { about, drawn, stage, prod, again, views: None });
    }
    comparison
}

#[rstest]
#[case::noise_may_hide_it(12, 3, &[Effect::Undecided])]
#[case::within_with_all_the_noise(10, 3, &[])]
#[case::far_above(300, 3, &[Effect::Blocks])]
#[case::no_noise(12, 0, &[Effect::Blocks])]
fn noise_hides_no_loss_above_a_bound(
    #[case] on_stage: usize,
    #[case] on_prod: usize,
    #[case] expected: &[Effect],
    #[values(json!({ "title": "A" }), json!({ "title": "A", "identifiers": [] }))] lost: Value,
) {
    let bounds = vec![Bound { path: pattern("identifiers"), kind: Kind::Lost, at_most: 0.01 }];
    let rules = Rules { bounds, ..Rules::default() };
    let outcomes = judge(&wavering(on_stage, on_prod, &lost), &rules, TODAY);
    assert_eq!(effects(&outcomes), expected);
    if let Some(unsure) = outcomes.iter().find(|it| it.effect == Effect::Undecided) {
        let says = &unsure.says;
        assert!(
            says.contains("12 of 1,000 lose the identifiers of other systems (at most 1 % may)"),
            "{says}"
        );
        assert!(says.contains("(3 of 193 answers), so that it cannot be told whether too many do"), "{says}");
    }
}

#[test]
fn a_change_without_a_rule_is_told_and_blocks_nothing() {
    let outcomes = judge(&compared(10), &Rules::default(), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Reported]);
    assert_eq!(outcomes[0].change.as_ref().unwrap().path, DIGITAL);
}

#[test]
fn several_changes_under_one_bound_count_together() {
    let mut comparison = Comparison::new(settings());
    for number in 0..100 {
        let prod = json!({ "notes": [{ "noteType": { "id": "a" } }, { "noteType": { "id": "b" } }] });
        let stage = match number {
            0..6 => json!({ "notes": [{ "noteType": { "id": "b" } }] }),
            6..12 => json!({ "notes": [{ "noteType": { "id": "a" } }] }),
            _ => prod.clone(),
        };
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (Side::of(&stage), Side::of(&prod));
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
    let bounds = vec![Bound { path: pattern("notes"), kind: Kind::Lost, at_most: 0.1 }];
    let outcomes = judge(&comparison, &Rules { bounds, ..Rules::default() }, TODAY);
    assert_eq!(effects(&outcomes), [Effect::Blocks, Effect::Blocks]);
}

#[rstest]
#[case::of_requests(About::Request("/works"), &[Effect::Blocks])]
#[case::of_works(About::Work("a2239muq"), &[Effect::Reported])]
fn no_request_may_lose_its_answer_whatever_share_of_works_may(
    #[case] about: About<'static>,
    #[case] expected: &[Effect],
) {
    let record = json!({ "title": "A" });
    let prod = Side::of(&record);
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("status")], ..settings() });
    for stage in [Side::absent(), prod, prod] {
        comparison.add(&Pair { about, drawn: Drawn::Chosen, stage, prod, again: None, views: None });
    }
    let bounds = vec![Bound { path: pattern("status"), kind: Kind::Lost, at_most: 0.5 }];
    let outcomes = judge(&comparison, &Rules { bounds, ..Rules::default() }, TODAY);
    assert_eq!(effects(&outcomes), expected);
}

#[test]
fn where_a_redirect_leads_can_be_bounded() {
    let to = |location| Side { status: Some(302), location: Some(location), body: None };
    let mut comparison = Comparison::new(Settings { watched: vec![pattern("location")], ..settings() });
    for stage in ["/works/b", "/works/c"] {
        let (about, drawn, prod) = (About::Work("a2239muq"), Drawn::Chosen, to("/works/b"));
        comparison.add(&Pair { about, drawn, stage: to(stage), prod, again: None, views: None });
    }
    let bounds = vec![Bound { path: pattern("location"), kind: Kind::Changed, at_most: 0.1 }];
    let rules = Rules { bounds, ..Rules::default() };
    assert_eq!(holders(&comparison, &rules)[0].1, 2);
    assert_eq!(effects(&judge(&comparison, &rules, TODAY)), [Effect::Blocks]);
}

#[test]
fn how_much_is_found_is_told_before_how_many_pages_it_takes() {
    let of = |pages: u64| json!({ "totalResults": pages * 10, "totalPages": pages });
    let (prod, stage) = (of(5), of(3));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Request("/works"), Drawn::Chosen);
    let (stage, prod) = (Side::of(&stage), Side::of(&prod));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    let first = &comparison.changes(&Rules::default())[0];
    assert_eq!((first.path.as_str(), first.with.len()), ("totalResults", 1));
}

#[test]
fn nothing_compared_is_undecided() {
    let outcomes = judge(&Comparison::new(settings()), &rules(), TODAY);
    assert_eq!(effects(&outcomes), [Effect::Undecided]);
    assert_eq!(outcomes[0].reason, Reason::NothingCompared);
}

#[rstest]
#[case::failed(Some(503), false)]
#[case::asked_too_often(Some(429), true)]
#[case::turned_away(Some(403), true)]
#[case::not_let_in(Some(401), true)]
#[case::too_slow(Some(408), false)]
#[case::no_json(Some(200), false)]
fn what_prod_failed_to_answer_is_undecided_and_not_the_same(
    #[case] status: Option<u16>,
    #[case] has_body: bool,
) {
    let body = json!({ "type": "Error" });
    let side = Side { status, location: None, body: has_body.then_some(&body) };
    let mut comparison = Comparison::new(settings());
    let about = About::Request("/works");
    comparison.add(&Pair { about, drawn: Drawn::Chosen, stage: side, prod: side, again: None, views: None });
    assert_eq!((comparison.counts().matched, comparison.counts().unanswered), (0, 1));
    assert!(judge(&comparison, &rules(), TODAY).iter().all(|it| it.effect == Effect::Undecided));
}

#[test]
fn what_stage_alone_fails_to_answer_is_lost() {
    let record = json!({ "title": "A" });
    let stage = Side { status: Some(500), ..Side::default() };
    let mut comparison = Comparison::new(settings());
    let about = About::Work("a2239muq");
    let prod = Side::of(&record);
    comparison.add(&Pair { about, drawn: Drawn::Chosen, stage, prod, again: None, views: None });
    let changes = comparison.changes(&rules());
    assert_eq!((changes[0].path.as_str(), changes[0].kind), ("status", Kind::Lost));
}

#[test]
fn what_is_not_told_apart_is_undecided() {
    let mut comparison = Comparison::new(settings());
    for number in 0..1_001 {
        let prod = json!({ format!("field{number}"): 1 });
        let stage = json!({});
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (Side::of(&stage), Side::of(&prod));
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
    let outcomes = judge(&comparison, &Rules::default(), TODAY);
    assert_eq!((outcomes[0].effect, &outcomes[0].reason), (Effect::Undecided, &Reason::NotToldApart(1)));
}
