//! What a release changes: answers of stage beside those of prod, and what a reader would notice of it.
//!
//! ```text
//! Pair ──> difference ──> Comparison (fold: noise, tally) ──> changes ──> impact (severity, judge) ──> notes
//! ```
//!
//! Pairs of answers come in, one by one; a [`Comparison`] comes out, and holds no more for a million pairs than for a
//! thousand. Everything here is pure: no request is made, nothing is written, and no clock is read.
//!
//! * [`Pattern`] names places in records, as rules do; [`differences`] finds what is not the same, by structure.
//! * [`Comparison::add`] takes a pair in: what differs between two answers of prod itself is noise, and no change.
//! * [`Comparison::changes`] groups what is left into changes that a person can name, the gravest first.
//! * [`judge`] says what follows by the rules that Product keeps; [`headline`] what readers would notice.
//! * [`repeats`] finds what lists and searches only show again of the records.
//! * [`notes`] writes the release notes; [`sameness`] notices a stage and a prod that are one and the same.

mod address;
mod bounds;
mod changes;
mod difference;
mod estimate;
mod fold;
mod identity;
mod impact;
mod judge;
mod matching;
mod noise;
mod notes;
mod pair;
mod path;
mod repeats;
mod rule_wording;
mod sameness;
mod tally;
#[cfg(test)]
mod tests;
mod things;
mod wording;

pub use bounds::holders;
pub use changes::{Change, Companion, OfType};
pub use difference::{Difference, Kind, Settings, Tolerance, differences};
pub use estimate::Whole;
pub use fold::{Comparison, Counts};
pub use impact::{Bound, Expected, Rules, Severity, SeverityRule, headline};
pub use judge::{Effect, Outcome, Reason, exceeded, judge, told};
pub use noise::NoisyPath;
pub use notes::{Intended, notes};
pub use pair::{About, Drawn, Pair, Side};
pub use path::{BadPattern, Pattern};
pub use repeats::repeats;
pub use sameness::{Identity, Same, sameness};
pub use tally::{Example, Subject};
