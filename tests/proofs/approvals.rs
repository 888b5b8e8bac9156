//! An approval covers one wording; a release goes on in spite of a failure only by a recorded override.

use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, NOT_INHERITED, SMALL, approved, project, read, scripted, stage};
use release_gate::embedded::server::Scripted;
use release_gate::suite::Suite;

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
    command.args(args).arg("--suite").arg(file).current_dir(project());
    let output = NOT_INHERITED.iter().fold(&mut command, |command, name| command.env_remove(name)).output();
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
fn what_no_example_stands_for_is_listed_from_the_catalogue_with_works_to_paste() {
    let gate = Gate::with_suite(SMALL);
    let listed = suite(&gate.project().join("works-examples.yaml"), &["coverage"]);
    let says = String::from_utf8(listed.stdout).expect("text");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    assert!(says.contains("Examples of approved criteria with a record: 1."), "{says}");
    assert!(says.contains("| Books (`a`) | ") && says.contains(" | **none** |"), "{says}");
    assert!(says.contains("      # Books (a)\n      - { work: "), "{says}");
    assert!(
        says.contains("Archives and manuscripts (`h`)") && !says.contains("# Archives and manuscripts (h)")
    );
    assert!(!says.contains("Not known"), "{says}");
}

#[rstest]
fn the_guide_to_approvals_is_found() {
    for page in ["README.md", "docs/writing-criteria.md"] {
        assert!(read(page).contains("approvals.md"), "{page}");
    }
}

#[rstest]
fn every_example_to_copy_from_the_guide_to_approvals_is_accepted() {
    let guide = read("docs/approvals.md");
    let blocks: Vec<&str> =
        guide.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [approval, issue, overrides] = blocks[..] else { panic!("three examples: {blocks:?}") };
    let suite = SMALL
        .replace("    approved: { by: Product, on: 2026-11-22 }\n", &format!("{approval}{issue}"))
        .replace("id: digitised-archives", "id: digitised-archives-can-be-viewed");
    let parsed = Suite::parse(std::path::Path::new("guide.yaml"), &format!("{overrides}{suite}"));
    assert_eq!(parsed.unwrap_or_else(|refusal| panic!("{refusal}")).overrides.len(), 1);
}

/// The day of this run, and so many days from it.
fn day(from_today: i64) -> String {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let span = jiff::Span::new().days(from_today);
    now.checked_add(span).expect("a day").to_string()
}

/// A suite whose first criterion fails and whose second holds, with an override of this criterion, on these days from
/// today.
fn overridden(criterion: &str, on: i64, until: i64) -> String {
    let failing = SMALL.replace("type: DigitalLocation", "url: { matches: no-such-place }");
    let second = SMALL.split_once("criteria:\n").expect("criteria").1;
    let second = second.replace("id: digitised-archives", "id: also-digitised");
    let (on, until) = (day(on), day(until));
    format!(
        "overrides:\n  - {{ criterion: {criterion}, by: J. Doe, on: {on}, why: It must go out., until: {until} }}\n\
         {failing}{second}"
    )
}

#[rstest]
fn an_override_lets_a_release_go_on_and_is_told_first() {
    let ended = Gate::with_suite(&overridden("digitised-archives", -1, 0)).stage(&stage()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict.as_object().and_then(|fields| fields.keys().next()).expect("a field"), "overrides");
    assert_eq!(verdict["overrides"][0]["by"], "J. Doe");
    assert_eq!(verdict["overridden"][0], "digitised-archives::a222zvge");
    assert_eq!(
        (verdict["failed"].as_array().map(Vec::len), verdict["mayBeReleased"] == true),
        (Some(0), true)
    );
    assert!(ended.stdout.contains("digitised-archives::a222zvge ... FAILED"), "{}", ended.text());
    assert!(ended.stdout.contains("so this does not block: It must go out."), "{}", ended.text());
    let closing = ended.stderr.split("Release gate\n").nth(1).expect("an end");
    assert!(closing.starts_with("  override  `digitised-archives` by J. Doe, from "), "{closing}");
    let sentence = "May be released, in spite of 1 check that fails and is overridden: 2 of 3 checks pass";
    assert!(closing.contains(sentence), "{closing}");
}

#[rstest]
#[case::after_its_last_day("digitised-archives", -5, -1, "the override by J. Doe ended on")]
#[case::before_its_first_day("digitised-archives", 1, 2, "the override by J. Doe begins on")]
#[case::for_another_criterion("also-digitised", 0, 1, "superfluous: all its checks pass")]
fn an_override_does_not_let_a_release_go_on(
    #[case] criterion: &str,
    #[case] on: i64,
    #[case] until: i64,
    #[case] says: &str,
) {
    let ended = Gate::with_suite(&overridden(criterion, on, until)).stage(&stage()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    assert!(ended.text().contains(says), "{}", ended.text());
}

#[rstest]
fn an_override_of_no_criterion_is_refused() {
    let ended = Gate::with_suite(&overridden("digitised-archive", 0, 1)).run();
    assert_eq!(ended.code, 3, "{}", ended.text());
    assert!(ended.stderr.contains("did you mean `digitised-archives`?"), "{}", ended.text());
}

#[rstest]
fn an_override_covers_nothing_that_nobody_knows() {
    let stage = scripted(Arc::new(|path, _| {
        path.contains("/works/").then(|| Scripted::answer(503, "").with_header("retry-after", "0"))
    }));
    let ended = Gate::with_suite(&overridden("digitised-archives", 0, 1)).stage(&stage).run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
}

#[rstest]
#[case::by_the_criterion("digitised-archives", 1)]
#[case::but_by_its_own_name("contract", 0)]
fn a_failure_of_the_contract_is_not_overridden(#[case] criterion: &str, #[case] code: i32) {
    let body = r#"{"id":"a222zvge","title":7,"alternativeTitles":[],"availabilities":[],"type":"Work",
        "items":[{"type":"Item","locations":[{"type":"DigitalLocation","url":"no-such-place"}]}]}"#;
    let stage =
        scripted(Arc::new(move |path, _| path.contains("/works/").then(|| Scripted::answer(200, body))));
    let ended = Gate::with_suite(&overridden(criterion, 0, 1)).stage(&stage).run();
    assert_eq!(ended.code, code, "{}", ended.text());
    let list = if code == 0 { "overridden" } else { "failed" };
    assert_eq!(ended.verdict().expect("a verdict")[list][0], "contract::work", "{}", ended.text());
}

#[rstest]
fn an_override_counts_under_nextest_too() {
    let suite = overridden("digitised-archives", 0, 1);
    let ended =
        Gate::with_suite(&suite).stage(&stage()).of_nextest("run", "digitised-archives::a222zvge").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
}

/// A suite whose example leads to another work, in the embedded catalogue as in its twin.
fn merged() -> String {
    SMALL.replace("work: a222zvge", "work: w4bajds8")
}

#[rstest]
fn an_example_that_is_missing_on_prod_as_well_is_stale_and_releases_nothing() {
    let ended = Gate::with_suite(&merged()).stage(&stage()).env("PROD_URL", "embedded").run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    let told = ended.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("stale example: w4bajds8 now leads to a222zvge (\""), "{}", ended.text());
    assert!(
        told.contains("write `work: a222zvge` in line 9 (the criterion holds for it)"),
        "{}",
        ended.text()
    );
    assert!(told.contains("Put other examples in the place of the stale ones"), "{}", ended.text());
}

#[rstest]
fn an_example_that_only_this_release_has_lost_blocks() {
    let gone = r#"{"errorType":"http","httpStatus":410,"label":"Gone","description":"This work has been deleted","type":"Error"}"#;
    let stage =
        scripted(Arc::new(move |path, _| path.contains("/works/").then(|| Scripted::answer(410, gone))));
    let ended = Gate::with_suite(SMALL).stage(&stage).env("PROD_URL", "embedded").run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    assert!(ended.says("prod still has the record: this release has lost it"), "{}", ended.text());
}

#[rstest]
fn an_example_that_cannot_be_compared_with_prod_blocks() {
    let ended = Gate::with_suite(&merged()).stage(&stage()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    assert!(ended.says("it could not be compared with prod: "), "{}", ended.text());
    assert!(ended.says("prod PROD_URL is not set, so nothing was compared with prod"), "{}", ended.text());
}
