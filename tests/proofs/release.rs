//! Which release a stage serves: named, steady, fresh, and waited for. What is not shown releases nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use pretty_assertions::assert_eq;
use release_gate::embedded::catalogue::Catalogue;
use release_gate::embedded::server::{Options, Script, Scripted, Stage};
use rstest::rstest;
use serde_json::json;

use crate::support::{Ended, Gate, INDEX, PIPELINE_DATE, SMALL, catalogue, scripted, stage, suite_of};

const SERVES: &str = "    release:\n      - { serves: expected-index, is: the index of this release }\n";
const STEADY: &str = "    release:\n      - { steady-over: 20, is: every task }\n";
const FROM_CACHE: &str = "    release:\n      - { from-cache-at-most: 60 seconds, is: every answer }\n";
const NEWEST: &str = "    release:\n      - { newest-item-within: 14 days, is: the newest item }\n";

/// What a stage says of itself whose index has this name.
fn config(index: &str) -> Scripted {
    let config = json!({
        "worksIndex": index, "imagesIndex": "images-2026-08-20", "pipelineDate": "2026-08-20", "clusterName": "c"
    });
    Scripted::answer(200, config.to_string())
}

/// A stage that tells its index so, by how often it was asked before.
fn telling(index: impl Fn(usize) -> &'static str + Send + Sync + 'static) -> Stage {
    scripted(Arc::new(move |path, nth| path.contains("/_elasticConfig").then(|| config(index(nth)))))
}

fn says(ended: &Ended, code: i32, says: &str) {
    assert_eq!(ended.code, code, "{}", ended.text());
    let words = ended.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(says), "{says}\n{}", ended.text());
}

#[rstest]
#[case::the_expected_index(INDEX, 0, "May be released")]
#[case::another_index("works-indexed-2026-11-01", 1, "does not serve what this release is meant to ship")]
fn a_stage_serves_what_the_release_ships(#[case] expected: &str, #[case] code: i32, #[case] text: &str) {
    let ended = Gate::with_suite(&suite_of(SERVES)).stage(&stage()).env("EXPECT_INDEX", expected).run();
    says(&ended, code, text);
    let stage = &ended.verdict().expect("a verdict")["stage"];
    assert_eq!(stage["expected"], json!({"index": expected, "pipelineDate": null}));
    assert_eq!(stage["indexAtStart"]["worksIndex"], INDEX);
}

#[rstest]
fn a_stage_that_names_no_index_is_not_the_expected_one() {
    let silent =
        scripted(Arc::new(|path, _| path.contains("/_elasticConfig").then(|| Scripted::answer(404, "{}"))));
    let ended = Gate::with_suite(&suite_of(SERVES)).stage(&silent).env("EXPECT_INDEX", INDEX).run();
    says(&ended, 2, "the stage does not say what it serves");
}

#[rstest]
fn what_was_never_named_is_not_released() {
    let ended = Gate::with_suite(&suite_of(SERVES)).stage(&stage()).run();
    says(&ended, 0, "nobody has said which index this release ships (EXPECT_INDEX)");
    assert_eq!(ended.decision(), "nothing-concluded");
    assert_eq!(ended.verdict().expect("a verdict")["mayBeReleased"], false);
    says(&ended, 0, "this shows only that the stage names one");
}

#[rstest]
fn ci_must_name_what_it_releases() {
    let ended = Gate::with_suite(&suite_of(SERVES)).stage(&stage()).env("CI", "true").run();
    says(&ended, 4, "EXPECT_INDEX is not set, so nobody has said what this release ships");
}

#[rstest]
fn what_no_criterion_looks_at_is_refused(#[values("EXPECT_INDEX", "WAIT_FOR_INDEX")] variable: &str) {
    let ended = Gate::with_suite(SMALL).stage(&stage()).env(variable, INDEX).run();
    says(&ended, 4, &format!("{variable} is set, but no approved criterion of the suite compares it"));
}

#[rstest]
fn a_saved_run_keeps_what_it_was_told() {
    let suite = suite_of(SERVES);
    let first = Gate::with_suite(&suite).stage(&stage()).env("EXPECT_INDEX", "works-other").run();
    let saved = format!("file:{}", first.out().join("evidence").display());
    says(&Gate::with_suite(&suite).env("STAGE_URL", &saved).run(), 1, "works-other");
    let contradicted = Gate::with_suite(&suite).env("STAGE_URL", &saved).env("EXPECT_INDEX", INDEX).run();
    says(&contradicted, 4, "but the saved run was told to expect `works-other`");
}

#[rstest]
fn one_old_task_among_twenty_answers_is_found() {
    let stage = telling(|nth| if nth == 7 { "works-old" } else { "works-new" });
    let ended = Gate::with_suite(&suite_of(STEADY)).stage(&stage).run();
    says(&ended, 1, "gives 2 different answers");
    assert!(ended.stdout.contains("1 × works-old"), "{}", ended.text());
}

#[rstest]
fn an_index_that_changes_and_changes_back_within_the_run_is_found() {
    // It serves another index to the first few questions after the work was asked for, and then the first one again.
    let (work_asked, since) = (AtomicBool::new(false), AtomicUsize::new(0));
    let stage = scripted(Arc::new(move |path, _| {
        if path.contains("/works/a222zvge") {
            work_asked.store(true, Ordering::SeqCst);
        }
        let asked = path.contains("/_elasticConfig");
        let other = asked && work_asked.load(Ordering::SeqCst) && since.fetch_add(1, Ordering::SeqCst) < 5;
        asked.then(|| config(if other { "works-b" } else { "works-a" }))
    }));
    let another = SMALL.replace("criteria:\n", "").replace("digitised-archives", "another");
    let ended = Gate::with_suite(&format!("{}{another}", suite_of(STEADY))).stage(&stage).run();
    says(&ended, 1, "gives 2 different answers");
    assert!(ended.stdout.contains("5 × works-b"), "{}", ended.text());
}

#[rstest]
fn processes_of_nextest_that_expect_different_releases_share_nothing() {
    let (stage, out) = (stage(), tempfile::tempdir().expect("a folder"));
    let of = |index| {
        let gate =
            Gate::with_suite(&suite_of(SERVES)).stage(&stage).out(out.path()).env("EXPECT_INDEX", index);
        gate.of_nextest("run", "digitised-archives::expected-index").run().code
    };
    assert_eq!((of("works-other"), of(INDEX)), (1, 0));
}

#[rstest]
#[case::of_a_minute("60", 0, "May be released")]
#[case::older_than_the_release("86400", 1, "a cache has kept this answer for 86400 s")]
fn an_answer_of_an_old_cache_is_found_whoever_asked_for_it(
    #[case] age: &'static str,
    #[case] code: i32,
    #[case] text: &str,
) {
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/a222zvge").then(|| Scripted::api().with_header("age", age))
    }));
    let another = SMALL.replace("criteria:\n", "").replace("digitised-archives", "another");
    let ended = Gate::with_suite(&format!("{}{another}", suite_of(FROM_CACHE))).stage(&stage).run();
    says(&ended, code, text);
}

#[rstest]
fn an_old_cache_is_found_under_nextest_too() {
    let stage = scripted(Arc::new(|path, _| {
        path.contains("/works/a222zvge").then(|| Scripted::api().with_header("age", "86400"))
    }));
    let another = SMALL.replace("criteria:\n", "").replace("digitised-archives", "another");
    let suite = format!("{}{another}", suite_of(FROM_CACHE));
    let out = tempfile::tempdir().expect("a folder");
    let of = |check| Gate::with_suite(&suite).stage(&stage).out(out.path()).of_nextest("run", check).run();
    // The first process records all answers; the second takes from them what it judges.
    assert_eq!(of("another::a222zvge").code, 0);
    says(&of("digitised-archives::from-cache"), 1, "a cache has kept this answer");
}

#[rstest]
fn an_index_that_has_stopped_updating_is_found_with_its_day() {
    let mut catalogue = Catalogue::build();
    catalogue.index.updated = "2026-03-01".parse().expect("a day");
    let stage = Stage::start(Arc::new(catalogue), Options::new()).expect("a stage");
    let ended = Gate::with_suite(&suite_of(NEWEST)).stage(&stage).run();
    says(&ended, 1, "the index has stopped updating");
    assert!(ended.stdout.contains("the newest is of 2026-03-01"), "{}", ended.text());
}

#[rstest]
fn the_embedded_catalogue_is_as_new_as_its_start() {
    let ended = Gate::with_suite(&suite_of(NEWEST)).stage(&stage()).run();
    says(&ended, 0, "May be released");
}

fn waiting(stage: &Stage, deadline: &str) -> Gate {
    let gate = Gate::with_suite(&suite_of(SERVES)).stage(stage);
    gate.env("WAIT_FOR_INDEX", "works-new").env("WAIT_DEADLINE", deadline).env("WAIT_PAUSE", "8")
}

#[rstest]
fn a_deploy_is_waited_for_and_only_then_judged() {
    let stage = telling(|nth| if nth < 3 { "works-old" } else { "works-new" });
    let ended = waiting(&stage, "60").env("CI", "true").run();
    says(&ended, 0, "May be released");
    for told in [
        "waiting up to 60 s until the stage serves works-new",
        "the stage served works-old",
        "the stage served works-new, 5 times in a row",
    ] {
        assert!(ended.stderr.contains(told), "{told}\n{}", ended.text());
    }
    let judged_from =
        stage.requests().iter().position(|request| request.contains("include=")).expect("it was judged");
    assert_eq!(judged_from, 9, "eight questions, and the first of the run itself");
}

#[rstest]
fn a_deploy_that_never_comes_is_undecided_with_the_last_status() {
    let stage = telling(|_| "works-old");
    let ended = waiting(&stage, "1").run();
    says(&ended, 2, "it did not serve works-new steadily within 1 s");
    assert!(ended.stderr.contains("last, it served works-old"), "{}", ended.text());
    assert!(ended.verdict().is_none(), "nothing was judged");
    assert!(stage.requests().iter().all(|request| request.contains("/_elasticConfig")));
}

#[rstest]
fn processes_of_nextest_do_not_wait_one_after_the_other() {
    let stage = telling(|_| "works-old");
    let out = tempfile::tempdir().expect("a folder");
    let of =
        || waiting(&stage, "1").out(out.path()).of_nextest("run", "digitised-archives::expected-index").run();
    says(&of(), 2, "it did not serve works-new");
    let asked = stage.requests().len();
    says(&of(), 2, "it did not serve works-new");
    assert_eq!(stage.requests().len(), asked);
}

#[rstest]
fn the_pipeline_date_of_a_cluster_is_read_from_its_index() {
    let script: Script =
        Arc::new(|path, _| path.contains("/_elasticConfig").then(|| config("works-indexed-2026-11-01")));
    let options = Options { cluster: Some("reindex".to_owned()), script: Some(script), ..Options::new() };
    let stage = Stage::start(catalogue(), options).expect("a stage");
    let suite = suite_of("    release:\n      - { serves: expected-pipeline-date, is: its pipeline }\n");
    let of = |date: &str| {
        let gate = Gate::with_suite(&suite).stage(&stage).env("ELASTIC_CLUSTER", "reindex");
        gate.env("EXPECT_PIPELINE_DATE", date).run()
    };
    says(&of("2026-11-01"), 0, "May be released");
    says(&of(PIPELINE_DATE), 1, "the date in the name of worksIndex");
}
