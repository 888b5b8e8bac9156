//! What holds for the embedded catalogue as a whole, and how it compares with recorded answers of the real one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pretty_assertions::assert_eq;
use regex::Regex;
use rstest::rstest;
use serde_json::Value;

use super::catalogue::{Catalogue, Work};
use super::transformer;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::build);

fn visible() -> impl Iterator<Item = (&'static String, &'static Value)> {
    CATALOGUE.works.iter().filter_map(|(id, work)| match work {
        Work::Visible(document) => Some((id, &**document)),
        _ => None,
    })
}

fn document(id: &str) -> &'static Value {
    match CATALOGUE.works.get(id) {
        Some(Work::Visible(document)) => document,
        other => panic!("{id} is {other:?}"),
    }
}

fn list<'a>(document: &'a Value, key: &str) -> &'a [Value] {
    document[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn ids(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(|entry| entry["id"].as_str()).collect()
}

fn digital_urls(document: &Value) -> BTreeSet<&str> {
    let locations = list(document, "items").iter().flat_map(|item| list(item, "locations"));
    locations.filter_map(|location| location["url"].as_str()).collect()
}

#[test]
fn every_id_is_canonical() {
    let canonical = Regex::new("^[a-hjkmnp-z][a-hjkmnp-z2-9]{7}$").unwrap();
    for id in CATALOGUE.works.keys().chain(CATALOGUE.images.keys()).chain(CATALOGUE.concepts.keys()) {
        assert!(canonical.is_match(id), "{id}");
    }
}

#[test]
fn no_two_records_share_an_id() {
    let generated: usize = super::generate::parts().iter().map(|part| part().len()).sum();
    assert_eq!(CATALOGUE.works.len(), transformer::real().len() + generated);
}

#[test]
fn documents_carry_the_id_they_are_kept_under() {
    for (id, document) in visible() {
        assert_eq!(document["id"], **id);
    }
}

#[test]
fn every_redirect_leads_to_a_visible_work() {
    for (from, work) in &CATALOGUE.works {
        if let Work::Redirected { to } = work {
            assert!(matches!(CATALOGUE.works.get(to), Some(Work::Visible(_))), "{from} leads to {to}");
        }
    }
}

#[test]
fn every_kind_of_work_occurs() {
    let has = |wanted: fn(&Work) -> bool| CATALOGUE.works.values().filter(|work| wanted(work)).count();
    assert!(has(|work| matches!(work, Work::Visible(_))) > 2_000);
    assert!(has(|work| matches!(work, Work::Redirected { .. })) > 400);
    assert!(has(|work| matches!(work, Work::Invisible)) > 5);
    assert!(has(|work| matches!(work, Work::Deleted)) > 5);
}

#[test]
fn relatives_are_visible_and_agree_with_each_other() {
    for (id, work) in visible() {
        for part in ids(list(work, "parts")) {
            assert_eq!(document(part)["partOf"][0]["id"], **id, "{part} in {id}");
        }
        for ancestor in list(work, "partOf").iter().filter(|ancestor| ancestor["id"].is_string()) {
            let whole = document(ancestor["id"].as_str().unwrap());
            assert_eq!(whole["title"], ancestor["title"]);
            assert_eq!(Value::from(list(whole, "parts").len()), ancestor["totalParts"], "{ancestor}");
        }
    }
}

#[test]
fn images_and_works_name_each_other() {
    let mut shown = BTreeSet::new();
    for (id, work) in visible() {
        for image in ids(list(work, "images")) {
            assert_eq!(CATALOGUE.images[image]["source"]["id"], **id, "{image}");
            shown.insert(image);
        }
    }
    assert_eq!(shown.len(), CATALOGUE.images.len());
    // Of some real images, only their id and their work are known; these say less.
    let (known, unknown): (Vec<_>, Vec<_>) =
        CATALOGUE.images.iter().partition(|(_, image)| image["thumbnail"].is_object());
    for (id, image) in &known {
        assert_eq!(image["thumbnail"], image["locations"][0], "{id}");
        assert!(image["thumbnail"]["url"].is_string(), "{id}");
    }
    assert!(unknown.iter().all(|(_, image)| list(image, "locations").is_empty()), "{unknown:?}");
    assert!(unknown.len() < known.len());
}

#[test]
fn every_concept_resolves() {
    for (id, work) in visible() {
        let agents = list(work, "contributors").iter().map(|contributor| &contributor["agent"]);
        let headings = list(work, "subjects").iter().chain(list(work, "genres"));
        let concepts = headings.clone().flat_map(|heading| list(heading, "concepts"));
        for concept in agents.chain(list(work, "subjects")).chain(concepts) {
            if let Some(concept) = concept["id"].as_str() {
                assert!(CATALOGUE.concepts.contains_key(concept), "{concept} of {id}");
            }
        }
    }
}

#[rstest]
#[case::sierra_and_mets("nbsqzbba", &["psfu85t7"])]
#[case::two_sierra_records_and_mets("a2239muq", &["hcqs6xp6", "jstyg2xn"])]
#[case::calm_sierra_and_mets("a222zvge", &["w4bajds8", "dfcyrkxh"])]
#[case::sierra_and_miro("c4zj63fx", &["fksyqr6b"])]
#[case::calm_and_sierra("a227y9ye", &["cpmtamr5"])]
fn real_records_redirect_as_they_do_in_the_real_catalogue(#[case] target: &str, #[case] sources: &[&str]) {
    document(target);
    for source in sources {
        let expected = Work::Redirected { to: target.to_owned() };
        assert_eq!(CATALOGUE.works.get(*source), Some(&expected), "{source}");
    }
}

#[test]
fn a_suppressed_record_is_deleted_and_an_unmerged_mets_file_invisible() {
    assert_eq!(CATALOGUE.works["fz655hx4"], Work::Deleted);
    assert_eq!(CATALOGUE.works["sghsneca"], Work::Invisible);
}

#[test]
fn a_restricted_copy_is_listed_but_not_available_online() {
    let work = document("a22mnm7y");
    assert_eq!(ids(list(work, "availabilities")), ["closed-stores"]);
    let expected = BTreeSet::from(["https://iiif.wellcomecollection.org/presentation/v2/b32858899"]);
    assert_eq!(digital_urls(work), expected);
}

#[test]
fn an_archive_work_tells_its_collection_and_category() {
    let work = document("a222zvge");
    assert_eq!(work["collection"]["root"]["id"], "rqyum5sv");
    assert_eq!(work["archive"]["category"]["label"], "General collections");
    assert_eq!(document("rqyum5sv")["collection"]["isRoot"], true);
    assert_eq!(document("tw5yfsfv").get("collection"), None);
}

/// The folder of recorded answers; the project builds and tests without it.
fn recorded(name: &str) -> Option<Value> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let file = [near, PathBuf::from("/work/shared")].map(|folder| folder.join("recorded").join(name));
    let found = file.iter().find_map(|file| std::fs::read_to_string(file).ok())?;
    Some(serde_json::from_str(&found).unwrap())
}

#[test]
fn works_agree_with_recorded_answers_on_what_does_not_drift() {
    let Some(recorded) = recorded("list-first-25-by-id-2026.json") else { return };
    for theirs in recorded.as_array().unwrap() {
        let ours = document(theirs["id"].as_str().unwrap());
        for key in
            ["title", "workType", "type", "referenceNumber", "physicalDescription", "languages", "holdings"]
        {
            assert_eq!(ours.get(key), theirs.get(key), "{key} of {}", theirs["id"]);
        }
        assert_eq!(digital_urls(ours), digital_urls(theirs), "addresses of {}", theirs["id"]);
        for key in ["availabilities", "images", "subjects"] {
            let [ours, theirs] = [ours, theirs].map(|work| BTreeSet::from_iter(ids(list(work, key))));
            assert_eq!(ours, theirs, "{key}");
        }
        assert_eq!(ids(list(ours, "partOf")), ids(list(theirs, "partOf")), "ancestors of {}", theirs["id"]);
        let [ours, theirs] = [ours, theirs].map(|work| {
            let numbers = list(work, "identifiers").iter();
            numbers
                .map(|number| (number["identifierType"]["id"].as_str(), number["value"].as_str()))
                .collect::<BTreeSet<_>>()
        });
        assert_eq!(ours, theirs);
    }
}
