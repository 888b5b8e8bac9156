//! The sample: the same works for the same seed, from everywhere, and never fewer than it was to hold.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::sample::Drawing;
use super::super::strata::{Page, Strata};
use super::{SAMPLE, claim, gathered, has, healthy, judged, shown, told, unanswered, with};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::InvariantCheck;
use crate::numbers::grouped;
use crate::suite::{Holds, InvariantExample, SampleOf};

fn titled() -> InvariantExample {
    claim(Holds::Shape(has("title")))
}

fn of(sample: SampleOf) -> InvariantExample {
    InvariantExample { sample, ..titled() }
}

/// The ids of a sample, in their order.
fn drawn(sample: SampleOf) -> Vec<String> {
    let check = InvariantCheck::new(&of(sample));
    let evidence = gathered(&check, |_, answer| Ok(answer));
    with(&evidence, |context| {
        let drawing = Drawing::of(sample, context).unwrap_or_else(|judgement| panic!("{judgement:?}"));
        drawing.sample.works.iter().map(|work| work.id.to_owned()).collect()
    })
}

fn is_page(resource: &Resource) -> bool {
    resource.path().starts_with("/works?") && !resource.path().contains("aggregations")
}

#[rstest]
fn the_same_seed_draws_the_same_works() {
    assert_eq!(drawn(SAMPLE), drawn(SAMPLE));
}

#[rstest]
fn another_seed_draws_others() {
    let (one, other): (BTreeSet<String>, BTreeSet<String>) =
        (drawn(SAMPLE).into_iter().collect(), drawn(SampleOf { seed: 2027, ..SAMPLE }).into_iter().collect());
    assert!(one.intersection(&other).count() < one.len() * 2 / 3);
}

#[rstest]
#[case::one(1)]
#[case::some(200)]
#[case::many(1500)]
#[case::all(shown())]
fn no_work_is_drawn_twice_and_enough_are_drawn(#[case] size: usize) {
    let ids = drawn(SampleOf { size, ..SAMPLE });
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.len() >= size, "{} of {size}", ids.len());
}

#[rstest]
fn every_type_every_availability_and_the_newest_are_asked_for() {
    let check = InvariantCheck::new(&titled());
    let evidence = gathered(&check, |_, answer| Ok(answer));
    let asked: Vec<&str> = evidence.iter().map(|(resource, _)| resource.path()).collect();
    let strata = healthy(&InvariantCheck::strata());
    for facet in ["workType", "availabilities"] {
        let buckets = strata.json().unwrap().pointer(&format!("/aggregations/{facet}/buckets")).unwrap();
        for bucket in buckets.as_array().unwrap() {
            let list = format!("/works?{facet}={}&", bucket["data"]["id"].as_str().unwrap());
            assert!(asked.iter().any(|path| path.starts_with(&list)), "{list}");
        }
    }
    for newest in ["production.dates", "items.locations.createdDate"] {
        let first = format!("/works?sort={newest}&sortOrder=desc&page=1&");
        assert!(asked.iter().any(|path| path.starts_with(&first)), "{first}");
    }
}

#[rstest]
fn two_invariants_of_one_sample_ask_for_the_same_pages() {
    let pages = |example: &InvariantExample| {
        let evidence = gathered(&InvariantCheck::new(example), |_, answer| Ok(answer));
        let asked = evidence.iter().map(|(resource, _)| resource.clone());
        asked.filter(is_page).collect::<Vec<_>>()
    };
    let other = InvariantExample { among: Some(has("thumbnail")), ..claim(Holds::Shape(has("items"))) };
    assert_eq!(pages(&titled()), pages(&other));
}

/// In a catalogue as large as the real one.
#[rstest]
#[case::pages_of_one(1)]
#[case::pages_of_thirty(600)]
#[case::whole_pages(10_000)]
fn no_page_ends_beyond_the_window_of_the_api(#[case] size: usize) {
    let buckets = json!({"buckets": [{"data": {"id": "a"}, "count": 1_243_000}]});
    let facets = json!({"workType": buckets, "availabilities": buckets});
    let strata = Strata::read(&json!({"totalResults": 1_243_000, "aggregations": facets})).unwrap();
    let pages = strata.pages(SampleOf { size, ..SAMPLE });
    let number = |page: &Page<'_>, name: &str| -> usize {
        let request = page.request(&BTreeSet::new());
        let query = request.as_str().split(['?', '&']).find_map(|pair| pair.strip_prefix(name));
        query.unwrap().parse().unwrap()
    };
    assert!(pages.iter().all(|page| number(page, "page=") * number(page, "pageSize=") <= 10_000));
    assert!(pages.len() > 300);
}

#[rstest]
fn a_catalogue_smaller_than_the_sample_does_not_pass() {
    let told = told(&judged(&of(SampleOf { size: 5000, ..SAMPLE }), |_, answer| Ok(answer)));
    assert!(told.starts_with(&format!("fail: : only {} works could be drawn", grouped(shown()))), "{told}");
}

#[rstest]
fn an_empty_catalogue_does_not_pass() {
    let told = told(&judged(&titled(), |_, answer| {
        Ok(altered(answer, |body| {
            body["totalResults"] = json!(0);
            body["results"] = json!([]);
            body["aggregations"] = json!({"workType": {"buckets": []}, "availabilities": {"buckets": []}});
        }))
    }));
    assert!(told.starts_with("fail: : only 0 works could be drawn"), "{told}");
}

#[rstest]
fn a_page_that_is_empty_against_its_facet_is_found() {
    let told = told(&judged(&titled(), |resource, answer| {
        let emptied = resource.path().starts_with("/works?workType=e&");
        Ok(if emptied { altered(answer, |body| body["results"] = json!([])) } else { answer })
    }));
    assert!(told.contains("the page is empty, though the facets count works"), "{told}");
}

#[rstest]
fn a_page_that_fails_is_found() {
    let told = told(&judged(&titled(), |resource, answer| {
        let failing = resource.path().starts_with("/works?workType=e&");
        Ok(if failing { Answer::new(500, Body::Json(json!({"description": "oh"}))) } else { answer })
    }));
    assert!(told.starts_with("fail: /works?workType=e&"), "{told}");
}

#[rstest]
#[case::no_total(json!({"aggregations": {}}))]
#[case::no_facets(json!({"totalResults": 2374}))]
#[case::no_counts(json!({"totalResults": 2374, "aggregations": {
    "workType": {"buckets": [{"data": {"id": "a"}}]}, "availabilities": {"buckets": []}
}}))]
fn without_facets_no_sample_can_be_drawn(#[case] answer: Value) {
    let told = told(&judged(&titled(), |_, _| Ok(Answer::new(200, Body::Json(answer.clone())))));
    assert!(told.contains("does not say how many works there are of each kind"), "{told}");
}

#[rstest]
fn where_nothing_is_answered_nothing_is_decided() {
    let told = told(&judged(&titled(), |_, _| unanswered()));
    assert!(told.starts_with("undecided"), "{told}");
}

fn altered(mut answer: Answer, alter: impl FnOnce(&mut Value)) -> Answer {
    if let Body::Json(body) = &mut answer.body {
        alter(body);
    }
    answer
}
