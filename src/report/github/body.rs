//! The text of an issue or of a pull request, which may be no longer than GitHub takes.

use crate::numbers::counted;

/// GitHub takes 65,536 characters. What is put before a text, such as of which run it is, has room above this.
const LIMIT: usize = 60_000;

/// A text that GitHub takes: one that is too long ends after the last entry that fits, and says how many are left out,
/// and where they are told.
#[must_use]
pub fn body(text: String, told_by: &str) -> String {
    if text.len() <= LIMIT {
        return text;
    }
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LIMIT).last().unwrap_or_default();
    let kept = text[..end].rfind("\n- ").unwrap_or(end);
    let left_out = text[kept..].matches("\n- ").count();
    format!(
        "{}\n\n… and {}, which {told_by}.\n",
        &text[..kept],
        counted(left_out, ("more entry", "more entries"))
    )
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{LIMIT, body};

    #[rstest]
    fn a_text_that_is_too_long_ends_after_an_entry_and_says_so() {
        let text = format!("begin\n- {}\n- ä{}\n- c", "a".repeat(LIMIT - 12), "b".repeat(99));
        let expected =
            format!("begin\n- {}\n\n… and 2 more entries, which x tells.\n", "a".repeat(LIMIT - 12));
        assert_eq!(body(text, "x tells"), expected);
    }

    #[rstest]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(body("- a\n".to_owned(), "x tells"), "- a\n");
    }
}
