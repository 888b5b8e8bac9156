//! What a check concluded. Verdicts and findings are plain data; nothing here knows how they came about.

use serde::{Deserialize, Serialize};

/// What was concluded about one check. Only `Pass` lets a release through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It was shown to hold.
    Pass,
    /// It was shown not to hold; there is at least one finding.
    Fail {
        /// What is wrong, each with its place.
        findings: Vec<Finding>,
    },
    /// The answer could not be had, so nothing was shown either way.
    Undecided {
        /// Why nothing could be concluded, in a sentence.
        because: String,
    },
}

/// How the reason begins of a check that is undecided because its example needs a hand, and not the stage.
pub const STALE: &str = "stale example: ";

impl Verdict {
    /// Whether it is undecided because its example is stale.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Undecided { because } if because.starts_with(STALE))
    }

    /// Whether the check was shown to hold.
    #[must_use]
    pub fn is_pass(&self) -> bool {
        matches!(self, Self::Pass)
    }
}

/// What a check concluded, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What was concluded.
    pub verdict: Verdict,
    /// How many values of the answers were looked at. What has looked at none has shown nothing.
    pub values: usize,
    /// What a reader should know besides, whatever the verdict.
    pub remarks: Vec<Remark>,
    /// What was compared, for reports that show both sides.
    pub compared: Option<Box<Compared>>,
}

/// Two sides of a comparison, as data: a report draws them as it can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Compared {
    /// A text that is not as it was recorded: a snapshot of a record, or the drawing of a tree.
    Text {
        /// As it was recorded and reviewed.
        recorded: String,
        /// As it is on the stage.
        found: String,
    },
    /// Numbers of the stage beside those of prod or of a baseline, whether or not they have changed too much.
    Counts {
        /// What is counted: `works by workType`.
        what: String,
        /// Where the other numbers are from: `on prod`, `in the baseline`.
        there: String,
        /// All of them first, then each value.
        rows: Vec<Count>,
    },
    /// A page of the website, beside what it was to show.
    Page {
        /// Where it is.
        address: String,
        /// What it was looked at with.
        device: String,
        /// What it was to show, and what not, a line each.
        expected: Vec<String>,
        /// What it shows, as assistive technology sees it: a line for each part, indented by what it lies in.
        found: String,
        /// A picture of it: WebP in Base64.
        picture: String,
    },
}

/// A number on both sides of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is counted in this row: `all`, `Books (a)`.
    pub name: String,
    /// How many there were there; nothing where that side does not show it.
    pub then: Option<u64>,
    /// How many there are on the stage; nothing where it does not show it.
    pub now: Option<u64>,
}

impl Judgement {
    /// What follows from having looked at so many values, and from what is wrong with them.
    ///
    /// A check that has looked at nothing, and so found nothing wrong, is undecided: it is vacuous.
    #[must_use]
    pub fn of(values: usize, findings: Vec<Finding>) -> Self {
        let verdict = match (values, findings.is_empty()) {
            (_, false) => Verdict::Fail { findings },
            (0, true) => Verdict::Undecided {
                because:
                    "there was nothing to judge: not one value of the answers is what this is about, so it \
                          holds of nothing"
                        .to_owned(),
            },
            (_, true) => Verdict::Pass,
        };
        Self { verdict, values, remarks: Vec::new(), compared: None }
    }

    /// Nothing can be concluded, for this reason.
    #[must_use]
    pub fn undecided(because: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Undecided { because: because.into() },
            values: 0,
            remarks: Vec::new(),
            compared: None,
        }
    }

    /// The same, with an account of what was looked at.
    #[must_use]
    pub fn remarking(self, says: impl Into<String>) -> Self {
        self.with(RemarkKind::Account, says)
    }

    /// The same, with something that somebody should see to, though it decides nothing.
    #[must_use]
    pub fn warning(self, says: impl Into<String>) -> Self {
        self.with(RemarkKind::Hand, says)
    }

    /// The same, with how much was drawn by which seed.
    #[must_use]
    pub fn drawn(self, what: impl std::fmt::Display, seed: u64) -> Self {
        self.with(RemarkKind::Draw, format!("{what} with seed {seed}"))
    }

    /// The same, with something that the contract does not know yet.
    #[must_use]
    pub fn drifting(self, says: impl Into<String>) -> Self {
        self.with(RemarkKind::Drift, says)
    }

    /// The same, with both sides of what was compared.
    #[must_use]
    pub fn comparing(self, compared: Compared) -> Self {
        Self { compared: Some(Box::new(compared)), ..self }
    }

    fn with(mut self, kind: RemarkKind, says: impl Into<String>) -> Self {
        self.remarks.push(Remark { kind, says: says.into() });
        self
    }
}

impl From<Finding> for Judgement {
    /// It fails, for one reason.
    fn from(finding: Finding) -> Self {
        Self::of(1, vec![finding])
    }
}

/// Something that a reader should know besides the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Of which kind it is, which decides where it is told.
    pub kind: RemarkKind,
    /// A sentence, or a part of one.
    pub says: String,
}

impl Remark {
    /// Whether it belongs to the story of its check; the others are told for all checks at once.
    #[must_use]
    pub fn is_of_its_check(&self) -> bool {
        matches!(self.kind, RemarkKind::Account | RemarkKind::Hand)
    }
}

/// The kinds of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// What was sampled, counted or walked, for those who want to know.
    Account,
    /// How much was drawn by which seed: told at the end of every run, so that anybody can draw the same again.
    Draw,
    /// Something that somebody should see to, though it decides nothing.
    Hand,
    /// Something that the contract does not know yet.
    Drift,
}

/// One thing that is wrong, worded for somebody who reads no code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where in the answer, as people write it: `items[0].locations`; empty for the answer as a whole.
    pub at: String,
    /// What is wrong, in one sentence.
    pub says: String,
    /// What was expected, as YAML; empty where `says` is all there is to say.
    pub expected: String,
    /// The nearest thing that was found, as YAML.
    pub found: String,
    /// Whether the answer was not even one about this record, so that no waiver can have meant it.
    #[serde(default)]
    pub unforeseen: bool,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Finding, Judgement};

    #[rstest]
    #[case::nothing_looked_at(0, Vec::new(), "undecided")]
    #[case::nothing_wrong(1, Vec::new(), "pass")]
    #[case::something_wrong(1, vec![Finding::default()], "fail")]
    #[case::wrong_without_a_value(0, vec![Finding::default()], "fail")]
    fn only_what_was_looked_at_can_pass(
        #[case] values: usize,
        #[case] findings: Vec<Finding>,
        #[case] verdict: &str,
    ) {
        let judged = serde_json::to_value(Judgement::of(values, findings).verdict).unwrap();
        assert_eq!(judged["verdict"], verdict);
    }
}
