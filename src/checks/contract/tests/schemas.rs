//! The schemas themselves: strict all over, spelt right, enforced as written, and explained in words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Map, Value, json};

use super::{BodyKind, fixture};
use crate::checks::contract::schemas::{compile, files, options};
use crate::checks::contract::{document, resolve};

/// Draft 2020-12's own description of a schema, but at every depth without a keyword that it does not know.
static STRICT: LazyLock<Validator> = LazyLock::new(|| {
    let strict = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://wellcomecollection.org/release-gate/schemas/strict",
        "$dynamicAnchor": "meta",
        "$ref": "https://json-schema.org/draft/2020-12/schema",
        "unevaluatedProperties": false
    });
    jsonschema::draft202012::options().offline().build(&strict).unwrap()
});

/// Calls `visit` with every object inside `value`, and where it stands.
fn objects(value: &Value, at: &str, visit: &mut impl FnMut(&str, &Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(at, object);
            object.iter().for_each(|(name, inner)| objects(inner, &format!("{at}/{name}"), visit));
        }
        Value::Array(list) => list.iter().for_each(|inner| objects(inner, &format!("{at}/-"), visit)),
        _ => {}
    }
}

#[test]
fn every_schema_compiles() {
    files().for_each(|file| drop(compile(file).unwrap_or_else(|error| panic!("{file}: {error}"))));
}

#[test]
fn every_keyword_is_one_that_the_draft_knows() {
    for file in files() {
        let errors: Vec<String> =
            STRICT.iter_errors(document(file).unwrap()).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{file}");
    }
}

#[rstest]
#[case::at_the_top("")]
#[case::in_a_definition("/$defs/Location")]
#[case::in_a_property("/$defs/Note/properties/contents")]
#[case::in_a_condition("/$defs/Location/allOf/0/then")]
fn a_misspelt_keyword_is_caught(#[case] place: &str) {
    let mut doctored = document("common.json").unwrap().clone();
    assert!(STRICT.is_valid(&doctored));
    doctored.pointer_mut(place).unwrap()["requierd"] = json!(["type"]);
    assert!(!STRICT.is_valid(&doctored));
}

#[test]
fn a_schema_stands_at_the_address_that_it_gives() {
    for file in files() {
        let id = document(file).unwrap()["$id"].as_str().unwrap();
        assert_eq!(resolve(id, ""), Some((file, document(file).unwrap())));
        assert_eq!(document(file).unwrap()["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn every_reference_leads_to_a_schema_of_ours() {
    for file in files() {
        objects(document(file).unwrap(), "", &mut |at, object| {
            if let Some(Value::String(reference)) = object.get("$ref") {
                assert!(resolve(reference, file).is_some(), "{file}{at}: {reference}");
            }
        });
    }
}

#[test]
fn nothing_is_fetched() {
    let schema = json!({"$ref": "https://wellcomecollection.org/release-gate/schemas/none.json"});
    assert!(options().build(&schema).is_err());
    assert!(Registry::new().add("https://example.org/a", &schema).unwrap().prepare().is_err());
}

#[test]
fn a_misspelt_format_is_refused() {
    assert!(options().build(&json!({"format": "uri"})).is_ok());
    assert!(options().build(&json!({"format": "urii"})).is_err());
}

#[rstest]
#[case("not a url", false)]
#[case("https://example.org/a b", false)]
#[case("https://example.org/%zz", false)]
#[case("https://example.org/a?b=c#d", true)]
fn a_format_is_enforced(#[case] value: &str, #[case] fits: bool) {
    let url = json!({"format": resolve("common.json#/$defs/Url", "").unwrap().1["format"]});
    assert_eq!(options().build(&url).unwrap().is_valid(&json!(value)), fits);
}

#[test]
fn every_object_lists_its_fields_and_names_its_type() {
    let mut typeless = BTreeSet::new();
    for file in files() {
        objects(document(file).unwrap(), "", &mut |at, object| {
            if object.get("type") != Some(&json!("object")) {
                return;
            }
            assert_eq!(object.get("additionalProperties"), Some(&json!(false)), "{file}{at}");
            assert!(object.contains_key("title") && object.contains_key("description"), "{file}{at}");
            let known = &object["properties"];
            for field in object["required"].as_array().unwrap() {
                assert!(known.get(field.as_str().unwrap()).is_some(), "{file}{at} requires {field}");
            }
            let named = known["type"].get("const").is_some() || known["type"].get("enum").is_some();
            if !(named && object["required"].as_array().unwrap().contains(&json!("type"))) {
                typeless.insert(format!("{file}{at}"));
            }
        });
    }
    let expected = [
        "aggregation.json/properties/buckets/items/properties/data",
        "common.json/$defs/Archive",
        "common.json/$defs/Collection",
        "concept.json/$defs/RelatedConcept",
        "concept.json/properties/description",
        "concept.json/properties/relatedConcepts",
    ];
    assert_eq!(typeless, expected.map(str::to_owned).into());
}

#[test]
fn every_pattern_and_format_says_in_words_what_it_asks_for() {
    for file in files() {
        objects(document(file).unwrap(), "", &mut |at, object| {
            let asks = object.get("pattern").or(object.get("format")).is_some_and(Value::is_string);
            assert!(!asks || object.contains_key("title"), "{file}{at}");
        });
    }
}

/// Notes each field of each schema that `body` uses.
fn used(file: &'static str, schema: &'static Value, body: &Value, seen: &mut BTreeSet<String>) {
    if let Some(reference) = schema.get("$ref") {
        let (file, schema) = resolve(reference.as_str().unwrap(), file).unwrap();
        return used(file, schema, body, seen);
    }
    match body {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let field = &schema["properties"][name];
                seen.insert(format!("{file} {}.{name}", schema["title"]));
                used(file, field, inner, seen);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| used(file, &schema["items"], inner, seen)),
        _ => {}
    }
}

#[test]
fn the_fixtures_use_every_field_of_every_schema() {
    let mut seen = BTreeSet::new();
    for kind in BodyKind::ALL {
        used(kind.schema_file(), document(kind.schema_file()).unwrap(), &fixture(kind), &mut seen);
    }
    let mut known = BTreeSet::new();
    for file in files() {
        objects(document(file).unwrap(), "", &mut |_, object| {
            if object.get("type") == Some(&json!("object")) {
                let fields = object["properties"].as_object().unwrap().keys();
                known.extend(fields.map(|name| format!("{file} {}.{name}", object["title"])));
            }
        });
    }
    assert_eq!(seen, known);
}
