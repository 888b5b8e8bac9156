//! Days in parameters, and the days that works speak of.
//!
//! Display documents carry labels only (`[1763]`, `c.1930s-1940s`), so the years are read from them.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use super::paths;

/// A day as a number that sorts: 18720307 is 7 March 1872.
pub type Day = u32;

/// One digital location in so many is new.
const NEW: u32 = 64;

/// Which days of a work a filter or a sort looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// When it may have been produced.
    Produced,
    /// When its digital locations came to be, in an index that was last updated on this day.
    Created {
        /// The day of the last update.
        updated: Date,
    },
}

impl Days {
    /// The days of this work.
    #[must_use]
    pub fn of(self, work: &Value) -> Vec<Day> {
        match self {
            Self::Produced => produced(work),
            Self::Created { updated } => created(work, updated),
        }
    }
}

/// Reads `YYYY-MM-DD`.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    let date: jiff::civil::Date = text.parse().ok()?;
    // jiff also reads other forms, such as 18720307, which the API refuses.
    (text == date.to_string()).then(|| day_of(date))
}

/// The first of January of `year`.
#[must_use]
pub fn first_day_of(year: u32) -> Day {
    year * 10_000 + 101
}

/// The year in which the time begins that a label speaks of: the first number that can be one.
#[must_use]
pub fn first_year(label: &str) -> Option<u32> {
    let numbers = label.split(|character: char| !character.is_ascii_digit());
    let year = numbers.filter(|digits| digits.len() == 4).find_map(|digits| digits.parse().ok());
    year.filter(|year| (1000..2100).contains(year)).or_else(|| first_year_of_century(label))
}

/// `19th century` begins in 1800, as catalogues count.
fn first_year_of_century(label: &str) -> Option<u32> {
    let before = label.split_once(" century")?.0;
    let ordinal = before.rsplit([' ', '-', '[']).next()?;
    let number: u32 =
        ordinal.trim_end_matches(|character: char| character.is_ascii_alphabetic()).parse().ok()?;
    (1..=21).contains(&number).then(|| (number - 1) * 100)
}

/// The days on which a work may have been produced first: one for each of its date labels that tells a year.
fn produced(work: &Value) -> Vec<Day> {
    let labels = paths::texts(work, &["production", "dates", "label"]);
    labels.into_iter().filter_map(first_year).map(first_day_of).collect()
}

/// The days on which the digital locations of a work came to be, in an index that was last `updated` on this day.
///
/// Display documents do not carry them. So that the filter and the sort can be tried, each address has a day
/// of its own, made up but always the same, between 2012 and 2025; but for one in 64, which is of the last week before
/// the update: a catalogue that lives always has something new.
fn created(work: &Value, updated: Date) -> Vec<Day> {
    let urls = paths::texts(work, &["items", "locations", "url"]);
    urls.into_iter().map(|url| made_up_day(url, updated)).collect()
}

fn made_up_day(url: &str, updated: Date) -> Day {
    let hash = url.bytes().fold(5381_u32, |hash, byte| hash.wrapping_mul(33) ^ u32::from(byte));
    if hash % NEW == 0 {
        return day_of(updated - i64::from(hash / NEW % 7).days());
    }
    first_day_of(2012 + hash % 14) + hash / 14 % 12 * 100 + hash / 168 % 28
}

fn day_of(date: Date) -> Day {
    let year = date.year().unsigned_abs();
    first_day_of(year.into())
        + u32::from(date.month().unsigned_abs() - 1) * 100
        + u32::from(date.day().unsigned_abs() - 1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::bracketed("[1763]", Some(1763))]
    #[case::decades("c.1930s-1940s", Some(1930))]
    #[case::a_full_date("19 Apr 1977", Some(1977))]
    #[case::doubtful("[1496-1497?]", Some(1496))]
    #[case::a_century("19th century", Some(1800))]
    #[case::no_date("n.d.", None)]
    fn year_is_read_from_the_label(#[case] label: &str, #[case] year: Option<u32>) {
        assert_eq!(first_year(label), year);
    }

    #[rstest]
    #[case::a_day("1872-03-07", Some(18_720_307))]
    #[case::a_year_alone("1872", None)]
    #[case::no_such_day("1872-02-30", None)]
    #[case::without_dashes("18720307", None)]
    fn day_is_read_only_in_the_documented_form(#[case] text: &str, #[case] day: Option<Day>) {
        assert_eq!(parse_day(text), day);
    }

    #[rstest]
    #[case::of_the_day(jiff::civil::date(2026, 8, 20))]
    #[case::of_another_day(jiff::civil::date(2027, 1, 3))]
    fn some_of_what_is_digitised_is_new(#[case] updated: Date) {
        let days = (0..1000).map(|nr| made_up_day(&format!("https://iiif.example/{nr}"), updated));
        let new = days
            .filter(|day| *day >= day_of(updated - 6.days()))
            .inspect(|day| assert!(*day <= day_of(updated)));
        assert!((5..50).contains(&new.count()));
    }
}
