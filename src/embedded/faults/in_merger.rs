//! Faults of the merger, which turns records that belong together into one work.

use super::{Fault, Place};
use crate::merger::Outcome;

pub const FAULTS: &[Fault] = &[Fault {
    name: "redirects-lost",
    what: "The old addresses of merged records lead nowhere.",
    stands_for: "Early in February 2021 a reindex spoiled a redirect that had worked before.",
    places: &[Place::Merger(|outcomes| {
        outcomes.retain(|outcome| !matches!(outcome, Outcome::Redirected { .. }));
    })],
}];
