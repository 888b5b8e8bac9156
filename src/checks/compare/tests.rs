//! What is asked of both, and what follows, on a large catalogue that is made up as it is asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{CompareCheck, Compared, Comparing, Part};
use crate::catalogue::{Answer, Body, Origin, Resource, Unanswered};
use crate::checks::contract::Contract;
use crate::checks::{Check, Context, WorkRequests};
use crate::comparison::{Bound, Change, Counts, Effect, Example, Kind, Outcome, Pattern, Reason, told};
use crate::evidence::Evidence;
use crate::suite::{Compare, Drawn, Route, Ruled};
use crate::verdict::Verdict;

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::new);

/// A million works of so many types, some of which have few.
const TYPES: usize = 20;
const LARGE: usize = 60_000;
const SMALL: usize = 30;

/// What a stage with a fault says otherwise.
#[derive(Clone, Copy, Default)]
struct Fault {
    /// Of so many works one is gone.
    gone: Option<usize>,
    /// Its search finds no ids.
    finds_no_ids: bool,
    /// It does not answer lists of so many works.
    breaks_lists: bool,
    /// What it answers for one that is gone, if it is not 404.
    instead: Option<u16>,
}

fn size_of(kind: usize) -> usize {
    if kind < 15 { LARGE } else { SMALL }
}

fn id_of(kind: usize, nr: usize) -> String {
    format!("w{kind:02}{nr:05}")
}

fn is_there(id: &str, fault: Fault) -> bool {
    let nr: usize = id[3..].parse().expect("a number");
    fault.gone.is_none_or(|one_in| !nr.is_multiple_of(one_in))
}

fn record(id: &str) -> Value {
    json!({"id": id, "title": id, "type": "Work", "workType": {"id": &id[1..3], "label": &id[1..3]}})
}

fn answer(asked: &str, fault: Fault) -> Answer {
    let (path, query) = asked.split_once('?').unwrap_or((asked, ""));
    let parameters: BTreeMap<&str, &str> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    if let Some(id) = path.strip_prefix("/works/") {
        let there = is_there(id, fault);
        let body = if there { record(id) } else { json!({"type": "Error"}) };
        return Answer::new(if there { 200 } else { fault.instead.unwrap_or(404) }, Body::Json(body));
    }
    if path == "/_elasticConfig" || path.starts_with("/management") {
        return Answer::new(200, Body::Json(json!({"Visible": 900_150})));
    }
    if parameters.contains_key("aggregations") {
        let bucket = |kind: usize| json!({"data": {"id": format!("{kind:02}")}, "count": size_of(kind)});
        let types: Vec<Value> = (0..TYPES).map(bucket).collect();
        let online = json!([{"data": {"id": "online"}, "count": LARGE}]);
        return Answer::new(
            200,
            Body::Json(json!({
                "totalResults": 900_150,
                "aggregations": {"workType": {"buckets": types}, "availabilities": {"buckets": online}},
            })),
        );
    }
    if fault.breaks_lists && parameters.contains_key("query") {
        return Answer::new(500, Body::Json(json!({"type": "Error"})));
    }
    let ids: Vec<String> = match parameters.get("query") {
        Some(_) if fault.finds_no_ids => Vec::new(),
        Some(ids) => ids.split('+').map(str::to_owned).collect(),
        None => {
            let kind = parameters.get("workType").map_or(0, |kind| kind.parse().expect("a number"));
            let number =
                |name: &str| parameters.get(name).map_or(1, |number| number.parse().expect("a number"));
            let (page, size): (usize, usize) = (number("page"), number("pageSize"));
            ((page - 1) * size..page * size)
                .filter(|nr| *nr < size_of(kind))
                .map(|nr| id_of(kind, nr))
                .collect()
        }
    };
    let there = ids.iter().filter(|id| is_there(id, fault));
    let records: Vec<Value> = there.map(|id| record(id)).collect();
    Answer::new(200, Body::Json(json!({"totalResults": records.len(), "results": records})))
}

fn spec(works: usize, routes: &[&str]) -> Compare {
    let bound = Bound { path: Pattern::parse("status").expect("a path"), kind: Kind::Lost, at_most: 0.005 };
    Compare {
        owner: "Product".to_owned(),
        line: 1,
        sample: Drawn { works, images: 0, seed: 1 },
        routes: routes
            .iter()
            .map(|it| Route { request: (*it).to_owned(), is: "a route".to_owned() })
            .collect(),
        severities: Vec::new(),
        expected: Vec::new(),
        bounds: vec![Ruled {
            of: bound,
            name: "lost-status".to_owned(),
            why: "Works stay.".to_owned(),
            line: 1,
        }],
        tolerances: Vec::new(),
    }
}

fn comparing(works: usize, examples: &[&str], routes: &[&str]) -> Comparing {
    let examples: BTreeSet<String> = examples.iter().map(|id| (*id).to_owned()).collect();
    Comparing::new(spec(works, routes), examples, &BTreeSet::new(), HashMap::new())
}

/// Asks until nothing more is asked for.
fn asked(comparing: &Comparing, fault: Fault) -> Evidence {
    asked_of_both(comparing, fault, Fault::default())
}

fn asked_of_both(comparing: &Comparing, fault: Fault, of_prod: Fault) -> Evidence {
    let mut evidence = Evidence::from_answers([]);
    evidence.stage = "https://stage.test/v2".to_owned();
    evidence.prod = Some("https://prod.test/v2".to_owned());
    loop {
        let wanted = in_context(&evidence, |context| comparing.resources(context));
        if wanted.is_empty() {
            return evidence;
        }
        for resource in wanted {
            let fault = if resource.origin() == Origin::Prod { of_prod } else { fault };
            let said = answer(resource.path(), fault);
            evidence.insert(resource, Ok(said));
        }
    }
}

fn changes(compared: &Compared) -> Vec<&Change> {
    told(&compared.outcomes).into_iter().map(|(_, change)| change).collect()
}

fn in_context<T>(evidence: &Evidence, look: impl FnOnce(&Context<'_>) -> T) -> T {
    let requests = WorkRequests::of([]).for_stage(evidence);
    look(&Context { evidence, requests: &requests, baselines: &BTreeMap::new(), contract: &CONTRACT })
}

fn compared(comparing: &Comparing, evidence: &Evidence) -> Compared {
    in_context(evidence, |context| comparing.compare(context))
}

fn bound_of(comparing: Comparing, evidence: &Evidence) -> Verdict {
    let bound = comparing.of.bounds[0].of.clone();
    let check = CompareCheck::new(Arc::new(comparing), Part::Bound(bound));
    in_context(evidence, |context| check.judge(context)).verdict
}

#[rstest]
fn five_thousand_works_of_a_large_catalogue_cost_fewer_than_120_requests() {
    let comparing = comparing(5000, &[], &[]);
    let evidence = asked(&comparing, Fault::default());
    let Counts { matched, changed, unanswered, .. } = compared(&comparing, &evidence).counts;
    assert_eq!((changed, unanswered), (0, 0));
    let requests = evidence.iter().count();
    assert!(matched >= 4_500 && requests < 120, "{requests} requests for {matched} works");
}

#[rstest]
fn works_that_are_gone_are_counted_and_few_of_them_asked_for_singly() {
    let comparing = comparing(2000, &[], &[]);
    let evidence = asked(&comparing, Fault { gone: Some(3), ..Fault::default() });
    let compared = compared(&comparing, &evidence);
    let changes = changes(&compared);
    assert_eq!((changes[0].path.as_str(), changes[0].kind), ("status", Kind::Lost));
    assert_eq!((changes.len(), compared.undecided), (1, None));
    assert!(evidence.iter().count() < 200, "{}", evidence.iter().count());
    assert!(matches!(bound_of(comparing, &evidence), Verdict::Fail { .. }));
}

/// The verdict of a bound that nothing that was taken down may be shown again.
fn none_returns(works: usize, on_prod: Fault) -> Verdict {
    let mut spec = spec(works, &[]);
    spec.bounds[0].of = Bound { kind: Kind::Returned, at_most: 0.0, ..spec.bounds[0].of.clone() };
    let comparing = Comparing::new(spec, BTreeSet::new(), &BTreeSet::new(), HashMap::new());
    let evidence = asked_of_both(&comparing, Fault::default(), on_prod);
    bound_of(comparing, &evidence)
}

#[rstest]
fn what_was_taken_down_and_is_shown_again_blocks_and_is_not_told_as_new() {
    let taken_down = Fault { gone: Some(10), instead: Some(410), ..Fault::default() };
    let Verdict::Fail { findings } = none_returns(1000, taken_down) else { panic!("it does not block") };
    assert!(findings[0].says.contains("shown again, though"), "{findings:#?}");
}

#[rstest]
fn what_is_new_and_never_was_taken_down_does_not_block() {
    assert_eq!(none_returns(1000, Fault { gone: Some(10), ..Fault::default() }), Verdict::Pass);
}

#[rstest]
fn of_more_new_works_than_can_be_asked_for_it_is_not_known_whether_they_were_taken_down() {
    let verdict = none_returns(2000, Fault { gone: Some(2), ..Fault::default() });
    let Verdict::Undecided { because } = verdict else { panic!("{verdict:?}") };
    assert!(because.contains("may have been taken down"), "{because}");
}

#[rstest]
#[case::where_it_redirects(302)]
#[case::where_it_fails(500)]
fn a_search_is_not_believed_beside_works_that_are_not_gone(#[case] status: u16) {
    let comparing = comparing(2000, &[], &[]);
    let evidence = asked(&comparing, Fault { gone: Some(3), instead: Some(status), ..Fault::default() });
    let compared = compared(&comparing, &evidence);
    let changes = changes(&compared);
    let statuses = changes.iter().filter_map(|change| change.statuses.as_ref());
    assert!(statuses.clone().all(|(_, stage)| *stage == status.to_string()), "{changes:?}");
    assert!(statuses.count() > 0);
    assert!(compared.undecided.is_some_and(|because| because.contains("too many are not shown")));
    assert_ne!(bound_of(comparing, &evidence), Verdict::Pass);
}

#[rstest]
#[case::that_finds_no_ids(Fault { finds_no_ids: true, ..Fault::default() })]
#[case::that_is_not_answered(Fault { breaks_lists: true, ..Fault::default() })]
fn a_search_is_not_believed_that_shows_nothing(#[case] fault: Fault) {
    let comparing = comparing(1000, &[], &[]);
    let evidence = asked(&comparing, fault);
    let compared = compared(&comparing, &evidence);
    assert_eq!(compared.counts.changed, 0, "{:?}", changes(&compared));
    assert!(compared.counts.unanswered > 0);
    assert!(matches!(bound_of(comparing, &evidence), Verdict::Undecided { .. }));
}

#[rstest]
fn an_example_is_compared_whether_or_not_it_is_drawn() {
    let gone = id_of(3, 3 * 4000);
    let comparing = comparing(100, &[&gone], &[]);
    let evidence = asked(&comparing, Fault { gone: Some(3), ..Fault::default() });
    let compared = compared(&comparing, &evidence);
    let changed = changes(&compared).iter().map(|change| change.pairs).sum::<usize>();
    let drawn = changes(&compared).iter().map(|change| change.of_drawn).sum::<usize>();
    assert_eq!(changed, drawn + 1);
}

#[rstest]
fn one_and_the_same_address_shows_nothing() {
    let comparing = comparing(100, &[], &[]);
    let mut evidence = asked(&comparing, Fault::default());
    evidence.prod = Some("https://STAGE.test/v2/".to_owned());
    let Verdict::Undecided { because } = bound_of(comparing, &evidence) else { panic!("decided") };
    assert!(because.contains("the same address"), "{because}");
}

#[rstest]
fn a_bound_on_what_no_record_of_prod_has_is_undecided() {
    let mut comparing = comparing(100, &[], &[]);
    comparing.of.bounds[0].of.path = Pattern::parse("partOf").expect("a path");
    let evidence = asked(&comparing, Fault::default());
    assert!(compared(&comparing, &evidence).counts.matched > 0);
    let Verdict::Undecided { because } = bound_of(comparing, &evidence) else { panic!("decided") };
    assert!(because.contains("no record of prod that was compared has `partOf`"), "{because}");
}

#[rstest]
fn a_bound_that_noise_may_hide_is_undecided() {
    let comparing = comparing(100, &[], &[]);
    let evidence = asked(&comparing, Fault::default());
    let mut compared = compared(&comparing, &evidence);
    let bound = comparing.of.bounds[0].of.clone();
    let check = CompareCheck::new(Arc::new(comparing), Part::Bound(bound.clone()));
    assert_eq!(check.conclude(&compared).verdict, Verdict::Pass);
    compared.outcomes.push(Outcome {
        effect: Effect::Undecided,
        reason: Reason::Wavers { bound, happened: 12, of: 1_000, places: Vec::new() },
        change: None,
        says: "prod wavers".to_owned(),
    });
    let because = "prod wavers".to_owned();
    assert_eq!(check.conclude(&compared).verdict, Verdict::Undecided { because });
}

#[rstest]
fn a_bound_that_is_told_under_another_change_shows_its_own_examples() {
    let comparing = comparing(100, &[], &[]);
    let evidence = asked(&comparing, Fault::default());
    let mut compared = compared(&comparing, &evidence);
    let bound = comparing.of.bounds[0].of.clone();
    let check = CompareCheck::new(Arc::new(comparing), Part::Bound(bound.clone()));
    let said = |text: &str| text.to_owned();
    let example = Example { of: said("w0100001"), title: said("A"), from: said("200"), to: said("404") };
    let examples = vec![example];
    compared.exceeded.push(Reason::AboveBound { bound, happened: 1, of: 100, examples });
    let Verdict::Fail { findings } = check.conclude(&compared).verdict else { panic!("it passes") };
    assert!(findings[0].found.contains("w0100001 “A”: 200 → 404"), "{}", findings[0].found);
}

#[rstest]
fn a_bound_is_judged_of_the_records_of_prod_that_have_it() {
    let comparing = comparing(100, &[], &[]);
    let evidence = asked(&comparing, Fault::default());
    let compared = compared(&comparing, &evidence);
    assert_eq!(compared.holders[0].1, compared.counts.matched);
    assert_eq!(bound_of(comparing, &evidence), Verdict::Pass);
}

#[rstest]
fn an_answer_that_is_missing_leaves_the_comparison_undecided() {
    let comparing = comparing(100, &[], &["/works?query=w0000001"]);
    let mut evidence = asked(&comparing, Fault::default());
    let hung_up = Unanswered { cause: "it hung up".to_owned(), attempts: 3 };
    evidence.insert(Resource::new("/works?query=w0000001"), Err(hung_up));
    let Verdict::Undecided { because } = bound_of(comparing, &evidence) else { panic!("decided") };
    assert!(
        because.contains("1 answer could not be compared") && because.contains("it hung up"),
        "{because}"
    );
}

#[rstest]
fn a_saved_run_that_was_not_asked_for_all_leaves_the_comparison_undecided() {
    let evidence = asked(&comparing(100, &[], &["/works?query=w0000001"]), Fault::default());
    let larger = comparing(2000, &[], &["/works?query=w0000001"]);
    let Verdict::Undecided { because } = bound_of(larger, &evidence) else { panic!("decided") };
    assert!(because.contains("was not asked for in this run"), "{because}");
}

#[rstest]
fn prod_is_asked_for_nothing_more_once_it_does_not_answer() {
    let comparing = comparing(100, &[], &["/works"]);
    let first = Resource::elastic_config().on_prod();
    let hung_up = Unanswered { cause: "it hung up".to_owned(), attempts: 3 };
    let evidence = Evidence::from_answers([(first, Err(hung_up))]);
    assert_eq!(in_context(&evidence, |context| comparing.resources(context)), []);
}
