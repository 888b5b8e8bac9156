//! A case: one thing that a rule is about, and whether the rule holds for it.

use serde_json::Value;

use super::sample::Sampled;
use crate::verdict::Finding;

/// One thing that a rule is about: a work, an item id, a label.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// What it is, as a reader would look for it: `work a222zvge, “A file”`, `item id q8r4p9ww`.
    pub about: String,
    /// The works of the sample in which it stands; the first of them are shown. None if it stands in no work, and then
    /// it says nothing about how many works of the catalogue are concerned.
    pub works: Vec<Sampled<'a>>,
    /// Whether the rule holds for it.
    pub ruling: Ruling,
}

/// Whether a rule holds for one case.
#[derive(Debug, Clone)]
pub enum Ruling {
    /// It was shown to hold.
    Holds,
    /// It was shown not to hold. There is at least one finding; the first ones are shown.
    Breaks(Vec<Finding>),
    /// It cannot be told, for this reason: an answer is missing.
    Unknown(String),
}

impl<'a> Case<'a> {
    /// A case that is a work.
    #[must_use]
    pub fn of_work(work: Sampled<'a>, ruling: Ruling) -> Self {
        Self { about: format!("work {}", work.id), works: vec![work], ruling }
    }
}

impl Ruling {
    /// It holds if nothing is wrong.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Holds } else { Self::Breaks(findings) }
    }

    /// It breaks, in one place.
    #[must_use]
    pub fn breaks(
        at: impl Into<String>,
        says: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self::Breaks(vec![Finding {
            at: at.into(),
            says: says.into(),
            expected: expected.into(),
            found: found.into(),
            ..Finding::default()
        }])
    }
}

/// The elements of a list in a record; none if there is no such list.
pub fn elements<'v>(record: &'v Value, list: &str) -> &'v [Value] {
    record.get(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The text at a pointer such as `/workType/id`; empty if there is none.
pub fn text_at<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
