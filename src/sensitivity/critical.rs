//! Which mutations are critical: those that take away or change what Product says people see, reach, cite and rely on.

use serde_json::Value;

use super::mutation::{Kind, Mutation};
use super::place::Step;
use crate::catalogue::Answer;
use crate::suite::{Critical, CriticalStep};

/// The paths that a mutation of this answer touches, as the suite lists them. The status of an answer and where it
/// leads are critical without being listed.
#[must_use]
pub fn touched(listed: &[Critical], mutation: &Mutation, answer: &Answer) -> Touched {
    if matches!(mutation.kind, Kind::Status | Kind::Location) {
        return Touched { critical: vec![mutation.path()], excepted: Vec::new() };
    }
    // Errors have no path that is listed: these are of records.
    let Some(record) = answer.json().filter(|_| answer.status == 200) else { return Touched::default() };
    let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
    let is_excepted = |critical: &&Critical| critical.except.iter().any(|work| work.as_str() == id);
    let touched = listed.iter().filter(|critical| is_touched(&critical.steps, mutation, record));
    let (excepted, critical): (Vec<&Critical>, Vec<&Critical>) = touched.partition(is_excepted);
    let paths = |of: Vec<&Critical>| of.iter().map(|critical| critical.path.clone()).collect();
    Touched {
        critical: paths(critical),
        excepted: paths(excepted).into_iter().map(|path: String| (path, id.to_owned())).collect(),
    }
}

/// The critical paths that a mutation touches.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Those of which no change may go unnoticed.
    pub critical: Vec<String>,
    /// Those for which this work is excepted, each with the work.
    pub excepted: Vec<(String, String)>,
}

/// A path that ends in `[]` is about the list as such: which elements it has, how often and in which order. Any other
/// is about the values that stand there, and all that is below.
fn is_touched(path: &[CriticalStep], mutation: &Mutation, record: &Value) -> bool {
    let place = mutation.place.steps();
    let list = path.split_last().filter(|(last, _)| !matches!(last, CriticalStep::Field(_)));
    let is_the_list = |place: &[Step]| list.is_some_and(|(_, list)| lead_to(list, place, record).is_some());
    match mutation.kind {
        Kind::Duplicate => is_the_list(&place[..place.len().saturating_sub(1)]),
        Kind::Reorder => is_the_list(place),
        _ if place.len() > path.len() => {
            list.is_none() && lead_to(path, &place[..path.len()], record).is_some()
        }
        _ => {
            let (above, below) = path.split_at(place.len());
            lead_to(above, place, record).is_some_and(|value| has(value, below))
        }
    }
}

/// What stands at the place in the record, if the path leads there.
fn lead_to<'v>(path: &[CriticalStep], place: &[Step], record: &'v Value) -> Option<&'v Value> {
    if path.len() != place.len() {
        return None;
    }
    path.iter().zip(place).try_fold(record, |value, (path, step)| match (path, step) {
        (CriticalStep::Field(name), Step::Field(field)) if name == field => value.get(field),
        (CriticalStep::Field(_), _) | (_, Step::Field(_)) => None,
        (path, Step::Element(nr)) => value.get(nr).filter(|element| is_meant(path, element)),
    })
}

/// Whether a value has anything at this path below it.
fn has(value: &Value, below: &[CriticalStep]) -> bool {
    match below.split_first() {
        None => !value.is_null(),
        Some((CriticalStep::Field(name), rest)) => value.get(name).is_some_and(|value| has(value, rest)),
        Some((step, rest)) => value
            .as_array()
            .is_some_and(|list| list.iter().any(|element| is_meant(step, element) && has(element, rest))),
    }
}

/// Whether the step leads to this element of a list.
fn is_meant(step: &CriticalStep, element: &Value) -> bool {
    match step {
        CriticalStep::ElementWith { fields, text } => {
            let found = fields.iter().try_fold(element, |value, name| value.get(name));
            found.and_then(Value::as_str) == Some(text)
        }
        CriticalStep::Element | CriticalStep::Field(_) => true,
    }
}
