//! Reference numbers: which comes first, and which continues another.

use std::cmp::Ordering;

/// A run of signs in a reference number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    /// Digits, without leading noughts: the longer run is the greater number.
    Number(usize, &'a str),
    Text(&'a str),
}

/// The order in which readers expect two reference numbers, numbers read as numbers: `A/2` before `A/10`.
pub fn order(one: &str, other: &str) -> Ordering {
    steps(one).cmp(&steps(other))
}

/// Whether this is the parent's reference number with something behind it: `PP/CRI/A` is that of `PP/CRI`, and
/// `PP/CRIX` is not.
pub fn continues(reference: &str, parent: &str) -> bool {
    let rest = reference.strip_prefix(parent).filter(|_| !parent.is_empty());
    rest.and_then(|rest| rest.chars().next()).is_some_and(|next| !next.is_alphanumeric())
}

fn steps(reference: &str) -> Vec<Step<'_>> {
    let mut rest = reference;
    let mut steps = Vec::new();
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let number = run.trim_start_matches('0');
        steps.push(if digit { Step::Number(number.len(), number) } else { Step::Text(run) });
        rest = after;
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use rstest::rstest;

    use super::{continues, order};

    #[rstest]
    #[case::numbers_as_numbers("PP/1/2", "PP/1/10")]
    #[case::a_number_and_the_same_with_a_letter("SA/PHY/T/1", "SA/PHY/T/1a")]
    #[case::letters("SA/MIG/A", "SA/MIG/B")]
    #[case::a_parent_before_its_part("PP/RAS/A", "PP/RAS/A.2")]
    #[case::more_digits_than_a_number_can_have("A/99999999999999999999998", "A/99999999999999999999999")]
    #[case::noughts_before_a_number("A/007", "A/8")]
    fn this_comes_before_that(#[case] this: &str, #[case] that: &str) {
        assert_eq!(order(this, that), Ordering::Less);
        assert_eq!(order(that, this), Ordering::Greater);
    }

    #[rstest]
    #[case::a_step("PP/CRI/A", "PP/CRI", true)]
    #[case::a_point("PP/RAS/A.2", "PP/RAS/A", true)]
    #[case::after_a_space("UGC 198/8", "UGC 198", true)]
    #[case::another_collection("PP/CRIX/A", "PP/CRI", false)]
    #[case::the_same("PP/CRI", "PP/CRI", false)]
    #[case::another("SA/MIG", "PP/CRI", false)]
    #[case::a_parent_without_one("PP/CRI", "", false)]
    fn a_reference_continues_that_of_its_parent(
        #[case] this: &str,
        #[case] parent: &str,
        #[case] does: bool,
    ) {
        assert_eq!(continues(this, parent), does);
    }
}
