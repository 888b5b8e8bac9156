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
/// Works that were chosen, and not drawn, say nothing of the others, and do not count.
pub(super) fn estimated(
    comparison: &Comparison,
    key: &Key,
    tally: &Tally,
    whole: &Whole,
) -> Option<Estimate> {
    let from = drawn_from(key);
    let seen = tally.numbers.drawn(from);
    if key.subject != Subject::Works || seen == 0 || whole.total == 0 {
        return None;
    }
    let compared = comparison.compared.get(&key.subject)?;
    let strata = compared.iter().map(|(work_type, numbers)| {
        let drawn = numbers.drawn(from);
        Stratum {
            works: whole.of_type.get(work_type).copied().unwrap_or(drawn),
            drawn,
            among: drawn,
            looked_at: drawn,
            broken: tally.by_type.get(work_type).copied().map_or(0, |it: Numbers| it.drawn(from)),
        }
    });
    let strata: Vec<Stratum> = strata.collect();
    Some(of_strata(&strata, whole.total, seen))
}
