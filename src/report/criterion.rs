//! A criterion as reports tell it: what must hold, for whose sake, and who said so.

use jiff::civil::Date;
use serde::Serialize;

use crate::decision::Standing;

/// What the checks of a report are checks of: a criterion of the suite, or a part of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// Its id; `contract` for the documented form of answers, which the gate judges by itself.
    pub id: String,
    /// What must hold, in one line.
    pub title: String,
    /// The incident or promise behind it.
    pub why: String,
    /// Who answers for it.
    pub owner: String,
    /// Whether it may block a release.
    pub standing: Standing,
    /// Who approved it and when; nothing if it is only proposed, or the gate's own.
    pub approved: Option<Approved>,
    /// The day by which it must be looked at again; the gate's own has none.
    pub review_by: Option<Date>,
    /// Whether that day is over.
    pub overdue: bool,
    /// The line of the suite file on which it starts; the gate's own stands in none.
    pub line: Option<usize>,
    /// A failure of it that is known and let pass until a day.
    pub known_issue: Option<KnownIssue>,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approved {
    /// The role that gave it.
    pub by: String,
    /// The day on which it was given.
    pub on: Date,
}

/// A failure that is known and let pass until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownIssue {
    /// Where it is described.
    pub link: String,
    /// The last day on which it is let pass.
    pub until: Date,
}
