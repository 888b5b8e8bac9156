//! The rules that follow links: from works to their relatives, to images and to concepts, and back.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{gathered, judged, judged_with, rule, told, unanswered};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::InvariantCheck;
use crate::suite::{InvariantExample, Rule, SampleOf};
use crate::verdict::{Judgement, Verdict};

fn broken(judgement: &Judgement, says: &str) {
    let told = told(judgement);
    assert!(told.starts_with("fail") && told.contains(says), "{told}");
}

/// The same, where something was done to what is at the end of a link: a record that is asked for by itself.
fn judged_behind(of: Rule, path: &str, spoil: fn(&mut Value)) -> Judgement {
    judged(&rule(of), |resource, mut answer| {
        if let (true, Body::Json(body)) = (resource.path().starts_with(path), &mut answer.body) {
            spoil(body);
        }
        Ok(answer)
    })
}

/// The same, where every link of a kind leads to this status.
fn judged_answering(of: Rule, path: &str, status: u16) -> Judgement {
    judged(&rule(of), |resource, answer| {
        let body = Body::Json(json!({ "type": "Error" }));
        Ok(if resource.path().starts_with(path) { Answer::new(status, body) } else { answer })
    })
}

fn judged_unanswered(of: Rule, path: &str) -> Judgement {
    judged(
        &rule(of),
        |resource, answer| if resource.path().starts_with(path) { unanswered() } else { Ok(answer) },
    )
}

fn loses_its_parts(work: &mut Value) {
    work["parts"] = json!([]);
}

fn loses_its_way_up(work: &mut Value) {
    work["partOf"] = json!([]);
}

fn counts_one_more(work: &mut Value) {
    for field in ["parts", "partOf"] {
        for relative in work[field].as_array_mut().into_iter().flatten() {
            relative["totalParts"] = json!(relative["totalParts"].as_u64().unwrap_or(0) + 1);
        }
    }
}

fn is_its_own_ancestor(work: &mut Value) {
    let own = json!({ "id": work["id"], "title": work["title"], "totalParts": 0 });
    work["partOf"].as_array_mut().unwrap().push(own);
}

#[rstest]
#[case::no_way_down(loses_its_parts, "is not among the parts of the work that it names")]
#[case::no_way_up(loses_its_way_up, "does not name the work that lists it")]
#[case::no_way_up_from_a_part(loses_its_way_up_if_it_is_lowest, "does not name the work that lists it")]
#[case::another_count(counts_one_more, "has another number of parts than")]
fn relatives_name_one_another(#[case] spoil: fn(&mut Value), #[case] says: &str) {
    broken(&judged_behind(Rule::Relatives, "/works/", spoil), says);
}

/// Only a work that lists it as a part can tell: nothing has such a work above it.
fn loses_its_way_up_if_it_is_lowest(work: &mut Value) {
    if work["parts"].as_array().is_some_and(Vec::is_empty) {
        loses_its_way_up(work);
    }
}

#[rstest]
fn no_work_is_its_own_ancestor() {
    let judgement = judged_with(&rule(Rule::Relatives), |work, _| {
        if work.get("partOf").is_some() {
            is_its_own_ancestor(work);
        }
    });
    broken(&judgement, "is said to be part of itself");
}

#[rstest]
fn ancestors_agree_all_the_way_to_the_top() {
    // The nearest is as it should be; what stands above it is not.
    let judgement = judged_with(&rule(Rule::Relatives), |work, in_list| {
        if let (true, Some(ancestors)) = (in_list, work.get_mut("partOf").and_then(Value::as_array_mut)) {
            ancestors.truncate(1);
        }
    });
    broken(&judgement, "names other works above its parent than");
}

#[rstest]
#[case::gone(410)]
#[case::moved(302)]
fn a_relative_that_is_not_there_is_told_with_the_work_that_names_it(#[case] status: u16) {
    broken(
        &judged_answering(Rule::Relatives, "/works/", status),
        &format!(" names: the API answers {status}"),
    );
}

#[rstest]
fn siblings_are_looked_at_where_they_are_told_and_else_the_remark_says_that_they_were_not() {
    let silent = judged_with(&rule(Rule::Relatives), |_, _| {});
    assert!(silent.remarks.iter().any(|remark| remark.says.contains("were not looked at")), "{silent:?}");
    let telling = judged_with(&rule(Rule::Relatives), |work, in_list| {
        if in_list && work.get("partOf").is_some() {
            work["precededBy"] = json!([{ "id": "a2222222", "type": "Work" }]);
        }
    });
    broken(&telling, "tells of other siblings than");
    assert!(!telling.remarks.iter().any(|remark| remark.says.contains("were not looked at")), "{telling:?}");
}

fn names_another_work(image: &mut Value) {
    image["source"] = json!({ "id": "a2222222", "type": "Work" });
}

fn is_another_image(image: &mut Value) {
    image["id"] = json!("a2222222");
}

fn lists_no_images(work: &mut Value) {
    work["images"] = json!([]);
}

#[rstest]
#[case::the_image_names_another_work(
    "/images/",
    names_another_work,
    "the image does not name the work that lists it"
)]
#[case::the_answer_is_of_another_image("/images/", is_another_image, "the answer is about another image")]
#[case::the_work_lists_it_not("/works/", lists_no_images, "does not list the image that is of it")]
#[case::the_answer_is_of_another_work("/works/", is_another_image, "does not list the image that is of it")]
fn images_and_works_name_one_another(#[case] path: &str, #[case] spoil: fn(&mut Value), #[case] says: &str) {
    broken(&judged_behind(Rule::Images, path, spoil), says);
}

#[rstest]
#[case::no_image("/images/", 404, "the work lists this image, but the API answers 404")]
#[case::no_work("/works/", 410, "but the API answers 410")]
#[case::no_list("/images?", 500, "the API answers 500")]
fn what_an_image_leads_to_is_there(#[case] path: &str, #[case] status: u16, #[case] says: &str) {
    broken(&judged_answering(Rule::Images, path, status), says);
}

#[rstest]
fn a_list_of_images_that_is_empty_shows_no_images() {
    let judgement = judged_behind(Rule::Images, "/images?", |list| {
        list["results"] = json!([]);
    });
    broken(&judgement, "the page is empty");
}

#[rstest]
fn an_image_of_a_list_that_names_no_work_is_told() {
    let judgement = judged_behind(Rule::Images, "/images?", |list| {
        list["results"].as_array_mut().into_iter().flatten().for_each(|image| image["source"] = json!(null));
    });
    broken(&judgement, "the image names no work that it is of");
}

/// A batch drops in silence what it does not know.
fn drops_one(list: &mut Value) {
    if let Some(concepts) = list.get_mut("results").and_then(Value::as_array_mut) {
        concepts.pop();
    }
}

#[rstest]
fn a_concept_that_a_batch_drops_and_that_has_no_address_is_told() {
    let judgement = judged(&rule(Rule::Concepts), |resource, mut answer| {
        if resource.path().starts_with("/concepts/") {
            return Ok(Answer::new(404, Body::Json(json!({ "type": "Error" }))));
        }
        if let (true, Body::Json(list)) = (resource.path().starts_with("/concepts?"), &mut answer.body) {
            drops_one(list);
        }
        Ok(answer)
    });
    broken(&judgement, "answers 404");
    broken(&judgement, "1 of ");
}

#[rstest]
fn a_concept_that_only_a_batch_drops_can_be_looked_up() {
    assert_eq!(told(&judged_behind(Rule::Concepts, "/concepts?", drops_one)), "pass");
}

#[rstest]
fn concepts_that_nobody_answers_for_are_told() {
    broken(&judged_answering(Rule::Concepts, "/concepts", 500), "the API answers 500");
}

#[rstest]
#[case::relatives(Rule::Relatives, "/works/")]
#[case::images(Rule::Images, "/images/")]
#[case::works_of_images(Rule::Images, "/works/")]
#[case::the_list_of_images(Rule::Images, "/images?")]
#[case::concepts(Rule::Concepts, "/concepts?")]
fn a_link_without_an_answer_leaves_the_rule_undecided(#[case] of: Rule, #[case] path: &str) {
    let judgement = judged_unanswered(of, path);
    assert!(matches!(judgement.verdict, Verdict::Undecided { .. }), "{}", told(&judgement));
}

#[rstest]
#[case::relatives(Rule::Relatives, 120)]
#[case::images(Rule::Images, 60 + 30 + 4)]
#[case::concepts(Rule::Concepts, 12 + 24)]
fn a_large_sample_costs_no_more_requests_than_a_rule_may_make(#[case] of: Rule, #[case] most: usize) {
    let large = InvariantExample { sample: SampleOf { size: 2000, seed: 7 }, ..rule(of) };
    let evidence = gathered(&InvariantCheck::new(&large), |_, answer| Ok(answer));
    let followed = |resource: &&Resource| !resource.path().starts_with("/works?");
    assert!(evidence.iter().map(|(resource, _)| resource).filter(followed).count() <= most);
}
