//! What a release changes, as every report tells it.

use serde::Serialize;

use crate::comparison::{Change, Counts, NoisyPath, Severity};
use crate::numbers::{counted, grouped};

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
    /// The changes: first what nobody meant, the gravest first, then what is meant.
    pub changes: Vec<Told>,
    /// What lists and searches only show again of those.
    pub repeats: Vec<Told>,
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
    /// Where in the records it is seen, for people who know them.
    pub places: String,
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

impl Told {
    /// How grave it is, in words.
    #[must_use]
    pub fn severity(&self) -> &'static str {
        match self.change.severity {
            Severity::CannotSee => "readers cannot see it",
            Severity::CannotFind => "readers cannot find it",
            Severity::CannotCite => "readers cannot cite it",
            Severity::CannotRequest => "readers cannot request it",
            Severity::Wrong => "readers may be told what is wrong",
            Severity::Cosmetic => "readers would hardly notice",
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
            missing => format!(", {} could not be compared", grouped(missing)),
        };
        format!(
            "{} the same, {} only differ in noise, {} changed{missing}",
            counted(matched, ("answer is", "answers are")),
            grouped(ignored),
            grouped(changed)
        )
    }

    /// The changes that nobody meant.
    #[must_use]
    pub fn unforeseen(&self) -> Vec<&Told> {
        self.changes.iter().filter(|it| it.standing != Standing::Expected).collect()
    }

    /// The changes that are meant.
    #[must_use]
    pub fn intended(&self) -> Vec<&Told> {
        self.changes.iter().filter(|it| it.standing == Standing::Expected).collect()
    }

    /// That lists and searches show some of it again, in a sentence; `None` if they do not.
    #[must_use]
    pub fn shown_again(&self) -> Option<String> {
        let number = self.repeats.len();
        (number > 0).then(|| {
            let (differences, show) =
                (("difference", "differences"), if number == 1 { "shows" } else { "show" });
            format!(
                "{} of searches and lists {show} only that again, and {} in report.json",
                counted(number, differences),
                if number == 1 { "is" } else { "are" }
            )
        })
    }

    /// What readers would notice, if they would notice anything that matters.
    #[must_use]
    pub fn noticed(&self) -> Option<&str> {
        let grave =
            self.unforeseen().into_iter().next().filter(|it| it.change.severity != Severity::Cosmetic);
        grave.and(self.headline.as_deref())
    }
}
