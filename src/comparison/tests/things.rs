//! Places are told in plain words, each entry of a list by its own.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::fixture::{rules, settings};
use crate::comparison::things::thing;
use crate::comparison::{About, Comparison, Drawn, Pair, Side, notes};

#[rstest]
#[case::online("availabilities[id=online]", "the mark “available online”")]
#[case::in_the_stores("availabilities[id=closed-stores]", "the mark “in closed stores”")]
#[case::some_other_one("availabilities[id=on-loan]", "the mark “on-loan” of availability")]
#[case::all_of_them("availabilities", "the marks of availability")]
#[case::no_entry_in_particular("availabilities[]", "the marks of availability")]
#[case::as_a_list_shows_it("results[].availabilities[id=closed-stores]", "the mark “in closed stores”")]
#[case::a_kind_of_material("workType", "the kind of material")]
#[case::its_name("workType.label", "the name of the kind of material")]
#[case::their_names("languages[].label", "the names of the languages")]
#[case::the_name_of_a_place(
    "items[].locations[type=PhysicalLocation].locationType.label",
    "the name of the place in the library"
)]
#[case::the_licence_wherever_it_is("items[].locations[].license", "the licence of a copy")]
#[case::the_licence_online(
    "items[].locations[type=DigitalLocation].license",
    "the licence of the digitised copy"
)]
#[case::conditions_wherever_they_are(
    "items[].locations[].accessConditions",
    "the access conditions of a copy"
)]
#[case::a_label_that_is_told_by_itself(
    "availabilities[id=online].label",
    "the name of the mark “available online”"
)]
#[case::a_number_of_a_system("identifiers[identifierType.id=mets]", "the identifier “mets”")]
#[case::what_is_found("results[]", "some of what is found")]
#[case::counts("aggregations.workType.buckets[data.id=a].count", "the counts by kind of material")]
#[case::what_has_no_words("availableAs[]", "the field “availableAs”")]
#[case::what_has_no_words_in_a_list("results[].availableAs", "the field “availableAs”")]
fn a_place_is_told_in_words(#[case] path: &str, #[case] words: &str) {
    assert_eq!(thing(path).words, words);
}

#[rstest]
#[case::many("languages[].label", "[languages]", "the names of the languages are different")]
#[case::one("workType.label", "workType", "the name of the kind of material is different")]
fn one_is_and_many_are(#[case] path: &str, #[case] field: &str, #[case] says: &str) {
    let record = |label: &str| match field {
        "workType" => json!({ "workType": { "id": "a", "label": label } }),
        _ => json!({ "languages": [{ "id": "eng", "label": label }] }),
    };
    let (prod, stage) = (record("Books"), record("a"));
    let mut comparison = Comparison::new(settings());
    let (about, drawn) = (About::Work("a2239muq"), Drawn::FromProd);
    comparison.add(&Pair {
        about,
        drawn,
        stage: Side::of(&stage),
        prod: Side::of(&prod),
        again: None,
        views: None,
    });
    let changes = comparison.changes(&rules());
    assert_eq!(changes[0].path, path);
    assert!(
        notes(&changes, &[]).contains(&format!("- For 1 of 1 sampled work, {says}.")),
        "{}",
        notes(&changes, &[])
    );
}
