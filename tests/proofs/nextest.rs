//! nextest runs each check in a process of its own: one recording for all, and one verdict at the end.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use pretty_assertions::assert_eq;
use release_gate::embedded::server::{Options, Scripted, Stage};
use rstest::rstest;

use crate::support::{Ended, Gate, SMALL, catalogue, scripted, stage};

const NAMES: [&str; 2] = ["digitised-archives::a222zvge", "contract::work"];

fn process(stage: &Stage, out: &Path, run: &str, check: &str) -> Ended {
    Gate::with_suite(SMALL).stage(stage).out(out).of_nextest(run, check).run()
}

fn requests_for_works(stage: &Stage) -> usize {
    stage.requests().into_iter().filter(|request| request.contains("/works/")).count()
}

#[rstest]
fn processes_of_one_run_fetch_each_resource_once_and_conclude_together() {
    let (stage, out) = (stage(), tempfile::tempdir().expect("a folder"));
    let ended: Vec<Ended> = thread::scope(|scope| {
        let processes = NAMES.map(|name| scope.spawn(|| process(&stage, out.path(), "run", name)));
        processes.into_iter().map(|process| process.join().expect("it ends")).collect()
    });
    for process in &ended {
        assert_eq!(process.code, 0, "{}", process.text());
    }
    assert_eq!(requests_for_works(&stage), 1, "the work is fetched by one of the two");
    assert_eq!(ended[0].decision(), "may-be-released", "the last to report concludes for all");
}

#[rstest]
fn a_check_that_reports_twice_does_not_make_up_for_another() {
    let (stage, out) = (stage(), tempfile::tempdir().expect("a folder"));
    process(&stage, out.path(), "run", NAMES[0]);
    let ended = process(&stage, out.path(), "run", NAMES[0]);
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.decision(), "undecided");
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["missing"][0], NAMES[1]);
}

#[rstest]
fn another_run_fetches_anew_and_counts_anew() {
    let (stage, out) = (stage(), tempfile::tempdir().expect("a folder"));
    process(&stage, out.path(), "run 1", NAMES[0]);
    let ended = process(&stage, out.path(), "run 2", NAMES[1]);
    assert_eq!(requests_for_works(&stage), 2);
    assert_eq!(ended.decision(), "undecided");
}

#[rstest]
fn a_run_id_that_lies_about_does_not_bring_back_old_answers() {
    let (stage, out) = (stage(), tempfile::tempdir().expect("a folder"));
    process(&stage, out.path(), "run", NAMES[0]);
    let url = stage.url();
    drop(stage);
    let ended =
        Gate::with_suite(SMALL).env("STAGE_URL", url).out(out.path()).env("NEXTEST_RUN_ID", "run").run();
    assert_eq!(ended.code, 2, "{}", ended.text());
}

#[rstest]
fn a_stage_that_is_switched_off_is_asked_by_one_process_only() {
    let off = scripted(Arc::new(|_, _| Some(Scripted::answer(503, "").with_header("retry-after", "0"))));
    let out = tempfile::tempdir().expect("a folder");
    process(&off, out.path(), "run", NAMES[0]);
    let asked = off.requests().len();
    let ended = process(&off, out.path(), "run", NAMES[1]);
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.stderr.contains("503 Service Unavailable"), "{}", ended.text());
    assert_eq!(off.requests().len(), asked, "what one process found out, the others know");
}

#[rstest]
fn a_proposed_check_never_fails_its_process() {
    let failing = SMALL
        .replace("criteria:\n", "")
        .replace("id: digitised-archives", "id: proposed")
        .replace("approved: { by: Product, on: 2026-11-22 }", "proposed: true")
        .replace("type: DigitalLocation", "url: { matches: no-such-place }");
    let stage = stage();
    let gate = Gate::with_suite(&format!("{SMALL}{failing}")).stage(&stage);
    let ended = gate.of_nextest("run", "proposed::a222zvge").args(["--include-ignored"]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.stdout.contains("proposed::a222zvge ... FAILED"), "{}", ended.text());
}

#[rstest]
#[case::another_stage(true, None, SMALL.to_owned())]
#[case::another_cluster(false, Some("reindex"), SMALL.to_owned())]
#[case::another_suite(false, None, SMALL.replace("a222zvge", "a22hs5j3"))]
fn a_run_never_finds_the_answers_of_something_else(
    #[case] other_stage: bool,
    #[case] cluster: Option<&str>,
    #[case] suite: String,
) {
    let known = Options { cluster: Some("reindex".to_owned()), ..Options::new() };
    let stages = [Stage::start(catalogue(), known).expect("a stage"), stage()];
    let out = tempfile::tempdir().expect("a folder");
    let gate = |suite: &str, stage: &Stage| {
        Gate::with_suite(suite).stage(stage).out(out.path()).of_nextest("run-5", NAMES[1])
    };
    gate(SMALL, &stages[0]).run();
    let other = gate(&suite, &stages[usize::from(other_stage)]);
    match cluster {
        Some(label) => other.env("ELASTIC_CLUSTER", label).run(),
        None => other.run(),
    };
    let asked = stages.iter().flat_map(Stage::requests).filter(|request| request.contains("/works/"));
    assert_eq!(asked.count(), 2);
}

#[rstest]
fn the_first_process_asks_for_what_the_others_need() {
    let suite = SMALL.replace("      - work", "      - { work: a2239muq, is: a book }\n      - work");
    let stage = stage();
    let out = tempfile::tempdir().expect("a folder");
    for name in [NAMES[0], "digitised-archives::a2239muq", NAMES[1]] {
        let ended = Gate::with_suite(&suite).stage(&stage).out(out.path()).of_nextest("run-6", name).run();
        assert_ne!(ended.code, 2, "{name}: {}", ended.text());
    }
}

#[rstest]
#[case::failing(200, 1)]
#[case::unanswered(503, 2)]
fn a_process_ends_as_its_own_check_does(#[case] status: u16, #[case] code: i32) {
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/").then(|| Scripted::answer(status, "{}").with_header("retry-after", "0"))
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).of_nextest("run-7", NAMES[0]).run();
    assert_eq!(ended.code, code, "{}", ended.text());
}
