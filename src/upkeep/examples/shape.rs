//! What a record must look like, in words: each demand by itself, so that what several examples share is said once.

use serde_json::Value;

use super::markdown::code;
use crate::suite::Shape;

/// The demands of a shape on a whole record, or on the number of results.
pub fn demands(shape: &Shape) -> Vec<String> {
    of(shape, "")
}

/// The demands on the value at a place, such as `` `items` holds one in which `type` is `DigitalLocation` ``.
fn of(shape: &Shape, place: &str) -> Vec<String> {
    let it = if place.is_empty() { "it".to_owned() } else { code(place) };
    match shape {
        Shape::Equals(value) => vec![format!("{it} is {}", scalar(value))],
        Shape::Object(fields) => {
            let dot = if place.is_empty() { "" } else { "." };
            fields.iter().flat_map(|(name, shape)| of(shape, &format!("{place}{dot}{name}"))).collect()
        }
        Shape::List(elements) => {
            elements.iter().map(|element| format!("{it} holds one {}", that(element))).collect()
        }
        Shape::Matches(pattern) => vec![format!("{it} matches {}", code(pattern.as_str()))],
        Shape::OneOf(values) => {
            vec![format!("{it} is one of {}", values.iter().map(scalar).collect::<Vec<_>>().join(", "))]
        }
        Shape::AtLeast(number) => vec![format!("{it} is at least {number}")],
        Shape::AtMost(number) => vec![format!("{it} is at most {number}")],
        Shape::Count(number) => {
            of(number, "").iter().map(|says| says.replacen("it", &format!("the number of {it}"), 1)).collect()
        }
        Shape::Present => vec![format!("{it} is there")],
        Shape::Absent => vec![format!("{it} is not there")],
        Shape::Every(element) => vec![format!("{it} holds only such {}", that(element))],
        Shape::None(element) => vec![format!("{it} holds none {}", that(element))],
        Shape::All(shapes) => shapes.iter().flat_map(|shape| of(shape, place)).collect(),
    }
}

/// `that is "x"`, `in which "a" is "b" and "c" is there`.
fn that(element: &Shape) -> String {
    let demands = demands(element).join(" and ");
    demands.strip_prefix("it ").map_or_else(|| format!("in which {demands}"), |rest| format!("that {rest}"))
}

fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| code(&value.to_string()), code)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::json;

    use super::demands;
    use crate::suite::Shape;

    fn object(fields: Vec<(&str, Shape)>) -> Shape {
        Shape::Object(fields.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect())
    }

    fn id(value: &str) -> Shape {
        object(vec![("id", Shape::Equals(json!(value)))])
    }

    #[rstest]
    #[case::a_field(object(vec![("workType", id("h"))]), &["`workType.id` is `h`"])]
    #[case::an_element(
        object(vec![("items", Shape::List(vec![id("a"), Shape::Equals(json!(1))]))]),
        &["`items` holds one in which `id` is `a`", "`items` holds one that is `1`"]
    )]
    #[case::both_of_one(
        Shape::List(vec![object(vec![("a", Shape::Present), ("b", Shape::Absent)])]),
        &["it holds one in which `a` is there and `b` is not there"]
    )]
    #[case::a_choice(object(vec![("a", Shape::OneOf(vec![json!("x"), json!("y")]))]), &["`a` is one of `x`, `y`"])]
    #[case::a_number(
        object(vec![("a", Shape::Count(Box::new(Shape::All(vec![Shape::AtLeast(1.0), Shape::AtMost(2.0)]))))]),
        &["the number of `a` is at least 1", "the number of `a` is at most 2"]
    )]
    #[case::all_of_them(Shape::Every(Box::new(id("a"))), &["it holds only such in which `id` is `a`"])]
    #[case::none_of_them(Shape::None(Box::new(id("a"))), &["it holds none in which `id` is `a`"])]
    fn each_demand_is_said_by_itself(#[case] shape: Shape, #[case] said: &[&str]) {
        assert_eq!(demands(&shape), said);
    }
}
