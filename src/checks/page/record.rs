//! Whether a page is made from what the stage says of its work: it should at least say the same title.

use serde_json::Value;

use super::matching::{has_text, spaced};
use crate::evidence::Seen;

/// That a page does not say the title of its record. It may be of another work, or made from what prod serves, or the
/// website may write titles in its own way: somebody should look.
pub(super) fn says_another_title(record: &Value, seen: &Seen) -> Option<String> {
    let title = spaced(&without_marks(record.get("title")?.as_str()?));
    (!title.is_empty() && !has_text(seen, &title)).then(|| {
        format!(
            "the page does not say the title that the work has on this stage, “{title}”: is it of this work, and made from \
             what the stage serves?"
        )
    })
}

/// A text without the marks by which some titles are in italics.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_mark = false;
    for sign in text.chars() {
        match sign {
            '<' => is_mark = true,
            '>' if is_mark => is_mark = false,
            _ if !is_mark => plain.push(sign),
            _ => {}
        }
    }
    if is_mark { text.to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::without_marks;

    #[rstest]
    #[case::plain("Records of a society", "Records of a society")]
    #[case::italics("On <i>Homo</i> sapiens", "On Homo sapiens")]
    #[case::no_mark("a < b", "a < b")]
    fn marks_of_a_title_are_not_said(#[case] title: &str, #[case] said: &str) {
        assert_eq!(without_marks(title), said);
    }
}
