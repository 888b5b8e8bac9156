//! What a run does not look at, and how to make it look.

use serde::Serialize;

use crate::decision::About;
use crate::numbers::counted;

/// A check that this run does not make.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TurnedOff {
    /// `criterion-id::example`.
    pub name: String,
    /// What is said of it to its readers.
    pub about: About,
    /// Why.
    pub because: NotLookedAt,
}

/// What a run does not look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotLookedAt {
    /// What: links, or pages.
    pub what: Unseen,
    /// How to have it looked at: `set CHECK_LINKS=1`.
    pub remedy: String,
}

/// What lies outside the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unseen {
    /// What records link to, on other hosts.
    Links,
    /// The pages of the website.
    Pages,
}

impl Unseen {
    fn word(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Pages => "pages",
        }
    }
}

impl NotLookedAt {
    /// Why a check was not made, in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        format!("turned off in this run, so no {} were looked at ({})", self.what.word(), self.remedy)
    }
}

/// What was not looked at, each with the number of checks that are turned off for it: `Links were not looked at: 6 checks
/// are turned off (set CHECK_LINKS=1).`
#[must_use]
pub fn not_looked_at(turned_off: &[TurnedOff]) -> Vec<String> {
    let sentence = |(because, checks): (&NotLookedAt, usize)| {
        let (are, checks) = (if checks == 1 { "is" } else { "are" }, counted(checks, ("check", "checks")));
        let what = because.what.word();
        let first = what[..1].to_uppercase();
        format!("{first}{} were not looked at: {checks} {are} turned off ({}).", &what[1..], because.remedy)
    };
    by_reason(turned_off).into_iter().map(sentence).collect()
}

/// How many checks are turned off, for each reason.
fn by_reason(turned_off: &[TurnedOff]) -> Vec<(&NotLookedAt, usize)> {
    let mut reasons: Vec<(&NotLookedAt, usize)> = Vec::new();
    for check in turned_off {
        match reasons.iter_mut().find(|(reason, _)| **reason == check.because) {
            Some((_, checks)) => *checks += 1,
            None => reasons.push((&check.because, 1)),
        }
    }
    reasons.sort();
    reasons
}
