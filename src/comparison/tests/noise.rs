//! What prod does not say twice alike is noise; a little of it hides no loss.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::settings;
use crate::comparison::{About, Comparison, Counts, Drawn, Pair, Rules, Side};

/// A hundred works, of which so many have lost what wavers on stage; prod is asked twice for some, and wavers in some.
fn with(lost_on_stage: usize, asked_twice: usize, wavering: usize) -> Comparison {
    let (whole, without) = (json!({ "title": "A", "note": "x" }), json!({ "title": "A" }));
    let mut comparison = Comparison::new(settings());
    for number in 0..100 {
        let pick = |is_lost: bool| -> Side<'_> { Side::of(if is_lost { &without } else { &whole }) };
        comparison.add(&Pair {
            about: About::Work("a2239muq"),
            drawn: Drawn::FromProd,
            stage: pick(number >= 100 - lost_on_stage),
            prod: pick(false),
            again: (number < asked_twice).then(|| pick(number < wavering)),
            views: None,
        });
    }
    comparison
}

#[rstest]
#[case::no_noise(30, 100, 0, 30, 0)]
#[case::as_much_on_prod(30, 100, 30, 0, 30)]
#[case::a_little_noise_hides_no_total_loss(100, 100, 5, 100, 0)]
#[case::a_little_noise_hides_no_loss_of_a_third(30, 100, 10, 30, 0)]
#[case::a_few_that_waver_say_nothing_of_the_rest(30, 3, 3, 30, 0)]
fn a_place_is_noise_if_prod_differs_from_itself_as_often(
    #[case] lost_on_stage: usize,
    #[case] asked_twice: usize,
    #[case] wavering: usize,
    #[case] changed: usize,
    #[case] ignored: usize,
) {
    let comparison = with(lost_on_stage, asked_twice, wavering);
    let counts = Counts { matched: 100 - lost_on_stage, ignored, changed, unanswered: 0 };
    assert_eq!(comparison.counts(), counts);
    assert_eq!(comparison.changes(&Rules::default()).len(), usize::from(changed > 0));
}

#[test]
fn a_hair_more_than_prod_wavers_by_itself_is_noise() {
    let (whole, without) = (json!({ "title": "A", "note": "x" }), json!({ "title": "A" }));
    let mut comparison = Comparison::new(settings());
    for number in 0..5_000 {
        let pick = |is_lost: bool| Side::of(if is_lost { &without } else { &whole });
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod, again) = (pick(number >= 4_998), pick(false), Some(pick(number == 0)));
        comparison.add(&Pair { about, drawn, stage, prod, again, views: None });
    }
    assert_eq!(comparison.counts(), Counts { matched: 4_998, ignored: 2, ..Counts::default() });
}

#[test]
fn one_loss_in_five_thousand_is_a_change_where_prod_never_wavers() {
    let (whole, without) = (json!({ "title": "A", "note": "x" }), json!({ "title": "A" }));
    let mut comparison = Comparison::new(settings());
    for number in 0..5_000 {
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (Side::of(if number == 77 { &without } else { &whole }), Side::of(&whole));
        comparison.add(&Pair { about, drawn, stage, prod, again: Some(prod), views: None });
    }
    assert_eq!(comparison.counts(), Counts { matched: 4_999, changed: 1, ..Counts::default() });
}

#[test]
fn noise_is_learned_of_no_more_places_than_can_be_held() {
    let mut comparison = Comparison::new(settings());
    for number in 0..1_005 {
        let (prod, other) = (json!({ format!("field{number}"): 1 }), json!({}));
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
        let (stage, prod) = (Side::of(&other), Side::of(&prod));
        comparison.add(&Pair { about, drawn, stage, prod, again: Some(stage), views: None });
    }
    assert_eq!(comparison.noise().len(), 1_000);
    assert_eq!(comparison.counts(), Counts { ignored: 1_000, changed: 5, ..Counts::default() });
}

#[test]
fn where_prod_was_asked_twice_for_few_what_wavers_itself_is_noise() {
    let (one, other): (Value, Value) = (json!({ "total": 1 }), json!({ "total": 2 }));
    let mut comparison = Comparison::new(settings());
    let (stage, prod) = (Side::of(&other), Side::of(&one));
    let pair = Pair {
        about: About::Request("/works"),
        drawn: Drawn::Chosen,
        stage,
        prod,
        again: Some(stage),
        views: None,
    };
    comparison.add(&pair);
    assert_eq!(comparison.counts(), Counts { ignored: 1, ..Counts::default() });
}

#[test]
fn the_noise_that_was_found_is_told_by_its_place() {
    let noise = with(30, 100, 30).noise();
    assert_eq!(noise.len(), 1);
    let noise = &noise[0];
    assert_eq!(
        (noise.path.as_str(), noise.differed, noise.asked_twice, noise.on_stage),
        ("note", 30, 100, 30)
    );
    assert!(noise.is_noise);
}

#[test]
fn a_record_that_is_gone_is_no_noise_because_others_come_and_go() {
    let record = json!({ "title": "A" });
    let mut comparison = Comparison::new(settings());
    for number in 0..100 {
        let pick = |gone: bool| if gone { Side::absent() } else { Side::of(&record) };
        let (stage, again) = (pick(number >= 90), Some(pick(number < 10)));
        let prod = pick(false);
        let about = About::Work("a2239muq");
        comparison.add(&Pair { about, drawn: Drawn::FromProd, stage, prod, again, views: None });
    }
    assert_eq!(comparison.counts(), Counts { matched: 90, changed: 10, ..Counts::default() });
}

#[test]
fn noise_beside_a_change_makes_the_pair_changed_and_is_no_change_itself() {
    let prod = json!({ "title": "A", "took": 1 });
    let (again, stage) = (json!({ "title": "A", "took": 2 }), json!({ "title": "B", "took": 3 }));
    let mut comparison = Comparison::new(settings());
    for _ in 0..30 {
        comparison.add(&Pair {
            about: About::Work("a2239muq"),
            drawn: Drawn::Chosen,
            stage: Side::of(&stage),
            prod: Side::of(&prod),
            again: Some(Side::of(&again)),
            views: None,
        });
    }
    assert_eq!(comparison.counts(), Counts { changed: 30, ..Counts::default() });
    let changes = comparison.changes(&Rules::default());
    assert_eq!(changes.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["title"]);
    assert_eq!(changes[0].with, []);
}
