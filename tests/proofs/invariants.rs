//! Invariants from end to end: what no named example shows is found in a sample, and told so that it can be mended.

use std::sync::{Arc, LazyLock};

use release_gate::embedded::api::{Asked, Service};
use release_gate::embedded::server::{Includes, Script, Scripted};
use release_gate::suite::Rule;
use rstest::rstest;

use crate::support::{Gate, catalogue, read, scripted, stage};

const SUITE: &str = "\
criteria:
  - id: text-can-be-read
    title: Text is readable
    why: Text in the wrong encoding has reached readers.
    owner: Product
    approved: { by: Product, on: 2026-11-25 }
    review-by: 2099-05-22
    invariants:
      - is: all text
        sample: { size: 300, seed: 7 }
        rule: text is readable
";

/// A stage whose answers have these words replaced, in every list.
fn with_words_replaced(from: &'static str, to: &'static str) -> Script {
    static API: LazyLock<Service> = LazyLock::new(|| Service::new(catalogue(), Includes::August, None));
    Arc::new(move |path, _| {
        let (path, query) = path.split_once('?')?;
        let answer = API.answer(&Asked::new(path, query, "http://127.0.0.1"));
        (path.ends_with("/works") && answer.body.contains(from))
            .then(|| Scripted::answer(answer.status, answer.body.replace(from, to)))
    })
}

#[rstest]
fn a_healthy_stage_passes_and_the_seed_is_told() {
    let ended = Gate::with_suite(SUITE).stage(&stage()).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.stderr.contains("works with seed 7"), "{}", ended.text());
}

#[rstest]
fn what_is_wrong_in_works_that_nobody_named_blocks_the_release() {
    let stage = scripted(with_words_replaced("An invented", "Une cr\u{c3}\u{a9}ation, an invented"));
    let ended = Gate::with_suite(SUITE).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let text = ended.text();
    assert!(text.contains("works break this. In the whole catalogue it is about"), "{text}");
    assert_eq!(text.matches("https://wellcomecollection.org/works/").count(), 3, "{text}");
    assert!(text.contains("looks like text in the wrong encoding"), "{text}");
}

#[rstest]
fn a_page_without_an_answer_leaves_the_release_undecided() {
    let script: Script =
        Arc::new(|path, _| path.contains("availabilities=online").then(|| Scripted::answer(503, "{}")));
    let ended = Gate::with_suite(SUITE).stage(&scripted(script)).run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.text().contains("could not be looked at"), "{}", ended.text());
}

#[rstest]
fn an_index_that_is_nearly_empty_blocks_the_release() {
    let ended = Gate::with_suite(&SUITE.replace("size: 300", "size: 5000")).stage(&stage()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.text().contains("works could be drawn from all pages within reach"), "{}", ended.text());
}

#[rstest]
fn the_guide_lists_every_rule() {
    let guide = read("docs/criteria/invariants.md");
    for rule in Rule::ALL {
        assert!(guide.contains(&format!("| `{}` |", rule.name())), "{}", rule.name());
    }
}
