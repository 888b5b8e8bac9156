//! A tree is walked from its top: every work under its parent, and what is expected of the whole.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CONTRACT, Outcome, answered, both_sides, evidence, id, judge_beside, told, unanswered};
use crate::catalogue::{Include, Resource};
use crate::checks::{Check, Context, HierarchyCheck, HierarchySnapshot, Recorded, WorkRequests};
use crate::evidence::Evidence;
use crate::suite::{HierarchyExample, TreeExpectation};
use crate::verdict::{Finding, Verdict};

/// A work as its relatives show it.
fn stub(id: &str, reference: &str, parts: usize) -> Value {
    json!({
        "id": id, "title": format!("Title of {reference}"), "referenceNumber": reference,
        "totalParts": parts, "type": "Work",
    })
}

/// A work with what it is part of and its parts.
fn work(id: &str, reference: &str, part_of: &[Value], parts: &[Value]) -> Value {
    let mut work = stub(id, reference, 0);
    work["partOf"] = json!(part_of);
    work["parts"] = json!(parts);
    work.as_object_mut().unwrap().remove("totalParts");
    work
}

const TOP: &str = "a2222222";
const BRANCH: &str = "b2222222";
const FILE: &str = "c2222222";
const SECOND: &str = "d2222222";

/// A collection of two files on one branch: `PP`, `PP/A`, `PP/A/2` and `PP/A/10`.
fn archive() -> BTreeMap<&'static str, Value> {
    let (top, branch) = (stub(TOP, "PP", 1), stub(BRANCH, "PP/A", 2));
    let above = [branch.clone(), top.clone()];
    let files = [stub(FILE, "PP/A/2", 0), stub(SECOND, "PP/A/10", 0)];
    BTreeMap::from([
        (TOP, work(TOP, "PP", &[], std::slice::from_ref(&branch))),
        (BRANCH, work(BRANCH, "PP/A", std::slice::from_ref(&top), &files)),
        (FILE, work(FILE, "PP/A/2", &above, &[])),
        (SECOND, work(SECOND, "PP/A/10", &above, &[])),
    ])
}

fn of_the_top(id: &str) -> Resource {
    Resource::work(&super::id(id), &BTreeSet::from([Include::Parts, Include::PartOf]))
}

fn of_a_part(id: &str) -> Resource {
    Resource::work(&super::id(id), &Include::ALL.into_iter().collect())
}

/// A stage with these works, where some requests have another outcome.
fn stage<'a>(
    works: BTreeMap<&'static str, Value>,
    outcomes: impl IntoIterator<Item = (&'a str, Outcome)>,
) -> Evidence {
    let mut evidence = evidence([]);
    let mut put = |id: &str, outcome: Outcome| {
        evidence.insert(of_the_top(id), outcome.0.clone());
        evidence.insert(of_a_part(id), outcome.0);
    };
    for (id, work) in works {
        put(id, answered(200, work));
    }
    for (id, outcome) in outcomes {
        put(id, outcome);
    }
    evidence
}

fn example(depth: usize, expect: TreeExpectation) -> HierarchyExample {
    HierarchyExample { root: id(TOP), depth, snapshot: true, expect }
}

fn judged(evidence: &Evidence, depth: usize, expect: TreeExpectation) -> Verdict {
    super::judge(&HierarchyCheck::new(example(depth, expect)), evidence)
}

fn plainly(evidence: &Evidence) -> Verdict {
    judged(evidence, 2, TreeExpectation::default())
}

fn findings(verdict: &Verdict) -> &[Finding] {
    match verdict {
        Verdict::Fail { findings } => findings,
        other => panic!("it fails: {other:?}"),
    }
}

fn because(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Undecided { because } => because,
        other => panic!("it is undecided: {other:?}"),
    }
}

#[rstest]
fn a_tree_that_hangs_together_passes() {
    assert_eq!(told(&plainly(&stage(archive(), []))), ["pass"]);
}

#[rstest]
fn a_tree_is_asked_for_level_by_level_and_no_deeper() {
    let check = HierarchyCheck::new(example(1, TreeExpectation::default()));
    let requests = WorkRequests::of([&check as &dyn Check]);
    let baselines = BTreeMap::new();
    let wanted = |evidence: &Evidence| {
        check.resources(&Context {
            evidence,
            requests: &requests,
            baselines: &baselines,
            contract: &CONTRACT,
        })
    };
    assert_eq!(wanted(&evidence([])), [of_the_top(TOP)]);
    assert_eq!(wanted(&stage(archive(), [])), [of_the_top(TOP), of_a_part(BRANCH)]);
}

/// What is changed in the archive, and the one thing that must be said of it.
#[rstest]
#[case::no_parent(FILE, "/partOf", json!([]), "PP/A/2 \"Title of PP/A/2\" (https://wellcomecollection.org/works/c2222222) does not name the work that lists it")]
#[case::only_a_farther_ancestor(FILE, "/partOf", json!([stub(TOP, "PP", 1)]), "does not name the work that lists it")]
#[case::other_ancestors(FILE, "/partOf", json!([stub(BRANCH, "PP/A", 2)]), "names other works above its parent than")]
#[case::a_parent_that_counts_wrong(BRANCH, "/parts/0/totalParts", json!(3), "has another number of parts than")]
#[case::a_parent_that_counts_nothing(BRANCH, "/parts/0/totalParts", json!(null), "has another number of parts than")]
#[case::a_part_that_counts_wrong(FILE, "/partOf/0/totalParts", json!(3), "has another number of parts than")]
#[case::a_part_without_an_id(BRANCH, "/parts/0/id", json!(null), "names a relative whose id is none")]
#[case::a_top_that_is_part_of_itself(TOP, "/partOf", json!([stub(TOP, "PP", 1)]), "is said to be part of itself")]
#[case::another_record(FILE, "/id", json!("e2222222"), "the answer is about another record")]
fn parents_and_parts_must_agree(
    #[case] of: &'static str,
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] says: &str,
) {
    let mut works = archive();
    *works.get_mut(of).unwrap().pointer_mut(pointer).unwrap() = value;
    let verdict = plainly(&stage(works, []));
    assert!(findings(&verdict)[0].says.contains(says), "{verdict:#?}");
}

#[rstest]
#[case::gone(answered(410, json!({"type": "Error"})), "the API answers 410", false)]
#[case::not_there(answered(404, json!({"type": "Error"})), "the API answers 404", false)]
#[case::moved(answered(302, json!({})), "the API answers 302", false)]
#[case::broken(answered(500, json!({"type": "Error"})), "the API answers 500", true)]
fn a_part_that_is_not_there_is_told_with_the_work_that_lists_it(
    #[case] outcome: Outcome,
    #[case] says: &str,
    #[case] unforeseen: bool,
) {
    let verdict = plainly(&stage(archive(), [(SECOND, outcome)]));
    let [finding] = findings(&verdict) else { panic!("{verdict:#?}") };
    assert!(finding.says.starts_with("PP/A/10 \"Title of PP/A/10\""), "{}", finding.says);
    assert!(
        finding.says.contains("which PP/A \"Title of PP/A\"") && finding.says.contains(says),
        "{}",
        finding.says
    );
    assert_eq!(finding.unforeseen, unforeseen);
}

#[rstest]
#[case::of_the_top(TOP)]
#[case::of_a_part(SECOND)]
fn a_work_without_an_answer_leaves_the_tree_undecided(#[case] silent: &str) {
    assert!(because(&plainly(&stage(archive(), [(silent, unanswered())]))).contains("503"));
}

#[rstest]
fn what_is_wrong_already_stays_wrong_whatever_has_no_answer() {
    let outcomes = [(SECOND, unanswered()), (FILE, answered(404, json!({})))];
    assert_eq!(findings(&plainly(&stage(archive(), outcomes))).len(), 1);
}

#[rstest]
fn a_top_that_is_gone_fails() {
    assert_eq!(
        told(&plainly(&stage(archive(), [(TOP, answered(410, json!({})))]))),
        ["the API answers 410 (the record has been deleted)"]
    );
}

#[rstest]
fn a_tree_with_nothing_below_its_top_shows_nothing() {
    let bare = BTreeMap::from([(TOP, work(TOP, "PP", &[], &[]))]);
    assert!(because(&plainly(&stage(bare, []))).contains("has nothing below it"));
}

#[rstest]
fn a_cycle_ends_the_walk_with_a_finding() {
    let mut works = archive();
    works.get_mut(FILE).unwrap()["parts"] = json!([stub(BRANCH, "PP/A", 2)]);
    let verdict = judged(&stage(works, []), 9, TreeExpectation::default());
    let cycle =
        findings(&verdict).iter().find(|finding| finding.says.contains("is its own ancestor")).unwrap();
    assert_eq!(cycle.found, "a2222222 > b2222222 > c2222222 > b2222222");
}

#[rstest]
fn a_work_in_two_places_is_told_and_walked_once() {
    let mut works = archive();
    works.get_mut(BRANCH).unwrap()["parts"].as_array_mut().unwrap().push(stub(FILE, "PP/A/2", 0));
    let verdict = plainly(&stage(works, []));
    assert!(findings(&verdict)[0].says.contains("stands in two places"), "{verdict:#?}");
}

#[rstest]
fn a_tree_with_more_works_than_a_walk_may_ask_for_is_undecided() {
    let many: Vec<Value> = (0..=HierarchyExample::MOST)
        .map(|nr| {
            let letter = |nr: usize| char::from(b"abcdefghjkmnpqrs"[nr % 16]);
            stub(&format!("zzzzz{}{}{}", letter(nr / 256), letter(nr / 16), letter(nr)), "PP/1", 0)
        })
        .collect();
    let wide = BTreeMap::from([(TOP, work(TOP, "PP", &[], &many))]);
    let evidence = stage(wide, []);
    let verdict = plainly(&evidence);
    assert!(because(&verdict).contains("more than 250 works down to level 1"), "{verdict:?}");
}

#[rstest]
#[case::as_it_is("b2222222", &["c2222222"], "pass")]
#[case::wrong_way_round("b2222222", &["d2222222"], "tells of other siblings than")]
fn siblings_are_looked_at_where_a_release_tells_of_them(
    #[case] of: &str,
    #[case] preceded_by: &[&str],
    #[case] says: &str,
) {
    let mut works = archive();
    let stubs: Vec<Value> = preceded_by.iter().map(|id| stub(id, "PP/A/2", 0)).collect();
    let branch = works.get_mut(of).map(|branch| branch["parts"].clone());
    assert!(branch.is_some());
    works.get_mut(SECOND).unwrap()["precededBy"] = json!(stubs);
    let verdict = plainly(&stage(works, []));
    assert!(told(&verdict)[0].contains(says), "{verdict:#?}");
}

fn expecting(change: impl FnOnce(&mut TreeExpectation)) -> TreeExpectation {
    let mut expect = TreeExpectation::default();
    change(&mut expect);
    expect
}

#[rstest]
#[case::enough(expecting(|it| it.at_least = Some(3)), "pass")]
#[case::too_few(expecting(|it| it.at_least = Some(5)), "at least 2 works are missing from the tree: found 3, at least 5 expected")]
#[case::few_enough(expecting(|it| it.at_most = Some(3)), "pass")]
#[case::too_many(expecting(|it| it.at_most = Some(2)), "1 work is too many in the tree")]
#[case::levels(expecting(|it| it.levels = Some(2)), "pass")]
#[case::more_levels(expecting(|it| it.levels = Some(4)), "the lowest 2 of 4 levels are missing")]
#[case::fewer_levels(expecting(|it| it.levels = Some(1)), "the tree goes down further than level 1")]
#[case::in_order(expecting(|it| it.ordered = true), "pass")]
#[case::continued(expecting(|it| it.continued = true), "pass")]
#[case::held(expecting(|it| it.holds = vec![(id(FILE), id(BRANCH))]), "pass")]
#[case::held_elsewhere(
    expecting(|it| it.holds = vec![(id(FILE), id(TOP))]),
    "c2222222 stands under another work, PP/A \"Title of PP/A\" (https://wellcomecollection.org/works/b2222222)"
)]
#[case::not_held(
    expecting(|it| it.holds = vec![(id("e2222222"), id(TOP))]),
    "e2222222 is missing from the tree (https://wellcomecollection.org/works/e2222222); it should stand directly under PP \"Title of PP\" (https://wellcomecollection.org/works/a2222222) (`part-of`)"
)]
fn a_tree_is_what_is_expected(#[case] expect: TreeExpectation, #[case] says: &str) {
    assert_eq!(told(&judged(&stage(archive(), []), 5, expect)), [says]);
}

#[rstest]
#[case::out_of_order("PP/A/20", "do not stand in the order of their reference numbers, in 1 of 1 places")]
#[case::no_number("", "has no reference number, so its place among the parts of")]
fn parts_out_of_order_are_told(#[case] reference: &str, #[case] says: &str) {
    let mut works = archive();
    works.get_mut(FILE).unwrap()["referenceNumber"] = json!(reference);
    let verdict = judged(&stage(works, []), 2, expecting(|it| it.ordered = true));
    assert!(told(&verdict)[0].contains(says), "{verdict:#?}");
}

#[rstest]
fn an_order_of_single_parts_is_no_order() {
    let expect = expecting(|it| it.ordered = true);
    assert!(
        because(&judged(&stage(archive(), []), 1, expect)).contains("no work of this tree has two parts")
    );
}

#[rstest]
fn a_reference_number_that_does_not_continue_its_parents_is_told() {
    let mut works = archive();
    works.get_mut(FILE).unwrap()["referenceNumber"] = json!("PP/B/2");
    let verdict = judged(&stage(works, []), 2, expecting(|it| it.continued = true));
    assert!(told(&verdict)[0].contains("does not continue that of PP/A"), "{verdict:#?}");
}

#[rstest]
fn what_the_release_refuses_to_include_is_no_tree() {
    let mut evidence = evidence([]);
    evidence.accepted_includes.remove(&Include::Parts);
    evidence.insert(
        Resource::work(&id(TOP), &BTreeSet::from([Include::PartOf])),
        answered(200, work(TOP, "PP", &[], &[])).0,
    );
    assert_eq!(
        told(&plainly(&evidence)),
        ["this release refuses `include=parts`, so nobody can be shown `parts`"]
    );
    evidence.unknown_includes.insert(Include::Parts);
    assert!(because(&plainly(&evidence)).contains("could not be found out"));
}

#[rstest]
fn of_many_faults_the_first_are_told_and_the_others_counted() {
    let many: Vec<Value> = (0..16)
        .map(|nr| stub(&format!("zzzzzzz{}", char::from(b"abcdefghjkmnpqrs"[nr])), "PP/1", 0))
        .collect();
    let gone: Vec<(&str, Outcome)> =
        many.iter().map(|part| (part["id"].as_str().unwrap(), answered(410, json!({})))).collect();
    let verdict = plainly(&stage(BTreeMap::from([(TOP, work(TOP, "PP", &[], &many))]), gone));
    assert_eq!(findings(&verdict).len(), 10);
    assert!(findings(&verdict)[9].says.ends_with("(and 6 more places like these)"), "{verdict:#?}");
}

#[rstest]
fn a_parent_without_a_reference_number_is_told_once() {
    let mut works = archive();
    works.get_mut(BRANCH).unwrap()["referenceNumber"] = json!(null);
    let continued = || expecting(|it| it.continued = true);
    let verdict = judged(&stage(works.clone(), []), 2, continued());
    let [finding] = findings(&verdict) else { panic!("{verdict:#?}") };
    assert!(finding.says.contains("does not continue that of PP"), "{}", finding.says);
    works.get_mut(TOP).unwrap()["referenceNumber"] = json!(null);
    let verdict = judged(&stage(works, []), 2, continued());
    assert!(
        told(&verdict)[0].contains("has no reference number that its parts could continue"),
        "{verdict:#?}"
    );
}

#[rstest]
fn a_tree_that_is_not_as_expected_is_drawn_once() {
    let expect = expecting(|it| (it.at_least, it.levels) = (Some(5), Some(3)));
    let verdict = judged(&stage(archive(), []), 3, expect);
    let [number, levels] = findings(&verdict) else { panic!("{verdict:#?}") };
    assert_eq!(number.found, format!("3 below the top\n{RECORDED}"));
    assert_eq!(levels.found, "down to level 2");
}

const RECORDED: &str = "\
PP Title of PP [Work a2222222, 1 part]
└ PP/A Title of PP/A [Work b2222222, 2 parts]
  └ PP/A/2 Title of PP/A/2 [Work c2222222, no parts]
  └ PP/A/10 Title of PP/A/10 [Work d2222222, no parts]";

fn compared(evidence: &Evidence, recorded: Option<&str>) -> Verdict {
    let check = HierarchySnapshot::new(example(2, TreeExpectation::default()));
    let baselines = recorded.into_iter().map(|text| (check.record(), text.to_owned())).collect();
    judge_beside(&check, evidence, &baselines)
}

#[rstest]
fn a_tree_as_it_was_recorded_passes() {
    assert_eq!(told(&compared(&stage(archive(), []), Some(&format!("{RECORDED}\n")))), ["pass"]);
}

#[rstest]
fn a_tree_that_differs_is_told_with_both_drawings() {
    let check = HierarchySnapshot::new(example(2, TreeExpectation::default()));
    let baselines = BTreeMap::from([(check.record(), "PP [Work a2222222, no parts]".to_owned())]);
    let expected = json!({"kind": "text", "recorded": "PP [Work a2222222, no parts]", "found": RECORDED});
    assert_eq!(both_sides(&check, &stage(archive(), []), &baselines), expected);
}

#[rstest]
fn a_tree_that_was_never_recorded_is_undecided() {
    assert!(
        because(&compared(&stage(archive(), []), None)).contains("no snapshot of the tree below a2222222")
    );
}

#[rstest]
fn a_failure_draws_only_the_branches_that_differ() {
    let mut works = archive();
    works.get_mut(BRANCH).unwrap()["parts"] =
        json!([stub(FILE, "PP/A/2", 0), stub("e2222222", "PP/A/11", 0)]);
    let above = works[FILE]["partOf"].as_array().unwrap().clone();
    works.insert("e2222222", work("e2222222", "PP/A/11", &above, &[]));
    let verdict = compared(&stage(works, []), Some(RECORDED));
    let [finding] = findings(&verdict) else { panic!("{verdict:#?}") };
    assert!(finding.says.contains("approved: 1 work is missing, 1 work is new. If"), "{}", finding.says);
    let lines: Vec<&str> = RECORDED.lines().collect();
    assert_eq!(finding.expected, [lines[0], lines[1], lines[3]].join("\n"));
    assert!(
        finding.found.ends_with("  └ PP/A/11 Title of PP/A/11 [Work e2222222, no parts]"),
        "{}",
        finding.found
    );
}

#[rstest]
fn a_failure_counts_the_levels_that_are_missing() {
    let mut works = archive();
    works.get_mut(BRANCH).unwrap()["parts"] = json!([]);
    let verdict = compared(&stage(works, []), Some(RECORDED));
    assert!(
        findings(&verdict)[0].says.contains(
            "2 works are missing, the lowest of 2 levels with it, 1 work has changed or stands elsewhere"
        ),
        "{verdict:#?}"
    );
}

#[rstest]
fn a_work_that_has_moved_is_told() {
    let moved: Vec<&str> = RECORDED.lines().collect();
    let recorded = [moved[0], moved[1], moved[3], moved[2]].join("\n");
    let verdict = compared(&stage(archive(), []), Some(&recorded));
    assert!(
        findings(&verdict)[0].says.contains("approved: 1 work has changed or stands elsewhere"),
        "{verdict:#?}"
    );
}

#[rstest]
fn a_tree_with_a_work_that_is_not_there_says_so_in_its_snapshot() {
    let verdict = compared(&stage(archive(), [(SECOND, answered(404, json!({})))]), Some(RECORDED));
    assert!(findings(&verdict)[0].found.ends_with("[Work d2222222, not there]"), "{verdict:#?}");
}

#[rstest]
#[case::without_an_answer(stage(archive(), [(SECOND, unanswered())]), "undecided")]
#[case::with_nothing_below(stage(BTreeMap::from([(TOP, work(TOP, "PP", &[], &[]))]), []), "undecided")]
#[case::with_a_work_that_is_gone(
    stage(archive(), [(SECOND, answered(410, json!({})))]),
    "PP/A/10 \"Title of PP/A/10\" (https://wellcomecollection.org/works/d2222222), which PP/A \"Title of PP/A\" \
     (https://wellcomecollection.org/works/b2222222) names: the API answers 410 (the record has been deleted)"
)]
fn half_a_tree_is_never_recorded(#[case] evidence: Evidence, #[case] says: &str) {
    let check = HierarchySnapshot::new(example(2, TreeExpectation::default()));
    let requests = WorkRequests::of([&check as &dyn Check]);
    let baselines = BTreeMap::new();
    let context =
        Context { evidence: &evidence, requests: &requests, baselines: &baselines, contract: &CONTRACT };
    assert_eq!(told(&check.text(&context).unwrap_err().verdict), [says]);
    assert_eq!(told(&compared(&evidence, None)), [says]);
}

#[rstest]
fn a_recorded_tree_of_which_only_the_top_is_left_fails() {
    let bare = BTreeMap::from([(TOP, work(TOP, "PP", &[], &[]))]);
    let verdict = compared(&stage(bare, []), Some(RECORDED));
    assert!(
        findings(&verdict)[0].says.contains("3 works are missing, the lowest 2 of 2 levels with it"),
        "{verdict:#?}"
    );
}

#[rstest]
fn a_long_title_is_cut_off_so_that_a_line_fits_a_report() {
    let mut works = archive();
    works.get_mut(FILE).unwrap()["title"] = json!("A very long title ".repeat(12));
    let verdict = compared(&stage(works, []), Some(RECORDED));
    let found = &findings(&verdict)[0].found;
    assert!(found.contains("A very long title A very"), "{found}");
    assert!(found.lines().all(|line| line.chars().count() <= 92), "{found}");
}
