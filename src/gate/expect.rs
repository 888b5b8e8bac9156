//! What the suite demands to know of this release, against what the run was told: nothing is released that was never
//! named.

use libtest_mimic::Arguments;

use super::config::{Config, Misuse, StageChoice};
use super::plan::Plan;
use super::selection;
use crate::catalogue::ExpectedRelease;
use crate::suite::{Approval, Criterion, Expectation, Kind, ReleaseExample, Suite};

/// Refuses a run for release that was not told what the release ships, and one that was told it for nothing.
///
/// # Errors
///
/// Names the variable, with what to do.
pub fn refuse(config: &Config, suite: &Suite, plan: &Plan, args: &Arguments) -> Result<(), Misuse> {
    let for_release = config.ci && matches!(config.stage, StageChoice::Live(_));
    for expectation in Expectation::ALL {
        let (name, told) = (expectation.variable(), told(&config.expected, expectation));
        let demanding = demanding(suite, expectation);
        if told && demanding.is_empty() {
            // To have waited for an index is not yet to have judged it.
            let waited_for = expectation == Expectation::Index && config.wait.is_some();
            let set = if waited_for { "WAIT_FOR_INDEX" } else { name };
            return Err(Misuse(format!(
                "{set} is set, but no approved criterion of the suite compares it with what the stage serves, so it \
                 would be passed over. Unset it, or add `- serves: {}` to a criterion of the kind `release`.",
                expectation.as_str()
            )));
        }
        let selected = selection::selected(plan, args);
        let judged =
            demanding.iter().find(|demanding| selected.iter().any(|check| check.name == **demanding));
        if let (true, false, Some(demanding)) = (for_release, told, judged) {
            return Err(Misuse(format!(
                "{name} is not set, so nobody has said what this release ships, and `{demanding}` could pass on any. \
                 Set {name}={}, as the release has it.",
                expectation.sample()
            )));
        }
    }
    Ok(())
}

/// What is expected of a saved run: what it was told then, and what it is told now besides.
///
/// # Errors
///
/// If the two contradict each other.
pub fn of_saved(saved: &ExpectedRelease, now: &ExpectedRelease) -> Result<ExpectedRelease, Misuse> {
    let both = |expectation: Expectation, saved: &Option<String>, now: &Option<String>| match (saved, now) {
        (Some(saved), Some(now)) if saved != now => Err(Misuse(format!(
            "{} is `{now}`, but the saved run was told to expect `{saved}`. Unset it to judge that run as it was.",
            expectation.variable()
        ))),
        _ => Ok(saved.clone().or_else(|| now.clone())),
    };
    Ok(ExpectedRelease {
        index: both(Expectation::Index, &saved.index, &now.index)?,
        pipeline_date: both(Expectation::PipelineDate, &saved.pipeline_date, &now.pipeline_date)?,
    })
}

/// Why a run on a stage concludes nothing although all may be well: it was not told what the release ships.
#[must_use]
pub fn untold(config: &Config, suite: &Suite) -> Option<&'static str> {
    let untold = |it: &Expectation| !told(&config.expected, *it) && !demanding(suite, *it).is_empty();
    Expectation::ALL.into_iter().find(untold).map(|expectation| match expectation {
        Expectation::Index => "nobody has said which index this release ships (EXPECT_INDEX)",
        Expectation::PipelineDate => {
            "nobody has said which pipeline date this release ships (EXPECT_PIPELINE_DATE)"
        }
    })
}

fn told(expected: &ExpectedRelease, expectation: Expectation) -> bool {
    match expectation {
        Expectation::Index => expected.index.is_some(),
        Expectation::PipelineDate => expected.pipeline_date.is_some(),
    }
}

/// The names of the approved checks that compare it with what the stage serves.
fn demanding(suite: &Suite, expectation: Expectation) -> Vec<String> {
    let approved = |criterion: &&Criterion| matches!(criterion.approval, Approval::Approved { .. });
    let mut names = Vec::new();
    for criterion in suite.criteria.iter().filter(approved) {
        let Kind::Release(examples) = &criterion.kind else { continue };
        let of_it = examples.iter().filter(|example| example.of == ReleaseExample::Serves(expectation));
        names.extend(of_it.map(|example| format!("{}::{}", criterion.id, example.name)));
    }
    names
}
