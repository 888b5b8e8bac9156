//! `EXPECT_…` and `WAIT_…`: what this release is meant to ship, and the index to wait for before it is judged.

use std::time::Duration;

use jiff::civil::Date;

use super::{Misuse, StageChoice, Variables, non_empty, number};
use crate::catalogue::ExpectedRelease;
use crate::evidence::Wait;

/// The index of works that the release ships.
pub const INDEX: &str = "EXPECT_INDEX";
/// The date that names its pipeline.
pub const PIPELINE_DATE: &str = "EXPECT_PIPELINE_DATE";

const BUILD: &str = "EXPECT_BUILD";
const WAIT: &str = "WAIT_FOR_INDEX";
/// How long to wait, in seconds.
const DEADLINE: (&str, u64) = ("WAIT_DEADLINE", 900);
/// The longest pause between two questions, in milliseconds.
const PAUSE: (&str, u64) = ("WAIT_PAUSE", 10_000);

/// Reads what is expected. An index that is waited for is the expected one.
///
/// # Errors
///
/// If a variable is empty, says something that the stage never tells, or contradicts another.
pub(super) fn expected(wait: Option<&Wait>, variables: &Variables) -> Result<ExpectedRelease, Misuse> {
    if variables.get(BUILD).is_some() {
        return Err(Misuse(format!(
            "{BUILD} is set, but no answer and no header of the Catalogue API tells its build, so nothing could be \
             compared with it. Unset it; {INDEX} and {PIPELINE_DATE} say what the stage does tell."
        )));
    }
    let index = non_empty(INDEX, variables)?;
    if let (Some(index), Some(wait)) = (index, wait)
        && index != wait.index
    {
        return Err(Misuse(format!(
            "{WAIT} is `{}`, but {INDEX} is `{index}`: the gate would wait for another index than it expects. Set both \
             to the same, or {WAIT} alone.",
            wait.index
        )));
    }
    let pipeline_date = non_empty(PIPELINE_DATE, variables)?;
    if let Some(date) = pipeline_date
        && date.parse::<Date>().map(|read| read.to_string()).ok().as_deref() != Some(date)
    {
        return Err(Misuse(format!(
            "{PIPELINE_DATE} is `{date}`; write it as year-month-day, such as 2026-11-01."
        )));
    }
    Ok(ExpectedRelease {
        index: index.map(str::to_owned).or_else(|| wait.map(|wait| wait.index.clone())),
        pipeline_date: pipeline_date.map(str::to_owned),
    })
}

/// Reads what is waited for.
///
/// # Errors
///
/// If there is no stage that could change, or nothing is waited for and yet it is said how.
pub(super) fn wait(stage: &StageChoice, variables: &Variables) -> Result<Option<Wait>, Misuse> {
    let Some(index) = non_empty(WAIT, variables)? else {
        return match [DEADLINE, PAUSE].into_iter().find(|(name, _)| variables.get(name).is_some()) {
            None => Ok(None),
            Some((name, _)) => {
                Err(Misuse(format!("{name} is set, but {WAIT} is not. Set it too, or unset {name}.")))
            }
        };
    };
    if !matches!(stage, StageChoice::Live(_)) {
        return Err(Misuse(format!(
            "{WAIT} is set, but there is no stage whose index could change. Name it in STAGE_URL, or unset {WAIT}."
        )));
    }
    let read = |(name, otherwise)| Ok(number(name, variables)?.unwrap_or(otherwise));
    Ok(Some(Wait {
        index: index.to_owned(),
        deadline: Duration::from_secs(read(DEADLINE)?),
        pause: Duration::from_millis(read(PAUSE)?),
    }))
}
