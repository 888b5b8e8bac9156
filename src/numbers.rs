//! Numbers, days and beginnings of sentences as people read them, in findings and in reports.

use std::fmt::Display;

use jiff::civil::Date;

/// The types that counts come in.
pub trait Count: Display + Copy {}

impl Count for u64 {}
impl Count for usize {}

/// `22 November 2026`.
#[must_use]
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `12,345`.
#[must_use]
pub fn grouped(number: impl Count) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 work`, `12,345 works`.
#[must_use]
pub fn counted(number: impl Count, (one, many): (&str, &str)) -> String {
    let number = grouped(number);
    let noun = if number == "1" { one } else { many };
    format!("{number} {noun}")
}

/// `99.5 %`, rounded down, so that it never says 100 % of what is less.
#[must_use]
pub fn percent(part: usize, all: usize) -> String {
    let hundredths = (part * 10_000).checked_div(all).unwrap_or_default();
    let number = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{} %", number.trim_end_matches('0').trim_end_matches('.'))
}

/// The same text, for the beginning of a sentence.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{counted, grouped, percent};

    #[rstest]
    #[case::none(0, "0 works")]
    #[case::one(1, "1 work")]
    #[case::hundreds(999, "999 works")]
    #[case::thousands(1_243_000, "1,243,000 works")]
    fn a_number_is_written_with_its_noun(#[case] number: usize, #[case] written: &str) {
        assert_eq!(counted(number, ("work", "works")), written);
    }

    #[rstest]
    #[case::hundreds(999, "999")]
    #[case::thousands(1000, "1,000")]
    #[case::millions(1_234_567, "1,234,567")]
    fn a_number_is_grouped_by_thousands(#[case] number: u64, #[case] written: &str) {
        assert_eq!(grouped(number), written);
    }

    #[rstest]
    #[case::all(600, 600, "100 %")]
    #[case::all_but_one_of_many(99_999, 100_000, "99.99 %")]
    #[case::half(1, 2, "50 %")]
    #[case::a_tenth_of_a_per_cent(1, 1000, "0.1 %")]
    #[case::nothing(0, 0, "0 %")]
    fn a_share_is_never_rounded_up(#[case] part: usize, #[case] all: usize, #[case] written: &str) {
        assert_eq!(percent(part, all), written);
    }
}
