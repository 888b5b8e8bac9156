//! Two texts side by side, line by line: what was expected or recorded, and what was found.

use maud::{Markup, html};
use similar::{DiffOp, TextDiff};

use super::text::{Limits, left_out};
use crate::numbers::counted;

/// How many equal lines are shown around a difference.
const AROUND: usize = 3;

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
enum Row<'a> {
    /// A line that both sides have.
    Equal(&'a str),
    /// A line of each side; nothing where that side has none.
    Differs(Option<&'a str>, Option<&'a str>),
    /// So many equal lines that are far from any difference.
    Skipped(usize),
}

/// A table of both texts.
pub(super) fn by_side(names: (&str, &str), left: &str, right: &str, limits: &Limits) -> Markup {
    let rows = rows(left, right);
    html! {
        div.wide tabindex="0" role="group" aria-label=(format!("{} and {}, side by side", names.0, names.1)) {
            table.sides {
                thead { tr { th scope="col" { (names.0) } th scope="col" { (names.1) } } }
                tbody {
                    @for row in rows.iter().take(limits.lines) { (line(row, limits)) }
                    @if rows.len() > limits.lines {
                        tr { td colspan="2" { (left_out(rows.len() - limits.lines, ("line", "lines"))) } }
                    }
                }
            }
        }
    }
}

fn rows<'a>(left: &'a str, right: &'a str) -> Vec<Row<'a>> {
    // Both must be cut at the same places: garbled text may hold line ends of other sorts.
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let difference = TextDiff::from_slices(&left, &right);
    let rows: Vec<Row<'a>> = difference.ops().iter().flat_map(|op| of(op, &left, &right)).collect();
    shortened(rows)
}

/// The same without the equal lines that are far from any difference, which are counted.
fn shortened(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let differs = |row: &Row<'_>| matches!(row, Row::Differs(..));
    let near: Vec<bool> = (0..rows.len())
        .map(|at| rows[at.saturating_sub(AROUND)..rows.len().min(at + AROUND + 1)].iter().any(differs))
        .collect();
    let mut shown = Vec::new();
    let mut left_out = 0;
    for (row, near) in rows.into_iter().zip(near) {
        if near {
            shown.extend(skipped(std::mem::take(&mut left_out)));
            shown.push(row);
        } else {
            left_out += 1;
        }
    }
    shown.extend(skipped(left_out));
    shown
}

/// The lines of one step of a difference: changed ones beside one another, as far as both sides have some.
fn of<'a>(op: &DiffOp, left: &[&'a str], right: &[&'a str]) -> Vec<Row<'a>> {
    let left = left.get(op.old_range()).unwrap_or_default();
    let right = right.get(op.new_range()).unwrap_or_default();
    match op {
        DiffOp::Equal { .. } => left.iter().map(|line| Row::Equal(line)).collect(),
        DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
            let row = |nr: usize| Row::Differs(left.get(nr).copied(), right.get(nr).copied());
            (0..left.len().max(right.len())).map(row).collect()
        }
    }
}

fn skipped<'a>(lines: usize) -> Option<Row<'a>> {
    (lines > 0).then_some(Row::Skipped(lines))
}

fn line(row: &Row<'_>, limits: &Limits) -> Markup {
    html! {
        @match row {
            Row::Equal(text) => tr { td { (limits.text(text)) } td { (limits.text(text)) } },
            Row::Differs(left, right) => tr {
                td.del[left.is_some()] { @if let Some(text) = left { del { (limits.text(text)) } } }
                td.ins[right.is_some()] { @if let Some(text) = right { ins { (limits.text(text)) } } }
            },
            Row::Skipped(lines) => tr.skipped {
                td colspan="2" { (counted(*lines, ("equal line", "equal lines"))) }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Row, by_side, rows};
    use crate::report::html::text::Limits;

    #[rstest]
    fn changed_lines_stand_beside_one_another() {
        let expected = [
            Row::Equal("a"),
            Row::Differs(Some("b"), Some("x")),
            Row::Differs(None, Some("y")),
            Row::Equal("c"),
            Row::Differs(Some("d"), None),
        ];
        assert_eq!(rows("a\nb\nc\nd\n", "a\nx\ny\nc\n"), expected);
    }

    #[rstest]
    #[case::with_a_last_line_break("a\n", "b\n")]
    #[case::without("a", "b")]
    #[case::nothing_on_one_side("", "b")]
    fn every_end_of_a_text_can_be_shown(#[case] left: &str, #[case] right: &str) {
        let shown = by_side(("then", "now"), left, right, &Limits::AMPLE).into_string();
        assert!(shown.contains("<ins>b</ins>"), "{shown}");
    }

    #[rstest]
    fn a_line_end_of_another_sort_ends_no_line() {
        let expected = [Row::Differs(Some("a\rb"), Some("a\rc")), Row::Equal("d")];
        assert_eq!(rows("a\rb\nd\n", "a\rc\nd\n"), expected);
    }

    #[rstest]
    fn what_is_equal_and_far_away_is_only_counted() {
        let far = "same\n".repeat(10);
        let shown =
            by_side(("then", "now"), &format!("{far}a\n{far}"), &format!("{far}b\n{far}"), &Limits::AMPLE);
        let shown = shown.into_string();
        assert_eq!(shown.matches("7 equal lines").count(), 2, "{shown}");
        assert_eq!(shown.matches("<td>same</td>").count(), 12, "{shown}");
    }

    #[rstest]
    fn a_long_comparison_is_cut_with_an_honest_mark() {
        let limits = Limits { lines: 2, ..Limits::AMPLE };
        let shown = by_side(("then", "now"), "a\nb\nc\n", "x\ny\nz\n", &limits).into_string();
        assert_eq!(shown.matches("<del>").count(), 2, "{shown}");
        assert!(shown.contains("[cut here: 1 more line, in report.json]"), "{shown}");
    }
}
