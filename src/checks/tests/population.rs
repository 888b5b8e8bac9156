//! A count is judged by itself, by what else its catalogue says, and against another: in each there is a way to pass
//! wrongly that is tried here.

use std::collections::BTreeMap;

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    Outcome, answered, answered_in_text, both_sides, evidence, judge, judge_beside, remarked, told,
    unanswered,
};
use crate::catalogue::{Endpoint, Selection};
use crate::checks::Check;
use crate::checks::population::{BaselineCheck, CountRequests, Counting, PopulationCheck, ProdCheck};
use crate::evidence::Evidence;
use crate::suite::{Bounds, By, Change, PopulationExample, Share};
use crate::verdict::Verdict;

const BY_TYPE: &str = "/works?aggregations=workType&pageSize=1";
const ON_PROD: &str = "prod:/works?aggregations=workType&pageSize=1";
const DIGITISED: &str = "/works?items.locations.locationType=iiif-presentation&pageSize=1";
const ALL: &str = "/works?pageSize=1";

fn share(text: &str) -> Share {
    Share::parse(text).unwrap()
}

fn example(of: Selection, by: Option<By>) -> PopulationExample {
    let bounds = Bounds::default();
    PopulationExample { of, by, bounds, against_prod: None, against_baseline: None }
}

/// All works, by a facet.
fn by(facet: &str) -> PopulationExample {
    example(Selection::all(Endpoint::Works), Some(By::Facet(Endpoint::Works.facet(facet).unwrap())))
}

fn filtered(filter: &str, value: &str) -> PopulationExample {
    let filter = Endpoint::Works.filter(filter).unwrap();
    example(Selection::all(Endpoint::Works).with(filter, vec![value.to_owned()]), None)
}

fn counting(example: &PopulationExample) -> Counting {
    Counting::new(example, &CountRequests::of([example]))
}

fn alone(example: &PopulationExample) -> PopulationCheck {
    PopulationCheck::new(counting(example))
}

/// One per cent either way.
fn change() -> Change {
    Change { loss: share("1%"), gain: share("1%"), or_by: 0, never_over: None, come_and_go: 0 }
}

fn total(number: u64) -> Outcome {
    answered(200, json!({ "totalResults": number }))
}

/// An answer that counts by a facet of this key.
fn facet(key: &str, all: u64, buckets: &[(&str, u64)]) -> Outcome {
    let buckets: Vec<Value> = buckets
        .iter()
        .map(|(id, count)| json!({ "data": { "id": id, "label": format!("label of {id}") }, "count": count }))
        .collect();
    answered(200, json!({ "totalResults": all, "aggregations": { key: { "buckets": buckets } } }))
}

fn by_type(all: u64, buckets: &[(&str, u64)]) -> Outcome {
    facet("workType", all, buckets)
}

#[rstest]
#[case::enough(100, "pass")]
#[case::too_few(99, "there are fewer works than there must be")]
#[case::too_many(201, "there are more works than there may be")]
#[case::none(0, "nothing is counted: is the value of the filter right?")]
fn a_number_keeps_to_its_bounds(#[case] number: u64, #[case] says: &str) {
    let mut example = filtered("items.locations.locationType", "iiif-presentation");
    example.bounds = Bounds { at_least: Some(100), at_most: Some(200), ..Bounds::default() };
    let evidence = evidence([(DIGITISED, total(number)), (ALL, total(1000))]);
    assert_eq!(told(&judge(&alone(&example), &evidence)), [says]);
}

#[rstest]
#[case::on_a_stage(false, "there are fewer works than there must be")]
#[case::in_the_miniature(true, "pass")]
fn a_bound_for_the_stage_is_not_for_the_miniature(#[case] embedded: bool, #[case] says: &str) {
    let mut example = filtered("items.locations.locationType", "iiif-presentation");
    example.bounds = Bounds { at_least: Some(1), at_least_on_stage: Some(150_000), ..Bounds::default() };
    let mut evidence = evidence([(DIGITISED, total(624)), (ALL, total(2374))]);
    evidence.embedded = embedded;
    assert_eq!(told(&judge(&alone(&example), &evidence)), [says]);
}

#[rstest]
#[case::not_a_number(answered(200, json!({"totalResults": "624"})), "`totalResults` is not a number")]
#[case::no_number(answered(200, json!({"results": []})), "`totalResults` is not a number")]
#[case::a_fraction(answered(200, json!({"totalResults": 6.5})), "`totalResults` is not a number")]
#[case::a_negative_number(answered(200, json!({"totalResults": -1})), "`totalResults` is not a number")]
#[case::no_json(answered_in_text(200), "the API answers 200 (the record is there)")]
#[case::an_error(answered(500, json!({})), "the API answers 500 (the API itself fails)")]
#[case::no_answer(unanswered(), "undecided")]
fn what_counts_nothing_never_passes(#[case] outcome: Outcome, #[case] says: &str) {
    let mut example = filtered("items.locations.locationType", "iiif-presentation");
    example.bounds.at_least = Some(1);
    assert_eq!(told(&judge(&alone(&example), &evidence([(DIGITISED, outcome)]))), [says]);
}

#[rstest]
#[case::a_fair_share(300, "pass")]
#[case::too_small(49, "less than 5 % of all 1,000 works are such works")]
#[case::too_great(501, "more than 50 % of all 1,000 works are such works")]
#[case::a_filter_that_is_ignored(
    1000,
    "more than 50 % of all 1,000 works are such works: the API seems to ignore the filter"
)]
fn a_filter_selects_a_share(#[case] number: u64, #[case] says: &str) {
    let example = digitised_share();
    let evidence = evidence([(DIGITISED, total(number)), (ALL, total(1000))]);
    assert_eq!(told(&judge(&alone(&example), &evidence)), [says]);
}

/// Where no share is bounded, a filter that the API ignores on both sides would compare all works with all works.
#[rstest]
#[case::it_selects_some(999, total(1000), "pass")]
#[case::it_selects_all(1000, total(1000), "undecided")]
#[case::nobody_knows_how_many_there_are(999, unanswered(), "undecided")]
fn a_filter_is_shown_to_be_read(#[case] number: u64, #[case] whole: Outcome, #[case] says: &str) {
    let mut example = filtered("items.locations.locationType", "iiif-presentation");
    example.bounds.at_least = Some(1);
    let prod = format!("prod:{DIGITISED}");
    let evidence = evidence([(DIGITISED, total(number)), (prod.as_str(), total(number)), (ALL, whole)]);
    let baselines = BTreeMap::from([(
        "population-x".to_owned(),
        format!("works where items.locations.locationType is iiif-presentation\n\n{number}  all\n"),
    )]);
    let checks: [&dyn Check; 3] = [
        &alone(&example),
        &ProdCheck::new(counting(&example), change()),
        &BaselineCheck::new(counting(&example), change(), "x"),
    ];
    for check in checks {
        assert_eq!(told(&judge_beside(check, &evidence, &baselines)), [says]);
    }
}

fn digitised_share() -> PopulationExample {
    let mut example = filtered("items.locations.locationType", "iiif-presentation");
    example.bounds.share_at_least = Some(share("5%"));
    example.bounds.share_at_most = Some(share("50%"));
    example
}

#[rstest]
#[case::undecided_by_itself(None, "undecided")]
#[case::but_what_is_wrong_is_wrong(Some(400), "there are fewer works than there must be")]
fn a_share_of_nobody_knows_what(#[case] at_least: Option<u64>, #[case] says: &str) {
    let mut example = digitised_share();
    example.bounds.at_least = at_least;
    let evidence = evidence([(DIGITISED, total(300)), (ALL, unanswered())]);
    assert_eq!(told(&judge(&alone(&example), &evidence)), [says]);
}

#[rstest]
#[case::each_in_one(by_type(100, &[("a", 60), ("h", 40)]), &["pass"])]
#[case::some_in_none_as_the_file_allows(by_type(100, &[("a", 60), ("h", 35)]), &["pass"])]
#[case::more_in_none(by_type(100, &[("a", 60), ("h", 34)]), &["more works are without any `workType` than may be; how many may is said by `without-any`"])]
#[case::more_than_there_are(
    by_type(100, &[("a", 60), ("h", 41)]), &["the values of `workType` have more works together than there are"]
)]
#[case::a_value_that_must_be_there(
    by_type(100, &[("a", 99)]), &["h: there are fewer works than there must be"]
)]
#[case::a_value_that_nothing_has(
    by_type(100, &[("a", 99), ("h", 0)]), &["h: there are fewer works than there must be"]
)]
fn each_work_has_one_format(#[case] outcome: Outcome, #[case] says: &[&str]) {
    let mut example = by("workType");
    example.bounds.without_any = share("5%");
    example.bounds.at_least_in = vec![("h".to_owned(), 30)];
    assert_eq!(told(&judge(&alone(&example), &evidence([(BY_TYPE, outcome)]))), says);
}

#[rstest]
#[case::missing(answered(200, json!({"totalResults": 9})), "the answer does not count by this facet")]
#[case::another(facet("languages", 9, &[("eng", 9)]), "the answer does not count by this facet")]
#[case::empty(by_type(9, &[]), "the facet is empty: nothing has any value")]
#[case::of_nothing(by_type(9, &[("a", 0)]), "the facet is empty: nothing has any value")]
#[case::twice(by_type(9, &[("a", 4), ("a", 5)]), "`label of a (a)` is counted twice")]
#[case::without_a_count(
    answered(200, json!({"totalResults": 9, "aggregations": {"workType": {"buckets": [{"data": {"label": "x"}}]}}})),
    "a bucket has no label, or its count is not a number"
)]
fn a_facet_that_counts_nothing_never_passes(#[case] outcome: Outcome, #[case] says: &str) {
    assert_eq!(told(&judge(&alone(&by("workType")), &evidence([(BY_TYPE, outcome)]))), [says]);
}

#[rstest]
fn a_facet_that_ignores_the_query_counts_more_than_there_are() {
    let mut example = by("availabilities");
    example.of = filtered("workType", "h").of;
    let asked = "/works?workType=h&aggregations=availabilities&pageSize=1";
    let whole = facet("availabilities", 240, &[("online", 1193), ("open-shelves", 203)]);
    assert_eq!(
        told(&judge(&alone(&example), &evidence([(asked, whole), (ALL, total(2374))]))),
        [
            "label of online (online): more works have this value than there are; the facet counts others as well"
        ]
    );
}

#[rstest]
#[case::as_many(240, &[("h", 240)], "pass")]
#[case::fewer(239, &[("h", 240)], "the filter and the facet `workType` do not agree on `h`")]
#[case::no_such_bucket(240, &[("a", 1000)], "the filter and the facet `workType` do not agree on `h`")]
fn a_filter_counts_what_its_bucket_does(
    #[case] number: u64,
    #[case] buckets: &[(&str, u64)],
    #[case] says: &str,
) {
    let evidence =
        evidence([("/works?workType=h&pageSize=1", total(number)), (BY_TYPE, by_type(2000, buckets))]);
    assert_eq!(told(&judge(&alone(&filtered("workType", "h")), &evidence)), [says]);
}

#[rstest]
#[case::as_many(2374, "pass")]
#[case::fewer(2373, "not as many works can be found as are visible")]
fn as_many_works_are_found_as_are_visible(#[case] listed: u64, #[case] says: &str) {
    let states = json!({ "Visible": 2374, "Redirected": 1477, "Invisible": 26, "Deleted": 27 });
    let evidence = evidence([("/management/_workTypes", answered(200, states)), (ALL, total(listed))]);
    assert_eq!(told(&judge(&alone(&by_state()), &evidence)), [says]);
}

fn by_state() -> PopulationExample {
    example(Selection::all(Endpoint::Works), Some(By::State))
}

#[rstest]
#[case::its_own(2374, "pass")]
#[case::nobody_knows_whose(999, "undecided")]
fn the_states_of_a_cluster_are_those_of_its_list(#[case] listed: u64, #[case] says: &str) {
    let states = json!({ "Visible": 2374, "Redirected": 1477 });
    let mut evidence = evidence([("/management/_workTypes", answered(200, states)), (ALL, total(listed))]);
    evidence.cluster = Some("reindex".to_owned());
    assert_eq!(told(&judge(&alone(&by_state()), &evidence)), [says]);
}

#[rstest]
#[case::no_states(json!({}), "the answer does not say how many works are visible")]
#[case::not_a_number(json!({"Visible": 5, "Deleted": null}), "`Deleted` is not a number")]
fn states_that_count_nothing_never_pass(#[case] states: Value, #[case] says: &str) {
    let evidence = evidence([("/management/_workTypes", answered(200, states)), (ALL, total(5))]);
    assert_eq!(told(&judge(&alone(&by_state()), &evidence)), [says]);
}

/// What is concluded from these numbers on the stage and on prod.
fn against_prod(change: Change, stage: Outcome, prod: Outcome) -> Verdict {
    let mut example = by("workType");
    example.bounds.without_any = share("99%");
    judge(&ProdCheck::new(counting(&example), change), &evidence([(BY_TYPE, stage), (ON_PROD, prod)]))
}

#[rstest]
#[case::as_on_prod(&[("a", 1000), ("h", 500)], &["pass"])]
#[case::within(&[("a", 995), ("h", 505)], &["pass"])]
#[case::one_more_than_may_be(
    &[("a", 994), ("h", 506)],
    &["label of h (h): 6 works more than on prod (1.2 %), where no more than 5 may be gained"]
)]
#[case::a_swap_that_leaves_the_total(
    &[("a", 900), ("h", 600)],
    &[
        "label of a (a): 100 works fewer than on prod (10 %), where no more than 10 may be lost",
        "label of h (h): 100 works more than on prod (20 %), where no more than 5 may be gained",
    ]
)]
#[case::a_value_that_vanishes(
    &[("a", 1000)],
    &[
        "label of h (h) has vanished: nothing has this value any more",
        "without any workType: 500 works more than on prod (there are none), where no more than 0 may be gained",
    ]
)]
#[case::a_value_that_appears(
    &[("a", 1000), ("h", 499), ("z", 1)],
    &["label of z (z) has appeared: nothing has this value on prod"]
)]
fn prod_is_compared_value_by_value(#[case] stage: &[(&str, u64)], #[case] says: &[&str]) {
    let prod = by_type(1500, &[("a", 1000), ("h", 500)]);
    assert_eq!(told(&against_prod(change(), by_type(1500, stage), prod)), says);
}

#[rstest]
#[case::one_of_three_as_the_file_allows(1, &[("a", 1000), ("h", 2)], &["pass"])]
#[case::one_of_three_where_it_does_not(
    0, &[("a", 1000), ("h", 2)],
    &["label of h (h): 1 work fewer than on prod (33.3 %), where no more than 0 may be lost"]
)]
#[case::all_three_vanish_all_the_same(
    10, &[("a", 1000)],
    &["label of h (h) has vanished: nothing has this value any more"]
)]
fn small_numbers_have_an_allowance(#[case] or_by: u64, #[case] stage: &[(&str, u64)], #[case] says: &[&str]) {
    let all = stage.iter().map(|(_, count)| count).sum();
    let prod = by_type(1003, &[("a", 1000), ("h", 3)]);
    assert_eq!(told(&against_prod(Change { or_by, ..change() }, by_type(all, stage), prod)), says);
}

#[rstest]
fn one_of_five_thousand_is_noticed_where_none_may_be_lost() {
    let change = Change { loss: Share::NONE, ..change() };
    let verdict = against_prod(change, by_type(4999, &[("a", 4999)]), by_type(5000, &[("a", 5000)]));
    assert_eq!(told(&verdict).len(), 2, "{verdict:?}");
}

#[rstest]
#[case::few(3, &["pass"])]
#[case::more(
    2,
    &[
        "label of h (h) has vanished: nothing has this value any more",
        "label of z (z) has appeared: nothing has this value on prod",
    ]
)]
fn few_may_come_and_go_where_the_file_says_so(#[case] come_and_go: u64, #[case] says: &[&str]) {
    let prod = by_type(1003, &[("a", 1000), ("h", 3)]);
    let stage = by_type(1003, &[("a", 1000), ("z", 3)]);
    assert_eq!(told(&against_prod(Change { come_and_go, ..change() }, stage, prod)), says);
}

#[rstest]
fn great_numbers_have_a_limit_that_no_share_lifts() {
    let change = Change { never_over: Some(50), ..change() };
    let prod = by_type(1_000_000, &[("a", 1_000_000)]);
    let stage = by_type(999_949, &[("a", 999_949)]);
    assert_eq!(
        told(&against_prod(change, stage, prod)),
        [
            "51 works fewer than on prod (less than 0.1 %), where no more than 50 may be lost",
            "label of a (a): 51 works fewer than on prod (less than 0.1 %), where no more than 50 may be lost",
        ]
    );
}

#[rstest]
#[case::no_answer(unanswered())]
#[case::an_error(answered(500, json!({})))]
#[case::no_numbers(answered(200, json!({"totalResults": "many"})))]
#[case::nothing(by_type(0, &[("a", 1)]))]
fn a_prod_that_counts_nothing_leaves_it_undecided(#[case] prod: Outcome) {
    assert_eq!(told(&against_prod(change(), by_type(1000, &[("a", 1000)]), prod)), ["undecided"]);
}

#[rstest]
fn a_comparison_with_prod_names_both_indexes() {
    let example = by("workType");
    let check = ProdCheck::new(counting(&example), change());
    let config = answered(200, json!({ "worksIndex": "works-of-prod" }));
    let mut evidence = evidence([
        (BY_TYPE, by_type(10, &[("a", 10)])),
        (ON_PROD, by_type(10, &[("a", 10)])),
        ("prod:/_elasticConfig", config),
    ]);
    evidence.index_at_start = crate::catalogue::ServedIndex::from_answer(
        &answered(200, json!({ "worksIndex": "works-of-stage" })).0.unwrap(),
    );
    assert_eq!(
        remarked(&judged_whole(&check, &evidence, &BTreeMap::new())),
        ["compared with prod, which serves works-of-prod; the stage serves works-of-stage"]
    );
}

fn judged_whole(
    check: &dyn Check,
    evidence: &Evidence,
    baselines: &BTreeMap<String, String>,
) -> crate::verdict::Judgement {
    let requests = crate::checks::WorkRequests::of([check]).for_stage(evidence);
    check.judge(&crate::checks::Context {
        evidence,
        requests: &requests,
        baselines,
        contract: &super::CONTRACT,
    })
}

/// Twenty genres, of which the smallest has `least` works, and one besides in its place if it is named.
fn genres(least: u64, smallest: &str) -> Outcome {
    let ids: Vec<String> = (0..19).map(|nr| format!("g{nr}")).collect();
    let mut buckets: Vec<(&str, u64)> = ids.iter().map(|id| (id.as_str(), 1000)).collect();
    buckets.push((smallest, least));
    facet("genres.label", 5000, &buckets)
}

#[rstest]
#[case::no_longer_shown_but_it_may_have_as_many(genres(100, "y"), &["pass"])]
#[case::no_longer_shown_and_cannot_have_as_many(
    genres(90, "y"),
    &["label of z (z) is no longer among the values that the API shows, so 90 works at most have it"]
)]
#[case::newly_shown_and_grown(
    genres(102, "y"), &["label of y (y) has grown: it is not among the values shown on prod"]
)]
fn a_facet_that_shows_the_fullest_only_is_compared_as_far_as_it_tells(
    #[case] stage: Outcome,
    #[case] says: &[&str],
) {
    let example = by("genres");
    let check = ProdCheck::new(counting(&example), change());
    let asked = "/works?aggregations=genres&pageSize=1";
    let prod = format!("prod:{asked}");
    let evidence = evidence([(asked, stage), (prod.as_str(), genres(100, "z"))]);
    assert_eq!(told(&judge(&check, &evidence)), says);
}

#[rstest]
fn a_facet_that_shows_the_fullest_only_is_not_summed() {
    let mut example = by("collection.root");
    let roots: Vec<String> = (0..20).map(|nr| format!("r{nr}")).collect();
    let buckets: Vec<(&str, u64)> = roots.iter().map(|id| (id.as_str(), 10)).collect();
    example.bounds.at_least = Some(1);
    let asked = "/works?aggregations=collection.root&pageSize=1";
    let evidence = evidence([(asked, facet("collection.root", 5000, &buckets))]);
    assert_eq!(told(&judge(&alone(&example), &evidence)), ["pass"]);
}

#[rstest]
#[case::within(&[("a", 1000), ("h", 498), ("z", 2)])]
#[case::too_far(&[("a", 800), ("h", 698), ("z", 2)])]
fn numbers_are_told_beside_those_of_prod_whatever_follows(#[case] stage: &[(&str, u64)]) {
    let check = ProdCheck::new(counting(&by("workType")), change());
    let evidence = evidence([
        (BY_TYPE, by_type(1500, stage)),
        (ON_PROD, by_type(1500, &[("a", 1000), ("h", 499), ("s", 1)])),
    ]);
    let row =
        |name: &str, then: Option<u64>, now: Option<u64>| json!({"name": name, "then": then, "now": now});
    let expected = json!({
        "kind": "counts", "what": "works by workType", "there": "on prod",
        "rows": [
            row("all", Some(1500), Some(1500)),
            row("label of a (a)", Some(1000), Some(stage[0].1)),
            row("label of h (h)", Some(499), Some(stage[1].1)),
            row("label of s (s)", Some(1), None),
            row("label of z (z)", None, Some(2)),
        ],
    });
    assert_eq!(both_sides(&check, &evidence, &BTreeMap::new()), expected);
}

/// What is concluded beside this baseline.
fn against_baseline(stage: Outcome, baseline: Option<&str>) -> Verdict {
    let example = by("workType");
    let check = BaselineCheck::new(counting(&example), change(), "works-by-workType");
    let baselines = baseline.map(|text| ("population-works-by-workType".to_owned(), text.to_owned()));
    judge_beside(&check, &evidence([(BY_TYPE, stage)]), &baselines.into_iter().collect())
}

const BASELINE: &str =
    "works by workType\n\n1,500  all\n1,000  a  Books\n  500  h  Archives and manuscripts\n";

#[rstest]
#[case::as_recorded(by_type(1500, &[("a", 1000), ("h", 500)]), Some(BASELINE), &["pass"])]
#[case::never_recorded(by_type(1500, &[("a", 1000), ("h", 500)]), None, &["undecided"])]
#[case::of_another_count(by_type(1500, &[("a", 1000), ("h", 500)]), Some("works\n\n1,500  all"), &["undecided"])]
#[case::otherwise(
    by_type(1500, &[("a", 1020), ("h", 480)]), Some(BASELINE),
    &[
        "Books (a): 20 works more than in the baseline (2 %), where no more than 10 may be gained",
        "Archives and manuscripts (h): 20 works fewer than in the baseline (4 %), where no more than 5 may be lost",
    ]
)]
#[case::in_contradiction_with_itself(
    by_type(1500, &[("a", 1000), ("h", 501)]), Some(BASELINE),
    &["the values of `workType` have more works together than there are"]
)]
fn a_count_is_compared_with_its_baseline(
    #[case] stage: Outcome,
    #[case] baseline: Option<&str>,
    #[case] says: &[&str],
) {
    assert_eq!(told(&against_baseline(stage, baseline)), says);
}

#[rstest]
fn all_facets_of_a_selection_are_asked_for_at_once() {
    let examples = [
        by("workType"),
        by("languages"),
        filtered("availabilities", "online"),
        by("genres.label"),
        by("archive.category"),
    ];
    let requests = CountRequests::of(&examples);
    let asked: Vec<String> =
        examples.iter().map(|it| Counting::new(it, &requests).request().to_string()).collect();
    let together = "/works?aggregations=availabilities%2Clanguages%2CworkType&pageSize=1";
    assert_eq!(
        asked,
        [
            together,
            together,
            "/works?availabilities=online&pageSize=1",
            "/works?aggregations=genres.label&pageSize=1",
            "/works?aggregations=archive.category&pageSize=1",
        ]
    );
}
