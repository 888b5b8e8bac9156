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
    let says = match &run.comparison {
        None => "Not known: nothing was compared with prod in this run.\n".to_owned(),
        Some(Comparison { undecided: None, notes, .. }) => notes.clone(),
        Some(Comparison { undecided: Some(because), changes, notes, .. }) => {
            let because = words(because, 300);
            if changes.is_empty() {
                format!("Not known: {because}.\n")
            } else {
                format!("**This is incomplete, and there may be other changes:** {because}.\n\n{notes}")
            }
        }
    };
    Ok(format!("# What this release changes\n\n{says}"))
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
        run.comparison.as_mut().unwrap().changes.clear();
        match (undecided, &mut run.comparison) {
            (Some(because), Some(comparison)) => comparison.undecided = Some(because.to_owned()),
            (_, comparison) => *comparison = None,
        }
        let expected = format!("# What this release changes\n\nNot known: {because}.\n");
        assert_eq!(content(&run).unwrap(), expected);
    }

    #[test]
    fn what_was_found_is_told_though_something_is_missing() {
        let expected = "# What this release changes\n\n**This is incomplete, and there may be other changes:** 1 answer \
                        could not be compared.\n\nSomething is gone.\n";
        assert_eq!(content(&mixed()).unwrap(), expected);
    }

    #[test]
    fn where_all_was_compared_nothing_stands_before_the_notes() {
        let mut run = mixed();
        run.comparison.as_mut().unwrap().undecided = None;
        assert_eq!(content(&run).unwrap(), "# What this release changes\n\nSomething is gone.\n");
    }
}
