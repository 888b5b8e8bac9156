//! Searches on a whole run: what passes, what blocks, and what shows nothing.

use std::sync::Arc;

use pretty_assertions::assert_eq;
use release_gate::embedded::server::Scripted;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Ended, Gate, SMALL, scripted};

/// A suite of one search.
fn suite(search: &str) -> String {
    let head = &SMALL[..SMALL.find("    examples:").expect("examples")];
    format!("{head}    searches:\n      - {{ {search}, is: an example }}\n")
}

/// The verdict on a search that a stage answers with this, whatever is searched for.
fn answered(search: &str, answer: &Value) -> Ended {
    let answer = answer.to_string();
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works?query=").then(|| Scripted::answer(200, answer.clone()))
    }));
    Gate::with_suite(&suite(search)).stage(&stage).run()
}

fn work(id: &str) -> Value {
    json!({"id": id, "title": "A title", "alternativeTitles": [], "availabilities": [], "type": "Work"})
}

fn list(total: usize, works: &[Value]) -> Value {
    json!({"type": "ResultList", "pageSize": 10, "totalPages": 1, "totalResults": total, "results": works})
}

#[rstest]
#[case::what_must_be_first("query: GC/176/C/1, first: [a222zvge]", 0)]
#[case::what_must_be_first_and_is_not("query: GC/176/C/1, first: [a2239muq]", 1)]
#[case::nothing("query: zzzqqqxxx, first: [a222zvge]", 1)]
#[case::what_must_not_be_found("query: GC/176/C/1, never: [a2239muq]", 0)]
#[case::what_must_not_be_found_and_is("query: GC/176/C/1, never: [a222zvge]", 1)]
#[case::what_must_not_be_found_and_never_existed("query: GC/176/C/1, never: [zzzzzzzz]", 2)]
#[case::what_must_not_be_found_and_moved_on("query: GC/176/C/1, never: [w4bajds8]", 2)]
#[case::what_must_not_be_found_where_nothing_is("query: zzzqqqxxx, never: [a222zvge]", 2)]
#[case::refused("query: x, sort: title, refused: sort", 0)]
#[case::not_refused("query: x, sort: production.dates, refused: sort", 1)]
#[case::refused_for_another_reason("query: x, sort: title, refused: no such words", 1)]
#[case::a_facet_that_follows("query: GC/176/C/1, facets: [workType, availabilities]", 0)]
fn a_search_decides_about_a_release(#[case] search: &str, #[case] code: i32) {
    let ended = Gate::with_suite(&suite(search)).run();
    assert_eq!(ended.code, code, "{}", ended.text());
}

#[rstest]
#[case::one_twice(list(2, &[work("a222zvge"), work("a222zvge")]), "is found twice")]
#[case::more_than_there_are(list(9, &[work("a222zvge")]), "of 9 results in all, this page shows 1")]
#[case::nothing(list(0, &[]), "the search finds nothing at all")]
fn an_answer_that_contradicts_itself_blocks(#[case] answer: Value, #[case] says: &str) {
    let ended = answered("query: x, first: [a222zvge]", &answer);
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.stdout.contains(says), "{}", ended.text());
}

#[rstest]
fn a_list_is_held_against_its_schema() {
    let mut broken = work("a2239muq");
    broken.as_object_mut().expect("a work").remove("title");
    let ended = answered("query: x, first: [a222zvge]", &list(2, &[work("a222zvge"), broken]));
    assert_eq!(ended.code, 1, "{}", ended.text());
    let failed = &ended.verdict().expect("a verdict")["failed"];
    assert_eq!(failed.as_array().map(Vec::len), Some(1), "{failed}");
    assert!(failed.to_string().contains("contract::work-list"), "{failed}");
}

/// The API ignores what it does not know: a filter that was lost is seen by what it lets through.
#[rstest]
fn a_filter_that_a_release_lost_is_seen() {
    let stage = scripted(Arc::new(|path, _| {
        let lost = path.contains("workType=k");
        lost.then(|| Scripted::answer(200, list(1, &[work("a222zvge")]).to_string().replace(":10,", ":100,")))
    }));
    let search = "filters: { workType: k }, every: { workType: { id: k } }";
    let ended = Gate::with_suite(&suite(search)).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(
        ended.stdout.contains("1 of 1 results are not as expected. Number 1, a222zvge"),
        "{}",
        ended.text()
    );
}

#[rstest]
#[case::letters_of_another_alphabet("query: الكشف, results: 0", "الكشف")]
#[case::accents("query: Hans Grüneberg, finds: [ast48g5a]", "Hans-Grüneberg")]
#[case::slashes("query: GC/176/C/1, first: [a222zvge]", "GC-176-C-1")]
fn a_search_is_run_alone_by_its_name(#[case] search: &str, #[case] name: &str) {
    let name = format!("digitised-archives::{name}");
    let ended = Gate::with_suite(&suite(search)).args(["--exact", name.as_str()]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["reported"], 1, "{}", ended.text());
}
