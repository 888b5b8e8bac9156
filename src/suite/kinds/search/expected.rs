//! What must come back: read into claims, with everything that could not fail or could not hold refused.

mod ids;
mod limits;

use self::ids::Ids;
use super::WrittenSearch;
use super::claims::{COMPARABLE, Claim, Expected, LOOKED_AT, Look};
use crate::catalogue::{Endpoint, Facet, WorkId};
use crate::suite::Shape;
use crate::suite::at::At;
use crate::suite::fields::Place;
use crate::suite::kinds::either;
use crate::suite::mistake::{Mistake, nearest};
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::Text;

/// No more results than this are looked at: ten pages.
const FARTHEST: i64 = 1000;

/// Reads what must come back; `None` if there is a mistake in it.
pub(super) fn read(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &WrittenSearch,
    asks_well: bool,
) -> Option<Expected> {
    let claims = claims(checker, node, example);
    let look = look(checker, node, example);
    ids::check(checker, node, example);
    if example.refused.is_given() {
        refused_alone(checker, node, example);
        return Some(Expected::Refused(example.refused.value.as_ref()?.0.clone()));
    }
    let (claims, look) = (claims?, look?);
    if claims.is_empty() {
        // A misspelt sort may have been the expectation.
        return if asks_well { nothing_expected(checker, node) } else { None };
    }
    limits::check(checker, node, &claims, look);
    Some(Expected::Results(claims, look))
}

fn nothing_expected<T>(checker: &mut Checker<'_>, node: NodeId) -> Option<T> {
    let keys = [
        "first",
        "first-in-order",
        "only",
        "finds",
        "ranks",
        "never",
        "results",
        "every",
        "facets",
        "refused",
    ];
    if checker.is_misspelt(node, &keys) {
        return None;
    }
    checker.mistakes.push(
        Mistake::new(checker.tree.headline(node), "nothing is expected of this search")
            .label(format!("add one of {}", either(&keys)))
            .help("a search of which nothing is expected would always pass"),
    );
    None
}

/// A claim about ids.
type ClaimOf = fn(Vec<WorkId>) -> Claim;

/// The claims, in the order in which people read them.
fn claims(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<Vec<Claim>> {
    let lists: [(&Ids, ClaimOf); 5] = [
        (&example.first, Claim::First),
        (&example.first_in_order, Claim::FirstInOrder),
        (&example.only, Claim::Only),
        (&example.finds, Claim::Finds),
        (&example.never, Claim::Never),
    ];
    let mut claims: Vec<Option<Claim>> = lists
        .into_iter()
        .filter(|(list, _)| list.is_given())
        .map(|(list, claim)| ids::list(list).map(claim))
        .collect();
    if example.ranks.is_given() {
        claims.push(example.ranks.value.as_ref().and_then(|ranks| {
            Some(Claim::Ranks { these: ids::list(&ranks.these)?, before: ids::list(&ranks.before)? })
        }));
    }
    if let Some(entry) = checker.tree.entry(node, "results") {
        claims.push(checker.shapes.how_many(entry).map(Claim::Results));
    }
    if let Some(expect) = example.every.node {
        claims.push(every(checker, example, expect).map(Claim::Every));
    }
    if example.sort.value.as_ref().is_some_and(|sort| sort.0 == "production.dates") {
        let descending = example.sort_order.value.as_ref().is_some_and(|order| order.0 == "desc");
        claims.push(Some(Claim::Sorted { descending }));
    }
    for facet in example.facets.value.iter().flatten() {
        claims.push(self::facet(checker, example, facet).map(Claim::Facet));
    }
    claims.into_iter().collect()
}

fn every(checker: &mut Checker<'_>, example: &WrittenSearch, expect: NodeId) -> Option<Shape> {
    let place = match example.endpoint() {
        Endpoint::Works => Place::work(),
        Endpoint::Images => Place::image(),
        Endpoint::Concepts => Place::concept(),
    };
    checker.shapes.record(expect, &place)
}

fn facet(checker: &mut Checker<'_>, example: &WrittenSearch, at: &At<Text>) -> Option<&'static Facet> {
    let (node, written) = (at.node?, &at.value.as_ref()?.0);
    let known = COMPARABLE.iter().filter_map(|name| example.endpoint().facet(name));
    let span = checker.tree.node(node).span;
    let Some(facet) = known.clone().find(|facet| facet.name == written) else {
        let names: Vec<&str> = known.map(|facet| facet.name).collect();
        let mistake =
            Mistake::new(span, format!("the counts of `{written}` cannot be compared with these results"));
        checker.mistakes.push(match nearest(written, names.iter().copied()) {
            Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
            None if names.is_empty() => mistake.label("concepts have no facets"),
            None => mistake.label(format!("write {}", either(&names))),
        });
        return None;
    };
    let filters = example.filters.value.iter().flat_map(|filters| &filters.0);
    if filters.clone().any(|(name, _)| name == written) {
        checker.mistakes.push(
            Mistake::new(span, format!("a facet is not narrowed by its own filter `{written}`"))
                .label("remove it here, or from `filters`")
                .help("the API counts there what the other choices would find, so that readers can switch to them"),
        );
        return None;
    }
    Some(facet)
}

/// How far the results are looked at.
fn look(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<Look> {
    let Some(at) = example.within.node else { return Some(Look { results: LOOKED_AT, said: false }) };
    let within = example.within.value?;
    let span = checker.tree.node(at).span;
    if !(1..=FARTHEST).contains(&within) {
        let says = format!("`within` must be from 1 to {FARTHEST}");
        let why =
            "what stands farther down is found by no reader, and costs a request for every hundred results";
        checker.mistakes.push(Mistake::new(span, says).label("write another number").help(why));
        return None;
    }
    let deep = [
        example.finds.is_given(),
        example.ranks.is_given(),
        example.never.is_given(),
        example.every.is_given(),
        example.facets.is_given(),
        example.sort.is_given(),
    ];
    let keys = ["finds", "ranks", "never", "every", "facets", "sort"];
    if !deep.contains(&true) && !checker.is_misspelt(node, &keys) {
        let mistake = Mistake::new(checker.key_span(node, "within"), "`within` says nothing here")
            .label("remove this")
            .help("it goes with `finds`, `ranks`, `never`, `every`, `facets` and `sort`");
        checker.mistakes.push(mistake);
        return None;
    }
    Some(Look { results: usize::try_from(within).ok()?, said: true })
}

/// What is refused has no results of which something could be said.
fn refused_alone(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) {
    let others = [
        ("first", example.first.is_given()),
        ("first-in-order", example.first_in_order.is_given()),
        ("only", example.only.is_given()),
        ("finds", example.finds.is_given()),
        ("ranks", example.ranks.is_given()),
        ("never", example.never.is_given()),
        ("within", example.within.is_given()),
        ("results", example.results.is_given()),
        ("every", example.every.is_given()),
        ("facets", example.facets.is_given()),
    ];
    for (key, _) in others.into_iter().filter(|(_, given)| *given) {
        checker.mistakes.push(
            Mistake::new(checker.key_span(node, key), "a search that is refused has no results")
                .label("remove this, or `refused`")
                .also(checker.key_span(node, "refused"), "it must be refused"),
        );
    }
}
