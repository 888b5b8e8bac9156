//! `release`: the stage serves what this release is meant to ship, steadily, and its index is kept up to date.

mod newest;
mod served;
mod steady;

use std::time::Duration;

use super::{Check, Context};
use crate::catalogue::{Origin, Resource};
use crate::suite::ReleaseExample;
use crate::verdict::{Finding, Judgement};
use newest::Newest;

/// Judges what the stage says of itself, and what it lets be seen of its index.
pub struct ReleaseCheck {
    example: ReleaseExample,
}

impl ReleaseCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: ReleaseExample) -> Self {
        Self { example }
    }

    /// The request that shows a reader what is judged.
    #[must_use]
    pub fn shown(&self) -> Resource {
        match self.example {
            ReleaseExample::NewestItem { .. } => newest::shown(),
            ReleaseExample::Serves(_)
            | ReleaseExample::OnePipeline
            | ReleaseExample::Steady { .. }
            | ReleaseExample::FromCache { .. } => Resource::elastic_config(),
        }
    }
}

impl Check for ReleaseCheck {
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        match self.example {
            ReleaseExample::Steady { requests } => steady::resources(requests, context.evidence),
            ReleaseExample::NewestItem { within_days } => {
                Newest::within(within_days, context.evidence).resources(context.evidence)
            }
            ReleaseExample::Serves(_) | ReleaseExample::OnePipeline | ReleaseExample::FromCache { .. } => {
                vec![Resource::elastic_config()]
            }
        }
    }

    /// A cache may hold the answer to anything.
    fn judges_all(&self) -> bool {
        matches!(self.example, ReleaseExample::FromCache { .. })
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let evidence = context.evidence;
        match self.example {
            ReleaseExample::Serves(expectation) => served::as_expected(expectation, evidence),
            ReleaseExample::OnePipeline => served::one_pipeline(evidence),
            ReleaseExample::Steady { requests } => steady::judge(requests, evidence),
            ReleaseExample::FromCache { at_most } => from_cache(at_most, context),
            ReleaseExample::NewestItem { within_days } => {
                Newest::within(within_days, evidence).judge(evidence)
            }
        }
    }
}

/// How many answers that are too old are named; the rest are counted.
const NAMED: usize = 10;

/// Whether any answer of the stage in this run was kept by a cache for longer than it may.
fn from_cache(at_most: Duration, context: &Context<'_>) -> Judgement {
    let of_stage = context.evidence.iter().filter(|(resource, _)| resource.origin() == Origin::Stage);
    let answers: Vec<_> =
        of_stage.filter_map(|(resource, outcome)| Some((resource, outcome.as_ref().ok()?))).collect();
    let old: Vec<_> = answers
        .iter()
        .filter_map(|(resource, answer)| Some((resource, answer.age?)))
        .filter(|(_, age)| *age > at_most)
        .collect();
    let named = old.iter().take(NAMED).map(|(resource, age)| Finding {
        at: resource.to_string(),
        says: format!(
            "a cache has kept this answer for {} s, so it may be of an older release",
            age.as_secs()
        ),
        expected: format!("at most {} s", at_most.as_secs()),
        found: format!("{} s (`Age` of the answer)", age.as_secs()),
        ..Finding::default()
    });
    let more = old.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| Finding {
        says: format!("{more} more answers have been kept for too long"),
        ..Finding::default()
    });
    Judgement::of(answers.len(), named.chain(more).collect())
}
