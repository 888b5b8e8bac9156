//! Searches as they are read: their names, what they ask, and that nothing in them can be lost.

use std::path::Path;

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{Claim, Expected, LOOKED_AT, Look};
use crate::suite::{Example, Kind, Refusal, SearchExample, Suite};

fn parse(search: &str) -> Result<Example<SearchExample>, Refusal> {
    let text = format!(
        "criteria:\n  - id: s\n    title: t\n    why: w\n    owner: Product\n    proposed: true\n    \
         review-by: 2027-05-22\n    searches:\n      - {{ {search}, is: an example }}\n"
    );
    let suite = Suite::parse(Path::new("suite.yaml"), &text)?;
    let Kind::Search(examples) = &suite.criteria[0].kind else { panic!("searches") };
    Ok(examples[0].clone())
}

fn read(search: &str) -> Example<SearchExample> {
    parse(search).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[rstest]
#[case::a_query("query: GC/176/C/1, results: 1", "GC-176-C-1")]
#[case::in_capitals("query: UeMqQmB9, results: 1", "UeMqQmB9")]
#[case::another_script("query: الكشف, results: 1", "الكشف")]
#[case::images("query: foot, in: images, filters: { color: 22bbff }, results: 1", "images-foot-color-22bbff")]
#[case::filters("filters: { workType: [a, k] }, results: 1", "workType-a-k")]
#[case::a_sort("query: horse, sort: production.dates, sort-order: desc", "horse-by-production-dates-desc")]
#[case::a_long_query(
    "query: The ocean as a health resort a practical handbook of the sea for the use of tourists, results: 1",
    "The-ocean-as-a-health-resort-a-practical-handbook-of"
)]
#[case::its_own_name("query: '!?', name: only-signs, results: 0", "only-signs")]
fn a_search_is_called_by_what_it_asks(#[case] search: &str, #[case] name: &str) {
    assert_eq!(read(search).name, name);
}

#[rstest]
#[case::one_value("workType: k", "k")]
#[case::several("workType: [a, k]", "a,k")]
#[case::turned_around("items.locations.accessConditions.status: '!closed'", "!closed")]
#[case::with_a_comma("subjects.label: 'Influenza, Human'", "\"Influenza, Human\"")]
#[case::with_a_comma_in_a_list("genres.label: ['a, b', c]", "\"a, b\",c")]
#[case::with_quotes("subjects.label: 'the \"old\" way'", "\"the \"\"old\"\" way\"")]
#[case::a_title_is_taken_whole("partOf.title: 'Hood, Basil'", "Hood, Basil")]
#[case::truth("collection.isRoot: true", "true")]
fn filter_is_written_as_the_api_takes_it(#[case] filter: &str, #[case] value: &str) {
    let example = read(&format!("filters: {{ {filter} }}, results: 1"));
    let parameters: Vec<String> = example.of.search.within.parameters().map(|(_, value)| value).collect();
    assert_eq!(parameters, [value]);
}

#[rstest]
#[case::unsaid("finds: [a222zvge]", Look { results: LOOKED_AT, said: false })]
#[case::said("finds: [a222zvge], within: 25", Look { results: 25, said: true })]
fn results_are_looked_at_as_far_as_is_said(#[case] expects: &str, #[case] expected: Look) {
    let Expected::Results(_, look) = read(&format!("query: horse, {expects}")).of.expected else {
        panic!("results are expected")
    };
    assert_eq!(look, expected);
}

/// A key that is read and not judged would be an expectation that never fails.
#[rstest]
#[case("first: [a222zvge]")]
#[case("first-in-order: [a222zvge]")]
#[case("only: [a222zvge]")]
#[case("finds: [a222zvge]")]
#[case("never: [a222zvge]")]
#[case("ranks: { these: [a222zvge], before: [a2239muq] }")]
#[case("results: 1")]
#[case("every: { type: Work }")]
#[case("facets: [workType]")]
#[case("sort: production.dates")]
fn every_expectation_becomes_a_claim(#[case] expects: &str) {
    let Expected::Results(claims, _) = read(&format!("query: horse, {expects}")).of.expected else {
        panic!("results are expected")
    };
    let key = expects.split(':').next().unwrap();
    let same = match &claims[..] {
        [Claim::First(_)] => "first",
        [Claim::FirstInOrder(_)] => "first-in-order",
        [Claim::Only(_)] => "only",
        [Claim::Finds(_)] => "finds",
        [Claim::Never(_)] => "never",
        [Claim::Ranks { .. }] => "ranks",
        [Claim::Results(_)] => "results",
        [Claim::Every(_)] => "every",
        [Claim::Facet(_)] => "facets",
        [Claim::Sorted { .. }] => "sort",
        other => panic!("{other:?}"),
    };
    assert_eq!(same, key);
}

#[rstest]
fn misspelt_key_is_refused(
    #[values(
        "quer: x",
        "firsts: [a222zvge]",
        "find: [a222zvge]",
        "nevr: [a222zvge]",
        "withn: 3",
        "result: 3",
        "filters: { workTyp: k }",
        "ranks: { thes: [a222zvge], before: [a2239muq] }"
    )]
    key: &str,
) {
    assert!(parse(&format!("query: horse, results: {{ at-least: 1 }}, {key}")).is_err());
}
