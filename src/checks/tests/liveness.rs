//! Many requests: what fails, what is slow, and what was never answered, told apart.

use std::collections::BTreeMap;
use std::time::Duration;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Outcome, answered, answered_in_text, evidence, in_context, judge, told, unanswered};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::{Check, LivenessCheck};
use crate::evidence::Evidence;
use crate::suite::{LivenessExample, Requests, Slowest};
use crate::verdict::Verdict;

fn check(requests: Requests, times: usize) -> LivenessCheck {
    let slowest = Slowest { quantile: 95, times_the_probe: 8, or: Duration::from_millis(500) };
    LivenessCheck::new(LivenessExample { requests, times, seed: 1, slowest: Some(slowest) })
}

fn ok(body: Value) -> Outcome {
    Outcome(Ok(Answer { took: Duration::from_millis(10), ..Answer::new(200, Body::Json(body)) }))
}

fn slow(millis: u64) -> Outcome {
    let answer = Answer::new(200, Body::Json(list(3000)));
    Outcome(Ok(Answer { took: Duration::from_millis(millis), ..answer }))
}

fn fails() -> Outcome {
    answered(500, json!({"httpStatus": 500}))
}

/// A page of a list of so many works, with one work on it.
fn list(total: u64) -> Value {
    json!({"totalResults": total, "results": [{"id": "a222zvge"}]})
}

/// The number after `name` in a query.
fn number(resource: &Resource, name: &str) -> Option<u64> {
    resource.path().split_once(&format!("{name}="))?.1.split('&').next()?.parse().ok()
}

/// What the check has asked a stage that answers so.
fn ask(check: &LivenessCheck, answer: impl Fn(&Resource) -> Outcome) -> Evidence {
    super::ask(check, evidence([]), answer)
}

fn is_probe(resource: &Resource) -> bool {
    resource.path() == "/works?pageSize=1"
}

fn because(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Undecided { because } => because.clone(),
        other => told(other).join("; "),
    }
}

#[rstest]
#[case::all_is_well(ok(list(3000)), ok(list(3000)), "pass")]
#[case::slow_but_as_slow_as_the_probe_allows(slow(100), slow(800), "pass")]
#[case::slower_than_that(
    slow(100),
    slow(801),
    "the requests are too slow: 95% within 801 ms (may be 800 ms), the probe's median is 100 ms"
)]
#[case::within_the_floor(slow(1), slow(500), "pass")]
#[case::beyond_the_floor(
    slow(1),
    slow(501),
    "the requests are too slow: 95% within 501 ms (may be 500 ms), the probe's median is 1 ms"
)]
#[case::a_probe_without_an_answer(unanswered(), ok(list(3000)), "the probe by which the others are measured")]
#[case::a_probe_that_is_refused(answered(404, json!({})), ok(list(3000)), "the probe by which")]
#[case::no_answer(ok(list(3000)), unanswered(), "20 of 20 requests have no answer")]
#[case::refused(ok(list(3000)), answered(400, json!({})), "the API answers 400")]
#[case::no_json(ok(list(3000)), answered_in_text(200), "the API answers 200")]
fn searches_are_answered_and_quickly(#[case] probe: Outcome, #[case] search: Outcome, #[case] says: &str) {
    let check = check(Requests::Searches, 20);
    let evidence = ask(&check, |resource| if is_probe(resource) { probe.clone() } else { search.clone() });
    let text = because(&judge(&check, &evidence));
    assert!(text.contains(says), "{text}");
}

#[rstest]
#[case::one_slow_of_twenty(&[1], "pass")]
#[case::two_slow_of_twenty(&[1, 30], "the requests are too slow")]
fn chance_is_forgiven_and_more_is_not(#[case] slow_pages: &[u64], #[case] says: &str) {
    // The first page of the list and the last are always asked for.
    let check = check(Requests::DeepPages, 20);
    let evidence = ask(&check, |resource| match number(resource, "page") {
        Some(page) if slow_pages.contains(&page) => slow(900),
        _ => ok(list(3000)),
    });
    let text = because(&judge(&check, &evidence));
    assert!(text.starts_with(says), "{text}");
}

#[rstest]
#[case::deep_pages(Requests::DeepPages, 3000)]
#[case::a_few_works(Requests::DeepPages, 30)]
#[case::every_include(Requests::EveryInclude, 3000)]
#[case::every_aggregation(Requests::EveryAggregation, 3000)]
#[case::random_works(Requests::RandomWorks, 3000)]
#[case::a_million_works(Requests::RandomWorks, 1_000_000)]
#[case::searches(Requests::Searches, 3000)]
fn as_many_are_asked_as_the_criterion_says_and_each_is_its_own(
    #[case] requests: Requests,
    #[case] total: u64,
) {
    let check = check(requests, 23);
    let evidence = ask(&check, |resource| {
        let within = number(resource, "page")
            .is_none_or(|page| page * number(resource, "pageSize").unwrap() <= 10_000);
        if within { ok(list(total)) } else { fails() }
    });
    let judgement = in_context(&check, &evidence, &BTreeMap::new(), |context| check.judge(context));
    assert_eq!((told(&judgement.verdict), judgement.values), (vec!["pass"], 23));
}

#[rstest]
#[case::deep_pages(Requests::DeepPages)]
#[case::random_works(Requests::RandomWorks)]
fn an_empty_catalogue_shows_nothing(#[case] requests: Requests) {
    let check = check(requests, 20);
    let evidence = ask(&check, |_| ok(json!({"totalResults": 0, "results": []})));
    assert_eq!(told(&judge(&check, &evidence)), ["undecided"]);
}

#[rstest]
fn a_record_that_breaks_its_page_is_named_with_its_neighbours() {
    let check = check(Requests::DeepPages, 100);
    let evidence = ask(&check, |resource| {
        let (Some(size), Some(page)) = (number(resource, "pageSize"), number(resource, "page")) else {
            return ok(list(3000));
        };
        let broken = ((page - 1) * size + 1..=page * size).contains(&137);
        if broken { fails() } else { ok(json!({"results": [{"id": format!("work{page}")}]})) }
    });
    let text = because(&judge(&check, &evidence));
    assert!(
        text.contains("record 37 of page 2, number 137 of the list, after work136 and before work138"),
        "{text}"
    );
}

#[rstest]
fn a_page_whose_records_are_all_answered_has_no_culprit() {
    let check = check(Requests::DeepPages, 20);
    let evidence = ask(&check, |resource| match number(resource, "pageSize") {
        Some(100) if number(resource, "page") == Some(1) => fails(),
        _ => ok(list(3000)),
    });
    let text = because(&judge(&check, &evidence));
    assert!(
        text.contains("no single record does it, because in pages of 50 they are all answered"),
        "{text}"
    );
}

#[rstest]
fn a_page_whose_parts_have_no_answer_has_no_culprit_that_is_known() {
    let check = check(Requests::DeepPages, 20);
    let evidence = ask(&check, |resource| match (number(resource, "pageSize"), number(resource, "page")) {
        (Some(100), Some(1)) => fails(),
        (Some(50), _) => unanswered(),
        _ => ok(list(3000)),
    });
    let text = because(&judge(&check, &evidence));
    assert!(text.contains("which record does it could not be found out"), "{text}");
}

#[rstest]
fn failing_requests_beyond_the_first_are_counted() {
    let check = check(Requests::Searches, 20);
    let evidence = ask(&check, |resource| if is_probe(resource) { ok(list(3000)) } else { fails() });
    let text = because(&judge(&check, &evidence));
    assert!(text.contains("20 of 20 requests fail; the other 12 are not listed"), "{text}");
    let searched = evidence.iter().filter(|(resource, _)| number(resource, "pageSize") == Some(5)).count();
    assert!(searched <= 3 * 2, "no more than three pages are searched: {searched}");
}
