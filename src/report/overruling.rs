//! Recorded overrides in a report: told first, because a release may go on in spite of what they cover.

use serde::Serialize;

use crate::decision::Override;

/// An override, and what it does in this run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overruling {
    /// Who took what upon them.
    #[serde(flatten)]
    pub it: Override,
    /// What comes of it.
    pub effect: Effect,
}

/// What an override does in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// So many checks fail, and do not block.
    Covers(usize),
    /// Every check of its criterion passes.
    Superfluous,
    /// Its last day is over.
    Over,
    /// Its first day is yet to come.
    NotBegun,
}

impl Overruling {
    /// All of it, in one sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let Override { criterion, by, on, why, until } = &self.it;
        let effect = match self.effect {
            Effect::Covers(0) => "nothing that was judged fails by it".to_owned(),
            Effect::Covers(1) => "1 check fails and does not block".to_owned(),
            Effect::Covers(checks) => format!("{checks} checks fail and do not block"),
            Effect::Superfluous => "superfluous: all its checks pass. Remove it from `overrides`".to_owned(),
            Effect::Over => "over, so it covers nothing. Remove it from `overrides`".to_owned(),
            Effect::NotBegun => format!("it begins on {on}, so it covers nothing yet"),
        };
        format!("`{criterion}` by {by}, from {on} until {until}, because: {} ({effect})", why.trim())
    }
}
