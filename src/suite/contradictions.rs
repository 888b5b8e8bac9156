//! Expectations that cannot hold together: a criterion's and one that an example adds to it.

use super::Shape;
use super::mistake::Mistake;
use super::tree::{NodeId, Tree};

/// An expectation and where it stands.
pub(super) type Placed<'a> = (NodeId, &'a Shape);

/// The mistakes in saying `second` besides `first`.
pub(super) fn between(tree: &Tree, first: Placed<'_>, second: Placed<'_>) -> Vec<Mistake> {
    match (first.1, second.1) {
        (Shape::Object(ones), Shape::Object(others)) => {
            let pairs = others.iter().filter_map(|(name, other)| {
                let (_, one) = ones.iter().find(|(same, _)| same == name)?;
                let one = (tree.entry(first.0, name)?.value, one);
                Some((one, (tree.entry(second.0, name)?.value, other)))
            });
            pairs.flat_map(|(one, other)| between(tree, one, other)).collect()
        }
        (one, other) if exclude(one, other) => {
            let mistake = Mistake::new(
                tree.headline(second.0),
                "this contradicts what the criterion expects",
            )
            .label("the example asks for this")
            .also(tree.headline(first.0), "every example must meet this too")
            .help("no work could meet both: correct one, or put the example into a criterion of its own");
            vec![mistake]
        }
        _ => Vec::new(),
    }
}

fn exclude(one: &Shape, other: &Shape) -> bool {
    parts(one).iter().any(|one| parts(other).iter().any(|other| clash(one, other) || clash(other, one)))
}

fn parts(shape: &Shape) -> &[Shape] {
    if let Shape::All(parts) = shape { parts } else { std::slice::from_ref(shape) }
}

/// Whether no value has both shapes; looked at from the first one's side.
fn clash(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Absent, other) => !matches!(other, Shape::Absent),
        (Shape::Equals(value), Shape::Equals(other)) => value != other,
        (Shape::Equals(value), Shape::OneOf(others)) => !others.contains(value),
        (Shape::OneOf(values), Shape::OneOf(others)) => !values.iter().any(|value| others.contains(value)),
        (Shape::Equals(value), Shape::Matches(pattern)) => {
            !value.as_str().is_some_and(|text| pattern.0.is_match(text))
        }
        (Shape::Equals(value), Shape::AtLeast(low)) => !value.as_f64().is_some_and(|number| number >= *low),
        (Shape::Equals(value), Shape::AtMost(high)) => !value.as_f64().is_some_and(|number| number <= *high),
        (Shape::AtLeast(low), Shape::AtMost(high)) => low > high,
        (Shape::Count(count), Shape::Count(other)) => exclude(count, other),
        (Shape::Count(count), Shape::Present | Shape::Every(_) | Shape::List(_)) => {
            exclude(count, &Shape::AtLeast(1.0))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::{Shape, exclude};

    fn count(shape: Shape) -> Shape {
        Shape::Count(Box::new(shape))
    }

    #[rstest]
    #[case::two_values(Shape::Equals(json!("a")), Shape::Equals(json!("b")))]
    #[case::absent_and_a_value(Shape::Absent, Shape::Equals(json!("b")))]
    #[case::absent_and_fields(Shape::Object(vec![("id".into(), Shape::Present)]), Shape::Absent)]
    #[case::none_of_the_choices(Shape::OneOf(vec![json!(1)]), Shape::Equals(json!(2)))]
    #[case::below_the_least(Shape::Equals(json!(2)), Shape::AtLeast(3.0))]
    #[case::two_counts(count(Shape::Equals(json!(2))), count(Shape::AtMost(1.0)))]
    #[case::no_entries_of_a_list(count(Shape::Equals(json!(0))), Shape::List(vec![Shape::Present]))]
    #[case::one_of_several(Shape::All(vec![Shape::Present, Shape::AtLeast(3.0)]), Shape::AtMost(2.0))]
    fn cannot_hold_together(#[case] one: Shape, #[case] other: Shape) {
        assert!(exclude(&one, &other) && exclude(&other, &one));
    }

    #[rstest]
    #[case::present_and_a_value(Shape::Present, Shape::Equals(json!("b")))]
    #[case::absent_twice(Shape::Absent, Shape::Absent)]
    #[case::a_choice(Shape::OneOf(vec![json!(1), json!(2)]), Shape::Equals(json!(2)))]
    #[case::a_range(Shape::AtMost(3.0), Shape::AtLeast(3.0))]
    #[case::two_lists(Shape::List(vec![Shape::Present]), Shape::List(vec![Shape::Equals(json!(1))]))]
    fn can_hold_together(#[case] one: Shape, #[case] other: Shape) {
        assert!(!exclude(&one, &other) && !exclude(&other, &one));
    }
}
