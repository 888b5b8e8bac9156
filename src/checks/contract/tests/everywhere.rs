//! The same fault at every place where it can be made: no place is left out because nobody thought of it.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{fixture, remove, set, told};
use crate::checks::contract::{BodyKind, Severity, document, resolve};
use BodyKind::{Concept, ConceptList, Error, Image, ImageList, Work, WorkList};

/// Fields that a condition asks for, by the title of the schema: they hang on the `type` beside them.
const CONDITIONAL: [(&str, &str); 3] = [("Location", "url"), ("Location", "label"), ("Related work", "id")];

/// Calls `visit` with every value inside `body`: where it stands, the value, and the schema it must satisfy.
pub(super) fn walk(
    (file, schema): (&'static str, &'static Value),
    at: &str,
    body: &Value,
    visit: &mut impl FnMut(&str, &Value, &'static Value),
) {
    if let Some(reference) = schema.get("$ref") {
        return walk(resolve(reference.as_str().unwrap(), file).unwrap(), at, body, visit);
    }
    visit(at, body, schema);
    match body {
        Value::Object(fields) => {
            for (name, inner) in fields {
                walk((file, &schema["properties"][name]), &format!("{at}/{name}"), inner, visit);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                walk((file, &schema["items"]), &format!("{at}/{index}"), inner, visit);
            }
        }
        _ => {}
    }
}

fn walk_fixture(kind: BodyKind, visit: &mut impl FnMut(&str, &Value, &'static Value)) {
    let file = kind.schema_file();
    walk((file, document(file).unwrap()), "", &fixture(kind), visit);
}

#[rstest]
fn no_field_takes_a_value_of_another_type(
    #[values(Work, WorkList, Image, ImageList, Concept, ConceptList, Error)] kind: BodyKind,
) {
    walk_fixture(kind, &mut |at, value, _| {
        let others = [json!(null), json!(true), json!(1.5), json!("text"), json!([]), json!({})];
        let is_another = |other: &&Value| std::mem::discriminant(*other) != std::mem::discriminant(value);
        for other in others.iter().filter(is_another).filter(|_| !at.is_empty()) {
            let mut body = fixture(kind);
            set(&mut body, at, other.clone());
            let places: Vec<_> =
                told(kind, &body).into_iter().map(|(at, severity, _)| (at, severity)).collect();
            assert_eq!(places, [(at.to_owned(), Severity::Failure)], "{other}");
        }
    });
}

#[rstest]
fn a_field_may_be_left_out_exactly_where_it_is_not_required(
    #[values(Work, WorkList, Image, ImageList, Concept, ConceptList, Error)] kind: BodyKind,
) {
    walk_fixture(kind, &mut |at, value, schema| {
        for field in value.as_object().into_iter().flat_map(|object| object.keys()) {
            let title = schema["title"].as_str().unwrap();
            if CONDITIONAL.contains(&(title, field)) {
                continue;
            }
            let mut body = fixture(kind);
            remove(&mut body, &format!("{at}/{field}"));
            let places: Vec<_> =
                told(kind, &body).into_iter().map(|(at, severity, _)| (at, severity)).collect();
            let required = schema["required"].as_array().unwrap().contains(&json!(field));
            let expected = if required { vec![(at.to_owned(), Severity::Failure)] } else { vec![] };
            assert_eq!(places, expected, "without {at}/{field}");
        }
    });
}

#[rstest]
fn an_unknown_field_is_drift_in_every_object(
    #[values(Work, WorkList, Image, ImageList, Concept, ConceptList, Error)] kind: BodyKind,
) {
    walk_fixture(kind, &mut |at, value, _| {
        if value.is_object() {
            let mut body = fixture(kind);
            set(&mut body, &format!("{at}/new"), json!({"type": "New"}));
            let places: Vec<_> =
                told(kind, &body).into_iter().map(|(at, severity, _)| (at, severity)).collect();
            assert_eq!(places, [(format!("{at}/new"), Severity::Drift)]);
        }
    });
}
