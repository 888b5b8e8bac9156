//! The reports of a real run: there whatever was decided, of this run alone, as their schemas say, and without secrets.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{Ended, Gate, SMALL, read, stage};

/// A work without the digitised copy that the suite asks for.
const PAPER: &str = "a22hs5j3";

fn report(ended: &Ended) -> Value {
    let text = std::fs::read_to_string(ended.out().join("report.json"));
    let text = text.unwrap_or_else(|error| panic!("{error}\n{}", ended.text()));
    serde_json::from_str(&text).expect("JSON")
}

fn mistakes(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&read("schemas/report.schema.json")).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    schema.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[rstest]
fn the_record_of_the_shipped_suite_is_as_its_schema_says() {
    let report = report(&Gate::new().run());
    assert_eq!(mistakes(&report), Vec::<String>::new());
    let criteria = report["criteria"].as_array().expect("criteria");
    let checks = criteria.iter().map(|it| it["checks"].as_array().map_or(0, Vec::len)).sum::<usize>();
    assert!(criteria.len() > 50 && checks > 500, "{} criteria, {checks} checks", criteria.len());
    assert!(!report.to_string().contains("\"answerOfProd\":\""), "a catalogue that is gone has no address");
    let compared = |kind: &str| report.to_string().contains(&format!("\"kind\":\"{kind}\""));
    assert!(compared("counts"), "the numbers of populations are told beside those of prod");
}

#[rstest]
fn a_failure_on_a_stage_is_recorded_with_its_release_and_without_the_key() {
    let (stage, prod, key) = (stage(), stage(), "s3cr3t-k3y");
    let ended = Gate::with_suite(&SMALL.replace("a222zvge", PAPER))
        .stage(&stage)
        .env("STAGE_API_KEY", key)
        .env("PROD_URL", prod.url())
        .env("RELEASE_ID", "2026-11-25-1")
        .env("RELEASE_REQUESTED_BY", "A. Developer")
        .env("RELEASE_DESCRIPTION", format!("deployed with {key}"))
        .run();
    let report = report(&ended);
    assert_eq!(mistakes(&report), Vec::<String>::new());
    let release = json!({
        "id": "2026-11-25-1", "requestedBy": "A. Developer", "description": "deployed with [x-api-key]"
    });
    assert_eq!((&report["release"], &ended.verdict().expect("a verdict")["release"]), (&release, &release));
    assert!(ended.says("release 2026-11-25-1; requested by A. Developer"), "{}", ended.text());
    let check = &report["criteria"][0]["checks"][0];
    assert_eq!((&check["outcome"], &check["work"]), (&json!("failed"), &json!(PAPER)));
    let curl = format!("curl -si -H \"x-api-key: $STAGE_API_KEY\" '{}/works/{PAPER}'", stage.url());
    assert_eq!(check["links"]["curl"], json!(curl));
    assert_eq!(check["links"]["answerOfProd"], json!(format!("{}/works/{PAPER}", prod.url())));
    assert!(ended.text().contains(&curl), "{}", ended.text());
    let junit = std::fs::read_to_string(ended.out().join("junit.xml")).expect("junit.xml");
    assert!(junit.contains("value=\"2026-11-25-1\"") && junit.contains("<failure "), "{junit}");
    assert!(!ended.everything().contains(key));
}

#[rstest]
fn no_report_of_an_earlier_run_outlives_the_beginning_of_the_next() {
    let first = Gate::with_suite(SMALL).run();
    let second = Gate::with_suite("criteria: 7\n").out(first.out()).run();
    assert_eq!(second.code, 3, "{}", second.text());
    let left = ["verdict.json", "report.json", "junit.xml"].map(|name| first.out().join(name).exists());
    assert_eq!(left, [false; 3]);
}

#[rstest]
fn a_report_that_cannot_be_replaced_releases_nothing() {
    let gate = Gate::with_suite(SMALL);
    let out = gate.project().join("out");
    std::fs::create_dir_all(out.join("junit.xml/in-the-way")).expect("a folder");
    let ended = gate.run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.says("the reports of an earlier run cannot be removed"), "{}", ended.text());
    assert_eq!(ended.verdict(), None);
}

#[rstest]
fn failures_are_told_by_criterion_the_widest_first() {
    let failing = SMALL.replace("a222zvge", PAPER);
    let other = failing
        .replace("criteria:\n", "")
        .replace("digitised-archives", "more-of-them")
        .replace("    expect:", "      - { work: a227y9ye, is: another one }\n    expect:");
    let ended = Gate::with_suite(&format!("{failing}{other}")).run();
    let told: Vec<&str> = ended.stdout.lines().filter_map(|line| line.strip_prefix("---- ")).collect();
    let expected =
        ["more-of-them::a22hs5j3 ----", "more-of-them::a227y9ye ----", "digitised-archives::a22hs5j3 ----"];
    assert_eq!(told, expected, "{}", ended.text());
    assert!(ended.says("Blocked: 3 of 4 checks fail in 2 criteria"), "{}", ended.text());
}
