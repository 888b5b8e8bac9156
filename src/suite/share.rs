//! A share in per cent, kept exactly: bounds must not depend on how a fraction is rounded.

use std::fmt;

/// A share, in thousandths of a per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u64);

impl Share {
    /// Everything.
    pub const WHOLE: Self = Self(100_000);
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// Reads `1%`, `0.5%` or `12.125 %`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.strip_suffix('%')?.trim_end();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let thousandths: u64 = format!("{fraction:0<3}").parse().ok().filter(|_| fraction.len() <= 3)?;
        let whole: u64 = whole.parse().ok()?;
        Some(Self(whole.checked_mul(1000)?.checked_add(thousandths)?))
    }

    /// This share of a number; what is less than one record is let go.
    #[must_use]
    pub fn of(self, number: u64) -> u64 {
        let share = u128::from(number) * u128::from(self.0) / u128::from(Self::WHOLE.0);
        u64::try_from(share).unwrap_or(u64::MAX)
    }

    /// Whether a part is at least this share of all.
    #[must_use]
    pub fn is_reached_by(self, part: usize, all: usize) -> bool {
        part as u128 * u128::from(Self::WHOLE.0) >= all as u128 * u128::from(self.0)
    }

    /// This share of a number, and one more where it is no whole number of records.
    #[must_use]
    pub fn of_rounded_up(self, number: u64) -> u64 {
        let share = (u128::from(number) * u128::from(self.0)).div_ceil(u128::from(Self::WHOLE.0));
        u64::try_from(share).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.0 / 1000, self.0 % 1000);
        let fraction = format!("{thousandths:03}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{whole} %"),
            fraction => write!(f, "{whole}.{fraction} %"),
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Share;

    #[rstest]
    #[case::whole("1%", 100_000, 1000, "1 %")]
    #[case::fraction("0.5%", 100_000, 500, "0.5 %")]
    #[case::with_a_blank("12.125 %", 100_000, 12_125, "12.125 %")]
    #[case::nothing("0%", 100_000, 0, "0 %")]
    #[case::more_than_all("150%", 10, 15, "150 %")]
    #[case::less_than_one("1%", 99, 0, "1 %")]
    #[case::more_than_a_word_holds("9999%", u64::MAX, u64::MAX, "9999 %")]
    fn a_share_is_exact(#[case] text: &str, #[case] of: u64, #[case] is: u64, #[case] said: &str) {
        let share = Share::parse(text).unwrap();
        assert_eq!((share.of(of), share.to_string().as_str()), (is, said));
    }

    #[rstest]
    #[case::exactly(995, 1000, true)]
    #[case::just_below(994, 1000, false)]
    #[case::of_few(1, 1, true)]
    fn a_share_is_reached_exactly(#[case] part: usize, #[case] all: usize, #[case] reached: bool) {
        assert_eq!(Share::parse("99.5%").unwrap().is_reached_by(part, all), reached);
    }

    #[rstest]
    #[case::what_is_left_over(99, 1)]
    #[case::nothing_left_over(100, 1)]
    fn a_least_share_counts_whole_records(#[case] of: u64, #[case] is: u64) {
        assert_eq!(Share::parse("1%").unwrap().of_rounded_up(of), is);
    }
}
