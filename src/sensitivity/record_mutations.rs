//! Every mutation of a body, one after the other: none by chance, always in the same order.

use serde_json::{Map, Value, json};

use super::donors::Donors;
use super::mutation::{Change, Kind, Mutation};
use super::place::{Place, Step};

/// Every single mutation of this body, which is the record of this number for the donors.
pub(super) fn of_body<'a>(
    body: &'a Value,
    nr: usize,
    donors: &'a Donors,
) -> impl Iterator<Item = Mutation> + 'a {
    places(body).into_iter().flat_map(move |(place, value)| of_value(value, &place, nr, donors))
}

/// Every place below the body's own, from the top down.
fn places(body: &Value) -> Vec<(Place, &Value)> {
    let mut found = vec![(Place::default(), body)];
    let mut next = 0;
    while let Some((place, value)) = found.get(next).cloned() {
        match value {
            Value::Object(fields) => found.extend(fields.iter().map(|(name, it)| (place.field(name), it))),
            Value::Array(elements) => {
                found.extend(elements.iter().enumerate().map(|(nr, it)| (place.element(nr), it)));
            }
            _ => {}
        }
        next += 1;
    }
    found.remove(0);
    found
}

fn of_value(value: &Value, place: &Place, nr: usize, donors: &Donors) -> Vec<Mutation> {
    let mutation = |kind, change| Mutation { place: place.clone(), kind, change };
    let mut mutations = Vec::new();
    match place.steps().last() {
        Some(Step::Element(_)) => {
            mutations.push(mutation(Kind::RemoveElement, Change::Remove));
            mutations.push(mutation(Kind::Duplicate, Change::Duplicate));
        }
        Some(Step::Field(_)) | None => mutations.push(mutation(Kind::RemoveField, Change::Remove)),
    }
    if let Some(other) = donors.instead_of(value, &place.path(), nr) {
        let is_id = matches!(place.steps().last(), Some(Step::Field(name)) if name == "id");
        let kind = if is_id { Kind::ChangeId } else { Kind::ChangeValue };
        mutations.push(mutation(kind, Change::Replace(other)));
    }
    if let Some(other) = of_another_type(value) {
        mutations.push(mutation(Kind::ChangeType, Change::Replace(other)));
    }
    if let Value::Array(elements) = value {
        let orders = other_orders(elements).into_iter();
        mutations.extend(orders.map(|order| mutation(Kind::Reorder, Change::Order(order))));
        // A list of one is empty already if its element is removed.
        if elements.len() > 1 {
            mutations.push(mutation(Kind::Empty, Change::Replace(json!([]))));
        }
    }
    mutations
}

/// What a careless change of a program makes of a value: an object for its text, a text for its object.
fn of_another_type(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(_) | Value::Number(_) => Some(value.to_string().into()),
        Value::String(text) => Some(json!({ "label": text })),
        Value::Array(elements) => Some(elements.first().cloned().unwrap_or(json!({}))),
        Value::Object(fields) => Some(text_of(fields).into()),
    }
}

/// The text that an object is known by.
fn text_of(fields: &Map<String, Value>) -> &str {
    let known_by = ["label", "title", "value", "url", "id"];
    known_by.iter().find_map(|name| fields.get(*name)?.as_str()).unwrap_or("(an object)")
}

/// Backwards; and, if there are more than two, with the first two that differ changed about.
fn other_orders(elements: &[Value]) -> Vec<Vec<usize>> {
    let is_another = |order: &Vec<usize>| order.iter().zip(elements).any(|(nr, old)| elements[*nr] != *old);
    let backwards: Vec<usize> = (0..elements.len()).rev().collect();
    let differing = elements.windows(2).position(|two| two[0] != two[1]);
    let swapped = differing.filter(|_| elements.len() > 2).map(|at| {
        let mut order: Vec<usize> = (0..elements.len()).collect();
        order.swap(at, at + 1);
        order
    });
    std::iter::once(backwards).chain(swapped).filter(is_another).collect()
}
