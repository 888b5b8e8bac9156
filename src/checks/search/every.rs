//! `every`: each result has a shape, so that a filter is shown to filter.

use super::super::shape;
use super::Outcome;
use super::listing::title_of;
use super::results::{Hit, Results};
use crate::suite::{Look, Shape};
use crate::verdict::Finding;

/// So many results that are wrong are shown; the others are counted.
const SHOWN: usize = 5;

/// Each result that is looked at has this shape.
pub(super) fn every(expected: &Shape, results: &Results<'_>, look: Look) -> Outcome {
    let hits = results.within(look);
    let values = hits.iter().map(|hit| shape::values(expected, Some(hit.record))).sum();
    let wrong: Vec<&Hit<'_>> = hits.iter().filter(|hit| !shape::holds(expected, Some(hit.record))).collect();
    let mut findings: Vec<Finding> = wrong.iter().take(SHOWN).flat_map(|hit| of_hit(expected, hit)).collect();
    if let Some(first) = findings.first_mut() {
        first.says = format!("{} of {} results are not as expected. {}", wrong.len(), hits.len(), first.says);
    }
    if let (Some(last), 1..) = (findings.last_mut(), wrong.len().saturating_sub(SHOWN)) {
        last.says.push_str(&format!(" (and {} more results like these)", wrong.len() - SHOWN));
    }
    Outcome::of(values, findings)
}

/// What is wrong with one result.
fn of_hit(expected: &Shape, hit: &Hit<'_>) -> Vec<Finding> {
    let mut findings = shape::findings(expected, Some(hit.record), "");
    for finding in &mut findings {
        finding.says = format!("Number {}, {}: {}", hit.place, title_of(hit.id, hit.record), finding.says);
        let within = if finding.at.is_empty() { String::new() } else { format!(".{}", finding.at) };
        finding.at = format!("results[{}]{within}", hit.place - 1);
    }
    findings
}
