//! Results in the order of their dates, and counts beside the results.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::{answered, evidence, judge, told};
use super::{A, B, check, page};

/// A work with these dates, in one text.
fn dated(id: &str, labels: &str) -> Value {
    let dates: Vec<Value> = labels.split("; ").map(|label| json!({"label": label})).collect();
    json!({"id": id, "title": "T", "production": [{"dates": dates}]})
}

#[rstest]
#[case::oldest_first("asc", &["1845", "c.1500", "1845", "1900"], &["pass"])]
#[case::newest_first("desc", &["1900", "[1845]"], &["pass"])]
#[case::not_oldest_first("asc", &["1900", "c.1500", "1845"], &[
    "the results are not sorted by `production.dates`: number 3 is older than one before it"
])]
#[case::not_newest_first("desc", &["1845", "24 October 1934"], &[
    "the results are not sorted by `production.dates`: number 2 is newer than one before it"
])]
#[case::not_beside_one_another("asc", &["1900", "1800; 1950", "1850"], &[
    "the results are not sorted by `production.dates`: number 3 is older than one before it"
])]
#[case::nothing_to_compare("asc", &["c.1500", "1845"], &["undecided"])]
fn sorted_results_are_really_sorted(#[case] order: &str, #[case] labels: &[&str], #[case] says: &[&str]) {
    let check = check(&format!("query: horse, sort: production.dates, sort-order: {order}"));
    let works: Vec<Value> =
        labels.iter().zip(["w2", "w3", "w4", "w5"]).map(|(label, id)| dated(id, label)).collect();
    let request =
        format!("/works?query=horse&sort=production.dates&sortOrder={order}&include=production&pageSize=100");
    let list = answered(200, page(100, works.len(), &works));
    assert_eq!(told(&judge(&check, &evidence([(request.as_str(), list)]))), says);
}

#[rstest]
#[case::as_many(json!([["a", 1], ["k", 1]]), &["pass"])]
#[case::one_more(json!([["a", 2], ["k", 1]]), &["the facet counts 2 results with `a`, which is not what the search finds"])]
#[case::one_that_is_not_there(
    json!([["a", 1], ["k", 1], ["d", 4]]), &["the facet counts 4 results with `d`, which is not what the search finds"]
)]
#[case::one_left_out(json!([["a", 1]]), &["the facet counts 0 results with `k`, which is not what the search finds"])]
#[case::none_at_all(Value::Null, &["the facet is not answered"])]
fn facets_count_what_the_search_finds(#[case] counts: Value, #[case] says: &[&str]) {
    let works = vec![json!({"id": A, "workType": {"id": "a"}}), json!({"id": B, "workType": {"id": "k"}})];
    let mut list = page(100, 2, &works);
    if let Some(counts) = counts.as_array() {
        let bucket = |count: &Value| json!({"data": {"id": count[0]}, "count": count[1]});
        list["aggregations"] =
            json!({"workType": {"buckets": counts.iter().map(bucket).collect::<Vec<_>>()}});
    }
    let request = "/works?query=horse&aggregations=workType&pageSize=100";
    let verdict =
        judge(&check("query: horse, facets: [workType]"), &evidence([(request, answered(200, list))]));
    assert_eq!(told(&verdict), says);
}
