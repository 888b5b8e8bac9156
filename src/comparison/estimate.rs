//! From the pairs that were drawn to the whole catalogue.

use std::collections::BTreeMap;

use super::fold::Comparison;
use super::pair::Drawn;
use super::tally::{Key, Numbers, Subject, Tally};
use crate::estimate::{Estimate, Stratum, of_strata};

/// How many works a catalogue has, and how many of each type, as its facets count them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// How many works it lists.
    pub total: usize,
    /// How many of each work type, by its id.
    pub of_type: BTreeMap<String, usize>,
}

/// Which of the two a change is counted in: a record that stage alone has can only be drawn from stage.
pub(super) fn drawn_from(key: &Key) -> Drawn {
    match &key.statuses {
        Some((of_prod, _)) if of_prod != "200" => Drawn::FromStage,
        _ => Drawn::FromProd,
    }
}

/// How many works of the whole catalogue show a change; `None` if it is none of works, or none was drawn that shows it.
///
/// Works that were chosen, and not drawn, say nothing of the others; but what was seen of them is so.
pub(super) fn estimated(
    comparison: &Comparison,
    key: &Key,
    tally: &Tally,
    whole: &Whole,
) -> Option<Estimate> {
    let from = drawn_from(key);
    if key.subject != Subject::Works || tally.numbers.drawn(from) == 0 || whole.total == 0 {
        return None;
    }
    let compared = comparison.compared.get(&key.subject)?;
    // Facets do not count what has no type.
    let without_type = whole.total.saturating_sub(whole.of_type.values().sum());
    let strata = compared.iter().map(|(work_type, numbers)| {
        let drawn = numbers.drawn(from);
        let counted = whole.of_type.get(work_type).copied().unwrap_or(drawn);
        let works = if work_type.is_empty() { without_type } else { counted }.max(drawn);
        let shows: Numbers = tally.by_type.get(work_type).copied().unwrap_or_default();
        // What has no type may be no work at all, but an address that leads to one: only what was drawn is surely one.
        let known = if work_type.is_empty() {
            drawn
        } else {
            numbers.all.saturating_sub(not_there(comparison, from, work_type))
        };
        let known_broken = shows.all;
        let (looked_at, broken) = (drawn, shows.drawn(from));
        Stratum {
            works,
            drawn,
            among: drawn,
            looked_at,
            broken,
            known: known.min(works).max(known_broken),
            known_broken,
        }
    });
    let strata: Vec<Stratum> = strata.collect();
    Some(of_strata(&strata, whole.total))
}

/// How many works of a type were compared that the one they are counted in does not have: the other one has them.
fn not_there(comparison: &Comparison, from: Drawn, work_type: &str) -> usize {
    let keys = comparison.keys.iter().zip(&comparison.tallies);
    let missing = keys.filter(|(key, _)| {
        let status =
            key.statuses.as_ref().map(|(prod, stage)| if from == Drawn::FromStage { stage } else { prod });
        key.subject == Subject::Works && status.is_some_and(|status| status != "200")
    });
    missing.filter_map(|(_, tally)| tally.by_type.get(work_type)).map(|it| it.all).sum()
}
