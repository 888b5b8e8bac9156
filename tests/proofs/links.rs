//! What records link to: turned off unless asked for and never passed then; asked for without a key, and judged.

use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use crate::support::{Gate, SMALL, line, scripted, stage};
use release_gate::embedded::server::Scripted;

const LINKS: &str = "  - id: manifests
    title: The viewer gets what it is to show
    why: A button that leads to an error is worse than none.
    owner: Digital library
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    links:
      - { work: a222zvge, is: an archive file with a digitised copy, follow: [manifests] }
";

const MANIFEST: &str = "/stand-ins/https://iiif.wellcomecollection.org/presentation/v2/b18659135";

fn gate() -> Gate {
    Gate::with_suite(&format!("{SMALL}{LINKS}"))
}

fn answer(status: u16, content_type: &str, body: &str) -> Scripted {
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    Scripted::Answer { status, headers, body: body.to_owned() }
}

#[rstest]
fn links_are_not_looked_at_unless_it_is_asked_for_and_every_report_says_so() {
    let stage = stage();
    let ended = gate().stage(&stage).run();
    assert_eq!((ended.code, ended.decision().as_str()), (0, "may-be-released"), "{}", ended.text());
    assert!(line(&ended.stdout).contains("test manifests::a222zvge ... ignored"), "{}", ended.text());
    let told = ended.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains(
            "pass on this stage. Links were not looked at: 1 check is turned off (set CHECK_LINKS=1)."
        ),
        "{}",
        ended.text()
    );
    let checks = &ended.verdict().expect("a verdict")["checks"];
    assert_eq!(checks["turnedOff"], json!(["manifests::a222zvge"]));
    assert_eq!((&checks["calledFor"], &checks["tally"]["passed"]), (&json!(2), &json!(2)));
    assert!(stage.requests().iter().all(|path| !path.contains("stand-ins")), "{:?}", stage.requests());
}

#[rstest]
fn a_check_that_is_turned_off_fails_if_it_is_run_all_the_same() {
    let ended = gate().args(["--include-ignored", "manifests"]).run();
    assert!(!line(&ended.stdout).contains("manifests::a222zvge ... ok"), "{}", ended.text());
    assert!(ended.text().contains("CHECK_LINKS=1"), "{}", ended.text());
}

#[rstest]
fn nextest_takes_no_check_that_is_turned_off_for_one_that_passes() {
    let ended = gate().of_nextest("run", "manifests::a222zvge").args(["--include-ignored"]).run();
    assert_ne!(ended.code, 0, "{}", ended.text());
}

#[rstest]
fn a_suite_of_which_everything_is_turned_off_releases_nothing() {
    let ended = Gate::with_suite(&format!("criteria:\n{LINKS}")).stage(&stage()).run();
    assert_ne!(ended.code, 0, "{}", ended.text());
}

#[rstest]
fn a_filter_that_leaves_only_what_is_turned_off_says_how_to_turn_it_on() {
    let ended = gate().args(["manifests"]).run();
    assert!(
        line(&ended.stderr).contains(
            "Nothing was judged. Links were not looked at: 1 check is turned off (set CHECK_LINKS=1)"
        ),
        "{}",
        ended.text()
    );
}

#[rstest]
fn the_embedded_catalogue_stands_in_for_the_hosts_of_its_links() {
    let ended = gate().env("CHECK_LINKS", "1").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(line(&ended.stdout).contains("manifests::a222zvge ... ok"), "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["turnedOff"], json!([]));
}

#[rstest]
#[case::a_page_for_people(200, "text/html", "<html>Sorry</html>", "the answer is of another type")]
#[case::a_page_that_says_it_is_json(
    200,
    "application/json",
    "<html>Sorry</html>",
    "says that it is JSON, but is not"
)]
#[case::nothing_there(404, "application/json", "{}", "there is nothing at its address")]
fn a_link_that_shows_nothing_blocks(
    #[case] status: u16,
    #[case] content_type: &'static str,
    #[case] body: &'static str,
    #[case] expected: &str,
) {
    let stage =
        scripted(Arc::new(move |path, _| (path == MANIFEST).then(|| answer(status, content_type, body))));
    let ended = gate().stage(&stage).env("CHECK_LINKS", "1").run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(line(&ended.stdout).contains(expected), "{}", ended.text());
    assert!(line(&ended.stdout).contains("CHECK_LINKS=1 cargo test --test gate"), "{}", ended.text());
}

#[rstest]
fn a_link_whose_host_does_not_answer_is_undecided() {
    let stage = scripted(Arc::new(|path, _| {
        (path == MANIFEST).then(|| Scripted::answer(503, "").with_header("retry-after", "0"))
    }));
    let ended = gate().stage(&stage).env("CHECK_LINKS", "1").run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
}

#[rstest]
fn a_request_to_look_at_links_that_is_spelt_wrongly_is_refused() {
    let ended = gate().env("CHECK_LINKS", "yes").run();
    assert_eq!(ended.code, 4, "{}", ended.text());
    assert!(ended.stderr.contains("CHECK_LINKS is `yes`; write `true` or `false`"), "{}", ended.text());
}

#[rstest]
fn links_of_a_saved_run_are_judged_by_what_was_answered_then() {
    let first = gate().env("CHECK_LINKS", "1").run();
    let url = format!("file:{}", first.out().join("evidence").display());
    let again = gate().env("STAGE_URL", &url).env("CHECK_LINKS", "1").run();
    assert!(line(&again.stdout).contains("manifests::a222zvge ... ok"), "{}", again.text());
    let without = gate().run();
    let url = format!("file:{}", without.out().join("evidence").display());
    let never_asked = gate().env("STAGE_URL", &url).env("CHECK_LINKS", "1").run();
    assert_eq!(never_asked.code, 2, "{}", never_asked.text());
}
