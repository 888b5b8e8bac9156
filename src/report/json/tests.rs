//! The record of a decision is as its schema says, to the letter.

use jsonschema::Validator;
use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};
use serde_json::{Value, json};

use super::content;
use crate::report::{Run, fixture as runs};

#[fixture]
#[once]
fn schema() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/report.schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn written(run: &Run) -> Value {
    serde_json::from_str(&content(run).unwrap()).unwrap()
}

/// Where the record is not as the schema says, and how.
fn mistakes(schema: &Validator, record: &Value) -> Vec<String> {
    schema.iter_errors(record).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The places of all objects of a value.
fn objects(value: &Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            places.push(at.to_owned());
            fields.iter().for_each(|(name, value)| objects(value, &format!("{at}/{name}"), places));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(nr, item)| objects(item, &format!("{at}/{nr}"), places));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn objects_of(record: &Value) -> Vec<String> {
    let mut places = Vec::new();
    objects(record, "", &mut places);
    places
}

#[rstest]
#[case::passing(runs::passing())]
#[case::failing(runs::failing())]
#[case::undecided(runs::undecided())]
#[case::mixed(runs::mixed())]
#[case::hostile(runs::hostile())]
fn every_record_is_as_the_schema_says(schema: &Validator, #[case] run: Run) {
    assert_eq!(mistakes(schema, &written(&run)), Vec::<String>::new());
}

#[rstest]
#[case::passing("passing", runs::passing())]
#[case::failing("failing", runs::failing())]
#[case::undecided("undecided", runs::undecided())]
#[case::mixed("mixed", runs::mixed())]
fn a_record_reads_like_this(#[case] name: &str, #[case] run: Run) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("json-{name}"), content(&run).unwrap());
    });
}

/// A record in which every field of the schema is told.
#[fixture]
fn record() -> Value {
    let mut record = written(&runs::mixed());
    let failing = written(&runs::failing());
    record["criteria"].as_array_mut().unwrap().extend(failing["criteria"].as_array().unwrap().clone());
    record
}

#[rstest]
fn no_object_takes_a_field_that_the_schema_does_not_know(schema: &Validator, record: Value) {
    for place in objects_of(&record) {
        let mut spoilt = record.clone();
        spoilt.pointer_mut(&place).unwrap()["titel"] = json!("misspelt");
        assert!(!schema.is_valid(&spoilt), "{place} takes any field");
    }
}

#[rstest]
fn no_object_may_leave_out_a_field(schema: &Validator, record: Value) {
    for place in objects_of(&record) {
        let fields = record.pointer(&place).unwrap().as_object().unwrap();
        for name in fields.keys() {
            let mut spoilt = record.clone();
            spoilt.pointer_mut(&place).unwrap().as_object_mut().unwrap().remove(name);
            assert!(!schema.is_valid(&spoilt), "{place} need not tell {name}");
        }
    }
}

#[rstest]
#[case::a_decision("/decision", json!("released"))]
#[case::a_day("/criteria/0/approved/on", json!("22.11.2026"))]
#[case::a_time("/startedAt", json!("yesterday"))]
#[case::a_hash("/suite/sha256", json!("0123"))]
#[case::a_number("/requests", json!(-1))]
#[case::an_outcome("/criteria/0/checks/0/outcome", json!("green"))]
fn what_nobody_could_read_is_refused(
    schema: &Validator,
    mut record: Value,
    #[case] place: &str,
    #[case] value: Value,
) {
    *record.pointer_mut(place).unwrap() = value;
    assert!(!schema.is_valid(&record), "{place}");
}

#[rstest]
fn hostile_text_is_told_as_it_was() {
    let record = written(&runs::hostile());
    assert_eq!(record["criteria"][0]["title"], runs::HOSTILE);
    assert_eq!(record["criteria"][0]["checks"][0]["findings"][0]["says"], runs::HOSTILE);
}
