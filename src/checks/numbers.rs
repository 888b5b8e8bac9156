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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::counted;

    #[rstest]
    #[case::none(0, "0 works")]
    #[case::one(1, "1 work")]
    #[case::hundreds(999, "999 works")]
    #[case::thousands(1_243_000, "1,243,000 works")]
    fn a_number_is_written_with_its_noun(#[case] number: usize, #[case] written: &str) {
        assert_eq!(counted(number, ("work", "works")), written);
    }
}
