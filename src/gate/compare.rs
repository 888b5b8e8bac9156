//! The comparison with prod, as a run makes it: whether it can be made, and how reports tell it.

use std::collections::BTreeSet;

use super::config::{Config, StageChoice};
use crate::catalogue::Resource;
use crate::checks::compare::Compared;
use crate::comparison::{self, Change, Effect, Outcome, Reason, headline, notes};
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
    let told: Vec<Told> = comparison::told(&compared.outcomes).into_iter().map(told_change).collect();
    let unexpected = told.iter().filter(|it| it.standing != ChangeStanding::Expected);
    let unexpected: Vec<Change> = unexpected.map(|it| it.change.clone()).collect();
    let rows = compared.statistics.rows().into_iter();
    Comparison {
        headline: headline(&unexpected),
        undecided: compared.undecided.clone(),
        warning: compared.warning.map(str::to_owned),
        counts: compared.counts,
        notes: notes(&told.iter().map(|it| it.change.clone()).collect::<Vec<_>>()),
        changes: told,
        noise: compared.noise.clone(),
        works: rows.map(|(state, prod, stage)| Count { state, prod, stage }).collect(),
        stage_serves: compared.releases.stage.as_ref().map(ToString::to_string),
        prod_serves: compared.releases.prod.as_ref().map(ToString::to_string),
    }
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
        change: change.clone(),
        standing,
        because,
    }
}
