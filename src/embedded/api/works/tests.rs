//! What `/works` and `/works/{id}` answer.

use std::sync::Arc;

use pretty_assertions::{assert_eq, assert_ne};
use rstest::rstest;
use serde_json::{Value, json};

use crate::api::fixture::{Get, ORIGIN, buckets, ids, service, service_of_july, whole_catalogue};
use crate::api::{Includes, Service};
use crate::catalogue::Work;

const ARCHIVES: &[&str] = &["h1111111", "h2222222", "h3333333"];
const BOOKS: &[&str] = &["a1111111", "a2222222"];

fn description(url: &str) -> (u16, String) {
    let answer = service().get(url);
    let text = answer.json()["description"].as_str().unwrap_or_default().to_owned();
    (answer.status, text)
}

#[test]
fn list_holds_visible_works_by_id() {
    let list = service().get("/works").json();
    assert_eq!(ids(&list), [BOOKS, &["a3333333"], ARCHIVES].concat());
    let envelope = json!([list["type"], list["pageSize"], list["totalPages"], list["totalResults"]]);
    assert_eq!(envelope, json!(["ResultList", 10, 1, 6]));
    assert_eq!((list.get("prevPage"), list.get("nextPage"), list.get("aggregations")), (None, None, None));
}

#[test]
fn work_without_includes_is_bare() {
    let work = service().get("/works/a1111111").json();
    let keys: Vec<_> = work.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "title", "workType", "availabilities", "type"]);
}

#[test]
fn items_come_without_identifiers_unless_these_are_included_too() {
    let service = service();
    let bare = service.get("/works/a1111111?include=items").json();
    assert_eq!(
        (bare.pointer("/items/0/id"), bare.pointer("/items/0/identifiers")),
        (Some(&json!("t1111111")), None)
    );
    let whole = service.get("/works?include=items,identifiers").json();
    assert_eq!(whole.pointer("/results/0/items/0/identifiers/0/value"), Some(&json!("i11111111")));
}

#[rstest]
fn unknown_include_is_refused(#[values("/works", "/works/a1111111")] path: &str) {
    let (status, says) = description(&format!("{path}?include=foo"));
    assert_eq!(status, 400);
    assert!(
        says.starts_with(
            "include: 'foo' is not a valid value. Please choose one of: ['identifiers', 'items', "
        ),
        "{says}"
    );
}

#[rstest]
#[case::archive("archive", 200, 400)]
#[case::collection("collection", 200, 400)]
#[case::preceded("precededBy", 400, 200)]
#[case::succeeded("succeededBy", 400, 200)]
fn list_of_includes_moved_in_august(#[case] include: &str, #[case] august: u16, #[case] july: u16) {
    let url = format!("/works?include={include}");
    assert_eq!((service().get(&url).status, service_of_july().get(&url).status), (august, july));
}

#[rstest]
#[case::aggregation("aggregations=items.locations.type")]
#[case::sort("sort=title")]
#[case::order("sortOrder=up")]
#[case::access("items.locations.accessConditions.status=ajar")]
#[case::kind("type=Book")]
#[case::date("production.dates.from=1900")]
#[case::root("collection.isRoot=maybe")]
#[case::page("page=0")]
#[case::size("pageSize=101")]
#[case::window("page=101&pageSize=100")]
fn unknown_value_is_refused(#[case] query: &str) {
    assert_eq!(description(&format!("/works?{query}")).0, 400);
}

#[test]
fn only_the_unknown_access_status_is_named() {
    let (_, says) = description("/works?items.locations.accessConditions.status=!open,!ajar");
    assert!(
        says.starts_with("items.locations.accessConditions.status: '!ajar' is not a valid value."),
        "{says}"
    );
}

#[test]
fn unknown_parameter_is_ignored() {
    assert_eq!(ids(&service().get("/works?dateFrom=1900&includes=foo").json()).len(), 6);
}

#[test]
fn redirect_is_relative_and_keeps_the_query() {
    let answer = service().get("/works/r1111111?include=items&foo=bar");
    assert_eq!(answer.status, 302);
    assert_eq!(answer.location.as_deref(), Some("/catalogue/v2/works/a1111111?include=items&foo=bar"));
    assert_eq!(answer.content_type, "text/html; charset=UTF-8");
    assert!(answer.body.starts_with("<!doctype html>"), "{}", answer.body);
}

#[rstest]
#[case::deleted("d1111111", 410, "This work has been deleted")]
#[case::invisible("v1111111", 410, "This work has been deleted")]
#[case::unknown("zzzzzzzz", 404, "Work not found for identifier zzzzzzzz")]
#[case::upper_case("A1111111", 404, "Work not found for identifier A1111111")]
#[case::no_id("a.b", 404, "Work not found for identifier a.b")]
fn work_that_is_not_there_is_refused(#[case] id: &str, #[case] status: u16, #[case] says: &str) {
    assert_eq!(description(&format!("/works/{id}")), (status, says.to_owned()));
}

#[rstest]
#[case::work_type("workType=a", BOOKS)]
#[case::work_types("workType=a,k", &["a1111111", "a2222222", "a3333333"])]
#[case::kind("type=Collection", &["h1111111"])]
#[case::languages("languages=fre", &["a2222222"])]
#[case::genre_label("genres.label=Handbooks", BOOKS)]
#[case::genre("genres=g1111111", BOOKS)]
#[case::subject_label("subjects.label=%22Oswego,%20N.Y.%22", &["a2222222"])]
#[case::subject_label_unquoted("subjects.label=Oswego,%20N.Y.", &[])]
#[case::subject("subjects=c3333333", &["a2222222"])]
#[case::contributor_label("contributors.agent.label=%22Arnold,%20James%22", &["a1111111", "a3333333"])]
#[case::contributor("contributors.agent=c1111111", &["a1111111", "a3333333"])]
#[case::identifiers("identifiers=b22222222", &["a2222222"])]
#[case::availabilities("availabilities=online", &["a1111111", "a3333333"])]
#[case::part_of("partOf=h1111111", &["h2222222", "h3333333"])]
#[case::part_of_title("partOf.title=Surgeons'%20papers,%201900-1950", &["h2222222", "h3333333"])]
#[case::items("items=t1111111", &["a1111111"])]
#[case::item_identifiers("items.identifiers=i11111111", &["a1111111"])]
#[case::location_type("items.locations.locationType=iiif-image", &["a3333333"])]
#[case::licence("items.locations.license=pdm", &["a1111111"])]
#[case::access("items.locations.accessConditions.status=closed", &["a2222222"])]
#[case::access_negated("items.locations.accessConditions.status=!open", &["a2222222", "h1111111", "h2222222", "h3333333"])]
#[case::produced_from("production.dates.from=1872-01-01", &["a1111111", "a3333333"])]
#[case::produced_between("production.dates.from=1763-01-01&production.dates.to=1900-01-01", BOOKS)]
#[case::created("items.locations.createdDate.from=2012-01-01", &["a1111111", "a3333333"])]
#[case::created_before("items.locations.createdDate.to=2011-12-31", &[])]
#[case::category("archive.category=PP", ARCHIVES)]
#[case::collection("collection.root=h1111111", ARCHIVES)]
#[case::root("collection.isRoot=true", &["h1111111"])]
#[case::not_root("collection.isRoot=false&workType=h", &["h2222222", "h3333333"])]
#[case::together("workType=a&languages=eng", &["a1111111"])]
#[case::query("query=surgery", BOOKS)]
#[case::query_and_filter("query=surgery&languages=fre", &["a2222222"])]
#[case::query_for_an_id_in_mixed_case("query=A3333333", &["a3333333"])]
#[case::query_for_a_redirected_id("query=r1111111", &[])]
#[case::sort("sort=production.dates&workType=a,k", &["a2222222", "a1111111", "a3333333"])]
#[case::sort_created("sort=items.locations.createdDate&workType=a,k", &["a1111111", "a3333333", "a2222222"])]
#[case::sort_created_descending(
    "sort=items.locations.createdDate&sortOrder=desc&workType=a,k",
    &["a3333333", "a1111111", "a2222222"]
)]
#[case::sort_descending("sort=production.dates&sortOrder=desc&workType=a,k", &["a3333333", "a1111111", "a2222222"])]
fn list_is_narrowed_by(#[case] query: &str, #[case] expected: &[&str]) {
    let list = service().get(&format!("/works?{query}")).json();
    assert_eq!(ids(&list), expected);
    assert_eq!(list["totalResults"], json!(expected.len()));
}

#[test]
fn july_ignores_the_filters_of_august() {
    assert_eq!(ids(&service_of_july().get("/works?archive.category=PP").json()).len(), 6);
}

#[rstest]
fn next_pages_lead_to_every_work_once(#[values("", "&query=surgery", "&sort=production.dates")] more: &str) {
    let service = service();
    let all = service.get(&format!("/works?pageSize=100{more}")).json();
    assert_eq!(walk(&service, format!("/works?pageSize=2{more}")), ids(&all));
}

#[test]
fn neighbouring_pages_are_linked_with_host_and_query() {
    let page = service().get("/works?include=items%2Cnotes&page=2&pageSize=2&foo=bar").json();
    let link = |number| {
        json!(format!("{ORIGIN}/catalogue/v2/works?include=items%2Cnotes&pageSize=2&foo=bar&page={number}"))
    };
    assert_eq!((&page["prevPage"], &page["nextPage"]), (&link(1), &link(3)));
}

#[rstest]
#[case::work_type("workType", "workType", &[("Archives and manuscripts", 3), ("Books", 2), ("Pictures", 1)])]
#[case::genre_label("genres.label", "genres.label", &[("Handbooks", 2)])]
#[case::genre("genres", "genres.label", &[("Handbooks", 2)])]
#[case::subject_label("subjects.label", "subjects.label", &[("Surgery", 2), ("Oswego, N.Y.", 1)])]
#[case::subject("subjects", "subjects.label", &[("Surgery", 2), ("Oswego, N.Y.", 1)])]
#[case::languages("languages", "languages", &[("English", 1), ("French", 1)])]
#[case::contributor_label("contributors.agent.label", "contributors.agent.label", &[("Arnold, James", 2)])]
#[case::contributor("contributors.agent", "contributors.agent.label", &[("Arnold, James", 2)])]
#[case::licence("items.locations.license", "items.locations.license", &[("Attribution", 1), ("Public Domain Mark", 1)])]
#[case::availabilities("availabilities", "availabilities", &[("Online", 2), ("Closed stores", 1)])]
#[case::dates("production.dates", "production.dates", &[("1763", 1), ("1872", 1), ("1930", 1)])]
#[case::category("archive.category", "archive.category", &[("Personal Papers", 3)])]
#[case::root("collection.root", "collection.root", &[("Surgeons' papers, 1900-1950", 3)])]
fn aggregation_counts(#[case] name: &str, #[case] key: &str, #[case] expected: &[(&str, u64)]) {
    let list = service().get(&format!("/works?aggregations={name}")).json();
    assert_eq!(buckets(&list, key), expected);
}

#[rstest]
#[case::by_label("genres.label", None)]
#[case::by_id("genres", Some("g1111111"))]
fn bucket_has_an_id_only_when_asked_by_id(#[case] name: &str, #[case] id: Option<&str>) {
    let list = service().get(&format!("/works?aggregations={name}")).json();
    let bucket = list.pointer("/aggregations/genres.label/buckets/0").unwrap();
    assert_eq!(bucket["data"].get("id").and_then(Value::as_str), id);
    assert_eq!(bucket["type"], json!("AggregationBucket"));
}

#[test]
fn filter_does_not_narrow_the_buckets_of_its_own_facet() {
    let list = service().get("/works?aggregations=workType,availabilities&workType=a").json();
    assert_eq!(buckets(&list, "workType"), [("Archives and manuscripts", 3), ("Books", 2), ("Pictures", 1)]);
    assert_eq!(buckets(&list, "availabilities"), [("Closed stores", 1), ("Online", 1)]);
    assert_eq!(ids(&list), BOOKS);
}

#[test]
fn filters_of_two_facets_narrow_each_other() {
    let list =
        service().get("/works?aggregations=workType,availabilities&workType=a&availabilities=online").json();
    assert_eq!(buckets(&list, "workType"), [("Books", 1), ("Pictures", 1)]);
    assert_eq!(buckets(&list, "availabilities"), [("Closed stores", 1), ("Online", 1)]);
}

#[rstest]
#[case::work_type("workType", &["a", "k", "h"])]
#[case::licence("items.locations.license", &["pdm", "cc-by"])]
#[case::availability("availabilities", &["online", "closed-stores"])]
fn bucket_counts_what_its_filter_finds(#[case] facet: &str, #[case] values: &[&str]) {
    let service = service();
    let list = service.get(&format!("/works?aggregations={facet}")).json();
    for value in values {
        let found = service.get(&format!("/works?{facet}={value}")).json()["totalResults"].clone();
        let buckets = list["aggregations"][facet]["buckets"].as_array().unwrap();
        let bucket = buckets.iter().find(|bucket| bucket["data"]["id"] == *value).unwrap();
        assert_eq!(bucket["count"], found, "{facet}={value}");
    }
}

/// Every page from `url` on, following the links.
fn walk(service: &Service, url: String) -> Vec<String> {
    let (mut seen, mut next) = (vec![], Some(url));
    while let Some(url) = next {
        let page = service.get(&url).json();
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        let link = page.get("nextPage").and_then(Value::as_str);
        next = link.map(|link| link.strip_prefix(&format!("{ORIGIN}/catalogue/v2")).unwrap().to_owned());
    }
    seen
}

#[test]
fn whole_catalogue_is_walked_page_by_page() {
    let catalogue = whole_catalogue();
    let visible = catalogue.works.iter().filter(|(_, work)| matches!(work, Work::Visible(_)));
    let visible: Vec<_> = visible.map(|(id, _)| id.clone()).collect();
    let service = Service::new(Arc::clone(&catalogue), Includes::August, None);
    assert_eq!(walk(&service, "/works?pageSize=100".to_owned()), visible);
}

#[rstest]
#[case::work_type("workType", "id")]
#[case::genre_label("genres.label", "label")]
#[case::subject_label("subjects.label", "label")]
#[case::subject("subjects", "id")]
#[case::contributor_label("contributors.agent.label", "label")]
#[case::contributor("contributors.agent", "id")]
#[case::languages("languages", "id")]
#[case::licence("items.locations.license", "id")]
#[case::availability("availabilities", "id")]
#[case::category("archive.category", "id")]
#[case::root("collection.root", "id")]
fn bucket_of_the_whole_catalogue_counts_what_its_filter_finds(#[case] facet: &str, #[case] by: &str) {
    let service = Service::new(whole_catalogue(), Includes::August, None);
    let list = service.get(&format!("/works?aggregations={facet}&pageSize=1")).json();
    let aggregations = list["aggregations"].as_object().unwrap();
    let buckets = aggregations.values().find_map(|it| it.get("buckets")?.as_array()).unwrap();
    assert_ne!(buckets.len(), 0, "{facet} has no buckets");
    for bucket in buckets.iter().take(5) {
        let value = bucket["data"][by].as_str().unwrap();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair(facet, &format!("\"{}\"", value.replace('"', "\"\"")))
            .append_pair("pageSize", "1")
            .finish();
        assert_eq!(
            service.get(&format!("/works?{query}")).json()["totalResults"],
            bucket["count"],
            "{query}"
        );
    }
}
