//! Real input: answers of the real API, recorded between 2020 and 2026, judged by the gate as it is.
//!
//! The recordings stand beside the checkout where the gate is developed, and in its CI. Users do not have them: for
//! them, these tests have nothing to judge.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use pretty_assertions::assert_eq;
use release_gate::catalogue::{Answer, Body, Resource, WorkId};
use release_gate::checks::contract::Contract;
use release_gate::evidence::{self, Evidence};
use release_gate::gate::{Bench, Plan, Planned, Role};
use release_gate::suite::Suite;
use release_gate::verdict::Verdict;
use rstest::rstest;
use serde_json::Value;

use crate::support::{Gate, SMALL, project};

/// A recorded work, and the name of the file that holds it.
type Recording = (String, Value);

/// The works that were recorded whole and in the current shape.
fn recorded_works() -> Vec<Recording> {
    let Some(folder) = recordings() else { return Vec::new() };
    let list = read(&folder.join("list-first-25-by-id-2026.json"));
    let mut works: Vec<Recording> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|work| ("list-first-25".to_owned(), work.clone()))
        .collect();
    for entry in fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        // A year in the name marks an older shape; two were recorded without most of their fields.
        let whole = name.starts_with("work-")
            && !name.contains("-20")
            && !["n8czw8g7", "g2773269"].contains(&&name[5..]);
        if whole {
            works.push((name, read(&path)));
        }
    }
    works
}

fn recordings() -> Option<PathBuf> {
    Some(project().join("../shared/recorded")).filter(|folder| folder.is_dir())
}

fn read(path: &std::path::Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a recording")).expect("JSON")
}

fn id(work: &Value) -> WorkId {
    WorkId::parse(work["id"].as_str().expect("an id")).expect("a work id")
}

fn answer(body: &Value) -> Answer {
    Answer::new(200, Body::Json(body.clone()))
}

/// A bench on which these answers are judged.
fn bench(plan: &Plan, evidence: &Evidence) -> Bench {
    Bench {
        requests: plan.requests().for_stage(evidence),
        baselines: BTreeMap::new(),
        contract: Contract::new(),
    }
}

fn shipped() -> Plan {
    let suite =
        Suite::load(&project().join("works-examples.yaml")).unwrap_or_else(|refusal| panic!("{refusal}"));
    Plan::of(&suite)
}

#[rstest]
fn what_product_says_of_recorded_works_is_so() {
    let plan = shipped();
    let mut judged = BTreeSet::new();
    for (file, work) in recorded_works() {
        let mut evidence = Evidence::from_answers([]);
        let bench = bench(&plan, &evidence);
        evidence.insert(bench.requests.resource(&id(&work)), Ok(answer(&work)));
        let about = |check: &&Planned| {
            matches!(check.role, Role::Criterion(_)) && check.name.ends_with(&format!("::{}", id(&work)))
        };
        for check in plan.checks.iter().filter(about) {
            // Checks of where an id leads, or of what it is not, ask for something else than the record.
            let asks_for = check.check().resources(&bench.context(&evidence));
            if asks_for.iter().all(|resource| evidence.has(resource)) {
                let verdict = check.check().judge(&bench.context(&evidence)).verdict;
                assert_eq!(verdict, Verdict::Pass, "{} on {file}", check.name);
                judged.insert(check.name.clone());
            }
        }
    }
    assert!(
        recordings().is_none() || judged.len() >= 40,
        "only {} checks could be tried: {judged:?}",
        judged.len()
    );
}

#[rstest]
#[case::a_book_that_is_not_digitised("a22hs5j3")]
#[case::a_licensed_e_journal("a22afd9b")]
fn what_is_not_so_of_a_recorded_work_fails(#[case] work: &str) {
    let Some((_, record)) = recorded_works().into_iter().find(|(_, record)| record["id"] == work) else {
        return;
    };
    let suite = Suite::parse(std::path::Path::new("small.yaml"), &SMALL.replace("a222zvge", work));
    let plan = Plan::of(&suite.unwrap_or_else(|refusal| panic!("{refusal}")));
    let mut evidence = Evidence::from_answers([]);
    let bench = bench(&plan, &evidence);
    evidence.insert(bench.requests.resource(&id(&record)), Ok(answer(&record)));
    let verdict = plan.checks[0].check().judge(&bench.context(&evidence)).verdict;
    assert!(matches!(verdict, Verdict::Fail { .. }), "{verdict:?}");
}

#[rstest]
fn the_gate_judges_a_folder_of_recorded_answers() {
    let Some((_, work)) = recorded_works().into_iter().find(|(_, record)| record["id"] == "a222zvge") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let asked = Resource::new("/works/a222zvge?include=items");
    evidence::save(&Evidence::from_answers([(asked, Ok(answer(&work)))]), folder.path())
        .expect("it is saved");
    let ended = Gate::with_suite(SMALL).env("STAGE_URL", format!("file:{}", folder.path().display())).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["tally"]["passed"], 2);
}
