//! What follows for the release: every check with what became of it, and the one decision folded from them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::numbers::counted;
use crate::verdict::{Compared, Finding, Remark, Verdict};

/// How a run of the gate ends. The exit codes are documented in the README and never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Every approved check of the whole suite passed against the stage itself, or failed as a waiver or override foresaw.
    MayBeReleased,
    /// Nothing failed, but nothing follows for a release: the embedded catalogue, a saved run, or a part.
    NothingConcluded,
    /// An approved check failed.
    Blocked,
    /// No approved check failed, but some could not be answered, or only a part was run for a release.
    Undecided,
    /// The suite file has mistakes; nothing was judged.
    SuiteRefused,
    /// The gate was called in a way that could say yes wrongly; nothing was judged.
    Misused,
}

impl Decision {
    /// The exit code of the process.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::MayBeReleased | Self::NothingConcluded => 0,
            Self::Blocked => 1,
            Self::Undecided => 2,
            Self::SuiteRefused => 3,
            Self::Misused => 4,
        }
    }
}

/// One check and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// `criterion-id::example`.
    pub name: String,
    /// What is said of it to its readers.
    pub about: About,
    /// Whether it may block.
    pub standing: Standing,
    /// What was concluded, after the waiver if there is one.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How many values of the answers were looked at.
    pub values: usize,
    /// What a reader should know besides, whatever the verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// What was compared, for reports that show both sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Box<Compared>>,
    /// The waiver under which a failure was let pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waiver>,
    /// The override in spite of which it fails and does not block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
}

impl Judged {
    /// Whether it keeps a release from going on: it may block, fails, and nobody has taken that upon them.
    #[must_use]
    pub fn blocks(&self) -> bool {
        let fails = matches!(self.verdict, Verdict::Fail { .. });
        self.standing == Standing::Approved && fails && self.overridden.is_none()
    }
}

/// A failure that blocks no release for some days, because somebody said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The criterion whose checks may fail, or `contract`.
    pub criterion: String,
    /// Who took it upon them.
    pub by: String,
    /// The first day on which it holds.
    pub on: Date,
    /// Why.
    pub why: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// Whether a check may block a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It blocks.
    Approved,
    /// It is judged and reported, and never blocks.
    Proposed,
}

/// What a reader needs to know of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The id of its criterion, or `contract`.
    pub criterion: String,
    /// What must hold.
    pub title: String,
    /// The incident or promise behind it.
    pub why: String,
    /// Who answers for it.
    pub owner: String,
    /// The line of the suite file on which its example stands; none for checks that the gate adds by itself.
    pub line: Option<usize>,
    /// What the example is an example of.
    pub is: String,
    /// The work that the example is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The example's page on the website, which shows what prod serves, if it has one.
    pub page: Option<String>,
    /// The request that shows the answer, below the API's root.
    pub request: String,
}

/// A failure that is known, and let pass until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Where the issue is described.
    pub link: String,
    /// The last day on which it is let pass.
    pub until: Date,
    /// What failed.
    pub findings: Vec<Finding>,
}

/// How many checks ended how. Kept by `of`, so that it cannot disagree with the checks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Approved checks that were shown to hold.
    pub passed: usize,
    /// Approved checks that were shown not to hold.
    pub failed: usize,
    /// The criteria that these belong to; the contract counts as one.
    pub failing_criteria: usize,
    /// Approved checks whose answer could not be had.
    pub undecided: usize,
    /// Approved checks that fail as a known issue says.
    pub waived: usize,
    /// Approved checks that fail, and do not block because somebody took it upon them.
    pub overridden: usize,
    /// Proposed checks, whatever became of them.
    pub proposed: usize,
    /// Proposed checks that do not pass.
    pub proposed_not_passing: usize,
}

impl Tally {
    /// How many approved checks reported, however they ended.
    #[must_use]
    pub fn approved(&self) -> usize {
        self.passed + self.failed + self.undecided + self.waived + self.overridden
    }

    /// Counts these checks.
    #[must_use]
    pub fn of(judged: &[Judged]) -> Self {
        let failing = judged.iter().filter(|check| check.blocks());
        let failing: BTreeSet<&str> = failing.map(|check| check.about.criterion.as_str()).collect();
        let mut tally = Self { failing_criteria: failing.len(), ..Self::default() };
        for check in judged {
            let count = match (check.standing, &check.verdict, &check.waived) {
                (Standing::Proposed, verdict, _) => {
                    tally.proposed_not_passing += usize::from(!verdict.is_pass());
                    &mut tally.proposed
                }
                (Standing::Approved, Verdict::Pass, Some(_)) => &mut tally.waived,
                (Standing::Approved, Verdict::Pass, None) => &mut tally.passed,
                (Standing::Approved, Verdict::Fail { .. }, _) if check.blocks() => &mut tally.failed,
                (Standing::Approved, Verdict::Fail { .. }, _) => &mut tally.overridden,
                (Standing::Approved, Verdict::Undecided { .. }, _) => &mut tally.undecided,
            };
            *count += 1;
        }
        tally
    }
}

/// What the decision depends on besides the verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// Why this run can conclude nothing for a release, such as that no stage was asked; `None` if it can.
    pub inconclusive: Option<&'static str>,
    /// Whether the run is to release something: `CI` is true, or a stage is named.
    pub for_release: bool,
    /// How many approved checks the suite calls for.
    pub called_for: usize,
    /// How many of these, by name, did not report.
    pub missing: usize,
}

/// The decision, and the reasons for it in sentences.
#[must_use]
pub fn decide(tally: Tally, circumstances: Circumstances) -> (Decision, Vec<String>) {
    let Circumstances { inconclusive, for_release, called_for, missing } = circumstances;
    let mut because = Vec::new();
    if tally.failed > 0 {
        let criteria = counted(tally.failing_criteria, ("criterion", "criteria"));
        because.push(format!(
            "{} of {called_for} checks {} in {criteria}",
            tally.failed,
            fails(tally.failed)
        ));
    }
    if tally.overridden > 0 {
        let overridden = tally.overridden;
        let are = if overridden == 1 { "is" } else { "are" };
        because
            .push(format!("{overridden} of {called_for} checks {} and {are} overridden", fails(overridden)));
    }
    if tally.undecided > 0 {
        because.push(format!("{} of {called_for} checks could not be decided", tally.undecided));
    }
    let partial = missing > 0;
    if partial {
        let reported = called_for.saturating_sub(missing);
        because.push(format!("only {reported} of the {called_for} checks that the suite calls for reported"));
    }
    if tally.passed == 0 {
        because.push("no approved check was shown to hold".to_owned());
    }
    let decision = if tally.failed > 0 {
        Decision::Blocked
    } else if tally.undecided > 0 || (for_release && (partial || tally.passed == 0)) {
        Decision::Undecided
    } else if partial || inconclusive.is_some() || tally.passed == 0 {
        because.extend(inconclusive.map(str::to_owned));
        Decision::NothingConcluded
    } else {
        Decision::MayBeReleased
    };
    (decision, because)
}

/// The verb of so many checks.
fn fails(checks: usize) -> &'static str {
    if checks == 1 { "fails" } else { "fail" }
}

#[cfg(test)]
mod tests;
