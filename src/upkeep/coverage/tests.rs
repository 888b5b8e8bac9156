//! What has no example is told, whatever the suite file says of its examples, and what is suggested can be pasted.

use std::collections::BTreeSet;
use std::path::Path;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::compare::{Compared, Seen, compare};
use super::facets::{self, FACETS};
use super::markdown;
use crate::catalogue::{Answer, Body, Resource, WorkId};
use crate::evidence::Evidence;
use crate::suite::Suite;

fn examples() -> BTreeSet<WorkId> {
    ["a222zvge", "a2239muq"].iter().filter_map(|id| WorkId::parse(id)).collect()
}

fn answered(body: Value) -> Answer {
    Answer::new(200, Body::Json(body))
}

fn work(id: &str, title: &str, work_type: &str, identifier: &str) -> Value {
    let part = |id: &str| json!({"id": id, "label": id.to_uppercase()});
    json!({
        "id": id, "title": title, "workType": part(work_type), "availabilities": [part("online")],
        "items": [{"locations": [{
            "locationType": part("iiif-presentation"), "accessConditions": [{"status": part("open")}]
        }]}],
        "identifiers": [{"identifierType": part(identifier), "value": "1"}],
    })
}

fn list(total: u64, works: &[Value]) -> Value {
    json!({"totalResults": total, "results": works})
}

fn aggregations() -> Resource {
    Resource::new("/works?aggregations=workType%2Cavailabilities&pageSize=1")
}

/// A catalogue of books and maps, of which only a book is an example, and an example that is gone.
fn evidence() -> Evidence {
    let bucket =
        |id: &str, count: u64| json!({"data": {"id": id, "label": id.to_uppercase()}, "count": count});
    let buckets = json!({
        "workType": {"buckets": [bucket("book", 900), bucket("map", 12)]},
        "availabilities": {"buckets": [bucket("online", 912)]},
    });
    let mut all = list(912, &[]);
    all["aggregations"] = buckets;
    let id = |id| WorkId::parse(id).unwrap();
    let book = work("a222zvge", "A book", "book", "sierra");
    let maps = [
        work("a227y9ye", "A \"map\": 1\\2, 'x' # é\n{b}", "map", "miro"),
        work("a22hs5j3", " ", "map", "miro"),
    ];
    let answers = [
        (facets::example(&id("a222zvge")), answered(book.clone())),
        (facets::example(&id("a2239muq")), Answer::new(410, Body::Json(json!({})))),
        (aggregations(), answered(all)),
        (facets::works("workType", "book"), answered(list(900, &[book]))),
        (facets::works("workType", "map"), answered(list(12, &maps))),
        (facets::works("items.locations.locationType", "iiif-presentation"), answered(list(800, &[]))),
    ];
    Evidence::from_answers(answers.map(|(resource, answer)| (resource, Ok(answer))))
}

fn compared(evidence: &Evidence, name: &str) -> Compared {
    let examples = examples();
    let facet = FACETS.iter().find(|facet| facet.name == name).unwrap();
    compare(facet, &Seen::of(evidence, &examples))
}

/// Of each value: its id, how many works and examples have it, and what is suggested.
fn told(compared: &Compared) -> Vec<(&str, u64, usize, Vec<&str>)> {
    let values = compared.values.iter();
    values
        .map(|value| {
            let suggestions = value.suggestions.iter().map(|(id, _)| id.as_str()).collect();
            (value.id.as_str(), value.works, value.examples, suggestions)
        })
        .collect()
}

#[rstest]
#[case::by_an_aggregation(
    "Work types", &[("map", 12, 0, &["a227y9ye", "a22hs5j3"][..]), ("book", 900, 1, &[])]
)]
#[case::by_filters("Location types", &[("iiif-presentation", 800, 1, &[][..])])]
#[case::by_the_works_that_were_looked_at(
    "Source systems", &[("miro", 2, 0, &["a227y9ye", "a22hs5j3"][..]), ("sierra", 1, 1, &[])]
)]
fn what_has_no_example_comes_first_with_works_that_could_be_one(
    #[case] facet: &str,
    #[case] expected: &[(&str, u64, usize, &[&str])],
) {
    let compared = compared(&evidence(), facet);
    let expected: Vec<_> =
        expected.iter().map(|(id, works, examples, ids)| (*id, *works, *examples, ids.to_vec())).collect();
    assert_eq!(told(&compared), expected);
}

#[rstest]
fn what_could_not_be_asked_is_told_and_not_taken_for_nothing() {
    let unknown = compared(&evidence(), "Access statuses").unknown;
    assert_eq!(unknown.len(), 7, "{unknown:?}");
    assert!(unknown[0].contains("status=open&"), "{unknown:?}");
    let nothing = compared(&Evidence::from_answers([]), "Work types").unknown;
    assert_eq!(nothing, [format!("{} was not asked for in this run", aggregations())]);
}

#[rstest]
fn an_example_whose_record_is_gone_stands_for_nothing_and_is_named() {
    let (evidence, examples) = (evidence(), examples());
    let seen = Seen::of(&evidence, &examples);
    assert_eq!(seen.examples.len(), 1);
    let page = markdown::page("x", &seen, &[]);
    assert!(page.contains("These examples have no record there: a2239muq."), "{page}");
}

#[rstest]
fn an_example_without_any_value_is_counted_apart() {
    let id = WorkId::parse("a2239muq").unwrap();
    let mut evidence = evidence();
    evidence.insert(facets::example(&id), Ok(answered(json!({"id": "a2239muq", "title": "x"}))));
    let compared = compared(&evidence, "Work types");
    assert_eq!((compared.without, told(&compared)[1].2), (1, 1));
}

#[rstest]
fn every_request_of_a_facet_follows_from_what_was_answered() {
    let work_types = &FACETS[0];
    assert_eq!(work_types.resources(&Evidence::from_answers([])), [aggregations()]);
    let then = work_types.resources(&evidence());
    assert_eq!(then, [aggregations(), facets::works("workType", "book"), facets::works("workType", "map")]);
}

#[rstest]
fn what_is_suggested_can_be_pasted() {
    let (evidence, examples) = (evidence(), examples());
    let seen = Seen::of(&evidence, &examples);
    let all: Vec<Compared> = FACETS.iter().map(|facet| compare(facet, &seen)).collect();
    let page = markdown::page("x", &seen, &all);
    let block = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let suite = format!(
        "criteria:\n  - id: shown\n    title: It holds\n    why: A promise.\n    owner: Product\n    proposed: true\n    \
         review-by: 2099-05-22\n    expect: {{ title: {{ present: true }} }}\n    examples:\n{block}"
    );
    let suite = Suite::parse(Path::new("pasted.yaml"), &suite).unwrap_or_else(|refusal| panic!("{refusal}"));
    let crate::suite::Kind::Work(pasted) = &suite.criteria[0].kind else { panic!("{suite:?}") };
    let is: Vec<&str> = pasted.iter().map(|example| example.is.as_str()).collect();
    assert_eq!(is, ["A \"map\": 1\\2, 'x' # é\n{b}", "a work without a title"]);
    assert!(page.contains("## Work types: 1 of 2 without an example"), "{page}");
    assert!(page.contains("| MAP (`map`) | 12 | **none** |"), "{page}");
}
