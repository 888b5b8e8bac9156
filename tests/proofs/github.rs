//! The gate in a job on GitHub: its files, its annotations, and text that tries to command the job.

use std::path::Path;
use std::sync::Arc;

use pretty_assertions::assert_eq;
use release_gate::embedded::server::{Scripted, Stage};
use rstest::{fixture, rstest};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Gate, INDEX, SMALL, scripted, stage};

#[fixture]
fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The gate in a job whose files are in this folder.
fn in_a_job(gate: Gate, folder: &Path) -> Gate {
    gate.env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .env("GITHUB_OUTPUT", folder.join("output"))
}

fn read(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap_or_default()
}

/// The value of an output: the line after its heredoc begins.
fn output(folder: &TempDir, name: &str) -> String {
    let text = read(folder, "output");
    let rest = text.split(&format!("{name}<<")).nth(1).unwrap_or_else(|| panic!("no {name}: {text}"));
    rest.lines().nth(1).unwrap_or_default().to_owned()
}

const FAILING: &str = "url: { matches: no-such-place }";

#[rstest]
fn a_release_that_may_go_on_is_told_to_the_job(folder: TempDir) {
    let ended = in_a_job(Gate::with_suite(SMALL).stage(&stage()), folder.path()).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(
        read(&folder, "summary.md").starts_with("## ✅ May be released: all "),
        "{}",
        read(&folder, "summary.md")
    );
    assert_eq!(output(&folder, "verdict"), "may-be-released");
    assert_eq!(output(&folder, "may-be-released"), "true");
    assert_eq!(output(&folder, "index"), INDEX);
    assert!(ended.stdout.contains("::notice title=Release gate::May be released"), "{}", ended.text());
}

#[rstest]
fn a_failure_is_shown_at_its_line_and_in_the_summary(folder: TempDir) {
    let suite = SMALL.replace("type: DigitalLocation", FAILING);
    let ended = in_a_job(Gate::with_suite(&suite).stage(&stage()), folder.path()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let annotation = "::error file=works-examples.yaml,line=9,title=A digitised archive file can be viewed::";
    assert!(ended.stdout.contains(annotation), "{}", ended.text());
    let summary = read(&folder, "summary.md");
    assert!(summary.starts_with("## ❌ Blocked: 1 of ") && summary.contains("```diff"), "{summary}");
    assert_eq!(
        (output(&folder, "may-be-released"), output(&folder, "failed")),
        ("false".to_owned(), "1".to_owned())
    );
}

#[rstest]
fn a_run_that_judges_nothing_tells_the_job_too(folder: TempDir) {
    let ended = in_a_job(Gate::with_suite(SMALL).env("STAGE_URL", ""), folder.path()).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert_eq!(output(&folder, "may-be-released"), "false");
    assert!(
        read(&folder, "summary.md").contains("STAGE_URL is set, but empty"),
        "{}",
        read(&folder, "summary.md")
    );
    assert!(
        ended.stdout.contains("::error title=Release gate::The gate cannot run like this."),
        "{}",
        ended.text()
    );
}

#[rstest]
#[case::passing(SMALL.to_owned(), 0, "may-be-released")]
#[case::failing(SMALL.replace("type: DigitalLocation", FAILING), 1, "blocked")]
fn the_verdict_does_not_depend_on_the_job(
    folder: TempDir,
    #[case] suite: String,
    #[case] code: i32,
    #[case] decision: &str,
) {
    // Folders stand where the files should be.
    for name in ["summary.md", "output"] {
        std::fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    let ended = in_a_job(Gate::with_suite(&suite).stage(&stage()), folder.path()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (code, decision), "{}", ended.text());
    assert!(ended.stderr.contains("the summary cannot be written to"), "{}", ended.text());
    assert!(ended.stderr.contains("the outputs cannot be written to"), "{}", ended.text());
}

#[rstest]
fn elsewhere_nothing_is_annotated() {
    let ended = Gate::with_suite(SMALL).stage(&stage()).run();
    assert!(!ended.text().contains("::notice"), "{}", ended.text());
}

#[rstest]
fn the_processes_of_nextest_write_one_summary_together(folder: TempDir) {
    let stage = stage();
    let out = folder.path().join("out");
    for check in ["digitised-archives::a222zvge", "contract::work"] {
        assert_eq!(read(&folder, "summary.md"), "", "only the last process tells");
        let gate = Gate::with_suite(SMALL).stage(&stage).out(&out).of_nextest("run", check);
        let ended = in_a_job(gate, folder.path()).run();
        assert_eq!(ended.code, 0, "{}", ended.text());
    }
    assert_eq!(read(&folder, "summary.md").matches("## ✅ May be released: all 2 checks").count(), 1);
}

/// A stage whose one work has texts that try to command the job.
fn commanding() -> Stage {
    let smuggled =
        "x\n::set-output name=may-be-released::true\r::add-mask::e\n  ::error::smuggled ##[error]smuggled";
    let body = json!({
        "id": "a222zvge", "type": "Work", "title": smuggled, smuggled: smuggled,
        "items": [{"locations": [{"type": smuggled, "url": smuggled}], "type": "Item"}],
    });
    let body = body.to_string();
    scripted(Arc::new(move |path, _| path.contains("/works/").then(|| Scripted::answer(200, body.clone()))))
}

#[rstest]
#[case::alone("")]
#[case::in_a_job("true")]
fn what_a_stage_answers_commands_no_job(folder: TempDir, #[case] actions: &str) {
    let suite = SMALL.replace("type: DigitalLocation", FAILING);
    let stage = commanding();
    let gate = in_a_job(Gate::with_suite(&suite).stage(&stage), folder.path());
    let ended = gate.env("GITHUB_ACTIONS", actions).env("CLICOLOR_FORCE", "1").run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.text().contains("smuggled"), "it was shown: {}", ended.text());
    for line in ended.text().split(['\n', '\r']) {
        let plain = anstream::adapter::strip_str(line).to_string();
        let own =
            ["::error file=", "::error title=", "::warning file=", "::warning title=", "::notice title="];
        assert!(
            !plain.trim_start().starts_with("::") || own.iter().any(|it| plain.starts_with(it)),
            "{line:?}"
        );
        assert!(own.iter().any(|it| plain.starts_with(it)) || !plain.contains("##["), "{line:?}");
    }
    let outputs = read(&folder, "output");
    assert_eq!(output(&folder, "may-be-released"), "false", "{outputs}");
    assert_eq!(outputs.matches("may-be-released<<").count(), 1, "{outputs}");
}
