//! Two sides of a comparison in Markdown: a diff block, or a table of counts. Cut where it is long, and said so.

use similar::{ChangeTag, TextDiff};

use super::escape::{block, words};
use crate::numbers::{counted, grouped};
use crate::verdict::{Compared, Count};

/// So many lines of a difference are shown.
const LINES: usize = 120;
/// So many characters of a line are shown.
const COLUMNS: usize = 300;
/// Texts longer than this are cut before they are compared: the comparison of two long texts takes its time.
const BYTES: usize = 200_000;
/// So many rows of counts are shown.
const ROWS: usize = 60;

/// What was expected against what was found; nothing if neither is said.
pub(super) fn expected_and_found(expected: &str, found: &str) -> String {
    if expected.is_empty() && found.is_empty() {
        return String::new();
    }
    let (expected, found) = (start(expected), start(found));
    let difference = TextDiff::from_lines(expected, found);
    let lines = difference.iter_all_changes().map(|change| (sign(change.tag()), change.value()));
    diff(lines, "- expected", "+ found")
}

/// Both sides of what was compared.
pub(super) fn compared(compared: &Compared) -> String {
    match compared {
        Compared::Text { recorded, found } => {
            let (recorded, found) = (start(recorded), start(found));
            let difference = TextDiff::from_lines(recorded, found);
            let mut lines = Vec::new();
            for (number, group) in difference.grouped_ops(3).iter().enumerate() {
                if number > 0 {
                    lines.push((' ', "…"));
                }
                for operation in group {
                    let changes = difference.iter_changes(operation);
                    lines.extend(changes.map(|change| (sign(change.tag()), change.value())));
                }
            }
            diff(lines, "- recorded", "+ on this stage")
        }
        Compared::Counts { what, there, rows } => table(what, there, rows),
        Compared::Page { expected, found, .. } => {
            let shows: Vec<String> =
                expected.iter().map(|line| format!("- {}", words(line, COLUMNS))).collect();
            let outline = cut("text", "", found.lines().map(|line| ("", line)));
            format!("The page was to show:\n\n{}\n\nIt shows:\n\n{outline}", shows.join("\n"))
        }
    }
}

fn sign(tag: ChangeTag) -> char {
    match tag {
        ChangeTag::Equal => ' ',
        ChangeTag::Delete => '-',
        ChangeTag::Insert => '+',
    }
}

fn diff<'l>(lines: impl IntoIterator<Item = (char, &'l str)>, left: &str, right: &str) -> String {
    let lines = lines.into_iter().map(|(sign, line)| (format!("{sign} "), line));
    cut("diff", &format!("{left}\n{right}\n"), lines)
}

/// A block of lines, each behind its sign, cut where they are many or long.
fn cut<'l>(
    language: &str,
    heading: &str,
    lines: impl IntoIterator<Item = (impl AsRef<str>, &'l str)>,
) -> String {
    let mut text = heading.to_owned();
    let mut left_out = 0_usize;
    for (number, (sign, line)) in lines.into_iter().enumerate() {
        if number >= LINES {
            left_out += 1;
            continue;
        }
        let line = line.trim_end_matches(['\n', '\r']);
        let cut: String = line.chars().take(COLUMNS).collect();
        let dots = if cut.len() < line.len() { "…" } else { "" };
        text.push_str(&format!("{}{}{dots}\n", sign.as_ref(), cut.replace('\r', " ")));
    }
    let mut text = block(language, &text);
    if left_out > 0 {
        text.push_str(&format!("… and {} in report.html\n", counted(left_out, ("more line", "more lines"))));
    }
    text
}

/// The beginning of a text that is too long to compare.
fn start(text: &str) -> &str {
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn table(what: &str, there: &str, rows: &[Count]) -> String {
    let mut text =
        format!("\n| {} | {} | on this stage |\n|---|---:|---:|\n", words(what, 120), words(there, 60));
    let number = |count: Option<u64>| count.map_or_else(|| "not shown".to_owned(), grouped);
    for Count { name, then, now } in rows.iter().take(ROWS) {
        text.push_str(&format!("| {} | {} | {} |\n", words(name, 120), number(*then), number(*now)));
    }
    if rows.len() > ROWS {
        text.push_str(&format!(
            "\n… and {} in report.html\n",
            counted(rows.len() - ROWS, ("more row", "more rows"))
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{compared, expected_and_found};
    use crate::verdict::{Compared, Count};

    /// Five hundred lines.
    fn lines() -> String {
        (0..500).map(|line| format!("line {line}\n")).collect::<Vec<_>>().concat()
    }

    #[rstest]
    fn what_is_alike_stands_once() {
        let text = expected_and_found("a\nb", "a\nc");
        assert_eq!(text, "```diff\n- expected\n+ found\n  a\n- b\n+ c\n```\n");
        assert_eq!(expected_and_found("", ""), "");
    }

    #[rstest]
    fn of_a_long_text_only_the_surroundings_of_a_change_are_shown() {
        let recorded = lines();
        let found = recorded.replace("line 250\n", "another\n");
        let text = compared(&Compared::Text { recorded, found });
        assert!(text.contains("- line 250\n+ another\n") && text.lines().count() < 14, "{text}");
    }

    #[rstest]
    fn what_is_left_out_is_said() {
        let found = lines();
        let text = compared(&Compared::Text { recorded: String::new(), found });
        assert!(text.ends_with("… and 380 more lines in report.html\n"), "{text}");
        let row = |number: u64| Count { name: format!("row {number}"), then: Some(number), now: None };
        let rows = (0..70).map(row).collect();
        let text =
            compared(&Compared::Counts { what: "works".to_owned(), there: "on prod".to_owned(), rows });
        assert!(text.contains("| row 7 | 7 | not shown |") && text.contains("… and 10 more rows"), "{text}");
    }
}
