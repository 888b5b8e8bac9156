//! `changes.md`: what this release changes for readers, in words that Product can paste.

use std::io;

use super::github::words;
use super::{Comparison, Run};

/// The name of the file in the folder of reports.
pub const NAME: &str = "changes.md";

/// The text of the file.
///
/// # Errors
///
/// None: all that it needs is in the run.
#[expect(clippy::unnecessary_wraps, reason = "the form that every report has")]
pub(super) fn content(run: &Run) -> io::Result<String> {
    let not_known = |because: &str| format!("# What this release changes\n\nNot known: {because}.\n");
    Ok(match &run.comparison {
        None => not_known("nothing was compared with prod in this run"),
        Some(Comparison { undecided: Some(because), .. }) => not_known(&words(because, 1000)),
        Some(comparison) => comparison.notes.clone(),
    })
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::super::fixture::mixed;
    use super::content;

    #[rstest]
    #[case::prod_is_down(Some("prod does not answer"), "prod does not answer")]
    #[case::there_is_no_prod(None, "nothing was compared with prod in this run")]
    fn of_what_was_not_compared_nothing_is_said(#[case] undecided: Option<&str>, #[case] because: &str) {
        let mut run = mixed();
        match (undecided, &mut run.comparison) {
            (Some(because), Some(comparison)) => comparison.undecided = Some(because.to_owned()),
            (_, comparison) => *comparison = None,
        }
        let expected = format!("# What this release changes\n\nNot known: {because}.\n");
        assert_eq!(content(&run).unwrap(), expected);
    }
}
