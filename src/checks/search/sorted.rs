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

/// The results stand in the order of their dates, as far as their labels tell.
pub(super) fn by_date(descending: bool, results: &Results<'_>, look: Look) -> Outcome {
    let dated: Vec<(&Hit<'_>, Years)> =
        results.within(look).iter().filter_map(|hit| Some((hit, Years::of(hit.record)?))).collect();
    let out_of_order = |pair: &&[(&Hit<'_>, Years)]| {
        let (one, other) = (&pair[0].1, &pair[1].1);
        if descending { one.last < other.first } else { one.first > other.last }
    };
    let first_wrong = dated.windows(2).find(out_of_order);
    if dated.len() < 2 {
        return Outcome::doubtful("no two results tell a year of production, so no order is to be seen");
    }
    Outcome::of(dated.len(), first_wrong.map(|pair| finding(descending, pair)))
}

fn finding(descending: bool, pair: &[(&Hit<'_>, Years)]) -> Finding {
    let line = |(hit, years): &(&Hit<'_>, Years)| {
        format!("{}. {} ({})", hit.place, title_of(hit.id, hit.record), years.label)
    };
    let lines: Vec<String> = pair.iter().map(line).collect();
    Finding {
        at: "results".to_owned(),
        says: format!("the results are not sorted by `production.dates`: number {} is", pair[1].0.place)
            + if descending { " newer than one before it" } else { " older than one before it" },
        expected: if descending { "(the newest first)" } else { "(the oldest first)" }.to_owned(),
        found: lines.join("\n"),
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
