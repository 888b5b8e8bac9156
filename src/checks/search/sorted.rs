//! `sort: production.dates`: the results really stand in the order of their dates.
//!
//! Records tell their dates in words only. A year is read from a label where there is no doubt about it; results with
//! any other label are passed over, because the API knows more about them than is shown.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::Outcome;
use super::listing::title_of;
use super::results::{Hit, Results};
use crate::suite::Look;
use crate::verdict::Finding;

/// `1845`, `[1845]`, `1845.`, `1845-1850`, `24 October 1934`, `Oct 1934`.
static PLAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[?(?:(?:\d{1,2} )?\p{Lu}\p{Ll}{2,8} )?(\d{4})(?:-\d{4})?\]?\.?$").ok());

/// A result whose dates tell their years.
type Dated<'h> = (&'h Hit<'h>, Years);

/// The results stand in the order of their dates, as far as their labels tell.
pub(super) fn by_date(descending: bool, results: &Results<'_>, look: Look) -> Outcome {
    let dated: Vec<Dated<'_>> =
        results.within(look).iter().filter_map(|hit| Some((hit, Years::of(hit.record)?))).collect();
    if dated.len() < 2 {
        return Outcome::doubtful("no two results tell a year of production, so no order is to be seen");
    }
    let wrong = dated.iter().enumerate().find_map(|(at, later)| {
        let earlier = dated[..at].iter().find(|earlier| must_follow(descending, &earlier.1, &later.1))?;
        Some(finding(descending, earlier, later))
    });
    Outcome::of(dated.len(), wrong)
}

/// Whether one must stand below another, whichever of its dates counts.
fn must_follow(descending: bool, one: &Years, other: &Years) -> bool {
    if descending { one.last < other.first } else { one.first > other.last }
}

fn finding(descending: bool, earlier: &Dated<'_>, later: &Dated<'_>) -> Finding {
    let line = |(hit, years): &Dated<'_>| {
        format!("{}. {} ({})", hit.place, title_of(hit.id, hit.record), years.label)
    };
    let (wrong, expected) =
        if descending { ("newer", "(the newest first)") } else { ("older", "(the oldest first)") };
    Finding {
        at: "results".to_owned(),
        says: format!(
            "the results are not sorted by `production.dates`: number {} is {wrong} than one before it",
            later.0.place
        ),
        expected: expected.to_owned(),
        found: [line(earlier), line(later)].join("\n"),
        ..Finding::default()
    }
}

/// The years of a record that may decide its place: the API takes the earliest or the latest of several.
struct Years {
    first: u16,
    last: u16,
    label: String,
}

impl Years {
    /// `None` if there is no date, or one whose year is in doubt.
    fn of(record: &Value) -> Option<Self> {
        let productions = record.get("production")?.as_array()?;
        let dates = productions
            .iter()
            .flat_map(|one| one.get("dates").and_then(Value::as_array).into_iter().flatten());
        let labels: Vec<&str> = dates.map(|date| date.get("label")?.as_str()).collect::<Option<_>>()?;
        let years: Vec<u16> = labels.iter().map(|label| year(label)).collect::<Option<_>>()?;
        Some(Self { first: *years.iter().min()?, last: *years.iter().max()?, label: labels.join("; ") })
    }
}

/// The year in which the time begins that a label speaks of, if that is beyond doubt.
fn year(label: &str) -> Option<u16> {
    PLAIN.as_ref()?.captures(label.trim())?.get(1)?.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::year;

    #[rstest]
    #[case::a_year("1845", Some(1845))]
    #[case::in_brackets("[1845]", Some(1845))]
    #[case::a_range("1845-1850", Some(1845))]
    #[case::a_day("24 October 1934", Some(1934))]
    #[case::a_month("Oct 1934.", Some(1934))]
    #[case::about("c.1930s-1940s", None)]
    #[case::in_doubt("[1496-1497?]", None)]
    #[case::a_century("19th century", None)]
    #[case::several_numbers("1845, reprinted 1900", None)]
    fn a_year_is_read_only_where_there_is_no_doubt(#[case] label: &str, #[case] expected: Option<u16>) {
        assert_eq!(year(label), expected);
    }
}
