//! The API's published description against ours: we know every field that it documents, and accept what it
//! demands.

use std::collections::BTreeSet;
use std::fs;

use pretty_assertions::assert_eq;
use rstest::rstest;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

use super::{BodyKind, shared};
use crate::checks::contract::schemas::options;
use crate::checks::contract::{document, resolve};

/// The schemas of the published description, by name; `None` where it is not at hand.
fn published(file: &str) -> Option<Map<String, Value>> {
    let text = fs::read_to_string(shared("spec")?.join(file)).unwrap();
    let mut spec = to_json(&Yaml::load_from_str(&text).unwrap()[0]);
    let schemas = spec.pointer_mut("/components/schemas").unwrap().take();
    schemas.as_object().cloned()
}

fn to_json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Boolean(value)) => json!(value),
        Yaml::Value(Scalar::Integer(value)) => json!(value),
        Yaml::Value(Scalar::FloatingPoint(value)) => json!(value.into_inner()),
        Yaml::Value(Scalar::String(value)) => json!(value),
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Sequence(list) => list.iter().map(to_json).collect(),
        Yaml::Mapping(fields) => {
            let field =
                |(name, value): (&Yaml<'_>, &Yaml<'_>)| (name.as_str().unwrap().to_owned(), to_json(value));
            Value::Object(fields.iter().map(field).collect())
        }
        other => panic!("the description has no {other:?}"),
    }
}

/// Walks the published description and ours side by side.
struct Comparison {
    published: Map<String, Value>,
    /// Pairs of schemas that were compared, so that a schema which holds itself comes to an end.
    compared: BTreeSet<(String, String)>,
    /// What they document and we do not know, or what they demand and we refuse.
    faults: Vec<String>,
    /// What we know and they do not document.
    ours_alone: BTreeSet<String>,
}

impl Comparison {
    fn of(file: &str) -> Option<Self> {
        let published = published(file)?;
        let mut this =
            Self { published, compared: BTreeSet::new(), faults: vec![], ours_alone: BTreeSet::new() };
        for (theirs, kind) in [
            ("Work", BodyKind::Work),
            ("WorkResultList", BodyKind::WorkList),
            ("Image", BodyKind::Image),
            ("ImageResultList", BodyKind::ImageList),
            ("Concept", BodyKind::Concept),
            ("ConceptResultList", BodyKind::ConceptList),
            ("Error", BodyKind::Error),
        ] {
            let file = kind.schema_file();
            let name = format!("#/components/schemas/{theirs}");
            this.compare(theirs, &json!({"$ref": name}), file, document(file).unwrap());
        }
        Some(this)
    }

    fn compare(&mut self, path: &str, theirs: &Value, file: &'static str, ours: &'static Value) {
        if let Some(reference) = ours.get("$ref") {
            let (file, ours) = resolve(reference.as_str().unwrap(), file).unwrap();
            return self.compare(path, theirs, file, ours);
        }
        if let Some(name) =
            theirs.get("$ref").and_then(|to| to.as_str()?.strip_prefix("#/components/schemas/"))
        {
            if self.compared.insert((name.to_owned(), format!("{file} {}", ours["title"]))) {
                self.compare(name, &self.published[name].clone(), file, ours);
            }
            return;
        }
        if let Some(either) = theirs.get("oneOf") {
            let merged = self.merged(either);
            return self.compare(path, &merged, file, ours);
        }
        self.accepts(path, theirs, ours);
        if let Some(items) = theirs.get("items") {
            self.compare(path, items, file, &ours["items"]);
        }
        let none = Map::new();
        let fields = theirs.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let known = ours.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for (name, field) in fields {
            match ours["properties"].get(name) {
                Some(our_field) => self.compare(&format!("{path}.{name}"), field, file, our_field),
                None => self.faults.push(format!("{path}.{name} is not known")),
            }
        }
        let alone = known.keys().filter(|name| !fields.contains_key(*name));
        self.ours_alone.extend(alone.map(|name| format!("{path}.{name}")));
    }

    /// One object with the fields of all the alternatives; their `type` may be that of any.
    fn merged(&mut self, alternatives: &Value) -> Value {
        let mut fields = Map::new();
        let mut types = Vec::new();
        for alternative in alternatives.as_array().unwrap() {
            let name = alternative["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
            let properties = self.published[name]["properties"].as_object().unwrap();
            self.compared.insert((name.to_owned(), "as an alternative".to_owned()));
            fields.extend(properties.clone());
            types.push(properties["type"]["const"].clone());
        }
        fields.insert("type".to_owned(), json!({"enum": types}));
        json!({"type": "object", "properties": fields})
    }

    /// Whether we take the type they give, and each value that they name.
    fn accepts(&mut self, path: &str, theirs: &Value, ours: &Value) {
        let texts_only = |schema: &Value| match (schema.get("const"), schema.get("enum")) {
            (Some(value), _) => value.is_string(),
            (None, Some(values)) => values.as_array().unwrap().iter().all(Value::is_string),
            (None, None) => false,
        };
        let same = match (theirs.get("type"), ours.get("type")) {
            (Some(theirs), Some(ours)) => theirs == ours,
            (Some(theirs), None) => texts_only(ours) == (theirs == "string"),
            (None, _) => true,
        };
        if !same {
            self.faults.push(format!("{path}: they say {}, we say {ours}", theirs["type"]));
        }
        let named = theirs.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
        let named = named.iter().chain(theirs.get("const")).chain(theirs.get("default"));
        let simple = ours.get("properties").is_none() && ours.get("items").is_none();
        for value in named.filter(|_| simple) {
            if !options().build(ours).unwrap().is_valid(value) {
                self.faults.push(format!("{path}: they say {value}, we refuse it"));
            }
        }
    }
}

#[rstest]
fn every_documented_field_is_known_and_every_documented_value_accepted(
    #[values("catalogue.yaml", "catalogue-2026-08-21.yaml")] file: &str,
) {
    let Some(comparison) = Comparison::of(file) else { return };
    assert_eq!(comparison.faults, Vec::<String>::new());
    let compared: BTreeSet<&String> = comparison.compared.iter().map(|(name, _)| name).collect();
    assert_eq!(
        compared,
        comparison.published.keys().collect(),
        "each of their schemas is compared with one of ours"
    );
}

#[test]
fn what_only_the_records_show_is_listed() {
    let (Some(july), Some(august)) =
        (Comparison::of("catalogue.yaml"), Comparison::of("catalogue-2026-08-21.yaml"))
    else {
        return;
    };
    let alone: Vec<&String> = july.ours_alone.intersection(&august.ours_alone).collect();
    let expected =
        ["AggregationBucket.data.type", "RelatedConcept.relationshipType", "RelatedWork.isAvailableOnline"];
    assert_eq!(alone, expected);
}
