//! What a record links to must be there, of the right type, on a host that is meant; nothing else passes.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Outcome, answered, id, judge, told, unanswered};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::{Check, LinksCheck};
use crate::evidence::Evidence;
use crate::suite::{LinkKind, LinksExample};
use crate::verdict::Verdict;

const HOST: &str = "iiif.wellcomecollection.org";
const MANIFEST: &str = "https://iiif.wellcomecollection.org/presentation/v2/b18659135";
const IMAGE: &str = "https://iiif.wellcomecollection.org/image/V0029060/info.json";
const THUMBNAIL: &str = "https://iiif.wellcomecollection.org/thumbs/b18659135/full/!200,200/0/default.jpg";

fn check(follow: Option<&[LinkKind]>) -> LinksCheck {
    LinksCheck::new(&LinksExample {
        work: id("a222zvge"),
        follow: follow.map(|kinds| kinds.iter().copied().collect()),
        hosts: BTreeSet::from([HOST.to_owned(), "dlcs.io".to_owned()]),
    })
}

fn record(kind: LinkKind, address: &str) -> Value {
    match kind {
        LinkKind::Thumbnail => json!({"id": "a222zvge", "thumbnail": {"url": address}, "items": []}),
        LinkKind::Manifests => with_location("iiif-presentation", address),
        LinkKind::Images => with_location("iiif-image", address),
    }
}

fn with_location(location_type: &str, address: &str) -> Value {
    let paper = json!({"locationType": {"id": "closed-stores"}});
    let online = json!({"locationType": {"id": location_type}, "url": address});
    json!({"id": "a222zvge", "items": [{"locations": [paper]}, {"locations": [online]}]})
}

fn link(status: u16, content_type: &str, text: &str) -> Outcome {
    let body = Body::Text { content_type: content_type.to_owned(), text: text.to_owned() };
    Outcome(Ok(Answer::new(status, body)))
}

fn leads_to(location: &str) -> Outcome {
    let Outcome(answer) = link(302, "text/html", "");
    Outcome(answer.map(|answer| answer.leading_to(location)))
}

/// The evidence of a record and of what it links to.
fn evidence(record: Value, links: impl IntoIterator<Item = (&'static str, Outcome)>) -> Evidence {
    let work = (Resource::new("/works/a222zvge?include=items"), answered(200, record).0);
    let links = links.into_iter().map(|(address, outcome)| (Resource::elsewhere(address), outcome.0));
    Evidence::from_answers(std::iter::once(work).chain(links))
}

fn judged(record: Value, links: impl IntoIterator<Item = (&'static str, Outcome)>) -> Vec<String> {
    told(&judge(&check(None), &evidence(record, links))).into_iter().map(str::to_owned).collect()
}

#[rstest]
#[case::a_manifest(LinkKind::Manifests, MANIFEST, "application/json", "{")]
#[case::a_manifest_as_linked_data(LinkKind::Manifests, MANIFEST, "application/ld+json;profile=\"x\"", " {\n")]
#[case::image_information(LinkKind::Images, IMAGE, "application/json; charset=utf-8", "{\"a\"")]
#[case::a_picture(LinkKind::Thumbnail, THUMBNAIL, "image/jpeg", "\u{fffd}")]
fn what_is_linked_to_is_there(
    #[case] kind: LinkKind,
    #[case] address: &'static str,
    #[case] content_type: &str,
    #[case] text: &str,
) {
    assert_eq!(judged(record(kind, address), [(address, link(200, content_type, text))]), ["pass"]);
}

#[rstest]
#[case::a_page_for_people(link(200, "text/html", "<html>Sorry</html>"), "the answer is of another type")]
#[case::a_page_for_people_that_says_it_is_json(
    link(200, "application/json", "<html>"),
    "is JSON, but is not"
)]
#[case::nothing(link(200, "application/json", ""), "the answer is empty")]
#[case::no_type(link(200, "", "{}"), "the answer is of another type")]
#[case::a_picture(link(200, "image/jpeg", "x"), "the answer is of another type")]
#[case::not_there(link(404, "application/json", "{}"), "there is nothing at its address")]
#[case::not_let_in(link(403, "text/html", ""), "its host lets nobody in")]
#[case::a_fault(link(500, "text/html", ""), "its host fails")]
#[case::nothing_new(link(304, "", ""), "a second hop is not followed")]
fn what_is_wrong_with_a_manifest_is_found(#[case] answer: Outcome, #[case] expected: &str) {
    let says = judged(record(LinkKind::Manifests, MANIFEST), [(MANIFEST, answer)]);
    assert!(says.len() == 1 && says[0].contains(expected), "{says:?}");
}

#[rstest]
fn a_thumbnail_is_a_picture() {
    let says =
        judged(record(LinkKind::Thumbnail, THUMBNAIL), [(THUMBNAIL, link(200, "application/json", "{}"))]);
    assert_eq!(says, ["the thumbnail cannot be shown: the answer is of another type"]);
}

#[rstest]
#[case::open_to_all("http://iiif.wellcomecollection.org/presentation/v2/b1", "http instead of https")]
#[case::on_another_host("https://example.org/presentation/v2/b1", "it leads to example.org")]
#[case::on_a_host_that_begins_alike("https://iiif.wellcomecollection.org.evil.example/", "none of the hosts")]
#[case::behind_a_login("https://iiif.wellcomecollection.org@evil.example/", "none of the hosts")]
#[case::on_another_port("https://iiif.wellcomecollection.org:8443/", "none of the hosts")]
#[case::nowhere("", "it is no web address")]
#[case::on_the_stage_itself("/works/a222zvge", "it is no web address")]
fn a_link_to_where_it_should_not_lead_is_found_and_nobody_asked(
    #[case] address: &str,
    #[case] expected: &str,
) {
    let record = record(LinkKind::Manifests, address);
    let says = judged(record.clone(), []);
    assert!(says.len() == 1 && says[0].contains(expected), "{says:?}");
    assert_eq!(wanted(&evidence(record, [])), ["/works/a222zvge?include=items"]);
}

fn wanted(evidence: &Evidence) -> Vec<String> {
    let check = check(None);
    let requests = crate::checks::WorkRequests::of([&check as &dyn Check]).for_stage(evidence);
    let baselines = std::collections::BTreeMap::new();
    let context =
        super::Context { evidence, requests: &requests, baselines: &baselines, contract: &super::CONTRACT };
    check.resources(&context).iter().map(ToString::to_string).collect()
}

const OTHER: &str = "https://dlcs.io/iiif/b18659135";

#[rstest]
#[case::to_an_allowed_host("https://dlcs.io/iiif/b18659135", "pass")]
#[case::to_an_allowed_host_open_to_all("http://dlcs.io/iiif/b18659135", "http instead of https")]
#[case::to_another_host("https://example.org/b18659135", "it leads to example.org")]
fn one_hop_is_followed_to_an_allowed_host(#[case] location: &str, #[case] expected: &str) {
    let record = record(LinkKind::Manifests, MANIFEST);
    let answers = [(MANIFEST, leads_to(location)), (OTHER, link(200, "application/json", "{"))];
    let evidence = evidence(record, answers);
    let says = told(&judge(&check(None), &evidence)).join(" ");
    assert!(says.contains(expected), "{says}");
    assert_eq!(wanted(&evidence).contains(&OTHER.to_owned()), expected == "pass");
}

#[rstest]
fn a_second_hop_is_not_followed() {
    let answers = [(MANIFEST, leads_to(OTHER)), (OTHER, leads_to("https://dlcs.io/iiif/v3"))];
    let says = judged(record(LinkKind::Manifests, MANIFEST), answers);
    assert_eq!(says, ["the IIIF manifest cannot be shown: it leads on, and a second hop is not followed"]);
}

#[rstest]
#[case::whatever_it_has(None, "undecided")]
#[case::what_it_must_have(Some(LinkKind::Thumbnail), "the record has no thumbnail")]
fn a_record_without_a_link_does_not_pass(#[case] follow: Option<LinkKind>, #[case] expected: &str) {
    let record = json!({"id": "a222zvge", "thumbnail": null, "items": []});
    let check = check(follow.as_ref().map(std::slice::from_ref));
    let Outcome(answer) = answered(200, record);
    let includes = if follow.is_none() { "?include=items" } else { "" };
    let resource = Resource::new(format!("/works/a222zvge{includes}"));
    assert_eq!(told(&judge(&check, &Evidence::from_answers([(resource, answer)]))), [expected]);
}

#[rstest]
fn that_a_record_has_no_link_is_said_of_the_work() {
    let record = json!({"id": "a222zvge", "thumbnail": null, "items": []});
    let Verdict::Undecided { because } = judge(&check(None), &evidence(record, [])) else {
        panic!("it shows nothing")
    };
    assert!(because.starts_with("this work has no links (thumbnail, IIIF manifest"), "{because}");
}

#[rstest]
#[case::that_answers_alone(json!({"url": THUMBNAIL}), link(200, "image/jpeg", "x"), "undecided")]
#[case::beside_one_that_is_wrong(json!({"url": THUMBNAIL}), link(404, "", ""), "there is nothing at its address")]
fn a_link_without_an_answer_never_passes(
    #[case] thumbnail: Value,
    #[case] answer: Outcome,
    #[case] expected: &str,
) {
    let mut record = record(LinkKind::Manifests, MANIFEST);
    record["thumbnail"] = thumbnail;
    let says = judged(record, [(THUMBNAIL, answer), (MANIFEST, unanswered())]);
    assert!(says.len() == 1 && says[0].contains(expected), "{says:?}");
}

#[rstest]
fn the_answer_must_be_about_the_record() {
    let mut other = record(LinkKind::Manifests, MANIFEST);
    other["id"] = json!("a2239muq");
    assert_eq!(
        judged(other, [(MANIFEST, link(200, "application/json", "{"))]),
        ["the answer is about another record"]
    );
}
