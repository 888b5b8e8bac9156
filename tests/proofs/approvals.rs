//! An approval covers one wording; a release goes on in spite of a failure only by a recorded override.

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, approved, project, read};

#[rstest]
#[case::wording_changed_by_one_character(approved(SMALL).replace("can be viewed", "can be viewed!"))]
#[case::wording_removed(SMALL.to_owned())]
fn a_criterion_that_is_not_worded_as_approved_is_refused(#[case] suite: String) {
    let ended = Gate::with_suite_as_it_is(&suite).run();
    assert_eq!(ended.code, 3, "{}", ended.text());
    assert!(ended.verdict().is_none(), "{}", ended.text());
    assert!(ended.stderr.contains("by Product"), "{}", ended.text());
    assert!(ended.stderr.contains("2026-11-22"), "{}", ended.text());
    assert!(
        ended.stderr.contains("cargo run --bin suite -- approve digitised-archives --by Product"),
        "{}",
        ended.text()
    );
}

/// The program that Product approves with, on a file of its own.
fn suite(file: &std::path::Path, args: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_suite"));
    let output = command.args(args).arg("--suite").arg(file).current_dir(project()).output();
    output.expect("it runs")
}

#[rstest]
fn the_command_of_the_refusal_is_all_that_it_takes() {
    let gate = Gate::with_suite_as_it_is(SMALL);
    let file = gate.project().join("works-examples.yaml");
    let waiting = suite(&file, &["unapproved"]);
    let says = String::from_utf8(waiting.stdout).expect("text");
    assert!(says.contains("approve digitised-archives --by Product --suite "), "{says}");
    let done = suite(&file, &["approve", "digitised-archives", "--by", "Product"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let ended = gate.run();
    assert_eq!(ended.code, 0, "{}", ended.text());
}

#[rstest]
fn nothing_is_written_where_nothing_is_approved() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("suite.yaml");
    std::fs::write(&file, SMALL).expect("a suite");
    let refused = suite(&file, &["approve", "digitised-archive", "--by", "Product"]);
    assert!(!refused.status.success());
    let says = String::from_utf8(refused.stderr).expect("text");
    assert!(says.contains("did you mean `digitised-archives`?"), "{says}");
    assert_eq!(std::fs::read_to_string(&file).expect("a suite"), SMALL);
}

#[rstest]
fn the_guide_to_approvals_is_found() {
    for page in ["README.md", "docs/writing-criteria.md"] {
        assert!(read(page).contains("approvals.md"), "{page}");
    }
}
