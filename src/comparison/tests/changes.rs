//! Changes are counted, told in sentences, and never more than can be held.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::fixture::{pattern, rules, settings};
use crate::comparison::{
    About, Bound, Change, Companion, Comparison, Drawn, Effect, Intended, Kind, Pair, Rules, Settings,
    Severity, Side, Subject, Whole, headline, judge, notes, repeats,
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
fn a_change_is_a_sentence_with_its_numbers_and_without_code() {
    let changes = archives(25).changes(&rules());
    assert_eq!(changes.len(), 1);
    assert_eq!(
        changes[0].sentence(),
        "25 of 100 sampled works lose the digitised copy; all Archives and manuscripts; about 100,000 works in the \
         whole catalogue (95 % interval 73,292 to 163,020); those compared had 250 page views"
    );
    assert_eq!(changes[0].together_with().unwrap(), "together with: the mark “available online” lost");
    let places = "`items[].locations[type=DigitalLocation]` lost, `availabilities[id=online]` lost";
    assert_eq!(changes[0].places(), places);
}

#[test]
fn what_was_counted_as_a_whole_is_no_estimate() {
    let mut lost = archives(25).changes(&rules()).remove(0);
    lost.estimate = Some(Estimate { about: 2_345, low: 2_345, high: 2_345 });
    let says = lost.sentence();
    assert!(says.starts_with("2,345 works lose the digitised copy; all Archives"), "{says}");
    assert!(says.contains("; that is counted in the whole catalogue, and not estimated"), "{says}");
    let headline = headline(std::slice::from_ref(&lost)).unwrap();
    assert_eq!(headline, "Readers could no longer see the digitised copy of 2,345 archives.");
    let notes = notes(&[lost], &[]);
    assert!(!notes.contains("about"), "{notes}");
}

#[test]
fn what_comes_with_a_change_is_not_told_twice_in_the_same_words() {
    let with = |path: &str| Companion {
        path: path.to_owned(),
        kind: Kind::Lost,
        pairs: 20,
        severity: Severity::Wrong,
    };
    let mut lost = archives(25).changes(&rules()).remove(0);
    lost.with = vec![
        with("items[].locations[type=DigitalLocation].credit"),
        with("subjects[].concepts"),
        with("subjects[]"),
    ];
    assert_eq!(lost.together_with().unwrap(), "together with: the subjects lost (20)");
    assert_eq!(lost.places().matches('`').count(), 8);
}

#[test]
fn no_less_is_said_than_is_sure() {
    let mut lost = archives(25).changes(&rules()).remove(0);
    lost.estimate = Some(Estimate { about: 2_344, low: 2_342, high: 2_350 });
    assert!(headline(&[lost]).unwrap().contains("about 2,344 archives"));
}

#[test]
fn where_no_more_is_likely_than_was_seen_that_is_the_least() {
    let mut lost = archives(25).changes(&rules()).remove(0);
    lost.estimate = Some(Estimate { about: 2_345, low: 2_345, high: 2_360 });
    assert!(lost.sentence().contains("; at least 2,345 works in the whole catalogue"), "{}", lost.sentence());
    let notes = notes(&[lost], &[]);
    assert!(notes.contains("- At least 2,345 archives lose the digitised copy."), "{notes}");
    assert!(
        notes.ends_with("Numbers with “at least” were counted, and there may be a few more.\n"),
        "{notes}"
    );
    assert!(!notes.contains("about"), "{notes}");
}

#[test]
fn of_nearly_all_it_is_not_said_that_all_are() {
    let mut lost = archives(25).changes(&rules()).remove(0);
    lost.types[0].pairs = 24;
    let notes = notes(&[lost], &[]);
    let says = "- About 100,000 works, nearly all archives, lose the digitised copy.";
    assert!(notes.contains(says), "{notes}");
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
    let notes = notes(&archives(25).changes(&rules()), &[]);
    assert!(notes.contains("## What is gone"), "{notes}");
    assert!(notes.contains("- About 100,000 archives lose the digitised copy. For example: "), "{notes}");
    let link = r"[\[Letters\] \<b\>0\</b\>](https://wellcomecollection.org/works/a2222200)";
    assert!(notes.contains(link), "{notes}");
    assert!(!notes.contains("items[]"), "{notes}");
}

/// That change of works, beside one of lists.
fn work_and_list(path: &str, kind: Kind) -> (Change, Change) {
    let [work] = archives(25).changes(&rules()).try_into().unwrap();
    let list = Change { subject: Subject::Answers, path: path.to_owned(), kind, ..work.clone() };
    let told = |path: &str| Companion {
        path: path.to_owned(),
        kind: Kind::Lost,
        pairs: 25,
        severity: Severity::Wrong,
    };
    (Change { with: vec![told("status"), told("title")], ..work }, list)
}

#[rstest]
#[case::as_in_records("results[].title", Kind::Lost, true)]
#[case::records_that_are_gone("results[]", Kind::Lost, true)]
#[case::the_next_page("nextPage", Kind::Changed, true)]
#[case::how_many_pages("totalPages", Kind::Changed, true)]
#[case::what_no_record_shows("results[].title", Kind::Changed, false)]
#[case::another_order("results[]", Kind::Moved, false)]
#[case::counts("aggregations.workType", Kind::Changed, false)]
fn what_lists_show_again_of_records_is_told_from_what_they_show_themselves(
    #[case] path: &str,
    #[case] kind: Kind,
    #[case] is_again: bool,
) {
    let (work, list) = work_and_list(path, kind);
    assert_eq!(repeats(&[work, list.clone()]), [false, is_again]);
    assert_eq!(repeats(&[list]), [false]);
}

#[rstest]
#[case::in_the_same_words("aggregations.workType.buckets[data.id=a].count", Kind::Changed, true)]
#[case::in_others("aggregations.languages.buckets[data.id=eng].count", Kind::Changed, false)]
#[case::of_another_kind("aggregations.workType.buckets[data.id=a]", Kind::Lost, false)]
fn what_lists_say_in_the_same_words_is_said_once(
    #[case] path: &str,
    #[case] kind: Kind,
    #[case] is_again: bool,
) {
    let (_, one) = work_and_list("aggregations.workType.buckets[data.id=h].count", Kind::Changed);
    let (_, other) = work_and_list(path, kind);
    assert_eq!(repeats(&[one, other]), [false, is_again]);
}

#[test]
fn what_is_meant_stands_apart_behind_what_nobody_meant() {
    let (lost, counts) = work_and_list("aggregations.workType", Kind::Changed);
    let intended = [Intended { change: counts, because: "We count anew.".to_owned() }];
    let all = notes(std::slice::from_ref(&lost), &intended);
    let headings: Vec<&str> = all.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["## What is gone", "## As intended"]);
    assert!(
        all.contains("the counts by kind of material are different. It is meant: We count anew."),
        "{all}"
    );
    // The first sentence speaks of what nobody meant alone.
    assert!(all.starts_with(&headline(&[lost]).unwrap()), "{all}");
    assert!(notes(&[], &intended).starts_with("Nothing that readers would notice but what is meant"));
}

#[test]
fn one_is_spoken_of_in_the_singular() {
    let [lost] = archives(1).changes(&rules()).try_into().unwrap();
    let text = |change: &Change| notes(std::slice::from_ref(change), &[]);
    let lost = Change { estimate: None, ..lost };
    assert!(text(&lost).contains("- 1 of 100 sampled works loses the digitised copy"), "{}", text(&lost));
    let estimate = Some(Estimate { about: 1, low: 0, high: 3 });
    let lost = Change { estimate, views: Some(1), ..lost };
    assert!(text(&lost).contains("- About 1 archive loses the digitised copy"), "{}", text(&lost));
    let says = lost.sentence();
    assert!(says.contains("about 1 work in the whole") && says.ends_with("had 1 page view"), "{says}");
    assert!(headline(&[lost]).unwrap().ends_with("of about 1 archive."));
}

#[test]
fn notes_of_nothing_say_so() {
    assert!(notes(&[], &[]).contains("Nothing that readers would notice, as far as"));
}

#[test]
fn a_long_title_is_cut_behind_a_word_and_says_so() {
    let long = "A title of many words, ".repeat(10);
    let mut comparison = Comparison::new(settings());
    let (prod, stage) = (json!({ "title": long, "edition": "1" }), json!({ "title": long }));
    add(&mut comparison, "a2239muq", &prod, &stage, None);
    let title = comparison.changes(&rules())[0].examples[0].title.clone();
    assert!(title.ends_with("words, A title…") && title.chars().count() <= 101, "{title}");
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
    assert!(
        changes[0].sentence().starts_with("1 of 101 works that were compared loses"),
        "{}",
        changes[0].sentence()
    );
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
