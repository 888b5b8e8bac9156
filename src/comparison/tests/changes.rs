//! Changes are counted, told in sentences, and never more than can be held.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::{pattern, rules, settings};
use crate::comparison::{
    About, Bound, Change, Companion, Comparison, Drawn, Effect, Kind, Pair, Rules, Settings, Severity, Side,
    Subject, Whole, headline, judge, notes,
};
use crate::estimate::Estimate;

fn archive(number: usize, is_whole: bool) -> Value {
    let location = json!({ "type": "DigitalLocation", "url": format!("https://iiif.test/{number}") });
    let online = json!({ "id": "online", "label": "Online" });
    let (items, online) =
        if is_whole { (vec![json!({ "locations": [location] })], vec![online]) } else { (vec![], vec![]) };
    json!({
        "title": format!("[Letters] <b>{number}</b>"),
        "workType": { "id": "h", "label": "Archives and manuscripts" },
        "items": items,
        "availabilities": online,
    })
}

/// Fifty archives and fifty books of a catalogue that has 200,000 archives and 800,000 books; so many of the archives
/// have nothing to view on stage.
fn archives(spoiled: usize) -> Comparison {
    let of_type = BTreeMap::from([("h".to_owned(), 200_000), ("a".to_owned(), 800_000)]);
    let whole = Whole { total: 1_000_000, of_type };
    let mut comparison = Comparison::new(Settings { whole_prod: Some(whole), ..settings() });
    let book = json!({ "title": "A book", "workType": { "id": "a", "label": "Books" } });
    for number in 0..50 {
        let (prod, stage) = (archive(number, true), archive(number, number >= spoiled));
        add(&mut comparison, &format!("a22222{number:02}"), &prod, &stage, Some(10));
        add(&mut comparison, &format!("b22222{number:02}"), &book, &book, Some(1_000));
    }
    comparison
}

fn add(comparison: &mut Comparison, id: &str, prod: &Value, stage: &Value, views: Option<u64>) {
    let (about, drawn) = (About::Work(id), Drawn::FromProd);
    comparison.add(&Pair { about, drawn, stage: Side::of(stage), prod: Side::of(prod), again: None, views });
}

#[test]
fn a_change_is_a_sentence_with_its_numbers() {
    let changes = archives(25).changes(&rules());
    assert_eq!(changes.len(), 1);
    assert_eq!(
        changes[0].sentence(),
        "25 of 100 sampled works lose `items[].locations[type=DigitalLocation]`; all Archives and manuscripts; about \
         100,000 works in the whole catalogue (95 % interval 50,125 to 189,597); those compared had 250 page views"
    );
    assert_eq!(changes[0].together_with().unwrap(), "together with: `availabilities[id=online]` lost");
}

#[test]
fn the_headline_says_what_readers_would_notice() {
    let changes = archives(25).changes(&rules());
    assert_eq!(
        headline(&changes).unwrap(),
        "Readers could no longer see the digitised copy of about 100,000 archives."
    );
}

#[test]
fn the_notes_speak_plainly_and_link_to_the_pages() {
    let notes = notes(&archives(25).changes(&rules()));
    assert!(notes.contains("## What is gone"), "{notes}");
    assert!(notes.contains("- About 100,000 archives lose the digitised copy. For example: "), "{notes}");
    let link = r"[\[Letters\] \<b\>0\</b\>](https://wellcomecollection.org/works/a2222200)";
    assert!(notes.contains(link), "{notes}");
    assert!(!notes.contains("items[]"), "{notes}");
}

#[rstest]
#[case::as_in_records("results[].title", Kind::Lost)]
#[case::records_that_are_gone("results[]", Kind::Lost)]
#[case::the_next_page("nextPage", Kind::Changed)]
#[case::how_many_pages("totalPages", Kind::Changed)]
fn the_notes_do_not_repeat_of_lists_what_they_say_of_records(#[case] path: &str, #[case] kind: Kind) {
    let [work] = archives(25).changes(&rules()).try_into().unwrap();
    let list = Change { subject: Subject::Answers, path: path.to_owned(), kind, ..work.clone() };
    let told = |path: &str| Companion {
        path: path.to_owned(),
        kind: Kind::Lost,
        pairs: 25,
        severity: Severity::Wrong,
    };
    let work = Change { with: vec![told("status"), told("title")], ..work };
    assert_eq!(notes(&[work.clone(), list.clone()]), notes(&[work]));
    assert_ne!(notes(&[list]), notes(&[]));
}

#[test]
fn one_is_spoken_of_in_the_singular() {
    let [lost] = archives(1).changes(&rules()).try_into().unwrap();
    let Change { compared, .. } = lost;
    let lost = Change { estimate: None, ..lost };
    assert!(
        notes(std::slice::from_ref(&lost))
            .contains(&format!("- 1 of {compared} archives that were compared loses the digitised copy")),
        "{}",
        notes(std::slice::from_ref(&lost))
    );
    let estimate = Some(Estimate { about: 1, low: 0, high: 3 });
    let lost = Change { estimate, views: Some(1), ..lost };
    assert!(notes(std::slice::from_ref(&lost)).contains("- About 1 archive loses the digitised copy"));
    let says = lost.sentence();
    assert!(says.contains("about 1 work in the whole") && says.ends_with("had 1 page view"), "{says}");
    assert!(headline(&[lost]).unwrap().ends_with("of about 1 archive."));
}

#[test]
fn notes_of_nothing_say_so() {
    assert!(notes(&[]).contains("Nothing that readers would notice"));
}

#[test]
fn works_that_were_chosen_are_no_ground_for_an_estimate() {
    let mut comparison = archives(0);
    let (prod, stage) = (archive(1, true), archive(1, false));
    comparison.add(&Pair {
        about: About::Work("a2239muq"),
        drawn: Drawn::Chosen,
        stage: Side::of(&stage),
        prod: Side::of(&prod),
        again: None,
        views: None,
    });
    let changes = comparison.changes(&rules());
    assert_eq!(changes[0].estimate, None);
    assert!(changes[0].sentence().starts_with("1 of 101 works loses"), "{}", changes[0].sentence());
}

#[test]
fn three_examples_are_kept_of_a_change_however_many_show_it() {
    let changes = archives(50).changes(&rules());
    assert_eq!((changes[0].pairs, changes[0].examples.len()), (50, 3));
}

#[test]
fn changes_of_other_works_are_other_changes() {
    let mut comparison = archives(25);
    for number in 0..25 {
        let (prod, stage) = (json!({ "title": "A", "edition": "1" }), json!({ "title": "A" }));
        add(&mut comparison, &format!("c22222{number:02}"), &prod, &stage, None);
    }
    let paths: Vec<String> = comparison.changes(&rules()).into_iter().map(|it| it.path).collect();
    assert_eq!(paths, ["items[].locations[type=DigitalLocation]", "edition"]);
}

/// A hundred works without a type; so many of them lose `a`, and those of these numbers lose `b`.
fn losing(a: usize, b: std::ops::Range<usize>) -> Comparison {
    let mut comparison = Comparison::new(settings());
    for number in 0..100 {
        let mut stage = json!({ "a": 1, "b": 1 });
        if let Some(fields) = stage.as_object_mut() {
            fields.retain(|field, _| if field == "a" { number >= a } else { !b.contains(&number) });
        }
        add(&mut comparison, "a2239muq", &json!({ "a": 1, "b": 1 }), &stage, None);
    }
    comparison
}

#[rstest]
#[case::the_same(20, 0..20, 1)]
#[case::a_few_per_cent_apart(100, 4..100, 1)]
#[case::within_and_most_of_them(20, 0..12, 1)]
#[case::within_but_few_of_them(20, 0..8, 2)]
#[case::overlapping(20, 10..30, 2)]
#[case::within_what_nearly_all_show(80, 0..60, 2)]
fn what_is_of_the_same_works_is_one_change(
    #[case] a: usize,
    #[case] b: std::ops::Range<usize>,
    #[case] changes: usize,
) {
    assert_eq!(losing(a, b).changes(&Rules::default()).len(), changes);
}

#[test]
fn changes_beyond_the_most_that_are_told_apart_are_counted_and_not_forgotten() {
    let mut comparison = Comparison::new(settings());
    for number in 0..1_010 {
        let prod = json!({ format!("field{number}"): 1 });
        add(&mut comparison, "a2239muq", &prod, &json!({}), None);
    }
    assert_eq!(comparison.others(), 10);
    assert_eq!(comparison.counts().changed, 1_010);
    assert_eq!(comparison.changes(&rules()).len(), 1_000);
}

#[test]
fn types_beyond_those_that_are_told_apart_are_counted_together() {
    let mut comparison = Comparison::new(settings());
    for number in 0..150 {
        let format = json!({ "id": format!("t{number}"), "label": "T" });
        let (prod, stage) = (json!({ "workType": format, "a": 1 }), json!({ "workType": format }));
        add(&mut comparison, "a2239muq", &prod, &stage, None);
    }
    let types = &comparison.changes(&rules())[0].types;
    assert_eq!((types.len(), types[0].id.as_str(), types[0].pairs), (101, "(other)", 50));
}

#[test]
fn a_pair_that_differs_in_very_many_ways_is_changed() {
    let fields = (0..150).map(|number| (format!("field{number}"), json!(1)));
    let prod = Value::Object(fields.collect());
    let mut comparison = Comparison::new(settings());
    add(&mut comparison, "a2239muq", &prod, &json!({}), None);
    assert_eq!((comparison.counts().changed, comparison.others()), (1, 0));
    let bounds = vec![Bound { path: pattern("field7"), kind: Kind::Lost, at_most: 0.5 }];
    let outcomes = judge(&comparison, &Rules { bounds, ..rules() }, jiff::civil::date(2026, 11, 25));
    assert_eq!(outcomes.iter().filter(|it| it.effect == Effect::Blocks).count(), 1);
}
