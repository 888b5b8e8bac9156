//! `changes.md`: what this release changes for readers, in words that Product can paste.

use std::io;

use super::Run;
use super::github::words;

/// The name of the file in the folder of reports.
pub const NAME: &str = "changes.md";

/// The text of the file.
///
/// # Errors
///
/// None: all that it needs is in the run.
#[expect(clippy::unnecessary_wraps, reason = "the form that every report has")]
pub(super) fn content(run: &Run) -> io::Result<String> {
    let Some(comparison) = &run.comparison else {
        return Ok("# What this release changes\n\nNot known: nothing was compared with prod in this run.\n"
            .to_owned());
    };
    let notes = &comparison.notes;
    Ok(match &comparison.undecided {
        None => notes.clone(),
        Some(because) => {
            let because = words(because, 1000);
            format!("{notes}\n**This is not all that may have changed:** {because}.\n")
        }
    })
}
