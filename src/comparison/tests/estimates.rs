//! From what was drawn to the whole catalogue, and what is certain without an estimate.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use serde_json::json;

use super::fixture::{rules, settings};
use crate::comparison::{About, Comparison, Drawn, Pair, Settings, Side, Whole};
use crate::estimate::Estimate;

/// A catalogue of so many books.
fn comparison(works: usize) -> Comparison {
    let whole = Whole { total: works, of_type: BTreeMap::from([("a".to_owned(), works)]) };
    let (whole_prod, whole_stage) = (Some(whole.clone()), Some(whole));
    Comparison::new(Settings { whole_prod, whole_stage, ..settings() })
}

/// So many books of it that lose their title, or keep it.
fn add(comparison: &mut Comparison, works: usize, drawn: Drawn, loses: bool) {
    let book = json!({ "workType": { "id": "a", "label": "Books" }, "title": "A" });
    let without = json!({ "workType": { "id": "a", "label": "Books" } });
    let (stage, prod) = (Side::of(if loses { &without } else { &book }), Side::of(&book));
    for _ in 0..works {
        let about = About::Work("a2239muq");
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
}

fn estimate(comparison: &Comparison) -> Estimate {
    comparison.changes(&rules())[0].estimate.unwrap()
}

#[test]
fn where_every_work_was_looked_at_it_is_counted() {
    let mut comparison = comparison(100);
    add(&mut comparison, 7, Drawn::FromProd, true);
    add(&mut comparison, 93, Drawn::FromBoth, false);
    assert_eq!(estimate(&comparison), Estimate { about: 7, low: 7, high: 7 });
}

#[test]
fn works_that_were_drawn_from_the_other_side_or_chosen_were_looked_at_as_well() {
    let mut comparison = comparison(100);
    add(&mut comparison, 5, Drawn::FromProd, true);
    add(&mut comparison, 45, Drawn::FromProd, false);
    add(&mut comparison, 1, Drawn::FromStage, true);
    add(&mut comparison, 48, Drawn::FromStage, false);
    add(&mut comparison, 1, Drawn::Chosen, true);
    assert_eq!(estimate(&comparison), Estimate { about: 7, low: 7, high: 7 });
}

#[test]
fn what_was_seen_is_the_least_and_what_was_seen_to_hold_bounds_the_most() {
    let mut comparison = comparison(100);
    add(&mut comparison, 20, Drawn::FromProd, true);
    add(&mut comparison, 2, Drawn::Chosen, true);
    add(&mut comparison, 76, Drawn::FromStage, false);
    assert_eq!(estimate(&comparison), Estimate { about: 24, low: 22, high: 24 });
}

#[test]
fn a_work_that_the_other_side_alone_has_is_none_of_this_catalogue() {
    let mut comparison = comparison(100);
    add(&mut comparison, 10, Drawn::FromProd, true);
    add(&mut comparison, 40, Drawn::FromProd, false);
    let book = json!({ "workType": { "id": "a", "label": "Books" } });
    for _ in 0..50 {
        let (about, drawn) = (About::Work("a2239muq"), Drawn::FromStage);
        let (stage, prod) = (Side::of(&book), Side::absent());
        comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    }
    let lost = comparison.changes(&rules()).into_iter().find(|it| it.path == "title").unwrap();
    let Estimate { about, low, high } = lost.estimate.unwrap();
    assert_eq!(about, 20);
    assert!((10..20).contains(&low) && (21..=60).contains(&high), "{low} {high}");
}

#[test]
fn works_without_a_type_are_those_that_no_facet_counts() {
    let whole = Whole { total: 100, of_type: BTreeMap::from([("a".to_owned(), 60)]) };
    let mut comparison = Comparison::new(Settings { whole_prod: Some(whole), ..settings() });
    add(&mut comparison, 6, Drawn::FromProd, true);
    add(&mut comparison, 54, Drawn::FromProd, false);
    let bare = json!({ "title": "A" });
    for _ in 0..10 {
        let (about, drawn, stage) = (About::Work("a2239muq"), Drawn::FromProd, Side::of(&bare));
        comparison.add(&Pair { about, drawn, stage, prod: stage, again: None, views: None });
    }
    let title = json!({});
    let (about, drawn, stage, prod) =
        (About::Work("a2239muq"), Drawn::FromStage, Side::of(&title), Side::of(&bare));
    comparison.add(&Pair { about, drawn, stage, prod, again: None, views: None });
    // All books were looked at, and a quarter of the others; and one that was not drawn from prod.
    let Estimate { about, low, high } = estimate(&comparison);
    assert_eq!((about, low), (7, 7));
    assert!((8..20).contains(&high), "{high}");
}
