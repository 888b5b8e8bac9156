//! What the faults do to the catalogue. That the gate notices each is the rehearsal's to show.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::*;
use crate::catalogue::Work;

fn document<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Value {
    match catalogue.works.get(id) {
        Some(Work::Visible(document)) => document,
        other => panic!("{id} is {other:?}"),
    }
}

fn under(name: &str) -> Catalogue {
    Catalogue::with(named(name).expect("a fault of that name"))
}

fn location_types(document: &Value) -> Vec<&str> {
    let items = document["items"].as_array().into_iter().flatten();
    let locations = items.flat_map(|item| item["locations"].as_array().into_iter().flatten());
    locations.filter_map(|location| location["type"].as_str()).collect()
}

#[test]
fn names_are_unique_and_every_fault_says_what_it_is_and_stands_for() {
    let names: Vec<&str> = all().map(|fault| fault.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for fault in all() {
        assert!(fault.what.ends_with('.') && fault.stands_for.ends_with('.'), "{fault:?}");
    }
}

#[test]
fn a_fault_that_is_none_changes_nothing() {
    let (healthy, under_none) = (Catalogue::build(), Catalogue::with(&NONE));
    assert_eq!((healthy.works, healthy.images), (under_none.works, under_none.images));
}

#[test]
fn every_fault_before_the_api_changes_the_catalogue() {
    let is_after = |place: &Place| matches!(place, Place::Api(_) | Place::Wire(_) | Place::OldTask);
    let healthy = Catalogue::build();
    for fault in of_catalogue().filter(|fault| !fault.places.iter().all(is_after)) {
        let spoiled = Catalogue::with(fault);
        let same = (&spoiled.works, &spoiled.images, &spoiled.index)
            == (&healthy.works, &healthy.images, &healthy.index);
        assert!(!same, "{} changes nothing", fault.name);
    }
}

/// As on 5 January 2021: the archive file, its library record and its digitised copy b18659135.
#[test]
fn unmerged_archives_lose_their_copy_and_their_library_record_is_a_work_of_its_own() {
    let (healthy, spoiled) = (Catalogue::build(), under("unmerged"));
    assert!(location_types(document(&healthy, "a222zvge")).contains(&"DigitalLocation"));
    assert!(!location_types(document(&spoiled, "a222zvge")).contains(&"DigitalLocation"));
    assert_eq!(document(&spoiled, "a222zvge").get("thumbnail"), None);
    assert_eq!(healthy.works.get("w4bajds8"), Some(&Work::Redirected { to: "a222zvge".to_owned() }));
    assert!(location_types(document(&spoiled, "w4bajds8")).contains(&"DigitalLocation"));
}

#[test]
fn unmerged_books_leave_archives_as_they_are() {
    let (healthy, spoiled) = (Catalogue::build(), under("unmerged-books"));
    assert_eq!(document(&spoiled, "a222zvge"), document(&healthy, "a222zvge"));
    assert_eq!(healthy.works.get("hcqs6xp6"), Some(&Work::Redirected { to: "a2239muq".to_owned() }));
    assert!(matches!(spoiled.works.get("hcqs6xp6"), Some(Work::Visible(_))));
}

#[test]
fn swapped_ids_lead_to_each_others_works_and_none_is_lost() {
    let (healthy, spoiled) = (Catalogue::build(), under("ids-swapped"));
    assert_eq!(healthy.works.keys().collect::<Vec<_>>(), spoiled.works.keys().collect::<Vec<_>>());
    let moved = healthy.works.iter().filter(|(id, work)| spoiled.works.get(*id) != Some(work));
    assert!(moved.count() >= 12);
}

#[test]
fn films_are_swapped_for_books_and_the_total_stays() {
    let (healthy, spoiled) = (Catalogue::build(), under("swapped-with-equal-totals"));
    let of = |catalogue: &Catalogue, code: &str| {
        let documents = catalogue.works.keys().filter(|id| {
            matches!(&catalogue.works[*id], Work::Visible(document) if document["workType"]["id"] == code)
        });
        documents.count()
    };
    assert_eq!(healthy.works.len(), spoiled.works.len());
    assert_eq!(of(&spoiled, "g"), 0);
    assert_eq!(of(&spoiled, "a"), of(&healthy, "a") + of(&healthy, "g"));
}

#[test]
fn a_hiccup_passes_when_the_same_is_asked_again() {
    let flaky = named("flaky-5xx").unwrap();
    let paths: Vec<String> = (0..50).map(|number| format!("/catalogue/v2/works?page={number}")).collect();
    let hiccups: Vec<&String> = paths.iter().filter(|path| flaky.on_the_wire(path, 0).is_some()).collect();
    assert!(!hiccups.is_empty() && hiccups.len() < paths.len());
    assert!(hiccups.iter().all(|path| flaky.on_the_wire(path, 1).is_none()));
}
