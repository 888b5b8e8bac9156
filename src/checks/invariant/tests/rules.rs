//! Each rule: it holds on the embedded catalogue, and breaks when what it is about is spoilt.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{judged, judged_with, rule, told, unanswered};
use crate::catalogue::{Answer, Body, Resource};
use crate::suite::{InvariantExample, Rule, Share};

/// Items are shared on purpose now and then.
fn example(of: Rule) -> InvariantExample {
    let share = if of == Rule::OneWorkPerItem { Share::parse("97%").unwrap() } else { Share::WHOLE };
    InvariantExample { share, ..rule(of) }
}

#[rstest]
fn each_rule_holds_on_the_embedded_catalogue_and_is_about_something() {
    for of in Rule::ALL {
        let judgement = judged_with(&example(of), |_, _| {});
        assert_eq!(told(&judgement), "pass", "{}", of.name());
        assert!(judgement.values > 4, "{}: {} values", of.name(), judgement.values);
    }
}

#[rstest]
fn a_rule_that_is_about_no_work_is_undecided() {
    for of in Rule::ALL {
        let nobody = crate::suite::Shape::Object(vec![("id".to_owned(), crate::suite::Shape::Absent)]);
        let judgement = judged_with(&InvariantExample { among: Some(nobody), ..example(of) }, |_, _| {});
        // These two look at facets as well, which are there whatever `where` chooses.
        let of_facets = matches!(of, Rule::OneLabel | Rule::Paging);
        assert!(
            of_facets || told(&judgement).starts_with("undecided"),
            "{}: {}",
            of.name(),
            told(&judgement)
        );
    }
}

/// Whether something is to be done to a work: to about half of them.
fn chosen(work: &Value) -> bool {
    work["id"].as_str().unwrap().bytes().map(u32::from).sum::<u32>().is_multiple_of(2)
}

fn digital(work: &mut Value) -> impl Iterator<Item = &mut Value> {
    let items = work.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
    let locations = items.filter_map(|item| item.get_mut("locations")?.as_array_mut()).flatten();
    locations.filter(|location| location["type"] == "DigitalLocation")
}

fn restrict(work: &mut Value) {
    digital(work)
        .for_each(|location| location["accessConditions"] = json!([{"status": {"id": "restricted"}}]));
}

fn mystify(work: &mut Value) {
    digital(work)
        .for_each(|location| location["accessConditions"] = json!([{"status": {"id": "by-moonlight"}}]));
}

fn not_online(work: &mut Value) {
    work["availabilities"].as_array_mut().unwrap().retain(|way| way["id"] != "online");
}

fn nothing_digital(work: &mut Value) {
    work["items"] = json!([]);
    work["holdings"] = json!([]);
}

#[rstest]
#[case::hidden_but_said_to_be_online(restrict, "fail", "has no digital copy that people may see")]
#[case::nothing_there_but_said_to_be_online(nothing_digital, "fail", "no DigitalLocation at all")]
#[case::shown_but_not_said_to_be_online(not_online, "fail", "does not say that it is available online")]
#[case::of_a_status_that_nobody_knows(mystify, "undecided", "whether people may see what is `by-moonlight`")]
fn available_online(#[case] spoil: fn(&mut Value), #[case] verdict: &str, #[case] says: &str) {
    let judgement = judged_with(&example(Rule::AvailableOnline), |work, in_list| {
        if in_list && work.get("items").is_some() && chosen(work) {
            spoil(work);
        }
    });
    assert!(told(&judgement).starts_with(verdict) && told(&judgement).contains(says), "{}", told(&judgement));
}

fn same_item(work: &mut Value) {
    if let Some(item) = work.get_mut("items").and_then(|items| items.get_mut(0)) {
        item["id"] = json!("a2222222");
    }
}

fn same_number(work: &mut Value) {
    if let Some(identifier) = work.get_mut("identifiers").and_then(|list| list.get_mut(0)) {
        identifier["value"] = json!("b11111111");
    }
}

#[rstest]
#[case::an_item(Rule::OneWorkPerItem, same_item, "item a2222222")]
#[case::a_number(Rule::OneWorkPerIdentifier, same_number, "b11111111")]
fn what_two_works_of_the_sample_share_is_found(
    #[case] of: Rule,
    #[case] spoil: fn(&mut Value),
    #[case] about: &str,
) {
    let example = InvariantExample { share: Share::WHOLE, ..example(of) };
    let told = told(&judged_with(&example, |work, _| spoil(work)));
    assert!(told.starts_with("fail") && told.contains(about) && told.contains("it belongs to"), "{told}");
    assert!(told.contains("more works of the sample"), "{told}");
    assert!(told.contains("of the 206 works of the sample. In the whole catalogue"), "{told}");
    assert!(
        told.contains("\nand 164 more") || of == Rule::OneWorkPerIdentifier,
        "169, of which five: {told}"
    );
}

/// An answer to a filter by identifiers or items, with its works altered.
fn of_a_filter(resource: &Resource, answer: Answer, filter: &str, alter: impl FnOnce(&mut Value)) -> Answer {
    let mut answer = answer;
    let filtered = resource.path().starts_with(&format!("/works?{filter}="));
    if let (true, Body::Json(body)) = (filtered, &mut answer.body) {
        alter(body);
    }
    answer
}

#[rstest]
#[case::an_item(Rule::OneWorkPerItem, "items")]
#[case::a_number(Rule::OneWorkPerIdentifier, "identifiers")]
fn a_second_owner_outside_the_sample_is_found(#[case] of: Rule, #[case] filter: &str) {
    let example = InvariantExample { share: Share::WHOLE, ..example(of) };
    let told = told(&judged(&example, |resource, answer| {
        Ok(of_a_filter(resource, answer, filter, |body| {
            let mut twin = body["results"][0].clone();
            twin["id"] = json!("zzzzzzzz");
            body["results"].as_array_mut().unwrap().push(twin);
            body["totalResults"] = json!(body["results"].as_array().unwrap().len());
        }))
    }));
    assert!(
        told.starts_with("fail") && told.contains("\nzzzzzzzz") && told.contains("it belongs to"),
        "{told}"
    );
}

#[rstest]
#[case::an_item(Rule::OneWorkPerItem, "items")]
#[case::a_number(Rule::OneWorkPerIdentifier, "identifiers")]
fn an_identifier_that_finds_nothing_is_found(#[case] of: Rule, #[case] filter: &str) {
    let example = InvariantExample { share: Share::WHOLE, ..example(of) };
    let told = told(&judged(&example, |resource, answer| {
        Ok(of_a_filter(resource, answer, filter, |body| {
            body["results"] = json!([]);
            body["totalResults"] = json!(0);
        }))
    }));
    assert!(told.contains("the API does not find the work that carries it"), "{told}");
}

#[rstest]
#[case::an_item(Rule::OneWorkPerItem, "items")]
#[case::a_number(Rule::OneWorkPerIdentifier, "identifiers")]
fn more_owners_than_a_page_shows_are_not_taken_for_none(#[case] of: Rule, #[case] filter: &str) {
    let example = InvariantExample { share: Share::WHOLE, ..example(of) };
    let told = told(&judged(&example, |resource, answer| {
        Ok(of_a_filter(resource, answer, filter, |body| body["totalResults"] = json!(500)))
    }));
    assert!(!told.starts_with("pass"), "{told}");
}

#[rstest]
fn a_list_that_shows_another_title_is_found() {
    let judgement = judged_with(&rule(Rule::ListShowsTheRecord), |work, in_list| {
        if in_list && chosen(work) {
            work["title"] = json!("An old title");
        }
    });
    let told = told(&judgement);
    assert!(
        told.contains(", title: a list shows this otherwise") && told.contains("/ An old title]"),
        "{told}"
    );
}

#[rstest]
fn a_work_that_only_lists_show_is_found() {
    let told = told(&judged(&rule(Rule::ListShowsTheRecord), |resource, answer| {
        let single = resource.path().starts_with("/works/");
        Ok(if single { Answer::new(404, Body::Json(json!({"description": "none"}))) } else { answer })
    }));
    assert!(told.contains("its own address answers 404"), "{told}");
}

/// Alters the third page of the list that is walked.
fn third_page(resource: &Resource, mut answer: Answer, alter: fn(&mut Value)) -> Answer {
    let walked =
        resource.path().starts_with("/works?workType=") && resource.path().contains("include=languages");
    let third = walked && resource.path().contains("page=3");
    if let (true, Body::Json(body)) = (third, &mut answer.body) {
        alter(body);
    }
    answer
}

fn replace_in(body: &mut Value, link: &str, from: &str, to: &str) {
    body[link] = json!(body[link].as_str().unwrap().replace(from, to));
}

#[rstest]
#[case::a_work_twice(
    |body: &mut Value| body["results"][1] = body["results"][0].clone(),
    "stood on page 3 already"
)]
#[case::a_work_lost(
    |body: &mut Value| { body["results"].as_array_mut().unwrap().pop(); },
    "the list has shown another number of works than it says"
)]
#[case::another_total(|body: &mut Value| body["totalResults"] = json!(7), "the list and its facet count differently")]
#[case::a_link_to_another_host(
    |body: &mut Value| replace_in(body, "nextPage", "http://localhost", "https://api.wellcomecollection.org"),
    "nextPage: the link does not lead where it should"
)]
#[case::a_link_that_forgets_the_filter(
    |body: &mut Value| replace_in(body, "nextPage", "workType=", "x="),
    "nextPage: the link does not lead where it should"
)]
#[case::a_link_back_to_itself(
    |body: &mut Value| replace_in(body, "nextPage", "page=4", "page=3"),
    "nextPage: the link does not lead where it should"
)]
#[case::a_link_back_that_forgets_what_was_included(
    |body: &mut Value| replace_in(body, "prevPage", "include=languages", "x=y"),
    "prevPage: the link does not lead where it should"
)]
#[case::no_link_onwards(
    |body: &mut Value| { body.as_object_mut().unwrap().remove("nextPage"); },
    "nextPage: the link does not lead where it should"
)]
fn paging(#[case] spoil: fn(&mut Value), #[case] says: &str) {
    let told = told(&judged(&rule(Rule::Paging), |resource, answer| Ok(third_page(resource, answer, spoil))));
    assert!(told.starts_with("fail") && told.contains(says), "{told}");
}

#[rstest]
#[case::two_labels(|work: &mut Value| {
    if chosen(work) { work["workType"]["label"] = json!("Tomes"); }
}, "it is called “Tomes” here, but “")]
#[case::another_label_everywhere(|work: &mut Value| {
    for language in work.get_mut("languages").and_then(Value::as_array_mut).into_iter().flatten() {
        language["label"] = json!("Tongue");
    }
}, "it is called “Tongue” here, but “English” is its label")]
#[case::the_code_itself(|work: &mut Value| work["workType"]["label"] = work["workType"]["id"].clone(), "its label is the code itself")]
#[case::none(|work: &mut Value| { work["workType"].as_object_mut().map(|it| it.remove("label")); }, "it has no label")]
fn one_label(#[case] spoil: fn(&mut Value), #[case] says: &str) {
    let told = told(&judged_with(&rule(Rule::OneLabel), |work, _| {
        if work["workType"].is_object() {
            spoil(work);
        }
    }));
    assert!(told.starts_with("fail") && told.contains(says), "{told}");
}

#[rstest]
fn a_facet_that_calls_a_code_otherwise_is_found() {
    let told = told(&judged(&rule(Rule::OneLabel), |resource, mut answer| {
        if let (true, Body::Json(body)) = (resource.path().contains("aggregations"), &mut answer.body) {
            body["aggregations"]["workType"]["buckets"][0]["data"]["label"] = json!("Tomes");
        }
        Ok(answer)
    }));
    assert!(told.contains("Format a: it is called “Tomes” here"), "{told}");
}

#[rstest]
fn a_label_that_is_an_identifier_is_found() {
    let told = told(&judged_with(&rule(Rule::LabelsAreWords), |work, _| {
        if let Some(subject) = work.get_mut("subjects").and_then(|subjects| subjects.get_mut(0)) {
            subject["label"] = json!("sh85083064");
        }
    }));
    assert!(told.contains("subjects[0].label: the label is a Library of Congress number"), "{told}");
}

#[rstest]
fn text_in_the_wrong_encoding_is_found() {
    let told = told(&judged_with(&rule(Rule::ReadableText), |work, _| {
        if chosen(work) {
            work["title"] = json!("CafÃ© de Paris");
        }
    }));
    assert!(told.contains("title: `Ã©` looks like text in the wrong encoding"), "{told}");
}

#[rstest]
#[case::before("production.dates.to=", "the years before those of the label find the work")]
#[case::after("production.dates.from=", "the years after those of the label find the work")]
fn a_work_that_is_found_by_other_years_is_found_out(#[case] bound: &str, #[case] says: &str) {
    let told = told(&judged(&rule(Rule::Years), |resource, answer| {
        // As if the filter were not there.
        let path = resource.path();
        let one_sided = path.contains("&production.dates.") && path.matches("production.dates").count() == 1;
        let unfiltered = path.split("&production").next().unwrap();
        Ok(if one_sided && path.contains(bound) {
            super::healthy(&Resource::new(unfiltered))
        } else {
            answer
        })
    }));
    assert!(told.starts_with("fail") && told.contains(says), "{told}");
}

#[rstest]
fn a_work_that_its_years_do_not_find_is_found_out() {
    let told = told(&judged(&rule(Rule::Years), |resource, mut answer| {
        if let (true, Body::Json(body)) =
            (resource.path().contains("production.dates.from"), &mut answer.body)
        {
            body["results"] = json!([]);
        }
        Ok(answer)
    }));
    assert!(told.contains("the years of the label do not find the work"), "{told}");
}

/// What a rule asks for besides the sample.
#[rstest]
#[case::items(Rule::OneWorkPerItem, "/works?items=")]
#[case::identifiers(Rule::OneWorkPerIdentifier, "/works?identifiers=")]
#[case::single_works(Rule::ListShowsTheRecord, "/works/")]
#[case::dates(Rule::Years, "/works?identifiers=")]
fn what_has_no_answer_is_undecided(#[case] of: Rule, #[case] asked: &str) {
    let judgement =
        judged(
            &example(of),
            |resource, answer| {
                if resource.path().starts_with(asked) { unanswered() } else { Ok(answer) }
            },
        );
    assert!(told(&judgement).starts_with("undecided"), "{}", told(&judgement));
}

#[rstest]
fn a_page_of_a_walk_without_an_answer_is_undecided() {
    let judgement = judged(&rule(Rule::Paging), |resource, answer| {
        let walked =
            resource.path().contains("include=languages&") || resource.path().ends_with("include=languages");
        if walked && resource.path().contains("page=2") { unanswered() } else { Ok(answer) }
    });
    assert!(told(&judgement).starts_with("undecided"), "{}", told(&judgement));
}
