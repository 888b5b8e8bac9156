//! Numbers that could never fail, or never hold, beside what else is expected.

use super::super::claims::{Claim, Look};
use crate::suite::Shape;
use crate::suite::mistake::Mistake;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;

/// The API shows no more results of a search than these; a larger number is of the whole catalogue, and not of a
/// search.
const REACHED: f64 = 10_000.0;

/// Complains about numbers that say nothing, and numbers that contradict the rest.
pub(super) fn check(checker: &mut Checker<'_>, node: NodeId, claims: &[Claim], look: Look) {
    if look.results < claims.iter().map(found_within).max().unwrap_or_default() {
        let at = checker.key_span(node, "within");
        let mistake =
            Mistake::new(at, format!("more ids are expected than there are among {}", look.results));
        checker.mistakes.push(mistake.label("write a larger number"));
    }
    let Some(bound) =
        claims.iter().find_map(|claim| if let Claim::Results(bound) = claim { Some(bound) } else { None })
    else {
        return;
    };
    let at = checker.key_span(node, "results");
    if let Some(mistake) = wrong_limit(at, limits(bound), claims) {
        checker.mistakes.push(mistake);
    }
}

fn wrong_limit(
    at: crate::suite::mistake::Span,
    (low, high): (f64, Option<f64>),
    claims: &[Claim],
) -> Option<Mistake> {
    let needed = claims.iter().map(needed).max().unwrap_or_default();
    if low.max(high.unwrap_or_default()) > REACHED {
        return Some(
            Mistake::new(at, "a search shows no more than 10000 results")
                .label("write a smaller number")
                .help("a limit that no search reaches could never fail; counts of the whole catalogue are no search"),
        );
    }
    let high = high?;
    if as_number(needed) > high {
        let says = format!(
            "what is expected besides needs {needed} or more results, and {high} or fewer are allowed"
        );
        return Some(
            Mistake::new(at, says).label("write a larger number, or remove what is expected besides"),
        );
    }
    (low < 1.0 && high >= 1.0 && needed == 0).then(|| {
        Mistake::new(at, "`at-most` alone would hold for a search that finds nothing")
            .label("add `at-least: 1`, or what must be found")
    })
}

/// The smallest and the greatest number that a bound allows.
fn limits(bound: &Shape) -> (f64, Option<f64>) {
    match bound {
        Shape::Equals(number) => {
            let number = number.as_f64().unwrap_or_default();
            (number, Some(number))
        }
        Shape::AtLeast(low) => (*low, None),
        Shape::AtMost(high) => (0.0, Some(*high)),
        Shape::All(bounds) => bounds
            .iter()
            .map(limits)
            .fold((0.0, None), |(low, high), (other, limit)| (f64::max(low, other), limit.or(high))),
        _ => (0.0, None),
    }
}

/// How many results there must be for this to hold, or to mean anything.
fn needed(claim: &Claim) -> usize {
    match claim {
        Claim::First(ids) | Claim::FirstInOrder(ids) | Claim::Only(ids) | Claim::Finds(ids) => ids.len(),
        Claim::Ranks { these, before } => these.len() + before.len(),
        Claim::Sorted { .. } => 2,
        Claim::Never(_) | Claim::Every(_) | Claim::Facet(_) => 1,
        Claim::Results(_) => 0,
    }
}

/// How many ids must be among the results that are looked at.
fn found_within(claim: &Claim) -> usize {
    match claim {
        Claim::Never(_) | Claim::Every(_) | Claim::Facet(_) | Claim::Sorted { .. } => 1,
        other => needed(other),
    }
}

fn as_number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
