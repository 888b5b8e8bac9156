//! The contract is as strict as the records allow: what all of them show is demanded, or is listed here as
//! optional.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use super::everywhere::walk;
use super::records::current;
use crate::checks::contract::{document, resolve, schemas};

/// What every recorded object shows and the contract does not demand, by the title of its schema, and why.
const OPTIONAL: [(&str, &str); 21] = [
    // Only what was asked for.
    ("Aggregations", "workType"),
    // Two records are too few to say that every concept of every release has them.
    ("Concept", "alternativeLabels"),
    ("Concept", "displayImages"),
    ("Concept", "displayLabel"),
    ("Concept", "relatedConcepts"),
    ("Concept", "sameAs"),
    // Thumbnails and images happen to have a licence; online resources have none.
    ("Digital location", "license"),
    // Five records, all of them online.
    ("Holdings", "location"),
    // Identifiers are left out at every level unless they are asked for.
    ("Item", "identifiers"),
    // Only what was asked for.
    ("List of works", "aggregations"),
    // Undocumented.
    ("Related concept", "relationshipType"),
    // Two records again.
    ("Related concepts", "broaderThan"),
    ("Related concepts", "fieldsOfWork"),
    ("Related concepts", "foundedBy"),
    ("Related concepts", "frequentCollaborators"),
    ("Related concepts", "narrowerThan"),
    ("Related concepts", "people"),
    ("Related concepts", "relatedTo"),
    ("Related concepts", "relatedTopics"),
    // Concepts within works lack an id here and there, so a subject may as well.
    ("Subject", "id"),
    // A record of a form that has no code has no format.
    ("Work", "workType"),
];

/// Objects with an id and a label that belong together.
const CODED: [&str; 8] = [
    "AccessMethod",
    "AccessStatus",
    "Availability",
    "Format",
    "IdentifierType",
    "License",
    "LocationType",
    "NoteType",
];

#[test]
fn what_every_record_shows_is_demanded() {
    let mut objects: BTreeMap<String, usize> = BTreeMap::new();
    let mut shown: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut demanded = BTreeSet::new();
    for (_, kind, body) in current() {
        let file = kind.schema_file();
        walk((file, document(file).unwrap()), "", &body, &mut |_, value, schema| {
            let (Some(fields), Some(title)) = (value.as_object(), schema["title"].as_str()) else { return };
            *objects.entry(title.to_owned()).or_default() += 1;
            for field in fields.keys() {
                *shown.entry((title.to_owned(), field.clone())).or_default() += 1;
            }
            for field in schema["required"].as_array().unwrap() {
                demanded.insert((title.to_owned(), field.as_str().unwrap().to_owned()));
            }
        });
    }
    let always = shown.into_iter().filter(|((title, _), count)| *count == objects[title]);
    let optional: BTreeSet<_> =
        always.map(|(field, _)| field).filter(|field| !demanded.contains(field)).collect();
    if !objects.is_empty() {
        assert_eq!(optional, OPTIONAL.map(|(title, field)| (title.to_owned(), field.to_owned())).into());
    }
}

#[test]
fn the_label_and_address_of_every_coded_value_in_the_records_are_bound_to_its_id() {
    let mut seen = BTreeSet::new();
    for (_, kind, body) in current() {
        let file = kind.schema_file();
        walk((file, document(file).unwrap()), "", &body, &mut |_, value, schema| {
            let name = schema["properties"]["type"]["const"].as_str();
            if name.is_some_and(|name| CODED.contains(&name)) {
                seen.insert((name.unwrap(), value.to_string()));
            }
        });
    }
    for (name, object) in seen {
        let address = format!("common.json#/$defs/{name}");
        assert!(resolve(&address, "").is_some(), "{address}");
        let schema = json!({"$ref": format!("{}{address}", schemas::BASE)});
        let validator = schemas::options().build(&schema).unwrap();
        let mut object: Value = serde_json::from_str(&object).unwrap();
        assert!(validator.is_valid(&object), "{object}");
        for bound in ["label", "url"] {
            if let Some(value) = object.get(bound).cloned() {
                object[bound] = json!("https://example.org/another");
                assert!(!validator.is_valid(&object), "{object}");
                object[bound] = value;
            }
        }
    }
}
