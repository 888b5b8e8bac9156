//! Numbers of the stage beside those of prod or of a baseline: a table, with a pair of bars in each row.

use maud::{Markup, html};

use super::text::{Limits, left_out};
use crate::numbers::grouped;
use crate::verdict::Count;

/// A table of these counts. The numbers are text; the bars only draw them.
pub(super) fn chart(what: &str, there: &str, rows: &[Count], limits: &Limits) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label="Numbers, compared" {
            table.counts {
                caption {
                    (capitalised(what)) ": on the stage, and " (there)
                    ". Upper bar: " (there) "; lower bar: on the stage. The longer of the two fills its row."
                }
                thead {
                    tr {
                        th scope="col" { "Counted" }
                        th.number scope="col" { (capitalised(there)) }
                        th.number scope="col" { "On the stage" }
                        th.number scope="col" { "Change" }
                        td {}
                    }
                }
                tbody { @for row in rows.iter().take(limits.rows) { (line(row, limits)) } }
            }
        }
        @if rows.len() > limits.rows { p { (left_out(rows.len() - limits.rows, ("row", "rows"))) } }
    }
}

fn line(row: &Count, limits: &Limits) -> Markup {
    html! {
        tr.changed[row.then != row.now] {
            th scope="row" { (limits.text(&row.name)) }
            td.number { (number(row.then)) }
            td.number { (number(row.now)) }
            td.number { (change(row)) }
            td.bars { (bars(row)) }
        }
    }
}

fn number(of: Option<u64>) -> String {
    of.map_or_else(|| "not shown".to_owned(), grouped)
}

/// `no change`, `−450`, `+3`; what one side does not show cannot be reckoned.
fn change(row: &Count) -> String {
    match (row.then, row.now) {
        (Some(then), Some(now)) if then == now => "no change".to_owned(),
        (Some(then), Some(now)) if then > now => format!("\u{2212}{}", grouped(then - now)),
        (Some(then), Some(now)) => format!("+{}", grouped(now - then)),
        (Some(_), None) => "gone".to_owned(),
        (None, Some(_)) => "new".to_owned(),
        (None, None) => String::new(),
    }
}

/// Both numbers as bars, of which the longer one is whole.
fn bars(row: &Count) -> Markup {
    let (then, now) = (row.then.unwrap_or_default(), row.now.unwrap_or_default());
    let longest = then.max(now);
    html! {
        svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.then x="0" y="1" width=(share(then, longest)) height="5" {}
            rect.now x="0" y="8" width=(share(now, longest)) height="5" {}
        }
    }
}

/// Per cent of the longest, with one digit; what is more than nothing stays visible.
fn share(number: u64, longest: u64) -> String {
    let thousandths = (u128::from(number) * 1000).checked_div(u128::from(longest)).unwrap_or_default();
    let thousandths = if number > 0 { thousandths.max(5) } else { 0 };
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{change, chart, share};
    use crate::report::html::text::Limits;
    use crate::verdict::Count;

    fn count(then: Option<u64>, now: Option<u64>) -> Count {
        Count { name: "Books (a)".to_owned(), then, now }
    }

    #[rstest]
    #[case::the_same(Some(1), Some(1), "no change")]
    #[case::lost(Some(2000), Some(500), "\u{2212}1,500")]
    #[case::gained(Some(1), Some(4), "+3")]
    #[case::gone(Some(1), None, "gone")]
    #[case::new(None, Some(1), "new")]
    #[case::nowhere(None, None, "")]
    fn a_change_is_told_as_text(#[case] then: Option<u64>, #[case] now: Option<u64>, #[case] told: &str) {
        assert_eq!(change(&count(then, now)), told);
    }

    #[rstest]
    #[case::whole(9, 9, "100.0")]
    #[case::half(450, 900, "50.0")]
    #[case::nothing(0, 900, "0.0")]
    #[case::nothing_of_nothing(0, 0, "0.0")]
    #[case::hardly_anything(1, 1_000_000, "0.5")]
    #[case::very_many(u64::MAX, u64::MAX, "100.0")]
    fn a_bar_is_as_long_as_its_share(#[case] number: u64, #[case] longest: u64, #[case] width: &str) {
        assert_eq!(share(number, longest), width);
    }

    #[rstest]
    fn a_long_table_is_cut_with_an_honest_mark() {
        let limits = Limits { rows: 1, ..Limits::AMPLE };
        let rows = [count(Some(1), Some(1)), count(Some(2), Some(2)), count(Some(3), Some(3))];
        let shown = chart("works", "on prod", &rows, &limits).into_string();
        assert_eq!(shown.matches("Books (a)").count(), 1, "{shown}");
        assert!(shown.contains("[cut here: 2 more rows, in report.json]"), "{shown}");
    }
}
