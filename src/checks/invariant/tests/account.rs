//! What follows from how many cases hold: the share, what has no answer, what is vacuous, and what readers are told.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::estimate::estimate;
use super::super::sample::{Sample, Sampled};
use super::{SAMPLE, claim, gathered, has, judged, judged_with, shown, spoilt, told, unanswered, with};
use crate::catalogue::Include;
use crate::checks::{Check, InvariantCheck};
use crate::estimate::Estimate;
use crate::numbers::grouped;
use crate::suite::{Holds, InvariantExample, Shape, Share};
use crate::verdict::Verdict;

fn titled() -> InvariantExample {
    claim(Holds::Shape(has("title")))
}

/// Takes the title from each map.
fn untitle_maps(work: &mut Value) {
    if work.pointer("/workType/id").is_some_and(|id| id == "e") {
        work.as_object_mut().unwrap().remove("title");
    }
}

fn is_a(work_type: &str) -> Shape {
    let id = Shape::Object(vec![("id".to_owned(), Shape::Equals(json!(work_type)))]);
    Shape::Object(vec![("workType".to_owned(), id)])
}

#[rstest]
fn what_holds_for_all_passes_and_says_of_how_many() {
    let judgement = judged_with(&titled(), |_, _| {});
    assert_eq!(told(&judgement), "pass");
    assert!(judgement.values >= SAMPLE.size);
    let drawn = format!("drawn from {} (seed 2026)", grouped(shown()));
    assert!(judgement.remarks[0].says.contains(&drawn), "{:?}", judgement.remarks);
}

#[rstest]
fn a_failure_says_how_many_and_shows_three_with_links() {
    let judgement = judged_with(&titled(), |work, _| untitle_maps(work));
    let Verdict::Fail { findings } = judgement.verdict else { panic!("{}", told(&judgement)) };
    assert!(
        findings[0].says.contains(&format!("of {} works break this", judgement.values)),
        "{:?}",
        findings[0]
    );
    assert!(findings[0].says.contains("In the whole catalogue it is about"), "{:?}", findings[0]);
    assert_eq!(findings.len(), 4);
    for example in &findings[1..] {
        assert!(example.at.starts_with("work ") && example.at.ends_with(", title"), "{}", example.at);
        assert!(example.says.contains("\n    https://wellcomecollection.org/works/"), "{}", example.says);
        assert!(example.says.contains("http://localhost/catalogue/v2/works/"), "{}", example.says);
    }
}

#[rstest]
#[case::more_than_hold("99.9%", false)]
#[case::fewer_than_hold("50%", true)]
fn a_share_allows_for_exceptions(#[case] share: &str, #[case] passes: bool) {
    let example = InvariantExample { share: Share::parse(share).unwrap(), ..titled() };
    let judgement = judged_with(&example, |work, _| untitle_maps(work));
    assert_eq!(judgement.verdict.is_pass(), passes, "{}", told(&judgement));
    assert!(!judgement.remarks[0].says.contains(" 0 broken"), "{:?}", judgement.remarks);
}

#[rstest]
fn where_chooses_the_works_that_it_is_about() {
    let maps = InvariantExample { among: Some(is_a("e")), ..titled() };
    let books = InvariantExample { among: Some(is_a("a")), ..titled() };
    assert!(told(&judged_with(&maps, |work, _| untitle_maps(work))).starts_with("fail"));
    assert_eq!(told(&judged_with(&books, |work, _| untitle_maps(work))), "pass");
}

#[rstest]
fn what_is_about_no_work_of_the_sample_is_undecided() {
    let example = InvariantExample { among: Some(is_a("no such type")), ..titled() };
    let told = told(&judged_with(&example, |_, _| {}));
    assert!(told.starts_with("undecided: none of the"), "{told}");
    assert!(told.ends_with("is as `where` says, so nothing was judged"), "{told}");
}

#[rstest]
#[case::all_that_was_seen_holds("100%", false, "undecided")]
#[case::what_was_seen_fails_already("100%", true, "fail")]
#[case::enough_hold_whatever_is_missing("50%", false, "pass")]
#[case::the_missing_ones_could_make_up_for_it("99%", false, "undecided")]
fn a_page_without_an_answer_may_hold_or_not(#[case] share: &str, #[case] spoil: bool, #[case] verdict: &str) {
    let example = InvariantExample { share: Share::parse(share).unwrap(), ..titled() };
    let judgement = judged(&example, |resource, answer| {
        if resource.path().starts_with("/works?workType=a&") {
            return unanswered();
        }
        Ok(if spoil { spoilt(resource, answer, &|work, _| untitle_maps(work)) } else { answer })
    });
    assert!(told(&judgement).starts_with(verdict), "{}", told(&judgement));
}

#[rstest]
#[case::refused(false, "fail: items: this release refuses `include=items`")]
#[case::unknown(true, "undecided: it could not be found out whether this release accepts `include=items`")]
fn a_claim_about_what_the_stage_does_not_show_does_not_pass(#[case] unknown: bool, #[case] says: &str) {
    // Whatever the records are, they hold no items then; none is there to break this.
    let claimed = Shape::Object(vec![("items".to_owned(), Shape::Absent)]);
    let check = InvariantCheck::new(&claim(Holds::Shape(claimed)));
    let mut evidence = gathered(&check, |_, answer| Ok(answer));
    evidence.accepted_includes.remove(&Include::Items);
    if unknown {
        evidence.unknown_includes.insert(Include::Items);
    }
    let judgement = with(&evidence, |context| {
        let resources = check.resources(context);
        let answers = resources.iter().map(|it| (it.clone(), Ok(super::healthy(it))));
        let mut asked = crate::evidence::Evidence::from_answers(answers);
        asked.accepted_includes.clone_from(&evidence.accepted_includes);
        asked.unknown_includes.clone_from(&evidence.unknown_includes);
        with(&asked, |context| check.judge(context))
    });
    assert!(told(&judgement).starts_with(says), "{}", told(&judgement));
}

fn records() -> Vec<Value> {
    let work = |nr: usize, work_type: &str| json!({"id": format!("w{nr}"), "workType": {"id": work_type}});
    (0..10).map(|nr| work(nr, "a")).chain((10..20).map(|nr| work(nr, "e"))).collect()
}

fn sample(records: &[Value]) -> Sample<'_> {
    let works = records.iter().map(|record| Sampled { id: record["id"].as_str().unwrap(), record }).collect();
    let of_type = [("a".to_owned(), 900), ("e".to_owned(), 100)].into();
    Sample { of: SAMPLE, works, total: 1000, of_type }
}

/// Half the sample is maps, but a tenth of the catalogue.
#[rstest]
#[case::maps(10..15, 50)]
#[case::books(0..5, 450)]
fn an_estimate_counts_each_type_with_its_true_share(
    #[case] broken: std::ops::Range<usize>,
    #[case] about: usize,
) {
    let records = records();
    let sample = sample(&records);
    let broken: BTreeSet<&str> =
        records[broken].iter().map(|record| record["id"].as_str().unwrap()).collect();
    let found = estimate(&sample, &sample.works, &sample.works, &broken);
    assert_eq!(found.about, about);
    assert!(found.low < about && about < found.high, "{found:?}");
}

/// Wilson's interval for 1 of 10 is 1.8 % to 40.4 %; that those are 10 of 1,000 makes it a little narrower.
#[rstest]
fn the_interval_is_that_of_wilson() {
    let records = &records()[..10];
    let of_one_type = Sample { of_type: [("a".to_owned(), 1000)].into(), ..sample(records) };
    let found = estimate(&of_one_type, &of_one_type.works, &of_one_type.works, &BTreeSet::from(["w0"]));
    assert_eq!(found, Estimate { about: 100, low: 18, high: 403 });
}

#[rstest]
fn an_estimate_from_some_of_those_chosen_speaks_of_all_that_are_like_them() {
    let records = records();
    let sample = sample(&records);
    // Of the books, two were looked at, and one of them is broken: half of 900.
    let found = estimate(&sample, &sample.works[..10], &sample.works[..2], &BTreeSet::from(["w0"]));
    assert_eq!(found.about, 450);
}
