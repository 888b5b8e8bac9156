//! A key work is compared with its snapshot, and with nothing else.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{answered, both_sides, evidence, id, judge_beside, told};
use crate::catalogue::{Include, Resource};
use crate::checks::snapshot::snapshot_of;
use crate::checks::{Check, SnapshotCheck};
use crate::evidence::Evidence;
use crate::verdict::Verdict;

fn stage_with(record: &Value) -> Evidence {
    let check = SnapshotCheck::new(id("a222zvge"));
    let includes: BTreeSet<Include> = check.works().remove(0).1;
    let asked = Resource::work(&id("a222zvge"), &includes);
    evidence([(asked.as_str(), answered(200, record.clone()))])
}

fn judged(record: &Value, baseline: Option<&str>) -> Verdict {
    let baselines: BTreeMap<String, String> =
        baseline.into_iter().map(|text| ("a222zvge".to_owned(), text.to_owned())).collect();
    judge_beside(&SnapshotCheck::new(id("a222zvge")), &stage_with(record), &baselines)
}

fn record() -> Value {
    json!({"id": "a222zvge", "title": "x"})
}

#[rstest]
#[case::as_recorded(Some("id: a222zvge\ntitle: x\n"), "pass")]
#[case::otherwise(
    Some("id: a222zvge\ntitle: y\n"),
    "the record is not as it was when its snapshot was approved. If the change is meant, accept it with \
     `cargo insta review` and commit the snapshot"
)]
#[case::never_recorded(None, "undecided")]
fn a_record_is_compared_with_its_snapshot(#[case] baseline: Option<&str>, #[case] says: &str) {
    assert_eq!(told(&judged(&record(), baseline)), [says]);
}

#[rstest]
#[case::as_recorded("id: a222zvge\ntitle: x\n", Value::Null)]
#[case::otherwise(
    "id: a222zvge\ntitle: y\n",
    json!({"kind": "text", "recorded": "id: a222zvge\ntitle: y", "found": "id: a222zvge\ntitle: x"})
)]
fn a_record_that_differs_is_told_with_both_texts(#[case] baseline: &str, #[case] expected: Value) {
    let baselines = BTreeMap::from([("a222zvge".to_owned(), baseline.to_owned())]);
    let check = SnapshotCheck::new(id("a222zvge"));
    assert_eq!(both_sides(&check, &stage_with(&record()), &baselines), expected);
}

#[rstest]
fn another_record_is_no_record_of_this_work_though_it_was_recorded_so() {
    let other = json!({"id": "a2239muq", "title": "x"});
    assert_eq!(told(&judged(&other, Some(&snapshot_of(&other)))), ["the answer is about another record"]);
}

#[rstest]
fn a_snapshot_does_not_depend_on_includes_that_come_and_go() {
    let includes = SnapshotCheck::new(id("a222zvge")).works().remove(0).1;
    assert!(Include::MOVING.iter().all(|include| !includes.contains(include)), "{includes:?}");
    assert_eq!(includes.len(), Include::ALL.len() - Include::MOVING.len());
}

#[rstest]
fn changes_that_stand_apart_are_shown_apart() {
    let fields = |first: &str, last: &str| {
        let mut record = json!({"id": "a222zvge", "title": first});
        for nr in 0..9 {
            record[format!("u{nr}")] = json!("same");
        }
        record["z"] = json!(last);
        record
    };
    let Verdict::Fail { findings } = judged(&fields("b", "d"), Some(&snapshot_of(&fields("a", "c")))) else {
        panic!("it fails")
    };
    assert_eq!(
        findings[0].expected,
        "id: a222zvge\ntitle: a\nu0: same\nu1: same\n…\nu7: same\nu8: same\nz: c"
    );
    assert_eq!(findings[0].found, "id: a222zvge\ntitle: b\nu0: same\nu1: same\n…\nu7: same\nu8: same\nz: d");
}
