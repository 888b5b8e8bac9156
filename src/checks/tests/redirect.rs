//! An old id must lead to its successor with 302, on the stage's own host, with the query, and the successor be there.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::{Outcome, answered, evidence, id, judge, told, unanswered};
use crate::catalogue::{Answer, Body};
use crate::checks::RedirectCheck;

const RIGHT: &str = "/catalogue/v2/works/a222zvge?include=items";

const ANOTHER: &str = "the old id leads to another work, a2239muq (https://wellcomecollection.org/works/a2239muq), and must lead to \
     a222zvge (https://wellcomecollection.org/works/a222zvge)";

fn leads(status: u16, location: &str) -> Outcome {
    let body = Body::Text { content_type: String::new(), text: String::new() };
    Outcome(Ok(Answer::new(status, body).leading_to(location)))
}

fn record(id: &str) -> Outcome {
    answered(200, json!({"id": id}))
}

fn judged(old: Outcome, new: Outcome) -> Vec<String> {
    let check = RedirectCheck::new(id("w4bajds8"), id("a222zvge"));
    let evidence = evidence([("/works/w4bajds8?include=items", old), ("/works/a222zvge", new)]);
    told(&judge(&check, &evidence)).into_iter().map(str::to_owned).collect()
}

#[rstest]
#[case::by_its_path(RIGHT, "pass")]
#[case::by_its_whole_address("http://localhost/catalogue/v2/works/a222zvge?include=items", "pass")]
#[case::among_other_parameters("/catalogue/v2/works/a222zvge?elasticCluster=x&include=items", "pass")]
#[case::to_another_record("/catalogue/v2/works/a2239muq?include=items", ANOTHER)]
#[case::to_something_below_the_record(
    "/catalogue/v2/works/a222zvge/items?include=items",
    "the old id leads to another address than the record's"
)]
#[case::to_another_host(
    "http://example.org/catalogue/v2/works/a222zvge?include=items",
    "the old id leads to another host"
)]
#[case::to_a_host_of_which_this_is_the_beginning(
    "http://localhost.example.org/works/a222zvge?include=items",
    "the old id leads to another host"
)]
#[case::to_another_host_without_a_scheme(
    "//example.org/works/a222zvge?include=items",
    "the old id leads to another host"
)]
#[case::without_the_query(
    "/catalogue/v2/works/a222zvge",
    "the redirect loses the query string, without which the website cannot follow it"
)]
fn an_old_id_leads_where_it_should(#[case] location: &str, #[case] says: &str) {
    assert_eq!(judged(leads(302, location), record("a222zvge")), [says]);
}

#[rstest]
#[case::for_ever(leads(301, RIGHT), "the API answers 301 (an answer that the API does not document)")]
#[case::with_the_record_itself(record("a222zvge"), "the API answers 200 (the record is there)")]
fn only_302_is_a_redirect(#[case] old: Outcome, #[case] says: &str) {
    assert_eq!(judged(old, record("a222zvge")), [says]);
}

#[rstest]
#[case::is_not_there(
    answered(404, json!({})),
    "the record that it must lead to: the API answers 404 (there is no such record)"
)]
#[case::leads_on_in_a_second_hop(
    leads(302, "/catalogue/v2/works/a2239muq?include=items"),
    "the record that it must lead to: the API answers 302 (the record has moved)"
)]
#[case::is_gone(
    answered(410, json!({})),
    "the record that it must lead to: the API answers 410 (the record has been deleted)"
)]
#[case::is_another(record("a2239muq"), "the answer is about another record")]
#[case::does_not_answer(unanswered(), "undecided")]
fn what_an_old_id_leads_to_is_judged_too(#[case] new: Outcome, #[case] says: &str) {
    assert_eq!(judged(leads(302, RIGHT), new), [says]);
}

#[rstest]
fn an_old_id_that_does_not_answer_is_undecided() {
    assert_eq!(judged(unanswered(), record("a222zvge")), ["undecided"]);
}

#[rstest]
fn what_is_wrong_stays_wrong_though_the_successor_does_not_answer() {
    let old = leads(302, "/catalogue/v2/works/a2239muq?include=items");
    assert_eq!(judged(old, unanswered()), [ANOTHER]);
}
