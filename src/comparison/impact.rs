//! Impact: what a change means for those who read the catalogue, by rules that Product keeps.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::changes::Change;
use super::difference::Kind;
use super::path::Pattern;
use super::wording;

/// How grave a change is for readers; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// They cannot see what could be seen online.
    CannotSee,
    /// They cannot find it.
    CannotFind,
    /// What cites it no longer leads to it.
    CannotCite,
    /// They cannot request it, or not know where it is.
    CannotRequest,
    /// They are told something else, which may be wrong.
    Wrong,
    /// They would hardly notice.
    Cosmetic,
}

impl Severity {
    /// Every severity, the gravest first, by the names that rules use.
    pub const ALL: [(&'static str, Self); 6] = [
        ("cannot-see", Self::CannotSee),
        ("cannot-find", Self::CannotFind),
        ("cannot-cite", Self::CannotCite),
        ("cannot-request", Self::CannotRequest),
        ("wrong", Self::Wrong),
        ("cosmetic", Self::Cosmetic),
    ];

    /// Without a rule, what is lost or says something else is held for wrong, and the rest for cosmetic.
    fn without_rule(kind: Kind) -> Self {
        match kind {
            Kind::Lost | Kind::Changed | Kind::Returned => Self::Wrong,
            Kind::Gained | Kind::Moved => Self::Cosmetic,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(_, severity)| severity == self).map(|(name, _)| *name);
        f.write_str(name.unwrap_or_default())
    }
}

/// How grave it is if something happens at some places.
#[derive(Debug, Clone, PartialEq)]
pub struct SeverityRule {
    /// Where.
    pub path: Pattern,
    /// What becomes of it; whatever does, if there is none.
    pub kind: Option<Kind>,
    /// How grave that is.
    pub severity: Severity,
    /// Why, in a sentence for readers of reports.
    pub why: String,
}

/// A change that this release is meant to bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Where.
    pub path: Pattern,
    /// What becomes of it.
    pub kind: Kind,
    /// Why it is meant.
    pub why: String,
    /// The last day on which it is expected.
    pub until: Date,
    /// The most that it is meant to happen to, as a share like that of a bound.
    pub at_most: f64,
}

/// How much of something may go, or change, unexpected.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Where.
    pub path: Pattern,
    /// What becomes of it.
    pub kind: Kind,
    /// The most that it may happen to, as a share of those that have it on prod: 0.01 is one in a hundred.
    pub at_most: f64,
}

/// What Product says of changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// How grave they are; the first that fits counts.
    pub severities: Vec<SeverityRule>,
    /// Which are meant.
    pub expected: Vec<Expected>,
    /// Which block, and from when.
    pub bounds: Vec<Bound>,
}

impl Rules {
    /// How grave it is if this happens there, and why.
    #[must_use]
    pub fn severity_of(&self, path: &str, kind: Kind) -> (Severity, String) {
        let fits = |rule: &&SeverityRule| rule.kind.is_none_or(|it| it == kind) && rule.path.matches(path);
        match self.severities.iter().find(fits) {
            Some(rule) => (rule.severity, rule.why.clone()),
            None => (Severity::without_rule(kind), String::new()),
        }
    }
}

impl Expected {
    pub(super) fn is(&self, change: &Change) -> bool {
        self.is_of(&change.path, change.kind, change.statuses.as_ref())
    }

    /// Whether this is meant to happen there. An API that fails is never meant.
    pub(super) fn is_of(&self, path: &str, kind: Kind, statuses: Option<&(String, String)>) -> bool {
        let fails = statuses.is_some_and(|(_, stage)| stage.starts_with('5'));
        self.kind == kind && self.path.matches(path) && !fails
    }
}

impl Bound {
    pub(super) fn is_about(&self, path: &str, kind: Kind) -> bool {
        self.kind == kind && self.path.matches(path)
    }

    /// Whether what happens there may be why something is lost that this is about: with a field goes all that it holds.
    pub(super) fn may_go_by(&self, path: &str, kind: Kind) -> bool {
        matches!(kind, Kind::Lost | Kind::Changed) && (self.path.matches(path) || self.path.lies_within(path))
    }
}

/// What readers would notice first, in a sentence: `Readers could no longer see the digitised copy of about 94,000
/// archives.` `None` if there is no change.
#[must_use]
pub fn headline(changes: &[Change]) -> Option<String> {
    let gravest = changes.first()?;
    let of = wording::number_of(gravest);
    let thing = wording::thing(&gravest.path);
    let sentence = match (gravest.severity, gravest.kind) {
        (Severity::Cosmetic, _) => {
            format!("Readers would hardly notice anything: {}.", wording::plainly(gravest))
        }
        (_, Kind::Lost) if gravest.path == "status" => {
            format!("Readers could no longer find {of}.")
        }
        (Severity::CannotSee, Kind::Lost) => format!("Readers could no longer see {thing} of {of}."),
        (Severity::CannotFind, Kind::Lost) => {
            format!("Readers could no longer find {of} by {thing}.")
        }
        (Severity::CannotCite, _) => {
            format!(
                "What readers cite would no longer lead to the same place: {}.",
                wording::plainly(gravest)
            )
        }
        (Severity::CannotRequest, Kind::Lost) => {
            format!("Readers could no longer request {of}, for want of {thing}.")
        }
        (_, Kind::Lost) => format!("Readers would miss {thing} of {of}."),
        (_, Kind::Changed) => {
            format!("Readers would be told something else: {}.", wording::plainly(gravest))
        }
        _ => format!("Readers would notice: {}.", wording::plainly(gravest)),
    };
    Some(sentence)
}
