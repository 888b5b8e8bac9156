//! Why a run ends before anything is judged.

use super::config::Misuse;
use crate::decision::Decision;

/// The end of a run that judges nothing.
#[derive(Debug)]
pub struct End {
    /// What follows.
    pub decision: Decision,
    /// What to tell, as it should be shown.
    pub message: String,
}

impl End {
    /// An end that leaves the release undecided, for this reason.
    pub fn undecided(because: impl std::fmt::Display) -> Self {
        Self {
            decision: Decision::Undecided,
            message: format!("Undecided, so not released: {because}\nNothing was judged.\n"),
        }
    }
}

impl From<Misuse> for End {
    fn from(misuse: Misuse) -> Self {
        Self { decision: Decision::Misused, message: format!("The gate cannot run like this. {misuse}\n") }
    }
}
