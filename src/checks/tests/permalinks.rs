//! Only what was shown to lead to a work passes, however a stage answers lists; and a long list costs few requests.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, Outcome, answered, answered_in_text, told, unanswered};
use crate::catalogue::{Answer, Body, Resource, Unanswered};
use crate::checks::{Check, Context, PermalinksCheck, WorkRequests};
use crate::evidence::Evidence;
use crate::suite::{Permalink, PermalinkOf, PermalinksExample};
use crate::verdict::{Judgement, Verdict};

fn check<'a>(permalinks: impl IntoIterator<Item = &'a str>) -> PermalinksCheck {
    let permalinks = permalinks.into_iter().enumerate();
    let permalinks = permalinks.map(|(nr, text)| Permalink { of: PermalinkOf::read(text), line: nr + 1 });
    PermalinksCheck::new(&PermalinksExample {
        file: Some("permalinks.txt".to_owned()),
        permalinks: permalinks.collect(),
    })
}

/// What a check concludes of a stage that answers so, and what it has asked for on the way.
fn run(check: &dyn Check, stage: impl Fn(&str) -> Outcome) -> (Judgement, Vec<String>) {
    let mut evidence = Evidence::from_answers([]);
    let requests = WorkRequests::of([check]).for_stage(&evidence);
    let baselines = BTreeMap::new();
    let mut asked = Vec::new();
    loop {
        let context =
            Context { evidence: &evidence, requests: &requests, baselines: &baselines, contract: &CONTRACT };
        let wanted: BTreeSet<Resource> =
            check.resources(&context).into_iter().filter(|resource| !evidence.has(resource)).collect();
        if wanted.is_empty() {
            return (check.judge(&context), asked);
        }
        for resource in wanted {
            asked.push(resource.to_string());
            let outcome = stage(resource.path()).0;
            evidence.insert(resource, outcome);
        }
    }
}

fn list(ids: &[&str]) -> Outcome {
    let works: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    answered(200, json!({"totalResults": ids.len(), "results": works}))
}

fn leads_to(location: &str) -> Outcome {
    let body = Body::Text { content_type: "text/html".to_owned(), text: String::new() };
    Outcome(Ok(Answer::new(302, body).leading_to(location)))
}

fn record(id: &str) -> Outcome {
    answered(200, json!({"id": id}))
}

/// What a list asks for.
fn asked_for(path: &str) -> Option<Vec<String>> {
    let query = path.strip_prefix("/works?query=")?.split('&').next()?;
    Some(query.split('+').map(str::to_owned).collect())
}

/// The work that is asked for by itself.
fn id_of(path: &str) -> &str {
    path.trim_start_matches("/works/").trim_end_matches("?include=items")
}

/// A stage that answers lists with those of the works that are there, and each work as told.
fn stage<'a>(single: impl Fn(&str) -> Outcome + 'a) -> impl Fn(&str) -> Outcome + 'a {
    move |path| match asked_for(path) {
        Some(ids) => {
            let there = |id: &&String| matches!(&single(id).0, Ok(answer) if answer.status == 200);
            list(&ids.iter().filter(there).map(String::as_str).collect::<Vec<_>>())
        }
        None => single(id_of(path)),
    }
}

fn says(judgement: &Judgement) -> String {
    told(&judgement.verdict).join("\n")
}

/// Ids that differ: `aaaaaaaa`, `aaaaaaab` and so on.
fn many(number: usize) -> Vec<String> {
    let letters = b"abcdefghjkmnpqrstuvwxyz";
    let letter = |nr: usize, place: u32| letters[nr / letters.len().pow(place) % letters.len()] as char;
    (0..number).map(|nr| (0..8).rev().map(|place| letter(nr, place)).collect()).collect()
}

#[rstest]
fn works_that_a_list_names_are_shown_by_one_request() {
    let (judgement, asked) = run(&check(["a222zvge", "a2239muq"]), stage(record));
    assert_eq!((says(&judgement).as_str(), judgement.values), ("pass", 2));
    assert_eq!(asked, ["/works?query=a222zvge+a2239muq&pageSize=100"]);
}

#[rstest]
#[case::deleted(answered(410, json!({})), "the record has been deleted (410)")]
#[case::never_was(answered(404, json!({})), "there is no such record (404)")]
#[case::leads_to_a_deleted_work(
    leads_to("/catalogue/v2/works/dead2222"),
    "leads to dead2222, for which the API answers 410"
)]
#[case::leads_to_a_redirect(
    leads_to("/catalogue/v2/works/chan2222"),
    "leads to chan2222, which leads on again"
)]
#[case::leads_to_another_record(
    leads_to("/catalogue/v2/works/same2222"),
    "leads to same2222, for which the API answers with another"
)]
#[case::loses_the_query(
    leads_to("/catalogue/v2/works/a222zvge"),
    "leads to a222zvge, but loses the query string"
)]
#[case::leads_on_with_another_query(
    leads_to("/catalogue/v2/works/a222zvge?include=itemsets"),
    "leads to a222zvge, but loses the query string"
)]
#[case::leads_to_another_host(
    leads_to("https://example.org/catalogue/v2/works/a222zvge"),
    "is no work of this API"
)]
#[case::leads_to_another_path(leads_to("/catalogue/v2/images/a222zvge"), "is no work of this API")]
#[case::is_another_record(record("a2239muq"), "the API answers with another record")]
#[case::is_no_json(answered_in_text(200), "the API answers with another record")]
#[case::is_a_fault(answered(500, json!({})), "the API answers 500")]
fn a_permalink_that_leads_to_no_work_is_found(#[case] answer: Outcome, #[case] expected: &str) {
    let stage = stage(move |id| match id {
        "dead2222" => answered(410, json!({})),
        "chan2222" => leads_to("/catalogue/v2/works/a222zvge"),
        "same2222" => record("a222zvge"),
        "w4bajds8" => Outcome(answer.0.clone()),
        id => record(id),
    });
    let lists = move |path: &str| match asked_for(path) {
        // Of the works only the first is named, so that the others must speak for themselves.
        Some(ids) => list(&ids.iter().filter(|id| *id == "a222zvge").map(String::as_str).collect::<Vec<_>>()),
        None => stage(path),
    };
    let (judgement, _) = run(&check(["a222zvge", "w4bajds8"]), lists);
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert!(findings[0].says.starts_with("1 of 2 permalinks leads to no work: 1 "), "{findings:?}");
    assert_eq!(findings[1].at, "w4bajds8 (permalinks.txt:2)");
    assert!(findings[1].says.contains(expected), "{findings:?}");
    assert!(findings[1].says.ends_with("https://wellcomecollection.org/works/w4bajds8"), "{findings:?}");
}

#[rstest]
fn a_permalink_that_leads_to_a_work_in_one_hop_is_shown_and_its_target_asked_for() {
    let stage = stage(|id| match id {
        "w4bajds8" => leads_to("/catalogue/v2/works/b2239muq?include=items"),
        id => record(id),
    });
    let (judgement, asked) = run(&check(["a222zvge", "w4bajds8"]), stage);
    assert_eq!(says(&judgement), "pass");
    assert_eq!(asked.last().map(String::as_str), Some("/works?query=b2239muq&pageSize=100"));
}

#[rstest]
#[case::other_works_than_were_asked_for(list(&["zzzzzzzz", "yyyyyyyy"]))]
#[case::nothing(list(&[]))]
#[case::no_list(answered(200, json!({})))]
#[case::a_page_for_people(answered_in_text(200))]
#[case::the_works_with_an_error(answered(500, json!({"results": [{"id": "a222zvge"}, {"id": "a2239muq"}]})))]
#[case::no_answer(unanswered())]
fn a_list_that_does_not_name_a_work_shows_nothing_of_it(#[case] answer: Outcome) {
    let lists = move |path: &str| match asked_for(path) {
        Some(_) => Outcome(answer.0.clone()),
        None => answered(404, json!({})),
    };
    let (judgement, _) = run(&check(["a222zvge", "a2239muq"]), lists);
    assert!(says(&judgement).contains("2 of 2 permalinks lead to no work: 2 dead"), "{judgement:?}");
}

#[rstest]
fn where_lists_do_not_name_what_is_there_no_second_list_is_asked_for() {
    let ids = many(250);
    let lists = |path: &str| match asked_for(path) {
        Some(_) => list(&[]),
        None => record(id_of(path)),
    };
    let (judgement, asked) = run(&check(ids.iter().map(String::as_str)), lists);
    assert_eq!((says(&judgement).as_str(), judgement.values), ("pass", 250));
    assert_eq!(asked.iter().filter(|path| asked_for(path).is_some()).count(), 1);
    assert!(judgement.remarks[0].says.contains("each permalink cost a request of its own"), "{judgement:?}");
}

#[rstest]
fn no_more_than_two_thousand_are_asked_for_one_by_one_and_the_others_are_not_passed() {
    let ids = many(2100);
    let lists = |path: &str| match asked_for(path) {
        Some(_) => list(&[]),
        None => record(id_of(path)),
    };
    let (judgement, asked) = run(&check(ids.iter().map(String::as_str)), lists);
    assert_eq!(asked.len(), 2001);
    let Verdict::Undecided { because } = &judgement.verdict else { panic!("{judgement:?}") };
    assert!(because.starts_with("nobody knows what became of 100 of 2100 permalinks"), "{because}");
}

#[rstest]
fn ten_thousand_permalinks_cost_a_hundred_requests() {
    let ids = many(10_000);
    let (judgement, asked) = run(&check(ids.iter().map(String::as_str)), stage(record));
    assert_eq!((says(&judgement).as_str(), judgement.values), ("pass", 10_000));
    assert_eq!(asked.len(), 100);
}

#[rstest]
fn one_dead_permalink_in_ten_thousand_is_found() {
    let ids = many(10_000);
    let dead = ids[7_777].clone();
    let stage = stage(|id| if id == dead { answered(410, json!({})) } else { record(id) });
    let (judgement, asked) = run(&check(ids.iter().map(String::as_str)), stage);
    assert!(
        says(&judgement).starts_with("1 of 10,000 permalinks leads to no work: 1 dead\n"),
        "{judgement:?}"
    );
    assert_eq!(asked.len(), 101);
}

#[rstest]
fn a_failure_lists_twenty_and_counts_the_rest() {
    let ids = many(50);
    let (judgement, _) = run(&check(ids.iter().map(String::as_str)), stage(|_| answered(410, json!({}))));
    let Verdict::Fail { findings } = &judgement.verdict else { panic!("{judgement:?}") };
    assert_eq!(findings.len(), 22);
    assert_eq!(findings[21].says, "and 30 more like these");
}

#[rstest]
#[case::with_nothing_wrong(record("a2239muq"), "undecided")]
#[case::with_something_wrong(answered(410, json!({})), "1 of 2 permalinks leads to no work: 1 dead")]
fn a_permalink_without_an_answer_never_passes(#[case] other: Outcome, #[case] expected: &str) {
    let lists = move |path: &str| match path {
        "/works/a222zvge?include=items" => Outcome(Err(Unanswered { cause: "503".to_owned(), attempts: 3 })),
        "/works/a2239muq?include=items" => Outcome(other.0.clone()),
        _ => list(&[]),
    };
    let (judgement, _) = run(&check(["a222zvge", "a2239muq"]), lists);
    assert!(says(&judgement).starts_with(expected), "{judgement:?}");
    assert_eq!(judgement.values, usize::from(expected != "undecided"));
}

fn carrying(id: &str, value: &str) -> Value {
    json!({"id": id, "identifiers": [{"identifierType": {"id": "x"}, "value": value}]})
}

#[rstest]
#[case::one_work(json!({"totalResults": 1, "results": [carrying("a222zvge", "b18659135")]}), "pass")]
#[case::no_work(json!({"totalResults": 0, "results": []}), "no work carries this number")]
#[case::two_works(
    json!({"totalResults": 2, "results": [carrying("a222zvge", "b18659135"), carrying("a2239muq", "b18659135")]}),
    "it finds 2 works"
)]
#[case::more_than_the_page_shows(
    json!({"totalResults": 900, "results": [carrying("a222zvge", "b18659135")]}), "it finds 900 works"
)]
#[case::another_work(
    json!({"totalResults": 1, "results": [carrying("a222zvge", "b99999999")]}), "does not carry it"
)]
#[case::no_list(json!({}), "something that is no list of works")]
fn a_number_leads_to_exactly_one_work(#[case] found: Value, #[case] expected: &str) {
    let (judgement, _) = run(&check(["b18659135"]), |_: &str| answered(200, found.clone()));
    assert!(says(&judgement).contains(expected), "{judgement:?}");
}

#[rstest]
fn a_number_with_blanks_has_a_link_that_can_be_followed() {
    let (judgement, _) =
        run(&check(["UGC 198/8"]), |_: &str| answered(200, json!({"totalResults": 0, "results": []})));
    assert!(says(&judgement).ends_with("/search/works?query=UGC+198%2F8"), "{judgement:?}");
}

#[rstest]
fn a_list_of_numbers_that_is_only_a_page_of_many_shows_nothing() {
    let (judgement, asked) = run(&check(["b18659135"]), |path: &str| {
        let total = if path.contains("pageSize") { 900 } else { 0 };
        let works = if total > 0 { vec![carrying("a222zvge", "b18659135")] } else { Vec::new() };
        answered(200, json!({"totalResults": total, "results": works}))
    });
    assert!(says(&judgement).contains("no work carries this number"), "{judgement:?}");
    assert_eq!(asked.len(), 2);
}

#[rstest]
fn many_numbers_are_asked_for_at_once() {
    let (judgement, asked) = run(&check(["b18659135", "GC/176/C/1"]), |_: &str| {
        let works = [carrying("a222zvge", "b18659135"), carrying("a2239muq", "GC/176/C/1")];
        answered(200, json!({"totalResults": 2, "results": works}))
    });
    assert_eq!(says(&judgement), "pass");
    assert_eq!(asked, ["/works?identifiers=b18659135%2CGC%2F176%2FC%2F1&include=identifiers&pageSize=100"]);
}
