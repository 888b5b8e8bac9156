//! Why a run ends before anything is judged.

use std::path::Path;

use super::config::Misuse;
use crate::decision::Decision;
use crate::report::github::Mark;
use crate::suite::Refusal;

/// The end of a run that judges nothing.
#[derive(Debug)]
pub struct End {
    /// What follows.
    pub decision: Decision,
    /// What to tell, as it should be shown.
    pub message: String,
    /// What is wrong at which place of a file, if that is why.
    pub marks: Vec<Mark>,
}

impl End {
    /// An end that leaves the release undecided, for this reason.
    pub fn undecided(because: impl std::fmt::Display) -> Self {
        Self {
            decision: Decision::Undecided,
            message: format!("Undecided, so not released: {because}\nNothing was judged.\n"),
            marks: Vec::new(),
        }
    }
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        let mark = |(file, line, column, says): (&Path, usize, usize, String)| Mark {
            file: file.display().to_string(),
            line,
            column,
            says,
        };
        let marks = refusal.places().into_iter().map(mark).collect();
        Self { decision: Decision::SuiteRefused, message: refusal.render(true), marks }
    }
}

impl From<Misuse> for End {
    fn from(misuse: Misuse) -> Self {
        let message = format!("The gate cannot run like this. {misuse}\n");
        Self { decision: Decision::Misused, message, marks: Vec::new() }
    }
}
