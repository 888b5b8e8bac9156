//! One mutation: a single thing that is wrong with an answer, how it is put there, and what people are told of it.

use std::fmt;

use serde_json::Value;

use super::place::{Place, Step, get_mut};
use crate::catalogue::{Answer, Body};

/// The kinds of mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A field is not there.
    RemoveField,
    /// An element of a list is not there.
    RemoveElement,
    /// A value is another.
    ChangeValue,
    /// An id is another.
    ChangeId,
    /// A value is of another type: text where an object was.
    ChangeType,
    /// An element of a list is there twice.
    Duplicate,
    /// The elements of a list are in another order.
    Reorder,
    /// A list has no elements.
    Empty,
    /// The answer has another status.
    Status,
    /// A redirect leads elsewhere, or nowhere.
    Location,
}

/// What is done to an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// What stands at the place is taken away.
    Remove,
    /// Something else stands at the place.
    Replace(Value),
    /// The element at the place stands there twice.
    Duplicate,
    /// The elements of the list at the place stand in this order, by their old numbers.
    Order(Vec<usize>),
    /// The answer is this other one.
    Answer(Box<Answer>),
    /// The answer leads here.
    Location(Option<String>),
}

/// A single thing that is wrong with an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutation {
    /// Where in the body; the body itself for what concerns the whole answer.
    pub place: Place,
    /// Of which kind it is.
    pub kind: Kind,
    /// What is done.
    pub change: Change,
}

impl Mutation {
    /// The path that it is counted under: that of its place, or what of the answer is spoiled, in brackets.
    #[must_use]
    pub fn path(&self) -> String {
        match self.kind {
            Kind::Status => "(status)".to_owned(),
            Kind::Location => "(Location)".to_owned(),
            _ => self.place.path(),
        }
    }

    /// The answer with this one thing wrong.
    #[must_use]
    pub fn applied_to(&self, answer: &Answer) -> Answer {
        match &self.change {
            Change::Answer(other) => (**other).clone(),
            Change::Location(location) => Answer { location: location.clone(), ..answer.clone() },
            _ => {
                let mut spoiled = answer.clone();
                if let Body::Json(body) = &mut spoiled.body {
                    self.spoil(body);
                }
                spoiled
            }
        }
    }

    /// A place that the body does not have leaves it as it is.
    fn spoil(&self, body: &mut Value) {
        match (&self.change, self.place.parent()) {
            (Change::Replace(value), _) => {
                if let Some(at) = get_mut(body, self.place.steps()) {
                    *at = value.clone();
                }
            }
            (Change::Order(order), _) => {
                if let Some(Value::Array(elements)) = get_mut(body, self.place.steps()) {
                    *elements = order.iter().filter_map(|nr| elements.get(*nr).cloned()).collect();
                }
            }
            (Change::Remove, Some((above, step))) => match (get_mut(body, above), step) {
                (Some(Value::Object(fields)), Step::Field(name)) => {
                    fields.shift_remove(name);
                }
                (Some(Value::Array(elements)), Step::Element(nr)) if *nr < elements.len() => {
                    elements.remove(*nr);
                }
                _ => {}
            },
            (Change::Duplicate, Some((above, Step::Element(nr)))) => {
                if let Some(Value::Array(elements)) = get_mut(body, above) {
                    let again = elements.get(*nr).cloned();
                    elements.splice(*nr..*nr, again);
                }
            }
            _ => {}
        }
    }
}

impl fmt::Display for Mutation {
    /// In plain words: `items[0].locations[0].url` becomes "https://…".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        match &self.change {
            Change::Remove => write!(f, "`{place}` is taken away"),
            Change::Replace(value) if self.kind == Kind::Empty => {
                write!(f, "`{place}` becomes empty: {value}")
            }
            Change::Replace(value) if self.kind == Kind::ChangeType => {
                write!(f, "`{place}` becomes {value}, which is of another type")
            }
            Change::Replace(value) => write!(f, "`{place}` becomes {value}"),
            Change::Duplicate => write!(f, "`{place}` stands there twice"),
            Change::Order(order) => {
                let order: Vec<String> = order.iter().map(|nr| (nr + 1).to_string()).collect();
                write!(f, "`{place}` is in another order: {}", order.join(", "))
            }
            Change::Answer(answer) => write!(f, "the answer is {} instead", answer.status),
            Change::Location(Some(location)) => write!(f, "the answer leads to {location}"),
            Change::Location(None) => write!(f, "the answer leads nowhere: it has no `Location`"),
        }
    }
}
