//! The comparison with prod, as a run makes it: whether it can be made, and how reports tell it.

use std::collections::BTreeSet;

use super::config::{Config, StageChoice};
use crate::catalogue::Resource;
use crate::checks::compare::Compared;
use crate::comparison::{self, Change, Effect, Intended, Outcome, Reason, headline, notes, repeats};
use crate::evidence;
use crate::report::{ChangeStanding, Comparison, Count, Told};

/// Whether there is a prod to compare with: one that is asked, or whose answers were saved.
pub fn is_possible(config: &Config) -> bool {
    let counted = Resource::new("/management/_workTypes").on_prod();
    match &config.stage {
        StageChoice::Embedded | StageChoice::Live(_) => config.prod.is_some(),
        // Whatever is wrong with the saved run is told when it is read as a whole.
        StageChoice::Saved(folder) => evidence::load_some(folder, &BTreeSet::from([counted.clone()]))
            .is_ok_and(|saved| saved.has(&counted)),
    }
}

/// A comparison as reports tell it.
pub fn told(compared: &Compared) -> Comparison {
    let told = comparison::told(&compared.outcomes).into_iter().map(told_change);
    let (intended, unforeseen): (Vec<Told>, Vec<Told>) =
        told.partition(|it| it.standing == ChangeStanding::Expected);
    let ((unforeseen, shown_again), (intended, also_meant)) =
        (without_repeats(unforeseen), without_repeats(intended));
    let unexpected: Vec<Change> = unforeseen.iter().map(|it| it.change.clone()).collect();
    let meant = intended
        .iter()
        .map(|it| Intended { change: it.change.clone(), because: it.because.clone().unwrap_or_default() });
    let meant: Vec<Intended> = meant.collect();
    let rows = compared.statistics.rows().into_iter();
    Comparison {
        headline: headline(&unexpected),
        undecided: compared.undecided.clone(),
        warning: compared.warning.map(str::to_owned),
        counts: compared.counts,
        notes: notes(&unexpected, &meant),
        changes: unforeseen.into_iter().chain(intended).collect(),
        repeats: shown_again.into_iter().chain(also_meant).collect(),
        noise: compared.noise.clone(),
        works: rows.map(|(state, prod, stage)| Count { state, prod, stage }).collect(),
        stage_serves: compared.releases.stage.as_ref().map(ToString::to_string),
        prod_serves: compared.releases.prod.as_ref().map(ToString::to_string),
    }
}

/// These changes without what lists only show again of the records, and that. What blocks is always told for itself.
fn without_repeats(told: Vec<Told>) -> (Vec<Told>, Vec<Told>) {
    let changes: Vec<Change> = told.iter().map(|it| it.change.clone()).collect();
    let (repeats, own): (Vec<_>, Vec<_>) = told
        .into_iter()
        .zip(repeats(&changes))
        .partition(|(it, repeats)| *repeats && it.standing != ChangeStanding::Blocks);
    let only = |of: Vec<(Told, bool)>| of.into_iter().map(|(it, _)| it).collect();
    (only(own), only(repeats))
}

fn told_change((outcome, change): (&Outcome, &Change)) -> Told {
    let (standing, because) = match &outcome.reason {
        _ if outcome.effect == Effect::Blocks => (ChangeStanding::Blocks, None),
        Reason::AsExpected(rule) => (ChangeStanding::Expected, Some(rule.why.clone())),
        _ => (ChangeStanding::Reported, None),
    };
    Told {
        says: change.sentence(),
        together_with: change.together_with(),
        places: change.places(),
        change: change.clone(),
        standing,
        because,
    }
}

#[cfg(test)]
mod tests;
