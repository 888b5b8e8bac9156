//! nextest runs each check in a process of its own: one recording for all, and one verdict at the end.

use std::thread;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Ended, Gate, SMALL, stage};

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
