//! A saved run is judged again, offline, with the same verdicts.

use std::fs;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, stage};

fn file_url(folder: &std::path::Path) -> String {
    format!("file:{}", folder.display())
}

#[rstest]
#[case::passing(SMALL.to_owned())]
#[case::failing(SMALL.replace("type: DigitalLocation", "url: { matches: no-such-place }"))]
fn a_saved_run_is_judged_again_with_the_same_verdicts(#[case] suite: String) {
    let stage = stage();
    let first = Gate::with_suite(&suite).stage(&stage).run();
    let url = stage.url();
    drop(stage);
    let again = Gate::with_suite(&suite).env("STAGE_URL", file_url(&first.out().join("evidence"))).run();
    let told = |verdict: serde_json::Value| {
        [verdict["checks"].clone(), verdict["failed"].clone(), verdict["stage"]["indexAtStart"].clone()]
    };
    assert_eq!(
        told(again.verdict().expect("a verdict")),
        told(first.verdict().expect("a verdict")),
        "{}",
        again.text()
    );
    assert_eq!(again.code, first.code);
    assert!(again.stderr.contains(&format!("answers of {url} saved earlier")), "{}", again.text());
    assert_ne!(again.decision(), "may-be-released", "answers of some earlier day release nothing today");
}

#[rstest]
fn a_saved_answer_that_was_changed_is_refused() {
    let first = Gate::with_suite(SMALL).run();
    let answers = first.out().join("evidence/answers");
    let work = fs::read_dir(answers)
        .expect("answers")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.to_string_lossy().contains("a222zvge"))
        .expect("the work was saved");
    let changed = fs::read_to_string(&work).expect("an answer").replace("An Outline", "An outline");
    fs::write(&work, changed).expect("the answer is changed");
    let again = Gate::with_suite(SMALL).env("STAGE_URL", file_url(&first.out().join("evidence"))).run();
    assert_eq!(again.code, 2, "{}", again.text());
    assert!(again.stderr.contains("a222zvge"), "{}", again.text());
}

#[rstest]
fn what_was_not_saved_is_undecided() {
    let first = Gate::with_suite(SMALL).run();
    let suite = SMALL.replace("a222zvge", "a2239muq");
    let again = Gate::with_suite(&suite).env("STAGE_URL", file_url(&first.out().join("evidence"))).run();
    assert_eq!((again.code, again.decision().as_str()), (2, "undecided"), "{}", again.text());
    assert!(again.stdout.contains("was not asked for in this run"), "{}", again.text());
}

#[rstest]
fn a_saved_run_of_the_embedded_catalogue_is_compared_with_its_own_snapshots() {
    let first = Gate::new().run();
    assert_eq!(first.code, 0, "{}", first.text());
    let again = Gate::new().env("STAGE_URL", file_url(&first.out().join("evidence"))).run();
    assert_eq!(again.code, 0, "{}", again.text());
    assert!(!crate::support::project().join("snapshots/stage").exists(), "a saved run records nothing");
}
