//! The comparison with prod, as a run makes it: whether it can be made, and how reports tell it.

use std::collections::BTreeSet;

use super::config::{Config, StageChoice};
use crate::catalogue::Resource;
use crate::checks::compare::Compared;
use crate::comparison::{Change, Effect, Outcome, Reason, headline, notes};
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
    let told: Vec<Told> =
        compared.changes.iter().map(|change| told_change(change, &compared.outcomes)).collect();
    let unexpected = told.iter().filter(|it| it.standing != ChangeStanding::Expected);
    let unexpected: Vec<Change> = unexpected.map(|it| it.change.clone()).collect();
    let rows = compared.statistics.rows().into_iter();
    Comparison {
        headline: headline(&unexpected),
        undecided: compared.undecided.clone(),
        warning: compared.warning.map(str::to_owned),
        counts: compared.counts,
        notes: notes(&compared.changes),
        changes: told,
        noise: compared.noise.clone(),
        works: rows.map(|(state, prod, stage)| Count { state, prod, stage }).collect(),
        stage_serves: compared.releases.stage.as_ref().map(ToString::to_string),
        prod_serves: compared.releases.prod.as_ref().map(ToString::to_string),
    }
}

fn told_change(change: &Change, outcomes: &[Outcome]) -> Told {
    let mine = |outcome: &&Outcome| outcome.change.as_ref().is_some_and(|it| concerns(change, it));
    let mut standing = ChangeStanding::Reported;
    let mut because = None;
    for outcome in outcomes.iter().filter(mine) {
        match &outcome.reason {
            _ if outcome.effect == Effect::Blocks => standing = ChangeStanding::Blocks,
            Reason::AsExpected(rule) if standing == ChangeStanding::Reported => {
                standing = ChangeStanding::Expected;
                because = Some(rule.why.clone());
            }
            _ => {}
        }
    }
    Told {
        says: change.sentence(),
        together_with: change.together_with(),
        change: change.clone(),
        standing,
        because: because.filter(|_| standing == ChangeStanding::Expected),
    }
}

/// Whether an outcome is about a change, or about what stands under it.
fn concerns(change: &Change, of: &Change) -> bool {
    let same = change.path == of.path && change.kind == of.kind && change.statuses == of.statuses;
    let under = change.with.iter().any(|it| it.path == of.path && it.kind == of.kind);
    change.subject == of.subject && (same || under)
}
