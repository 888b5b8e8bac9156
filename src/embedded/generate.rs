//! Generated works.

use super::source::Record;

/// The generated records.
#[must_use]
pub fn parts() -> Vec<Vec<Record>> {
    Vec::new()
}
