//! Numbers as people read them.

/// `12,345`.
pub(super) fn grouped(number: usize) -> String {
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
pub(super) fn counted(number: usize, (one, many): (&str, &str)) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A count to calculate with; exact up to 2^53, and no catalogue is larger.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// The whole number nearest to what was calculated; 0 for what lies below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what does not fit becomes the nearest that does"
)]
pub(super) fn rounded(number: f64) -> usize {
    number.round() as usize
}

/// `99.5 %`, rounded down, so that it never says 100 % of what is less.
pub(super) fn percent(part: usize, all: usize) -> String {
    let hundredths = (part * 10_000).checked_div(all).unwrap_or_default();
    let number = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{} %", number.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{counted, percent};

    #[rstest]
    #[case::none(0, "0 works")]
    #[case::one(1, "1 work")]
    #[case::hundreds(999, "999 works")]
    #[case::thousands(1_243_000, "1,243,000 works")]
    fn a_number_is_written_with_its_noun(#[case] number: usize, #[case] written: &str) {
        assert_eq!(counted(number, ("work", "works")), written);
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
