//! Ways in which gates say yes wrongly, each seen in a real tool, each tried on this one.
//!
//! Rows of that list that are proved elsewhere: misspelt keys and empty lists (`suite`), schema keywords and formats
//! (`checks::contract`), retries and truncated bodies (`catalogue`), orphaned snapshots (`snapshots`), workflow
//! files (`housekeeping`).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, project, scripted, stage};
use release_gate::embedded::server::Scripted;

#[rstest]
#[case::accept_all("INSTA_UPDATE", "always")]
#[case::accept_the_unseen("INSTA_UPDATE", "unseen")]
#[case::force("INSTA_UPDATE", "force")]
#[case::pass_anyway("INSTA_FORCE_PASS", "1")]
#[case::force_as_of_old("INSTA_FORCE_UPDATE", "1")]
#[case::force_snapshots_as_of_old("INSTA_FORCE_UPDATE_SNAPSHOTS", "1")]
fn forgiving_snapshots_are_refused_for_a_release(#[case] name: &str, #[case] value: &str) {
    let ended = Gate::with_suite(SMALL).env("CI", "true").env(name, value).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains(&format!("{name}={value} makes snapshots pass")), "{}", ended.text());
    assert!(ended.verdict().is_none());
}

#[rstest]
#[case::accept_all("behavior:\n  update: always\n", "`update: always` in .config/insta.yaml")]
#[case::pass_anyway("behavior:\n  force_pass: true\n", "`force_pass: true` in .config/insta.yaml")]
fn a_forgiving_settings_file_is_refused_for_a_release(#[case] settings: &str, #[case] says: &str) {
    let gate = Gate::with_suite(SMALL).stage(&stage());
    let folder = gate.project().join(".config");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("insta.yaml"), settings).expect("the settings are written");
    let ended = gate.run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains(says), "{}", ended.text());
}

#[rstest]
#[case::a_refused_suite(&[], "exampels:", 3)]
#[case::a_misuse(&["--nonsense"], "examples:", 4)]
#[case::a_listing(&["--list"], "examples:", 0)]
fn an_old_verdict_outlives_nothing(#[case] args: &[&str], #[case] examples: &str, #[case] code: i32) {
    let out = tempfile::tempdir().expect("a folder");
    std::fs::write(out.path().join("verdict.json"), r#"{"mayBeReleased":true}"#).expect("an old verdict");
    let suite = SMALL.replace("examples:", examples);
    let ended = Gate::with_suite(&suite).out(out.path()).args(args.iter().copied()).run();
    assert_eq!(ended.code, code, "{}", ended.text());
    assert!(ended.verdict().is_none(), "{}", ended.text());
}

#[rstest]
fn forgiving_snapshots_are_allowed_at_a_desk() {
    let ended = Gate::with_suite(SMALL).env("INSTA_UPDATE", "always").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
}

#[rstest]
fn the_repository_does_not_make_insta_forgiving() {
    let config = crate::support::read(".config/insta.yaml");
    assert!(!config.contains("update") && !config.contains("force_pass"), "{config}");
    for file in ["insta.yaml", ".insta.yaml"] {
        assert!(!project().join(file).exists(), "{file} would be read instead of .config/insta.yaml");
    }
}

#[rstest]
fn a_filter_that_selects_nothing_is_refused_for_a_release() {
    let ended = Gate::with_suite(SMALL).env("CI", "true").args(["zzz"]).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains("The filter `zzz` selects no approved check"), "{}", ended.text());
}

#[rstest]
fn a_suite_without_an_approved_criterion_is_refused_for_a_release() {
    let suite = SMALL.replace("approved: { by: Product, on: 2026-11-22 }", "proposed: true");
    let ended = Gate::with_suite(&suite).stage(&stage()).run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains("no approved criterion"), "{}", ended.text());
}

#[rstest]
#[case::a_filter(&["digitised"])]
#[case::a_skip(&["--skip", "contract"])]
#[case::a_flag_that_leaves_out_all_tests(&["--bench"])]
#[case::only_the_ignored(&["--include-ignored", "digitised"])]
fn a_part_is_never_released(#[case] args: &[&str]) {
    let ended = Gate::with_suite(SMALL).stage(&stage()).args(args.iter().copied()).run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["partial"], true);
    assert!(ended.stderr.contains("of the 2 checks that the suite calls for reported"), "{}", ended.text());
}

#[rstest]
#[case::no_file(None)]
#[case::an_empty_file(Some(""))]
#[case::no_criteria(Some("criteria: []\n"))]
#[case::no_examples(Some("criteria:\n  - id: x\n    examples: []\n"))]
fn a_suite_that_asks_nothing_is_refused(#[case] suite: Option<&str>) {
    let gate = Gate::with_suite(suite.unwrap_or_default());
    if suite.is_none() {
        std::fs::remove_file(gate.project().join("works-examples.yaml")).expect("the suite is there");
    }
    let ended = gate.run();
    assert_eq!(ended.code, 3, "{}", ended.text());
    assert!(!ended.stdout.contains("test result: ok"), "{}", ended.text());
}

#[rstest]
#[case::server_error(500, 1)]
#[case::not_let_in(401, 1)]
#[case::forbidden(403, 1)]
#[case::unavailable(503, 2)]
#[case::too_many(429, 2)]
fn an_unexpected_status_never_passes(#[case] status: u16, #[case] code: i32) {
    let body =
        format!("{{\"errorType\":\"http\",\"httpStatus\":{status},\"label\":\"Error\",\"type\":\"Error\"}}");
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/")
            .then(|| Scripted::answer(status, body.clone()).with_header("retry-after", "0"))
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!(ended.code, code, "{}", ended.text());
}

#[rstest]
#[case::another_record(r#"{"id":"a2239muq","title":"x","alternativeTitles":[],"items":[{"locations":[{"type":"DigitalLocation"}]}],"availabilities":[],"type":"Work"}"#)]
#[case::an_empty_object("{}")]
#[case::a_list("[]")]
#[case::null("null")]
fn the_wrong_body_never_passes(#[case] body: &'static str) {
    let stage =
        scripted(Arc::new(move |path, _| path.contains("/works/").then(|| Scripted::answer(200, body))));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
}

#[rstest]
fn a_wrong_answer_is_not_waited_out() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let stage = scripted(Arc::new(move |path, nth| {
        if !path.contains("/works/") {
            return None;
        }
        count.fetch_add(1, Ordering::SeqCst);
        (nth == 0).then(|| Scripted::answer(200, r#"{"id":"a222zvge","title":"x","type":"Work"}"#))
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert_eq!(asked.load(Ordering::SeqCst), 1, "a wrong answer is an answer");
}

#[rstest]
fn every_example_counts_not_only_the_last() {
    let suite = SMALL.replace(
        "      - work: a222zvge\n",
        "      - { work: a22hs5j3, is: a book that is not digitised }\n      - work: a222zvge\n",
    );
    let ended = Gate::with_suite(&suite).stage(&stage()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["failed"].as_array().map(Vec::len), Some(1));
}

#[rstest]
fn nothing_holds_for_every_element_of_nothing() {
    let suite = SMALL.replace(
        "      items:\n        - locations:\n            - type: DigitalLocation\n",
        "      holdings: { every: { enumeration: { present: true } } }\n",
    );
    let ended = Gate::with_suite(&suite).stage(&stage()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains("`holdings` is empty"), "{}", ended.text());
}

#[rstest]
fn a_retried_pass_is_counted() {
    let stage = scripted(Arc::new(|path, nth| {
        (path.contains("/works/") && nth == 0)
            .then(|| Scripted::answer(503, "").with_header("retry-after", "0"))
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["retries"], 1);
    assert!(ended.stderr.contains("1 of them repeated"), "{}", ended.text());
}

#[rstest]
fn an_unknown_field_is_named_and_does_not_block() {
    let stage = scripted(Arc::new(|path, _| {
        path.contains("/works/a222zvge").then(|| {
            let body = r#"{"id":"a222zvge","title":"x","alternativeTitles":[],"availabilities":[],"type":"Work",
                "items":[{"type":"Item","locations":[{"type":"DigitalLocation","colour":"red"}]}]}"#;
            Scripted::answer(200, body)
        })
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert!(ended.stderr.contains("drift") && ended.stderr.contains("colour"), "{}", ended.text());
}

const WAIVED: &str = "    known-issue: { link: https://example.org/1, until: ";

#[rstest]
#[case::before_its_day("2099-01-01", "url: { matches: no-such-place }", 0)]
#[case::after_its_day("2026-01-01", "url: { matches: no-such-place }", 1)]
#[case::without_its_reason("2099-01-01", "type: DigitalLocation", 1)]
fn no_waiver_outlives_its_reason(#[case] until: &str, #[case] expected: &str, #[case] code: i32) {
    let suite = SMALL
        .replace("type: DigitalLocation", expected)
        .replace("    examples:", &format!("{WAIVED}{until} }}\n    examples:"));
    let ended = Gate::with_suite(&suite).run();
    assert_eq!(ended.code, code, "{}", ended.text());
}

#[rstest]
fn a_waiver_does_not_mean_an_answer_about_nothing() {
    let suite = SMALL.replace("    examples:", &format!("{WAIVED}2099-01-01 }}\n    examples:"));
    let fails = r#"{"errorType":"http","httpStatus":500,"label":"Internal Server Error","type":"Error"}"#;
    let stage =
        scripted(Arc::new(move |path, _| path.contains("/works/").then(|| Scripted::answer(500, fails))));
    let ended = Gate::with_suite(&suite).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains("there is no record"), "{}", ended.text());
}

#[rstest]
fn what_is_waived_is_listed_with_its_issue_and_its_day() {
    let suite = SMALL
        .replace("type: DigitalLocation", "url: { matches: no-such-place }")
        .replace("    examples:", &format!("{WAIVED}2099-01-01 }}\n    examples:"));
    let ended = Gate::with_suite(&suite).stage(&stage()).run();
    assert!(ended.stderr.contains("https://example.org/1, until 2099-01-01"), "{}", ended.text());
    assert!(ended.stderr.contains("1 waived as known issues"), "{}", ended.text());
    let waived = &ended.verdict().expect("a verdict")["waived"][0];
    assert_eq!(waived["check"], "digitised-archives::a222zvge");
}

#[rstest]
fn an_example_that_holds_alone_does_not_end_the_waiver_of_its_criterion() {
    let suite = SMALL
        .replace("      - work", "      - { work: a22hs5j3, is: a book that is not digitised }\n      - work")
        .replace("    examples:", &format!("{WAIVED}2099-01-01 }}\n    examples:"));
    let ended = Gate::with_suite(&suite).args(["a222zvge"]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["reported"], 1, "{}", ended.text());
}

#[rstest]
fn a_review_that_is_overdue_is_named() {
    let suite = SMALL.replace("on: 2026-11-22", "on: 2020-01-01").replace("2099-05-22", "2020-05-22");
    let ended = Gate::with_suite(&suite).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.stderr.contains("was to be looked at again by 2020-05-22 (Product)"), "{}", ended.text());
}

#[rstest]
fn two_runs_come_to_the_same_verdict() {
    let stage = stage();
    let of = |ended: crate::support::Ended| {
        let verdict = ended.verdict().expect("a verdict");
        (verdict["decision"].clone(), verdict["checks"].clone(), verdict["failed"].clone())
    };
    assert_eq!(of(Gate::new().stage(&stage).run()), of(Gate::new().stage(&stage).run()));
}

#[rstest]
fn a_run_that_is_killed_leaves_no_verdict() {
    let stage = scripted(Arc::new(|path, _| path.contains("/works/").then_some(Scripted::Hang)));
    let out = tempfile::tempdir().expect("a folder");
    std::fs::write(out.path().join("verdict.json"), r#"{"mayBeReleased":true}"#).expect("an old verdict");
    let running = Gate::with_suite(SMALL).out(out.path()).stage(&stage).spawn();
    while !stage.requests().iter().any(|request| request.contains("/works/")) {
        std::thread::yield_now();
    }
    running.kill();
    assert!(!out.path().join("verdict.json").exists());
}

#[rstest]
fn a_review_that_is_not_due_is_not_named() {
    let ended = Gate::with_suite(SMALL).run();
    assert!(!ended.stderr.contains("was to be looked at again"), "{}", ended.text());
}

#[rstest]
fn a_refusal_that_says_something_else_never_passes() {
    let examples = SMALL.find("    examples:").expect("examples");
    let example = "{ request: '/works/a222zvge?include=nonsense', is: a typo, says: nothing like it }";
    let ended = Gate::with_suite(&format!("{}    refused:\n      - {example}\n", &SMALL[..examples])).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains("the error does not say why"), "{}", ended.text());
}
