//! Exit codes and `verdict.json`: what the job that deploys looks at.

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, cargo, project, stage};

const FAILING: &str = "url: { matches: no-such-place }";

#[rstest]
fn a_whole_live_run_that_passes_may_be_released() {
    let stage = stage();
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict["mayBeReleased"], true);
    assert_eq!(verdict["partial"], false);
    assert_eq!(verdict["stage"]["url"], stage.url());
    assert_eq!(verdict["stage"]["indexAtStart"], verdict["stage"]["indexAtEnd"]);
    assert!(verdict["stage"]["indexAtStart"]["worksIndex"].is_string());
    assert_eq!(verdict["suite"]["sha256"].as_str().map(str::len), Some(64));
}

#[rstest]
fn the_embedded_catalogue_releases_nothing() {
    let ended = Gate::with_suite(SMALL).run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "nothing-concluded"), "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["mayBeReleased"], false);
}

#[rstest]
fn a_failing_check_blocks() {
    let ended = Gate::with_suite(&SMALL.replace("type: DigitalLocation", FAILING)).stage(&stage()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["failed"][0], "digitised-archives::a222zvge");
}

#[rstest]
fn a_refused_suite_file_has_an_exit_code_of_its_own() {
    let ended = Gate::with_suite(&SMALL.replace("examples:", "exampels:")).run();
    assert_eq!(ended.code, 3, "{}", ended.text());
    assert!(ended.verdict().is_none(), "nothing was judged, so there is no verdict");
    assert!(ended.stderr.contains("did you mean `examples`?"), "{}", ended.text());
}

#[rstest]
#[case::empty_stage("STAGE_URL", "", "STAGE_URL is set, but empty")]
#[case::no_url("STAGE_URL", "api-stage", "STAGE_URL is not usable")]
#[case::a_key_without_a_stage("STAGE_API_KEY", "secret", "STAGE_URL is not, so the embedded catalogue")]
#[case::no_number("GATE_CONCURRENCY", "many", "GATE_CONCURRENCY is `many`")]
#[case::zero("GATE_CONCURRENCY", "0", "GATE_CONCURRENCY is `0`")]
#[case::unclear("CI", "perhaps", "CI is `perhaps`")]
fn an_unusable_variable_is_a_misuse(#[case] name: &str, #[case] value: &str, #[case] says: &str) {
    let ended = Gate::with_suite(SMALL).env(name, value).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains(says), "{}", ended.text());
    assert!(!ended.text().contains("secret"), "{}", ended.text());
}

#[rstest]
fn the_verdict_of_an_earlier_run_does_not_outlive_the_next_run() {
    let first = Gate::with_suite(SMALL).run();
    assert!(first.verdict().is_some());
    let refuses = "http://127.0.0.1:9";
    let second =
        Gate::with_suite(SMALL).out(first.out()).env("STAGE_URL", refuses).env("GATE_DEADLINE", "1").run();
    assert_eq!(second.code, 2, "{}", second.text());
    assert!(second.verdict().is_none(), "absent means no");
}

#[rstest]
fn cargo_test_hands_the_exit_code_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let suite = folder.path().join("works-examples.yaml");
    std::fs::write(&suite, "criteria: []\n").expect("a suite");
    let status = cargo()
        .args(["test", "--quiet", "--test", "gate"])
        .env("GATE_SUITE", &suite)
        .env("GATE_OUT", folder.path())
        .env_remove("STAGE_URL")
        .output()
        .expect("cargo runs")
        .status;
    assert_eq!(status.code(), Some(3));
}

#[rstest]
fn the_verdict_names_the_revision_of_the_suite() {
    let git = |args: &[&str]| {
        let output = std::process::Command::new("git").arg("-C").arg(project()).args(args).output();
        let output = output.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8(output.stdout).expect("text").trim().to_owned())
    };
    let ended = Gate::new().args(["--exact", "contract::error"]).run();
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict["suite"]["gitRevision"].as_str(), git(&["rev-parse", "HEAD"]).as_deref());
}
