//! Names, filters, listing, skips: the gate behaves as people know test harnesses.

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, scripted, stage};
use release_gate::embedded::server::Scripted;
use std::sync::Arc;

const TWO: &str = "\
criteria:
  - id: merged
    title: Merged records keep their parts
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    examples:
      - { work: a222zvge, is: an archive file }
      - { work: a2239muq, is: a book }
    expect: { identifiers: { count: { at-least: 3 } } }
  - id: shown
    title: Things have a title
    why: A promise.
    owner: Product
    proposed: true
    review-by: 2099-05-22
    examples:
      - { work: a222zvge, is: an archive file }
    expect: { title: { present: true } }
";

fn trials(stdout: &str) -> Vec<&str> {
    let tests = stdout.lines().filter(|line| line.contains("::"));
    tests.filter_map(|line| line.strip_prefix("test ")).collect()
}

#[rstest]
fn every_check_has_a_line_with_criterion_and_example() {
    let ended = Gate::with_suite(TWO).run();
    assert_eq!(
        trials(&ended.stdout),
        [
            "merged::a222zvge ... ok",
            "merged::a2239muq ... ok",
            "shown::a222zvge  ... ignored",
            "contract::work   ... ok",
        ],
        "{}",
        ended.text()
    );
}

#[rstest]
fn listing_makes_no_request() {
    let refuses = scripted(Arc::new(|_, _| Some(Scripted::Hangup)));
    let ended = Gate::with_suite(TWO).stage(&refuses).args(["--list", "--format", "terse"]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(
        ended.stdout.lines().collect::<Vec<_>>(),
        ["merged::a222zvge: test", "merged::a2239muq: test", "shown::a222zvge: test", "contract::work: test"]
    );
    assert_eq!(refuses.requests(), Vec::<String>::new());
}

#[rstest]
#[case::by_substring(&["a2239"], &["merged::a2239muq"])]
#[case::by_criterion(&["merged"], &["merged::a222zvge", "merged::a2239muq"])]
#[case::exactly(&["--exact", "merged::a222zvge"], &["merged::a222zvge"])]
#[case::exactly_is_not_a_part(&["--exact", "merged"], &[])]
#[case::skipping(&["--skip", "contract", "--skip", "shown"], &["merged::a222zvge", "merged::a2239muq"])]
fn filters_select_as_everywhere(#[case] args: &[&str], #[case] expected: &[&str]) {
    let ended = Gate::with_suite(TWO).args(args.iter().copied()).run();
    let names: Vec<&str> =
        trials(&ended.stdout).iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, expected, "{}", ended.text());
    assert_eq!(ended.code, 0, "{}", ended.text());
}

#[rstest]
fn a_filter_fetches_only_what_it_needs() {
    let stage = stage();
    Gate::with_suite(TWO).stage(&stage).args(["merged::a222zvge"]).run();
    let works: Vec<String> =
        stage.requests().into_iter().filter(|request| request.contains("/works/")).collect();
    assert_eq!(works.len(), 1, "{works:?}");
    assert!(works[0].contains("/works/a222zvge?include=identifiers"), "{works:?}");
}

#[rstest]
fn the_contract_alone_is_held_against_all_that_the_suite_asks_for() {
    let stage = stage();
    Gate::with_suite(TWO).stage(&stage).args(["--exact", "contract::work"]).run();
    let works = stage.requests().into_iter().filter(|request| request.contains("/works/")).count();
    assert_eq!(works, 2);
}

#[rstest]
fn a_resource_is_fetched_once_however_many_checks_need_it() {
    let stage = stage();
    let ended = Gate::new().stage(&stage).run();
    let manifest = std::fs::read_to_string(ended.out().join("evidence/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let resources = manifest["resources"].as_array().expect("resources").iter();
    let resources = resources.map(|entry| entry["resource"].as_str().expect("a resource"));
    // What is asked again on purpose is a resource of its own: `/_elasticConfig#2`.
    let paths =
        resources.filter_map(|resource| resource.split('#').next().filter(|path| path.starts_with('/')));
    // Once more at the end, to see whether the index has changed under the run.
    let mut wanted: Vec<String> =
        paths.chain(["/_elasticConfig"]).map(|path| format!("/catalogue/v2{path}")).collect();
    let mut asked = stage.requests();
    wanted.sort();
    asked.sort();
    assert_eq!(asked, wanted);
}

#[rstest]
fn a_work_is_fetched_once_with_the_includes_of_all_its_checks() {
    let suite = TWO.replace("title: { present: true }", "items: { present: true }");
    let stage = stage();
    Gate::with_suite(&suite).stage(&stage).run();
    let mut works = stage.requests();
    works.retain(|request| request.contains("/works/a222zvge"));
    assert_eq!(works, ["/catalogue/v2/works/a222zvge?include=identifiers,items"]);
}

#[rstest]
fn a_failing_proposed_criterion_is_told_and_does_not_block() {
    let suite = TWO.replace("title: { present: true }", "title: { absent: true }");
    let ended = Gate::with_suite(&suite).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.says("shown::a222zvge: `title` is there, and must not be"), "{}", ended.text());
    let proposed = &ended.verdict().expect("a verdict")["checks"]["tally"]["proposedNotPassing"];
    assert_eq!(proposed, 1);
    assert!(!ended.stderr.contains("run it alone"), "without a filter, one line is enough: {}", ended.text());
}

#[rstest]
fn a_failing_proposed_criterion_that_is_picked_out_tells_its_story() {
    let suite = TWO.replace("title: { present: true }", "title: { absent: true }");
    let ended = Gate::with_suite(&suite).args(["--exact", "shown::a222zvge"]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.stderr.contains("shown::a222zvge (only proposed)"), "{}", ended.text());
    assert!(ended.stderr.contains("- expected + found"), "{}", ended.text());
}

#[rstest]
fn a_failure_tells_its_reader_everything() {
    let suite = SMALL.replace("a222zvge", "a227y9ye");
    let ended = Gate::with_suite(&suite).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let story = ended.stdout.split(" ----\n").nth(1).expect("a story");
    let story = story.split("\n\n\nfailures:").next().expect("a story").trim_end();
    insta::assert_snapshot!("a_failure_tells_its_reader_everything", story);
}

#[rstest]
#[case::to_people_who_want_them(&["--color", "always"], "\u{1b}[31m    - ", true)]
#[case::not_to_machines(&["--format", "json"], "\\u001b", false)]
fn colours_are_shown_only(#[case] args: &[&str], #[case] colour: &str, #[case] shown: bool) {
    let suite = SMALL.replace("a222zvge", "a22hs5j3");
    let ended = Gate::with_suite(&suite).args(args.iter().copied()).run();
    assert!(ended.stdout.contains("- expected"), "{}", ended.text());
    assert_eq!(ended.stdout.contains(colour), shown, "{}", ended.text());
}

#[rstest]
fn a_proposed_check_that_the_filter_leaves_out_is_not_counted() {
    let suite = SMALL
        .replace("approved: { by: Product, on: 2026-11-22 }", "proposed: true")
        .replace("      - work", "      - { work: a22hs5j3, is: a book that is not digitised }\n      - work")
        .replace(
            "    examples:",
            "    known-issue: { link: https://example.org/1, until: 2099-01-01 }\n    examples:",
        );
    let ended = Gate::with_suite(&suite).args(["a222zvge"]).run();
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["tally"]["proposed"], 1, "{}", ended.text());
}
