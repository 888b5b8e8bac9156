//! What a release changes, as every report tells it.

use serde::Serialize;

use crate::comparison::{Change, Counts, NoisyPath};

/// What differs between stage and prod.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// What readers would notice first, in a sentence; nothing if nothing changes but what is meant to.
    pub headline: Option<String>,
    /// Why nothing follows from what is equal; nothing if something does.
    pub undecided: Option<String>,
    /// What somebody should know of the two, though it decides nothing.
    pub warning: Option<String>,
    /// How many answers turned out how.
    pub counts: Counts,
    /// The changes, the gravest first.
    pub changes: Vec<Told>,
    /// The places where prod differs from itself.
    pub noise: Vec<NoisyPath>,
    /// How many works of which state each of the two counts.
    pub works: Vec<Count>,
    /// What the stage says to serve.
    pub stage_serves: Option<String>,
    /// What prod says to serve.
    pub prod_serves: Option<String>,
    /// The release notes, in Markdown.
    #[serde(skip)]
    pub notes: String,
}

/// A change, and what follows from it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// It in a sentence.
    pub says: String,
    /// What the same works show besides, in a sentence.
    pub together_with: Option<String>,
    /// What follows.
    pub standing: Standing,
    /// Why it is meant, if it is.
    pub because: Option<String>,
}

/// What follows from a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A rule forbids it.
    Blocks,
    /// It is meant.
    Expected,
    /// No rule forbids it.
    Reported,
}

/// How many works of a state each of the two counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// The state: `Visible`.
    pub state: String,
    /// On prod, if it tells.
    pub prod: Option<u64>,
    /// On stage, if it tells.
    pub stage: Option<u64>,
}

impl Standing {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Expected => "expected",
            Self::Reported => "reported",
        }
    }
}

impl Comparison {
    /// How many answers turned out how, in a sentence.
    #[must_use]
    pub fn counted(&self) -> String {
        let Counts { matched, ignored, changed, unanswered } = self.counts;
        let missing = match unanswered {
            0 => String::new(),
            missing => format!(", {} could not be compared", crate::numbers::grouped(missing)),
        };
        format!(
            "{} the same, {} only differ in noise, {} changed{missing}",
            crate::numbers::counted(matched, ("answer is", "answers are")),
            crate::numbers::grouped(ignored),
            crate::numbers::grouped(changed)
        )
    }

    /// What readers would notice, if they would notice anything that matters.
    #[must_use]
    pub fn noticed(&self) -> Option<&str> {
        let grave = self.changes.iter().find(|it| it.standing != Standing::Expected);
        let grave = grave.filter(|it| it.change.severity != crate::comparison::Severity::Cosmetic);
        grave.and(self.headline.as_deref())
    }
}
