//! Lists of permalinks, from the text file to the decision.

use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, line, scripted, stage, write_approved};
use release_gate::embedded::server::{Scripted, Stage};

const LIST: &str = "\
criteria:
  - id: old-addresses
    title: Old addresses lead to a work
    why: Readers cannot replace theirs.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    permalinks:
      - { file: ids.txt, is: the ids that stories name }
";

fn gate(list: &str) -> Gate {
    let gate = Gate::with_suite_as_it_is(LIST);
    std::fs::write(gate.project().join("ids.txt"), list).expect("the list is written");
    write_approved(&gate.project().join("works-examples.yaml"), LIST);
    gate
}

/// A stage whose lists of works are answered like this.
fn with_lists(status: u16, body: &'static str) -> Stage {
    scripted(Arc::new(move |path, _| path.contains("/works?query=").then(|| Scripted::answer(status, body))))
}

#[rstest]
fn works_and_old_ids_of_works_and_numbers_lead_to_a_work() {
    let stage = stage();
    let ended = gate("# ids\na222zvge\nw4bajds8 # redirects\n\nb18659135\nGC/176/C/1\n").stage(&stage).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(line(&ended.stdout).contains("old-addresses::ids ... ok"), "{}", ended.text());
    let works = stage.requests().into_iter().filter(|path| path.contains("/works/")).count();
    assert_eq!(works, 1, "only the old id is asked for by itself: {:?}", stage.requests());
}

#[rstest]
#[case::deleted("fz655hx4", "1 of 2 permalinks leads to no work: 1 dead")]
#[case::never_given_out("zzzzzzzz", "there is no such record (404)")]
#[case::a_number_that_finds_nothing("b99999999", "no work carries this number")]
fn one_dead_permalink_blocks_and_is_told_with_its_line_and_link(#[case] id: &str, #[case] expected: &str) {
    let ended = gate(&format!("a222zvge\n{id}\n")).stage(&stage()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    for expected in [expected, &format!("{id} (ids.txt:2): "), "https://wellcomecollection.org/", id] {
        assert!(line(&ended.stdout).contains(expected), "{expected}: {}", ended.text());
    }
}

/// No work of the list is named, but each is there when it is asked for by itself.
#[rstest]
#[case::that_name_other_works(200, r#"{"type":"ResultList","results":[{"id":"zzzzzzzz"}],"totalResults":1}"#)]
#[case::that_name_nothing(200, r#"{"type":"ResultList","results":[],"totalResults":0}"#)]
#[case::that_are_refused(400, r#"{"httpStatus":400,"label":"Bad Request","type":"Error"}"#)]
fn lists_that_show_nothing_make_nothing_pass_and_nothing_fail(
    #[case] status: u16,
    #[case] body: &'static str,
) {
    let ended = gate("a222zvge\na2239muq\n").stage(&with_lists(status, body)).args(["old-addresses"]).run();
    assert!(line(&ended.stdout).contains("old-addresses::ids ... ok"), "{}", ended.text());
    let remarks = &ended.verdict().expect("a verdict")["remarks"]["old-addresses::ids"][0];
    assert!(remarks.as_str().is_some_and(|it| it.contains("a request of its own")), "{remarks}");
    let ended = gate("fz655hx4\nzzzzzzzz\n").stage(&with_lists(status, body)).args(["old-addresses"]).run();
    assert!(ended.code == 1 || body.contains("zzzzzzzz"), "{}", ended.text());
    assert!(
        line(&ended.stdout).contains("fz655hx4 (ids.txt:1): the record has been deleted"),
        "{}",
        ended.text()
    );
}

#[rstest]
#[case::to_a_deleted_work("/catalogue/v2/works/fz655hx4", "fz655hx4, for which the API answers 410")]
#[case::to_a_redirect("/catalogue/v2/works/dfcyrkxh", "dfcyrkxh, which leads on again")]
#[case::to_another_host(
    "https://example.org/catalogue/v2/works/a222zvge?include=items",
    "no work of this API"
)]
#[case::without_the_query("/catalogue/v2/works/a222zvge", "it leads to a222zvge, but loses the query string")]
fn a_redirect_that_the_website_cannot_follow_to_a_work_is_found(
    #[case] location: &'static str,
    #[case] expected: &str,
) {
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/w4bajds8").then(|| Scripted::Answer {
            status: 302,
            headers: vec![("location".to_owned(), location.to_owned())],
            body: String::new(),
        })
    }));
    let ended = gate("a222zvge\nw4bajds8\n").stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(
        line(&ended.stdout).contains("1 of 2 permalinks") && line(&ended.stdout).contains(expected),
        "{}",
        ended.text()
    );
}

#[rstest]
#[case::empty("", "ids.txt:1:1: the list is empty")]
#[case::with_a_mistake("a222zvge\n\nnonsense!\n", "ids.txt:3:1: `nonsense!` is neither")]
#[case::with_one_twice("a222zvge\na222zvge\n", "ids.txt:2:1: `a222zvge` stands in this list twice")]
fn a_list_with_a_mistake_is_refused_with_its_place(#[case] list: &str, #[case] expected: &str) {
    let ended = gate(list).run();
    assert_eq!(ended.code, 3, "{}", ended.text());
    assert!(ended.stderr.contains(expected) && ended.verdict().is_none(), "{}", ended.text());
}

#[rstest]
fn the_verdict_names_the_suite_with_its_lists() {
    let hash = |list: &str| gate(list).run().verdict().expect("a verdict")["suite"]["sha256"].clone();
    assert_ne!(hash("a222zvge\n"), hash("a222zvge\na2239muq\n"));
}
