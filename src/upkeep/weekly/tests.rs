//! What people are told once a week.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::{NOTHING, Section, due, page, stale};
use crate::catalogue::{Answer, Body, WorkId};
use crate::evidence::Evidence;
use crate::suite::Suite;
use crate::upkeep::coverage;

const SUITE: &str = "\
overrides:
  - { criterion: digitised, by: J. Doe, on: 2026-11-20, why: It must go out., until: 2026-12-01 }
criteria:
  - id: digitised
    title: A digitised work can be viewed
    why: It vanished once.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2026-12-20
    known-issue: { link: \"https://example.org/1\", until: 2026-11-24 }
    examples:
      - { work: a222zvge, is: a file }
    expect: { title: { present: true } }
";

fn suite() -> Suite {
    Suite::parse(Path::new("suite.yaml"), SUITE).unwrap()
}

/// What is told on this day, by section.
fn told(today: jiff::civil::Date) -> Vec<(&'static str, Vec<String>)> {
    let sections = due::sections(&suite(), today).into_iter();
    sections.filter(|it| !it.cases.is_empty()).map(|it| (it.title, it.cases)).collect()
}

#[rstest]
fn what_is_due_soon_and_what_runs_out_is_told() {
    let named = "**A digitised work can be viewed** (`digitised`, line 4, Product)";
    assert_eq!(
        told(date(2026, 11, 25)),
        [
            ("Reviews that are due soon", vec![format!("{named}: by 2026-12-20")]),
            (
                "Known issues that run out",
                vec![format!(
                    "{named}: let pass until 2026-11-24, which is over ([the issue](<https://example.org/1>))"
                )]
            ),
            (
                "Overrides that run out",
                vec!["**digitised**: overridden by J. Doe until 2026-12-01".to_owned()]
            ),
        ]
    );
}

#[rstest]
#[case::long_before(date(2026, 10, 1), &[])]
#[case::a_month_before(date(2026, 11, 20), &["Reviews that are due soon", "Known issues that run out", "Overrides that run out"])]
#[case::afterwards(date(2026, 12, 21), &["Reviews that are overdue", "Known issues that run out", "Overrides that run out"])]
fn it_is_told_when_it_matters(#[case] today: jiff::civil::Date, #[case] titles: &[&str]) {
    let told: Vec<&str> = told(today).into_iter().map(|(title, _)| title).collect();
    assert_eq!(told, titles);
}

#[rstest]
#[case::there(Answer::new(200, Body::Json(json!({"id": "a222zvge"}))), None)]
#[case::merged(Answer::new(302, Body::Json(json!({}))).leading_to("/catalogue/v2/works/a2239muq?include=x"), Some("leads to a2239muq now"))]
#[case::deleted(Answer::new(410, Body::Json(json!({}))), Some("is gone (410)"))]
#[case::unknown(Answer::new(404, Body::Json(json!({}))), Some("is not known (404)"))]
fn what_became_of_an_example_is_told(#[case] answer: Answer, #[case] says: Option<&str>) {
    let work = WorkId::parse("a222zvge").unwrap();
    let evidence = Evidence::from_answers([(coverage::example(&work), Ok(answer))]);
    let cases = stale::section(&evidence, &BTreeSet::from([work]), &suite()).cases;
    let page = "[a222zvge](<https://wellcomecollection.org/works/a222zvge>)";
    let expected: Vec<String> =
        says.map(|says| format!("{page} {says}; asked for by `digitised`")).into_iter().collect();
    assert_eq!(cases, expected);
}

#[rstest]
fn a_page_without_a_case_says_so_on_a_line_of_its_own() {
    let empty = Section { title: "Reviews", advice: "Look.", cases: Vec::new() };
    let text = page("the stage", &[empty]);
    assert_eq!(text.lines().next(), Some(NOTHING));
    let full = Section { title: "Reviews", advice: "Look.", cases: vec!["one".to_owned()] };
    let text = page("the stage", &[full]);
    assert!(text.contains("## Reviews (1)\n\nLook.\n\n- one\n") && !text.contains(NOTHING), "{text}");
}

#[rstest]
fn a_page_that_github_would_refuse_is_cut_and_says_so() {
    let cases = vec!["a work that is gone".to_owned(); 9000];
    let text = page("the stage", &[Section { title: "Examples", advice: "Look.", cases }]);
    assert!(text.len() < 65_536 && text.contains(" more entries, which `cargo run"), "{}", text.len());
}
