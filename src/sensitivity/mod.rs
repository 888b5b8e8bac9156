//! Sensitivity: how much of what an example's record says is watched by some check.
//!
//! Every answer that an example rests on is spoiled in every single way, one at a time and in memory, and judged again
//! by the checks that read it by its own address. What nobody notices is a blind spot.
//!
//! ```text
//! evidence ──> answers (which, read by whom) ──> mutations ──> survey (judged again) ──> tally ──> page
//! ```
//!
//! Not asked here are checks of lists, samples and the whole catalogue: what they notice in one record is chance.
//! Pure but for `gather`, which asks the embedded catalogue for the evidence. Nothing imports this room but binaries
//! and tests.

mod answers;
mod critical;
mod donors;
mod floors;
mod gather;
mod moving;
mod mutation;
mod mutations;
mod page;
mod place;
mod record_mutations;
mod shares;
mod survey;
mod tally;

pub use answers::{Spoilable, answers};
pub use critical::{Touched, touched};
pub use donors::Donors;
pub use floors::{Lower, reasons, renewed};
pub use gather::{Gathered, gather};
pub use mutation::{Change, Kind, Mutation};
pub use mutations::mutations;
pub use page::page;
pub use place::{Place, Step};
pub use shares::Shares;
pub use survey::survey;
pub use tally::{Counts, PathCounts, Survey, Survivor};

#[cfg(test)]
mod tests;
