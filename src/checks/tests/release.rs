//! What a stage says of its release, in every way in which it may not be the one that is meant.

use std::time::Duration;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Outcome, answered, ask, evidence, judge, told, unanswered};
use crate::catalogue::{Answer, Body, Resource};
use crate::checks::ReleaseCheck;
use crate::evidence::Evidence;
use crate::suite::{Expectation, ReleaseExample};
use crate::verdict::Verdict;

const CONFIG: &str = "/_elasticConfig";

fn config(works: &str, images: &str, pipeline: &str) -> Value {
    json!({"worksIndex": works, "imagesIndex": images, "pipelineDate": pipeline, "clusterName": "c"})
}

fn good() -> Value {
    config("works-indexed-2026-11-01", "images-indexed-2026-11-01", "2026-11-01")
}

fn check(example: ReleaseExample) -> ReleaseCheck {
    ReleaseCheck::new(example)
}

#[rstest]
#[case::the_index(Expectation::Index, answered(200, good()), "pass")]
#[case::another_index(
    Expectation::Index,
    answered(200, config("works-indexed-2026-10-01", "i", "2026-11-01")),
    "the stage does not serve what this release is meant to ship (EXPECT_INDEX): an old task may answer, or another \
     release was deployed"
)]
#[case::the_pipeline(Expectation::PipelineDate, answered(200, good()), "pass")]
#[case::another_pipeline(
    Expectation::PipelineDate,
    answered(200, config("works-indexed-2026-11-01", "i", "2026-10-01")),
    "the stage does not serve what this release is meant to ship (EXPECT_PIPELINE_DATE): an old task may answer, or \
     another release was deployed"
)]
#[case::no_index(Expectation::Index, answered(200, json!({"pipelineDate": "2026-11-01"})), "undecided")]
#[case::no_pipeline(Expectation::PipelineDate, answered(200, json!({"worksIndex": "w"})), "undecided")]
#[case::nothing(Expectation::Index, answered(404, json!({})), "undecided")]
#[case::no_answer(Expectation::Index, unanswered(), "undecided")]
fn the_stage_serves_what_was_expected(
    #[case] expectation: Expectation,
    #[case] outcome: Outcome,
    #[case] says: &str,
) {
    let mut evidence = evidence([(CONFIG, outcome)]);
    evidence.expected.index = Some("works-indexed-2026-11-01".to_owned());
    evidence.expected.pipeline_date = Some("2026-11-01".to_owned());
    assert_eq!(told(&judge(&check(ReleaseExample::Serves(expectation)), &evidence)), [says]);
}

#[rstest]
#[case::its_index_tells_the_date("works-indexed-2026-11-01", "pass")]
#[case::its_index_tells_none("works-reindex", "undecided")]
fn the_pipeline_date_of_an_extra_cluster_is_not_what_the_stage_says(#[case] index: &str, #[case] says: &str) {
    let mut evidence = evidence([(CONFIG, answered(200, config(index, "i", "2020-01-01")))]);
    evidence.expected.pipeline_date = Some("2026-11-01".to_owned());
    evidence.cluster = Some("reindex".to_owned());
    let check = check(ReleaseExample::Serves(Expectation::PipelineDate));
    assert_eq!(told(&judge(&check, &evidence)), [says]);
}

const TORN: &str = "the API reads works of one pipeline beside something of another: it was built for another index \
                    than the one it reads";

#[rstest]
#[case::of_one(good(), None, &["pass"])]
#[case::images_of_another(config("w-2026-11-01", "i-2026-10-01", "2026-11-01"), None, &[TORN])]
#[case::an_api_of_another(config("w-2026-11-01", "i-2026-11-01", "2026-10-01"), None, &[TORN])]
#[case::works_of_another(config("w-2026-10-01", "i-2026-11-01", "2026-11-01"), None, &[TORN, TORN])]
#[case::images_without_a_date(config("w-2026-11-01", "images", "2026-11-01"), None, &[TORN])]
#[case::works_without_a_date(config("works", "i-2026-11-01", "2026-11-01"), None, &["undecided"])]
#[case::nothing_beside(json!({"worksIndex": "w-2026-11-01"}), None, &["undecided"])]
#[case::a_cluster_beside_the_default(config("w-2026-11-01", "i-2026-11-01", "2020-01-01"), Some("reindex"), &["pass"])]
#[case::the_default_cluster(config("w-2026-11-01", "i-2026-11-01", "2020-01-01"), Some("default"), &[TORN])]
fn its_indexes_and_its_pipeline_belong_together(
    #[case] config: Value,
    #[case] cluster: Option<&str>,
    #[case] says: &[&str],
) {
    let mut evidence = evidence([(CONFIG, answered(200, config))]);
    evidence.cluster = cluster.map(str::to_owned);
    assert_eq!(told(&judge(&check(ReleaseExample::OnePipeline), &evidence)), says);
}

/// Answers to the same question, each with the age that a cache gives it.
fn repeated(answers: &[(&str, Option<u64>)]) -> Evidence {
    let outcome = |(index, age): &(&str, Option<u64>)| {
        let body = if *index == "off" { return unanswered() } else { config(index, "i", "2026-11-01") };
        Outcome(Ok(Answer { age: age.map(Duration::from_secs), ..Answer::new(200, Body::Json(body)) }))
    };
    let first = Resource::elastic_config();
    let named = (1..).map(|nr| if nr == 1 { first.clone() } else { first.again(nr) });
    Evidence::from_answers(named.zip(answers.iter().map(|answer| outcome(answer).0)))
}

const DIFFERS: &str = "asked 4 times what it serves, the stage gives 2 different answers: an old task still answers \
                       beside the new ones, or its index changed under the run";

#[rstest]
#[case::the_same(&[("a", None), ("a", None), ("a", None), ("a", Some(0))], "pass")]
#[case::one_other(&[("a", None), ("a", None), ("b", None), ("a", None)], DIFFERS)]
#[case::one_other_and_one_unanswered(&[("a", None), ("off", None), ("b", None), ("a", None)], DIFFERS)]
#[case::one_unanswered(&[("a", None), ("off", None), ("a", None), ("a", None)], "undecided")]
#[case::some_of_a_cache(&[("a", None), ("a", Some(9)), ("a", None), ("a", None)], "pass")]
#[case::all_but_one_of_a_cache(&[("a", None), ("a", Some(9)), ("a", Some(9)), ("a", Some(9))], "undecided")]
#[case::not_asked_so_often(&[("a", None), ("a", None)], "undecided")]
fn the_stage_says_the_same_each_time(#[case] answers: &[(&str, Option<u64>)], #[case] says: &str) {
    assert_eq!(told(&judge(&check(ReleaseExample::Steady { requests: 4 }), &repeated(answers))), [says]);
}

fn from_cache(age: Option<u64>, origin: &str) -> Evidence {
    let answer = Answer { age: age.map(Duration::from_secs), ..Answer::new(200, Body::Json(json!({}))) };
    evidence([("/works/a", answered(200, json!({}))), (origin, Outcome(Ok(answer)))])
}

#[rstest]
#[case::none(None, "/works/b", "pass")]
#[case::young(Some(60), "/works/b", "pass")]
#[case::old(Some(61), "/works/b", "a cache has kept this answer for 61 s, so it may be of an older release")]
#[case::an_old_one_of_prod(Some(61), "prod:/works/b", "pass")]
fn no_cache_keeps_an_answer_for_longer_than_it_may(
    #[case] age: Option<u64>,
    #[case] of: &str,
    #[case] says: &str,
) {
    let check = check(ReleaseExample::FromCache { at_most: Duration::from_secs(60) });
    assert_eq!(told(&judge(&check, &from_cache(age, of))), [says]);
}

/// What the check has found out, on 25 November 2026, of a stage whose items are dated so.
fn dated(days: &[&str], heeds: bool) -> (ReleaseCheck, Evidence) {
    let check = check(ReleaseExample::NewestItem { within_days: 14 });
    let mut nothing = evidence([]);
    nothing.started = "2026-11-25T12:00:00Z".parse().unwrap();
    let evidence = ask(&check, nothing, |resource| {
        let bound = |name: &str| {
            let (_, rest) = resource.path().split_once(&format!("createdDate.{name}="))?;
            Some(&rest[..10])
        };
        let (from, to) = (bound("from"), bound("to"));
        let passes = |day: &&&str| from.is_none_or(|from| from <= **day) && to.is_none_or(|to| **day <= to);
        let found = if heeds { days.iter().filter(passes).count() } else { days.len() };
        answered(200, json!({"totalResults": found, "results": []}))
    });
    (check, evidence)
}

#[rstest]
#[case::of_the_day(&["2026-11-25", "2020-01-01"], "pass")]
#[case::just_within(&["2026-11-11", "2020-01-01"], "pass")]
#[case::all_of_them_new(&["2026-11-20"], "pass")]
#[case::too_old(&["2026-11-10", "2020-01-01"], "the newest is of 2026-11-10")]
#[case::much_too_old(&["2020-01-01"], "the newest is of 2020-01-01")]
#[case::older_than_any(&["1970-01-01"], "the newest is of 1990-01-01 or before")]
#[case::dated_in_the_future(&["2206-11-25", "2020-01-01"], "the newest is of 2020-01-01")]
#[case::without_a_date(&[], "undecided")]
fn the_newest_item_is_recent(#[case] days: &[&str], #[case] says: &str) {
    let (check, evidence) = dated(days, true);
    let verdict = judge(&check, &evidence);
    match &verdict {
        Verdict::Fail { findings } => assert_eq!(findings[0].found, says),
        _ => assert_eq!(told(&verdict), [says]),
    }
    assert!(evidence.iter().count() <= 3 + 14, "halving ends soon");
}

#[rstest]
fn a_stage_that_does_not_heed_the_dates_shows_nothing() {
    let (check, evidence) = dated(&["2020-01-01"], false);
    assert_eq!(told(&judge(&check, &evidence)), ["undecided"]);
}
