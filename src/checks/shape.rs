//! Holding a shape against a record: does it match, and if not, how does the nearest part of the record differ?
//!
//! `holds` is the quick answer. Only when it is no, `findings` builds the two views that people compare: what was
//! expected (with the record's own values wherever they are right) and what was found (only the fields that the
//! shape speaks of), so that the lines that differ are the lines that are wrong.

use std::cmp::Reverse;

use serde_json::{Map, Value};

use super::yaml::to_yaml;
use crate::suite::Shape;
use crate::verdict::Finding;

/// What is shown where there is no value.
const NOTHING: &str = "(nothing)";

/// Whether the value (`None`: the field is not there) has the shape.
#[must_use]
pub fn holds(shape: &Shape, found: Option<&Value>) -> bool {
    let found = found.filter(|value| !value.is_null());
    match (shape, found) {
        (Shape::Absent, found) => found.is_none(),
        (Shape::All(shapes), found) => shapes.iter().all(|shape| holds(shape, found)),
        (_, None) => false,
        (Shape::Equals(expected), Some(found)) => equal(expected, found),
        (Shape::Object(fields), Some(found)) => {
            found.is_object() && fields.iter().all(|(name, shape)| holds(shape, found.get(name)))
        }
        (Shape::List(shapes), Some(found)) => found.as_array().is_some_and(|elements| {
            shapes.iter().all(|shape| elements.iter().any(|element| holds(shape, Some(element))))
        }),
        (Shape::Matches(pattern), Some(found)) => found.as_str().is_some_and(|text| pattern.0.is_match(text)),
        (Shape::OneOf(values), Some(found)) => values.iter().any(|value| equal(value, found)),
        (Shape::AtLeast(bound), Some(found)) => found.as_f64().is_some_and(|number| number >= *bound),
        (Shape::AtMost(bound), Some(found)) => found.as_f64().is_some_and(|number| number <= *bound),
        (Shape::Count(shape), Some(found)) => {
            found.as_array().is_some_and(|elements| holds(shape, Some(&Value::from(elements.len()))))
        }
        (Shape::Present, Some(found)) => !is_empty(found),
        (Shape::Every(shape), Some(found)) => found.as_array().is_some_and(|elements| {
            !elements.is_empty() && elements.iter().all(|element| holds(shape, Some(element)))
        }),
        (Shape::None(shape), Some(found)) => found
            .as_array()
            .is_some_and(|elements| !elements.iter().any(|element| holds(shape, Some(element)))),
    }
}

/// How many values were there for the shape to be held against. None if it speaks of elements of an empty list only.
#[must_use]
pub fn values(shape: &Shape, found: Option<&Value>) -> usize {
    let found = found.filter(|value| !value.is_null());
    let elements = found.and_then(Value::as_array);
    let of_each = |shape: &Shape| -> usize {
        elements.into_iter().flatten().map(|element| values(shape, Some(element)).max(1)).sum()
    };
    match shape {
        Shape::Absent => 1,
        Shape::All(shapes) => shapes.iter().map(|shape| values(shape, found)).sum(),
        Shape::Object(fields) => {
            fields.iter().map(|(name, shape)| values(shape, found.and_then(|it| it.get(name)))).sum()
        }
        Shape::List(shapes) => shapes.iter().map(of_each).sum(),
        Shape::Every(shape) | Shape::None(shape) => of_each(shape),
        Shape::Equals(_)
        | Shape::Matches(_)
        | Shape::OneOf(_)
        | Shape::AtLeast(_)
        | Shape::AtMost(_)
        | Shape::Count(_)
        | Shape::Present => usize::from(found.is_some()),
    }
}

/// What is wrong with the value, a finding for each field that differs; none if it has the shape.
///
/// `at` is where the value stands, as people write it; empty for the record as a whole.
#[must_use]
pub fn findings(shape: &Shape, found: Option<&Value>, at: &str) -> Vec<Finding> {
    if holds(shape, found) {
        return Vec::new();
    }
    match (shape, found) {
        (Shape::Object(fields), Some(Value::Object(object))) => fields
            .iter()
            .flat_map(|(name, shape)| findings(shape, object.get(name), &join(at, name)))
            .collect(),
        (Shape::All(shapes), found) => shapes.iter().flat_map(|shape| findings(shape, found, at)).collect(),
        _ => vec![finding(shape, found, at)],
    }
}

fn finding(shape: &Shape, found: Option<&Value>, at: &str) -> Finding {
    let views = views(shape, found);
    let yaml = |view: &Option<Value>| view.as_ref().map_or(NOTHING.to_owned(), to_yaml);
    Finding {
        at: at.to_owned(),
        says: sentence(shape, found, at),
        expected: yaml(&views.expected),
        found: yaml(&views.found),
        ..Finding::default()
    }
}

/// The finding in one sentence.
fn sentence(shape: &Shape, found: Option<&Value>, at: &str) -> String {
    let name = if at.is_empty() { "the record".to_owned() } else { format!("`{at}`") };
    let Some(found) = found.filter(|value| !value.is_null()) else {
        return format!("{name} is missing");
    };
    let elements = found.as_array().map(Vec::as_slice);
    let wants_a_list = matches!(shape, Shape::List(_) | Shape::Every(_) | Shape::None(_) | Shape::Count(_));
    match (shape, elements) {
        (_, None) if wants_a_list => format!("{name} should be a list, and is {}", kind(found)),
        (Shape::Count(_), Some(elements)) => format!("{name} has {}", count(elements.len())),
        (Shape::None(_), Some(_)) => format!("{name} holds what must not be there"),
        (Shape::Absent, _) => format!("{name} is there, and must not be"),
        (Shape::Present, _) | (Shape::List(_) | Shape::Every(_), Some([])) => format!("{name} is empty"),
        (Shape::List(shapes), Some(elements)) => not_there(shapes, elements, &name),
        (Shape::Every(_), Some(_)) => format!("not every element of {name} is as expected"),
        _ => format!("{name} is not as expected"),
    }
}

/// How many of the entries that a list must have are matched by none of its elements.
fn not_there(shapes: &[Shape], elements: &[Value], name: &str) -> String {
    let is_there = |shape: &&Shape| elements.iter().any(|element| holds(shape, Some(element)));
    match (shapes.iter().filter(|shape| !is_there(shape)).count(), shapes.len()) {
        (missing, all) if missing == all => {
            format!("nothing in {name} is as expected; the nearest is shown")
        }
        (1, all) => format!("1 of the {all} that are expected in {name} is not there; the nearest is shown"),
        (missing, all) => {
            format!("{missing} of the {all} that are expected in {name} are not there; the nearest is shown")
        }
    }
}

fn count(elements: usize) -> String {
    if elements == 1 { "1 element".to_owned() } else { format!("{elements} elements") }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The two sides of a comparison, and by how much they differ.
struct Views {
    expected: Option<Value>,
    found: Option<Value>,
    /// How many leaves of the shape do not hold; the nearest element is the one with the fewest.
    cost: usize,
    /// How many of the values that the shape asks for are there at all. Of elements that are equally near, the one that
    /// has most of them is the one that was meant: a wrong licence tells more than none.
    there: usize,
}

impl Views {
    fn differ(expected: impl Into<Value>, found: Option<&Value>, cost: usize) -> Self {
        Self { expected: Some(expected.into()), cost, ..Self::agree(found) }
    }

    fn agree(found: Option<&Value>) -> Self {
        Self { expected: found.cloned(), found: found.cloned(), cost: 0, there: usize::from(found.is_some()) }
    }

    /// The order of the elements that might be meant: the nearest first.
    fn distance(&self) -> (usize, Reverse<usize>) {
        (self.cost, Reverse(self.there))
    }
}

fn views(shape: &Shape, found: Option<&Value>) -> Views {
    let matched = holds(shape, found);
    match (shape, found) {
        (Shape::Object(fields), Some(Value::Object(object))) => object_views(fields, object),
        (Shape::List(shapes), Some(Value::Array(elements))) => list_views(shapes, elements),
        (Shape::All(shapes), found) => all_views(shapes, found),
        (_, found) if matched => Views::agree(found),
        (Shape::Every(shape), Some(Value::Array(elements))) => every_views(shape, elements),
        (Shape::None(inner), Some(Value::Array(elements))) => {
            let unwanted: Vec<Value> = elements
                .iter()
                .filter(|element| holds(inner, Some(element)))
                .filter_map(|element| views(inner, Some(element)).found)
                .collect();
            Views::differ(describe(shape), Some(&Value::Array(unwanted)), 1)
        }
        (Shape::Count(_), Some(Value::Array(elements))) => {
            Views::differ(describe(shape), Some(&Value::from(count(elements.len()))), 1)
        }
        (_, found) => Views::differ(describe(shape), found, leaves(shape)),
    }
}

fn object_views(fields: &[(String, Shape)], object: &Map<String, Value>) -> Views {
    let (mut expected, mut found, mut cost, mut there) = (Map::new(), Map::new(), 0, 0);
    for (name, shape) in fields {
        let field = views(shape, object.get(name));
        cost += field.cost;
        there += field.there;
        expected.extend(field.expected.map(|value| (name.clone(), value)));
        found.extend(field.found.map(|value| (name.clone(), value)));
    }
    if found.is_empty() {
        // An empty object would leave the reader to guess what it lacks.
        found.extend(expected.keys().map(|name| (name.clone(), NOTHING.into())));
    }
    Views { expected: Some(expected.into()), found: Some(found.into()), cost, there }
}

/// Each entry of the shape beside the element that is nearest to it. Where some have none that matches, the others are
/// left out: whoever looks for what is not there would take them for it.
fn list_views(shapes: &[Shape], elements: &[Value]) -> Views {
    let nearest = |shape: &Shape| {
        let all = elements.iter().map(|element| views(shape, Some(element)));
        all.min_by_key(Views::distance).unwrap_or_else(|| Views::differ(describe(shape), None, leaves(shape)))
    };
    let entries: Vec<Views> = shapes.iter().map(nearest).collect();
    let cost = entries.iter().map(|entry| entry.cost).sum();
    let there = entries.iter().map(|entry| entry.there).sum();
    let shown = entries.into_iter().filter(|entry| cost == 0 || entry.cost > 0);
    let (expected, found): (Vec<_>, Vec<_>) = shown.map(|entry| (entry.expected, entry.found)).unzip();
    Views { expected: Some(list(expected)), found: Some(list(found)), cost, there }
}

fn every_views(shape: &Shape, elements: &[Value]) -> Views {
    let failing: Vec<Views> = elements
        .iter()
        .filter(|element| !holds(shape, Some(element)))
        .map(|element| views(shape, Some(element)))
        .collect();
    if failing.is_empty() {
        return Views::differ(
            describe_matcher("every", shape),
            Some(&Value::Array(Vec::new())),
            leaves(shape),
        );
    }
    let cost = failing.iter().map(|view| view.cost).sum();
    let there = failing.iter().map(|view| view.there).sum();
    let (expected, found): (Vec<_>, Vec<_>) =
        failing.into_iter().map(|view| (view.expected, view.found)).unzip();
    Views { expected: Some(list(expected)), found: Some(list(found)), cost, there }
}

/// One side of a list.
fn list(side: Vec<Option<Value>>) -> Value {
    side.into_iter().flatten().collect()
}

/// Several matchers on one value: those that fail, in words, beside the value.
fn all_views(shapes: &[Shape], found: Option<&Value>) -> Views {
    let failing: Vec<String> =
        shapes.iter().filter(|shape| !holds(shape, found)).map(|shape| to_yaml(&describe(shape))).collect();
    match failing.len() {
        0 => Views::agree(found),
        cost => Views::differ(failing.join(" and "), found, cost),
    }
}

/// The shape itself in words, for where the record has nothing to show beside it.
fn describe(shape: &Shape) -> Value {
    let list = |values: &[Value]| values.iter().map(to_yaml).collect::<Vec<_>>().join(", ");
    match shape {
        Shape::Equals(value) => value.clone(),
        Shape::Object(fields) => {
            fields.iter().map(|(name, shape)| (name.clone(), describe(shape))).collect::<Map<_, _>>().into()
        }
        Shape::List(shapes) => shapes.iter().map(describe).collect(),
        Shape::Matches(pattern) => format!("(text that matches {})", pattern.as_str()).into(),
        Shape::OneOf(values) => format!("(one of {})", list(values)).into(),
        Shape::AtLeast(bound) => format!("(at least {bound})").into(),
        Shape::AtMost(bound) => format!("(at most {bound})").into(),
        Shape::Count(shape) => format!("(a list of {} elements)", to_yaml(&describe(shape))).into(),
        Shape::Present => "(something)".into(),
        Shape::Absent => NOTHING.into(),
        Shape::Every(shape) => describe_matcher("every", shape),
        Shape::None(shape) => describe_matcher("none", shape),
        Shape::All(shapes) => {
            let parts: Vec<String> = shapes.iter().map(|shape| to_yaml(&describe(shape))).collect();
            parts.join(" and ").into()
        }
    }
}

fn describe_matcher(name: &str, shape: &Shape) -> Value {
    Map::from_iter([(name.to_owned(), describe(shape))]).into()
}

/// How many things the shape asks for.
fn leaves(shape: &Shape) -> usize {
    match shape {
        Shape::Object(fields) => fields.iter().map(|(_, shape)| leaves(shape)).sum::<usize>().max(1),
        Shape::List(shapes) | Shape::All(shapes) => shapes.iter().map(leaves).sum::<usize>().max(1),
        Shape::Every(shape) => leaves(shape),
        _ => 1,
    }
}

/// Equal as JSON; numbers by their value, so that 3 equals 3.0.
fn equal(expected: &Value, found: &Value) -> bool {
    expected == found || (expected.is_number() && expected.as_f64() == found.as_f64())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

#[cfg(test)]
mod tests;
