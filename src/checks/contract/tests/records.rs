//! Real answers against the contract: where they disagree, the record is right.
//!
//! Answers of 2020 and 2021 show an API that has changed since; the table says of each what it breaks, and
//! why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{CONTRACT, shared};
use crate::checks::contract::{BodyKind, Severity};

/// What an old answer has or lacks that today's do not, as the contract tells it.
type Reason = (Severity, &'static str);

/// JSON-LD: every body named its context.
const CONTEXT: [Reason; 2] = [
    (Severity::Drift, "`@context` is a field that the contract does not know in Work"),
    (Severity::Drift, "`@context` is a field that the contract does not know in ResultList"),
];
/// One language instead of a list of them.
const LANGUAGE: Reason = (Severity::Drift, "`language` is a field that the contract does not know in Work");
/// Availabilities came in 2021.
const NO_AVAILABILITIES: Reason =
    (Severity::Failure, "`availabilities` is missing in Work, where it always is");
/// The type of a format was named after its field.
const WORK_TYPE: Reason = (Severity::Failure, "`type` must be \"Format\", and is \"WorkType\"");
/// The label was written in title case.
const THUMBNAIL: Reason = (
    Severity::Failure,
    "the `label` of \"thumbnail-image\" must be \"Thumbnail image\", and is \"Thumbnail Image\"",
);
/// Access conditions had a status only; the method came later.
const NO_METHOD: Reason = (Severity::Failure, "`method` is missing in AccessCondition, where it always is");
/// What the website added to its stored copy of an answer.
const PADDING: [Reason; 2] = [
    (Severity::Drift, "`availableOnline` is a field that the contract does not know in Work"),
    (Severity::Drift, "`availableDates` is a field that the contract does not know in Item"),
];

/// The answers of old, and everything that the contract says about each. All others must keep it.
const OLD: [(&str, &[Reason]); 11] = [
    (
        "list-query-1093837-2020.json",
        &[CONTEXT[1], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD],
    ),
    (
        "list-query-1292185-2020.json",
        &[CONTEXT[1], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD],
    ),
    ("list-query-awa6c6gm-2021.json", &[CONTEXT[1], NO_METHOD]),
    (
        "list-query-ys3ern6x-2020.json",
        &[CONTEXT[1], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD],
    ),
    ("work-a227dajt-2020.json", &[CONTEXT[0], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD]),
    ("work-a2284uhb-2020.json", &[CONTEXT[0], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE]),
    ("work-ayzrznsz-2020.json", &[CONTEXT[0], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD]),
    ("work-cnkv77md-2020.json", &[CONTEXT[0], LANGUAGE, NO_AVAILABILITIES, WORK_TYPE, THUMBNAIL, NO_METHOD]),
    ("work-m7mnfut5-2021.json", &[CONTEXT[0]]),
    ("work-pbtyx2xx-2021.json", &[PADDING[0], PADDING[1], NO_METHOD]),
    ("work-xnb6y9qq-2021.json", &[CONTEXT[0], NO_METHOD]),
];

/// What the file of this name holds: the kind of its body, or of each entry of its list.
fn kind_of(file: &str) -> BodyKind {
    match file.split('-').next().unwrap() {
        "image" => BodyKind::Image,
        "concept" => BodyKind::Concept,
        "list" if file.starts_with("list-images") => BodyKind::Image,
        "list" if file.starts_with("list-query") => BodyKind::WorkList,
        "work" | "list" => BodyKind::Work,
        "aggregation" | "aggregations" => BodyKind::WorkList,
        _ => panic!("{file}: what is it?"),
    }
}

/// The bodies in a file. Where only a part of an answer was kept, what was left out is put back around it.
fn bodies(file: &str, body: Value) -> Vec<Value> {
    let around = |aggregations: Value| {
        serde_json::json!({
            "type": "ResultList", "pageSize": 1, "totalPages": 1, "totalResults": 1, "results": [],
            "aggregations": aggregations
        })
    };
    match body {
        Value::Array(records) => records,
        Value::Object(mut page) if file.starts_with("list-images") => {
            page.remove("results").and_then(|results| results.as_array().cloned()).unwrap()
        }
        Value::Object(mut page) if file == "aggregations-works-2022.json" => {
            vec![around(page.remove("aggregations").unwrap())]
        }
        Value::Object(mut page) if file.starts_with("aggregation-worktype") => {
            let buckets = page.remove("workTypeBuckets").unwrap();
            let aggregation = serde_json::json!({"buckets": buckets, "type": "Aggregation"});
            vec![around(serde_json::json!({"workType": aggregation, "type": "Aggregations"}))]
        }
        body => vec![body],
    }
}

/// Every recorded body, with the file that holds it and its kind; none where the records are not at hand.
fn recorded() -> Vec<(String, BodyKind, Value)> {
    let Some(folder) = shared("recorded") else { return vec![] };
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file = path.file_name().unwrap().to_str().unwrap();
        let body = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        all.extend(bodies(file, body).into_iter().map(|body| (file.to_owned(), kind_of(file), body)));
    }
    assert!(all.len() > 100, "only {} bodies were found", all.len());
    all
}

/// The recorded bodies of the API as it is now.
pub(super) fn current() -> impl Iterator<Item = (String, BodyKind, Value)> {
    recorded().into_iter().filter(|(file, _, _)| OLD.iter().all(|(old, _)| old != file))
}

#[test]
fn every_recorded_answer_of_today_keeps_the_contract() {
    for (file, kind, body) in current() {
        assert_eq!(CONTRACT.breaches(kind, &body), [], "{file}");
    }
}

#[test]
fn every_recorded_answer_of_old_breaks_the_contract_for_the_reasons_listed() {
    let mut told: BTreeMap<String, BTreeSet<(Severity, String)>> = BTreeMap::new();
    for (file, kind, body) in recorded() {
        if OLD.iter().any(|(old, _)| *old == file) {
            let breaches = CONTRACT.breaches(kind, &body);
            told.entry(file).or_default().extend(breaches.into_iter().map(|b| (b.severity, b.says)));
        }
    }
    let owned =
        |reasons: &[Reason]| reasons.iter().map(|(severity, says)| (*severity, (*says).to_owned())).collect();
    let listed: BTreeMap<_, _> =
        OLD.iter().map(|(file, reasons)| ((*file).to_owned(), owned(reasons))).collect();
    if !told.is_empty() {
        assert_eq!(told, listed);
    }
}
