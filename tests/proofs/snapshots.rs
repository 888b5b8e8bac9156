//! Key works are recorded, compared, and reviewed as users of insta know it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Ended, Gate, SMALL, approved, get, project, read, scripted, stage, write_approved};
use release_gate::embedded::faults;
use release_gate::embedded::server::{Options, Scripted, Stage};

/// The small suite, with a snapshot of its one work.
fn suite() -> String {
    SMALL.replace("        is: an archive file", "        snapshot: true\n        is: an archive file")
}

/// A project in which the snapshot has been recorded and accepted.
struct Recorded {
    project: tempfile::TempDir,
}

impl Recorded {
    fn on_the_embedded_catalogue() -> Self {
        let project = tempfile::tempdir().expect("a folder");
        fs::write(project.path().join("works-examples.yaml"), approved(&suite())).expect("a suite");
        fs::write(project.path().join("Cargo.toml"), "[workspace]\n").expect("a manifest");
        let recorded = Self { project };
        let ended = recorded.gate().env("INSTA_UPDATE", "always").run();
        assert_eq!(ended.code, 0, "{}", ended.text());
        recorded
    }

    fn gate(&self) -> Gate {
        Gate::new().in_project(self.project.path()).env("INSTA_OUTPUT", "none")
    }

    fn snapshot(&self) -> PathBuf {
        self.project.path().join("snapshots/embedded/a222zvge.snap")
    }
}

fn pending(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".snap.new")).collect()
}

fn line_of<'a>(ended: &'a Ended, name: &str) -> &'a str {
    ended.stdout.lines().find(|line| line.contains(name) && line.starts_with("test ")).expect("a line")
}

#[rstest]
fn an_accepted_snapshot_passes_from_then_on() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let ended = recorded.gate().env("CI", "true").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(line_of(&ended, "a222zvge::snapshot").ends_with("ok"), "{}", ended.text());
}

#[rstest]
fn a_missing_baseline_is_undecided_in_ci_and_nothing_is_written() {
    let gate = Gate::with_suite(&suite()).env("CI", "true");
    let project = gate.project().to_owned();
    let ended = gate.run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    assert!(ended.stdout.contains("cargo insta review"), "{}", ended.text());
    assert!(!project.join("snapshots").exists());
}

#[rstest]
fn nothing_is_written_in_ci_even_if_insta_is_told_to() {
    let gate = Gate::with_suite(&suite()).env("CI", "true").env("INSTA_UPDATE", "new");
    let project = gate.project().to_owned();
    let ended = gate.run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(!project.join("snapshots").exists());
}

#[rstest]
fn a_missing_baseline_is_offered_for_review_at_a_desk() {
    let recorded = Recorded::on_the_embedded_catalogue();
    fs::remove_file(recorded.snapshot()).expect("the snapshot is there");
    let ended = recorded.gate().run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert_eq!(pending(recorded.snapshot().parent().expect("a folder")), ["a222zvge.snap.new"]);
}

#[rstest]
fn a_changed_record_fails_and_shows_only_what_changed() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let before = fs::read_to_string(recorded.snapshot()).expect("a snapshot");
    let other = before.replace("physicalDescription: 1 file", "physicalDescription: 2 files");
    assert_ne!(other, before);
    fs::write(recorded.snapshot(), &other).expect("the snapshot is changed");
    let ended = recorded.gate().env("CI", "true").run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains("- physicalDescription: 2 files"), "{}", ended.text());
    assert!(ended.stdout.contains("+ physicalDescription: 1 file"), "{}", ended.text());
    assert!(!ended.stdout.contains("calm-record-id"), "lines far from the change are left out");
    assert_eq!(
        fs::read_to_string(recorded.snapshot()).expect("a snapshot"),
        other,
        "no snapshot is touched in CI"
    );
}

#[rstest]
fn a_stage_is_never_compared_with_embedded_records() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let ended = recorded.gate().stage(&stage()).env("CI", "true").run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.stdout.contains("there is no snapshot of a222zvge for this catalogue"), "{}", ended.text());
}

/// The embedded catalogue with a fault, as `cargo run --bin embedded-stage -- --fault unmerged` serves it.
#[rstest]
fn an_embedded_catalogue_with_a_fault_is_compared_with_embedded_records_and_offers_none() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let fault = faults::named("unmerged").expect("the fault");
    let stage = Stage::with(fault, Options::new()).expect("a stage");
    let ended = recorded.gate().stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(!ended.stdout.contains("there is no snapshot"), "{}", ended.text());
    assert_eq!(pending(&recorded.project.path().join("snapshots/embedded")), Vec::<String>::new());
}

#[rstest]
fn a_snapshot_that_nobody_asks_for_is_reported() {
    let recorded = Recorded::on_the_embedded_catalogue();
    fs::copy(recorded.snapshot(), recorded.snapshot().with_file_name("a2239muq.snap")).expect("a copy");
    let ended = recorded.gate().run();
    assert!(ended.stderr.contains("a2239muq.snap any more"), "{}", ended.text());
    assert!(!ended.stderr.contains("a222zvge.snap any more"), "{}", ended.text());
}

#[rstest]
fn another_suite_file_orphans_no_snapshot_of_the_project() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let other = recorded.project.path().join("mini.yaml");
    write_approved(&other, SMALL);
    let ended = recorded.gate().env("GATE_SUITE", &other).run();
    assert!(ended.verdict().is_some() && !ended.stderr.contains(".snap any more"), "{}", ended.text());
}

#[rstest]
#[case::item_id(r#""id":"c5rdccrs""#, r#""id":"wdtdsz2g""#, 0)]
#[case::manifest("presentation/v2/b18659135", "presentation/v2/b99999999", 1)]
fn what_drifts_between_good_indexes_does_not_fail(
    #[case] from: &'static str,
    #[case] to: &'static str,
    #[case] code: i32,
) {
    let recorded = Recorded::on_the_embedded_catalogue();
    let folder = recorded.project.path().join("snapshots");
    fs::rename(folder.join("embedded"), folder.join("stage")).expect("a folder");
    let healthy = stage();
    let url = format!("{}/works/a222zvge", healthy.url());
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/a222zvge").then(|| {
            let body = get(&format!("{url}?{}", path.split_once('?').expect("a query").1));
            assert!(body.contains(from), "the record holds what is to change: {body}");
            Scripted::answer(200, body.replace(from, to))
        })
    }));
    let ended = recorded.gate().stage(&stage).env("CI", "true").run();
    assert_eq!(ended.code, code, "{}", ended.text());
}

#[rstest]
fn the_readme_names_every_rule_of_redaction() {
    let readme = read("README.md");
    for rule in &release_gate::checks::snapshot::RULES {
        assert!(
            readme.contains(rule.name),
            "README.md does not tell of the rule {}: {}",
            rule.name,
            rule.why
        );
    }
}

#[rstest]
fn no_snapshot_waits_for_review() {
    assert_eq!(pending(&project().join("snapshots/embedded")), Vec::<String>::new());
}

#[rstest]
fn a_filter_offers_only_what_it_selects() {
    let suite = suite().replace(
        "    examples:",
        "    known-issue: { link: https://example.org/1, until: 2099-01-01 }\n    examples:",
    );
    let gate = Gate::with_suite(&suite);
    let project = gate.project().to_owned();
    let _ended = gate.args(["--exact", "digitised-archives::a222zvge"]).run();
    assert_eq!(pending(&project.join("snapshots/embedded")), Vec::<String>::new());
}

#[rstest]
fn what_may_be_of_two_releases_is_not_offered_for_review() {
    let stage = scripted(Arc::new(|path, nth| {
        let config = format!(r#"{{"worksIndex":"works-{nth}","pipelineDate":"2026-11-01"}}"#);
        path.contains("/_elasticConfig").then(|| Scripted::answer(200, config))
    }));
    let gate = Gate::with_suite(&suite()).stage(&stage);
    let project = gate.project().to_owned();
    let ended = gate.run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert_eq!(pending(&project.join("snapshots/stage")), Vec::<String>::new());
}

#[rstest]
fn a_snapshot_that_cannot_be_read_is_named_and_nothing_is_judged() {
    let recorded = Recorded::on_the_embedded_catalogue();
    fs::write(recorded.snapshot(), [0xff, 0xfe]).expect("the snapshot is damaged");
    let ended = recorded.gate().env("CI", "true").run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.stderr.contains("a222zvge.snap cannot be read"), "{}", ended.text());
}

#[rstest]
fn a_snapshot_says_which_work_it_shows_and_who_asks_for_it() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let snapshot = fs::read_to_string(recorded.snapshot()).expect("a snapshot");
    let header = snapshot.split("\n---\n").next().expect("a header");
    assert!(header.contains("https://wellcomecollection.org/works/a222zvge"), "{header}");
    assert!(header.contains("digitised-archives"), "{header}");
}

#[rstest]
fn what_waits_for_review_is_no_snapshot() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let waiting = recorded.snapshot().with_file_name("a2239muq.snap.new");
    fs::copy(recorded.snapshot(), waiting).expect("a copy");
    let ended = recorded.gate().run();
    assert!(!ended.stderr.contains("a2239muq"), "{}", ended.text());
}

#[rstest]
fn what_is_offered_for_review_is_not_told_as_a_panic() {
    let ended = Gate::with_suite(&suite()).run();
    assert!(!ended.text().contains("panicked"), "{}", ended.text());
}

/// insta finds its settings in a workspace that may be another one than the project's.
#[rstest]
fn what_insta_accepts_by_settings_from_elsewhere_does_not_pass_for_a_release() {
    let recorded = Recorded::on_the_embedded_catalogue();
    let folder = recorded.project.path().join("snapshots");
    fs::rename(folder.join("embedded"), folder.join("stage")).expect("a folder");
    let snapshot = folder.join("stage/a222zvge.snap");
    let other = fs::read_to_string(&snapshot).expect("a snapshot").replace("1 file", "2 files");
    fs::write(&snapshot, other).expect("the snapshot is changed");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::create_dir(elsewhere.path().join(".config")).expect("a folder");
    fs::write(elsewhere.path().join(".config/insta.yaml"), "behavior:\n  update: always\n")
        .expect("settings");
    let stage = stage();
    let ended = recorded.gate().stage(&stage).env("INSTA_WORKSPACE_ROOT", elsewhere.path()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
}
