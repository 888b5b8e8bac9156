//! Mutations, and a survey of a small suite.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pretty_assertions::assert_eq;
use rstest::{fixture, rstest};
use serde_json::{Value, json};

use super::{Donors, Kind, Mutation, Survey, mutations, page, survey, touched};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::contract::Contract;
use crate::evidence::Evidence;
use crate::gate::{Bench, Plan};
use crate::suite::Suite;

#[fixture]
fn record() -> Value {
    json!({
        "id": "a222zvge",
        "title": "An Outline",
        "items": [{"type": "Item", "locations": [{"url": "https://a/1"}, {"url": "https://a/2"}]}],
        "parts": [],
        "totalParts": 3,
        "isAvailableOnline": true,
    })
}

fn ok(record: Value) -> Answer {
    Answer::new(200, Body::Json(record))
}

fn all(answer: &Answer, donors: &Donors, others: &[&Answer]) -> Vec<Mutation> {
    mutations(answer, 0, donors, others).collect()
}

/// What the bodies become that a mutation of this kind at this path makes.
fn spoiled(record: &Value, kind: Kind, path: &str) -> Vec<Value> {
    let answer = ok(record.clone());
    let mutations = all(&answer, &Donors::default(), &[]);
    let meant = mutations.iter().filter(|mutation| mutation.kind == kind && mutation.path() == path);
    meant.map(|mutation| mutation.applied_to(&answer).json().unwrap().clone()).collect()
}

#[rstest]
#[case::field_removed(Kind::RemoveField, "title", "/title", json!(null))]
#[case::element_removed(Kind::RemoveElement, "items[]", "/items", json!([]))]
#[case::text_changed(Kind::ChangeValue, "title", "/title", json!("An Outlinf"))]
#[case::number_changed(Kind::ChangeValue, "totalParts", "/totalParts", json!(4))]
#[case::yes_changed(Kind::ChangeValue, "isAvailableOnline", "/isAvailableOnline", json!(false))]
#[case::id_changed(Kind::ChangeId, "id", "/id", json!("a222zvgf"))]
#[case::object_for_text(Kind::ChangeType, "title", "/title", json!({"label": "An Outline"}))]
#[case::text_for_number(Kind::ChangeType, "totalParts", "/totalParts", json!("3"))]
#[case::list_emptied(Kind::Empty, "items[].locations", "/items/0/locations", json!([]))]
#[case::list_turned_about(
    Kind::Reorder, "items[].locations", "/items/0/locations", json!([{"url": "https://a/2"}, {"url": "https://a/1"}])
)]
#[case::element_doubled(
    Kind::Duplicate, "items[].locations[]", "/items/0/locations",
    json!([{"url": "https://a/1"}, {"url": "https://a/1"}, {"url": "https://a/2"}])
)]
fn a_body_is_spoiled_in_every_way(
    record: Value,
    #[case] kind: Kind,
    #[case] path: &str,
    #[case] at: &str,
    #[case] becomes: Value,
) {
    let spoiled = spoiled(&record, kind, path);
    let first = spoiled.first().unwrap_or_else(|| panic!("{kind:?} of {path}"));
    assert_eq!(first.pointer(at).cloned().unwrap_or_default(), becomes);
}

#[rstest]
fn nothing_is_spoiled_twice_or_not_at_all(record: Value) {
    let answer = ok(record);
    let mutations = all(&answer, &Donors::default(), &[]);
    let bodies: BTreeSet<String> =
        mutations.iter().map(|mutation| format!("{:?}", mutation.applied_to(&answer))).collect();
    assert_eq!(bodies.len(), mutations.len());
    assert!(!bodies.contains(&format!("{answer:?}")));
}

#[rstest]
fn a_list_of_equal_elements_has_no_other_order() {
    assert_eq!(spoiled(&json!({"parts": [1, 1]}), Kind::Reorder, "parts"), Vec::<Value>::new());
}

#[rstest]
#[case::found(200, &[404, 410, 500])]
#[case::deleted(410, &[404, 500, 200])]
fn an_answer_gets_every_other_status(record: Value, #[case] own: u16, #[case] others: &[u16]) {
    let another = ok(json!({"id": "a2239muq"}));
    let answer = Answer { status: own, ..ok(record) };
    let statuses = all(&answer, &Donors::default(), &[&another]).into_iter();
    let statuses = statuses.filter(|it| it.kind == Kind::Status).map(|it| it.applied_to(&answer).status);
    assert_eq!(statuses.collect::<Vec<_>>(), others);
}

#[rstest]
fn a_redirect_leads_nowhere_elsewhere_or_without_its_query() {
    let redirect = |to: &str| {
        let html = Body::Text { content_type: "text/html".to_owned(), text: String::new() };
        Answer::new(302, html).leading_to(to)
    };
    let answer = redirect("/catalogue/v2/works/a222zvge?include=items");
    let other = redirect("/catalogue/v2/works/a2239muq?include=items");
    let locations = all(&answer, &Donors::default(), &[&answer, &other]).into_iter();
    let locations = locations.filter(|it| it.kind == Kind::Location);
    assert_eq!(
        locations.map(|it| it.applied_to(&answer).location).collect::<Vec<_>>(),
        [
            None,
            Some("/catalogue/v2/works/a2239muq?include=items".to_owned()),
            Some("https://api.wellcomecollection.org/catalogue/v2/works/a222zvge?include=items".to_owned()),
            Some("/catalogue/v2/works/a222zvge".to_owned()),
        ]
    );
}

#[rstest]
#[case::most_alike(json!("https://iiif/b2"), json!("https://iiif/b1"))]
#[case::not_its_own(json!("https://iiif/b1"), json!("https://other"))]
#[case::of_nobody(json!(7), json!(8))]
fn a_value_is_replaced_by_that_of_another_record(#[case] value: Value, #[case] instead: Value) {
    let records = [json!({"url": value}), json!({"url": "https://iiif/b1"}), json!({"url": "https://other"})];
    let donors = Donors::of(records.iter().enumerate());
    assert_eq!(donors.instead_of(&value, "url", 0), Some(instead));
}

const SUITE: &str = r#"
criteria:
  - id: titles-stay
    title: A title stays
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    examples:
      - { work: a222zvge, is: a file, expect: { title: An Outline } }
  - id: only-proposed
    title: A reference number stays
    why: A promise.
    owner: Product
    proposed: true
    review-by: 2099-05-22
    examples:
      - { work: a222zvge, is: a file, expect: { referenceNumber: GC/1 } }
critical:
  - { path: title, why: It heads the page. }
  - { path: referenceNumber, why: People cite it., except: [a2239muq] }
  - { path: "availabilities[]", why: Each stands there once. }
"#;

fn surveyed(suite: &str) -> (Suite, Survey) {
    try_surveyed(suite).unwrap_or_else(|error| panic!("{error}"))
}

/// On a catalogue that answers for one work only.
fn try_surveyed(suite: &str) -> Result<(Suite, Survey), String> {
    let suite = Suite::parse(Path::new("suite.yaml"), suite).unwrap_or_else(|refusal| panic!("{refusal}"));
    let record = json!({
        "id": "a222zvge", "type": "Work", "title": "An Outline", "alternativeTitles": [],
        "referenceNumber": "GC/1",
        "availabilities": [
            {"id": "online", "label": "Online", "type": "Availability"},
            {"id": "closed-stores", "label": "Closed stores", "type": "Availability"},
        ],
    });
    let evidence = Evidence::from_answers([(Resource::new("/works/a222zvge"), Ok(ok(record)))]);
    let plan = Plan::of(&suite);
    let bench = Bench {
        requests: plan.requests().for_stage(&evidence),
        baselines: BTreeMap::new(),
        contract: Contract::new(),
    };
    let survey = survey(&suite, &plan, &bench, &evidence)?;
    Ok((suite, survey))
}

#[rstest]
fn an_example_without_an_answer_is_named_and_not_left_out() {
    let suite = SUITE.replace(
        "work: a222zvge, is: a file, expect: { title",
        "work: a2239muq, is: a book, expect: { title",
    );
    let error = try_surveyed(&suite).unwrap_err();
    assert_eq!(error, "1 answer of examples cannot be had:\n- /works/a2239muq was not asked for in this run");
}

#[rstest]
fn a_criterion_that_pins_a_title_notices_another_title() {
    let (_, survey) = surveyed(SUITE);
    let title = survey.paths["title"].counts;
    assert_eq!((title.mutations, title.by_criteria), (3, 3));
    assert_eq!(survey.noticing, BTreeSet::from(["titles-stay".to_owned()]));
}

#[rstest]
fn what_is_only_proposed_notices_nothing() {
    let (_, survey) = surveyed(SUITE);
    let number = survey.paths["referenceNumber"].counts;
    assert_eq!((number.mutations, number.by_criteria, number.by_contract, number.blind()), (3, 0, 1, 2));
}

#[rstest]
fn a_criterion_with_a_known_issue_notices_nothing_and_is_named() {
    let issue = "review-by: 2099-05-22\n    known-issue: { link: https://example.org/1, until: 2099-01-01 }";
    let (suite, survey) = surveyed(&SUITE.replacen("review-by: 2099-05-22", issue, 1));
    let title = survey.paths["title"].counts;
    assert_eq!((title.mutations, title.by_criteria), (3, 0));
    assert_eq!((survey.asked.len(), survey.noticing.len()), (0, 0));
    assert!(page(&suite, &survey, &[]).contains("a run lets their failures pass: `titles-stay`.\n"));
}

#[rstest]
fn a_change_that_nobody_notices_is_a_blind_spot_in_its_answer() {
    let (_, survey) = surveyed(SUITE);
    let blind_in = &survey.paths["referenceNumber"].blind_in;
    assert_eq!(blind_in, &BTreeMap::from([("/works/a222zvge".to_owned(), 2)]));
}

#[rstest]
fn a_shape_that_is_a_subset_does_not_notice_another_order() {
    let expect = "{ availabilities: [{ id: online }, { id: closed-stores }] }";
    let (_, survey) = surveyed(&SUITE.replace("{ title: An Outline }", expect));
    let unseen: Vec<&str> = survey
        .survivors
        .iter()
        .filter(|it| it.critical == "availabilities[]")
        .map(|it| it.says.as_str())
        .collect();
    // That none stands there twice is in the contract.
    assert_eq!(unseen, ["`availabilities` is in another order: 2, 1"]);
}

#[rstest]
fn a_survivor_tells_what_to_add_where() {
    let (_, survey) = surveyed(SUITE);
    let survivor = survey.survivors.iter().find(|it| it.says.contains("taken away")).unwrap();
    assert_eq!(
        survivor.to_string(),
        "/works/a222zvge: `availabilities[0]` is taken away (stood there: \
         {\"id\":\"online\",\"label\":\"Online\",\"type\":\"Availability\"}); say in this work's `expect:` what must stand \
         at `availabilities[]`"
    );
}

#[rstest]
#[case::of_another_work("a2239muq", &["a2239muq, of `referenceNumber`"])]
#[case::of_this_work("a222zvge", &[])]
fn an_exception_that_excuses_nothing_is_needless(#[case] work: &str, #[case] needless: &[&str]) {
    let (suite, survey) = surveyed(&SUITE.replace("a2239muq", work));
    assert_eq!(survey.needless_exceptions(&suite.critical), needless);
}

#[rstest]
#[case::of_this_work(
    "a222zvge",
    "- `referenceNumber` of [a222zvge](https://wellcomecollection.org/works/a222zvge): 3 changes not counted, of which \
     neither a criterion nor the contract notices 2\n"
)]
#[case::of_another_work("a2239muq", "\nNo work is excepted.\n")]
fn the_page_tells_what_an_exception_leaves_out(#[case] work: &str, #[case] told: &str) {
    let (suite, survey) = surveyed(&SUITE.replace("a2239muq", work));
    let page = page(&suite, &survey, &[]);
    assert!(page.contains(told), "{page}");
    let counted = survey.critical_paths.contains_key("referenceNumber");
    assert_eq!(counted, work == "a2239muq");
}

#[rstest]
#[case::the_value_itself(Kind::ChangeValue, "items[].locations[].url", true)]
#[case::what_holds_it(Kind::RemoveElement, "items[].locations[]", true)]
#[case::all_that_holds_it(Kind::ChangeType, "items", true)]
#[case::beside_it(Kind::ChangeValue, "title", false)]
#[case::its_order(Kind::Reorder, "items[].locations", false)]
fn a_mutation_is_critical_if_it_takes_a_critical_value_away(
    record: Value,
    #[case] kind: Kind,
    #[case] path: &str,
    #[case] critical: bool,
) {
    let suite = SUITE.replace("path: title", "path: \"items[].locations[].url\"");
    let suite = Suite::parse(Path::new("suite.yaml"), &suite).unwrap_or_else(|refusal| panic!("{refusal}"));
    let answer = ok(record);
    let mutations = all(&answer, &Donors::default(), &[]);
    let mutation = mutations.iter().find(|it| it.kind == kind && it.path() == path).expect("a mutation");
    assert_eq!(!touched(&suite.critical, mutation, &answer).critical.is_empty(), critical);
}
