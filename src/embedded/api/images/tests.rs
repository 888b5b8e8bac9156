//! What `/images` and `/images/{id}` answer.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use crate::api::fixture::{Get, buckets, ids, service};

#[rstest]
#[case::all("", &["i1111111", "i2222222", "i3333333"])]
#[case::query("query=portrait", &["i2222222", "i3333333"])]
#[case::licence("locations.license=pdm", &["i1111111"])]
#[case::colour("color=b03429", &["i1111111", "i2222222"])]
#[case::colour_in_upper_case("color=0AA7BC", &["i3333333"])]
#[case::genre("source.genres.label=Handbooks&pageSize=1", &["i1111111"])]
#[case::genre_id("source.genres=nosuchid", &[])]
#[case::contributor("source.contributors.agent.label=%22Arnold,%20James%22&query=surgery", &["i1111111", "i2222222", "i3333333"])]
#[case::subject("source.subjects=c2222222&locations.license=pdm", &["i1111111"])]
#[case::produced("source.production.dates.from=1900-01-01", &["i2222222", "i3333333"])]
#[case::produced_before("source.production.dates.to=1899-12-31", &["i1111111"])]
#[case::sort("sort=source.production.dates&sortOrder=desc", &["i2222222", "i3333333", "i1111111"])]
fn images_are_listed(#[case] query: &str, #[case] expected: &[&str]) {
    assert_eq!(ids(&service().get(&format!("/images?{query}")).json()), expected);
}

#[rstest]
#[case::similar_in_a_list("/images?include=withSimilarFeatures", 400)]
#[case::include("/images/i1111111?include=items", 400)]
#[case::gone_include("/images/i1111111?include=visuallySimilar", 400)]
#[case::colour("/images?color=red", 400)]
#[case::two_colours("/images?color=ff0000,00ff00", 400)]
#[case::aggregation("/images?aggregations=license", 400)]
#[case::sort("/images?sort=production.dates", 400)]
#[case::window("/images?page=1001", 400)]
#[case::unknown("/images/zzzzzzzz", 404)]
#[case::upper_case("/images/I1111111", 404)]
fn request_is_refused(#[case] url: &str, #[case] status: u16) {
    assert_eq!(service().get(url).status, status);
}

#[test]
fn source_is_bare_unless_included() {
    let service = service();
    let bare = service.get("/images/i1111111").json();
    assert_eq!(bare["source"], json!({"id": "a1111111", "title": "Surgery for beginners", "type": "Work"}));
    let list = service.get("/images?include=source.subjects,source.contributors").json();
    assert_eq!(list["results"][0]["source"]["subjects"][0]["label"], json!("Surgery"));
    assert_eq!(list["results"][0]["source"].get("genres"), None);
}

#[test]
fn similar_images_come_with_a_single_one_nearest_first() {
    let image = service().get("/images/i1111111?include=withSimilarFeatures").json();
    let similar: Vec<_> =
        image["withSimilarFeatures"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(similar, ["i2222222", "i3333333"]);
}

#[rstest]
#[case::licence("locations.license", "license", &[("cc-by", 2), ("pdm", 1)])]
#[case::genre("source.genres", "source.genres.label", &[("Handbooks", 3)])]
#[case::subject("source.subjects.label", "source.subjects.label", &[("Surgery", 3)])]
#[case::contributor("source.contributors.agent.label", "source.contributors.agent.label", &[("Arnold, James", 3)])]
fn aggregation_counts(#[case] name: &str, #[case] key: &str, #[case] expected: &[(&str, u64)]) {
    assert_eq!(buckets(&service().get(&format!("/images?aggregations={name}")).json(), key), expected);
}
