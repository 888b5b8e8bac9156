//! nextest runs each check in a process of its own: one recording for all, and one verdict at the end.

use std::sync::Arc;
use std::thread;

use pretty_assertions::assert_eq;
use rstest::rstest;

use release_gate::embedded::server::{Options, Scripted, Stage};

use crate::support::{Ended, Gate, SMALL, catalogue, scripted, stage};

const NAMES: [&str; 2] = ["digitised-archives::a222zvge", "contract::work"];

#[rstest]
fn processes_of_one_run_fetch_each_resource_once_and_conclude_together() {
    let stage = stage();
    let out = tempfile::tempdir().expect("a folder");
    let ended: Vec<Ended> = thread::scope(|scope| {
        let processes = NAMES.map(|name| {
            let gate = Gate::with_suite(SMALL).stage(&stage).out(out.path()).env("NEXTEST_RUN_ID", "run-1");
            scope.spawn(move || gate.args(["--exact", name]).run())
        });
        processes.into_iter().map(|process| process.join().expect("it ends")).collect()
    });
    for process in &ended {
        assert_eq!(process.code, 0, "{}", process.text());
    }
    let works = stage.requests().into_iter().filter(|request| request.contains("/works/")).count();
    assert_eq!(works, 1, "the work is fetched by one of the two");
    assert_eq!(ended[0].decision(), "may-be-released", "the last to report concludes for all");
}

#[rstest]
fn a_part_of_the_processes_concludes_nothing() {
    let stage = stage();
    let gate = Gate::with_suite(SMALL).stage(&stage).env("NEXTEST_RUN_ID", "run-2");
    let ended = gate.args(["--exact", NAMES[0]]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.decision(), "undecided");
}

#[rstest]
fn another_run_fetches_anew() {
    let stage = stage();
    let out = tempfile::tempdir().expect("a folder");
    for run in ["run-3", "run-4"] {
        let gate = Gate::with_suite(SMALL).stage(&stage).out(out.path()).env("NEXTEST_RUN_ID", run);
        gate.args(["--exact", NAMES[0]]).run();
    }
    let works = stage.requests().into_iter().filter(|request| request.contains("/works/")).count();
    assert_eq!(works, 2);
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
        Gate::with_suite(suite).stage(stage).out(out.path()).env("NEXTEST_RUN_ID", "run-5").args([NAMES[1]])
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
        let gate = Gate::with_suite(&suite).stage(&stage).out(out.path()).env("NEXTEST_RUN_ID", "run-6");
        let ended = gate.args(["--exact", name]).run();
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
    let gate = Gate::with_suite(SMALL).stage(&stage).env("NEXTEST_RUN_ID", "run-7");
    let ended = gate.args(["--exact", NAMES[0]]).run();
    assert_eq!(ended.code, code, "{}", ended.text());
}
