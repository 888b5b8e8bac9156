//! Which mutations are critical: those that take away or change what Product says people see, reach, cite and rely on.

use serde_json::Value;

use super::mutation::{Kind, Mutation};
use super::place::{Place, Step};
use crate::catalogue::Answer;
use crate::suite::Critical;

/// The critical paths of a suite.
#[derive(Debug)]
pub struct CriticalPaths(Vec<CriticalPath>);

/// A path, step by step; `None` is any element of a list.
#[derive(Debug)]
struct CriticalPath {
    written: String,
    steps: Vec<Option<String>>,
}

impl CriticalPaths {
    /// The paths that the suite lists.
    #[must_use]
    pub fn of(listed: &[Critical]) -> Self {
        let path = |listed: &Critical| CriticalPath {
            written: listed.path.clone(),
            steps: listed.path.replace("[]", ".[]").split('.').map(step).collect(),
        };
        Self(listed.iter().map(path).collect())
    }

    /// The critical paths that a mutation of this answer touches. The status of an answer and where it leads are
    /// critical without being listed.
    #[must_use]
    pub fn touched(&self, mutation: &Mutation, answer: &Answer) -> Vec<String> {
        if matches!(mutation.kind, Kind::Status | Kind::Location) {
            return vec![mutation.path()];
        }
        // Errors have no path that is listed: these are of records.
        let Some(record) = answer.json().filter(|_| answer.status == 200) else { return Vec::new() };
        let touched = self.0.iter().filter(|path| path.is_touched(mutation, record));
        touched.map(|path| path.written.clone()).collect()
    }
}

fn step(written: &str) -> Option<String> {
    (written != "[]").then(|| written.to_owned())
}

impl CriticalPath {
    /// A path that ends in `[]` is about the list as such: which elements it has, how often and in which order.
    fn is_about_the_list(&self) -> bool {
        self.steps.last().is_some_and(Option::is_none)
    }

    fn is_touched(&self, mutation: &Mutation, record: &Value) -> bool {
        let place = mutation.place.steps();
        let list = || self.steps.split_last().map_or(&[][..], |(_, list)| list);
        match mutation.kind {
            Kind::Duplicate => {
                let above = &place[..place.len().saturating_sub(1)];
                self.is_about_the_list() && lead_to(list(), above)
            }
            Kind::Reorder => self.is_about_the_list() && lead_to(list(), place),
            _ if place.len() > self.steps.len() => {
                !self.is_about_the_list() && lead_to(&self.steps, &place[..self.steps.len()])
            }
            _ => {
                let (above, below) = self.steps.split_at(place.len());
                lead_to(above, place) && stands_below(&mutation.place, below, record)
            }
        }
    }
}

/// Whether these steps of a path, and of a place, are the same.
fn lead_to(path: &[Option<String>], place: &[Step]) -> bool {
    path.len() == place.len()
        && path.iter().zip(place).all(|(path, step)| match (path, step) {
            (Some(name), Step::Field(field)) => name == field,
            (None, Step::Element(_)) => true,
            _ => false,
        })
}

/// Whether the record has a value at these steps below the place.
fn stands_below(place: &Place, below: &[Option<String>], record: &Value) -> bool {
    fn has(value: &Value, below: &[Option<String>]) -> bool {
        match below.split_first() {
            None => !value.is_null(),
            Some((Some(name), rest)) => value.get(name).is_some_and(|value| has(value, rest)),
            Some((None, rest)) => value.as_array().is_some_and(|list| list.iter().any(|it| has(it, rest))),
        }
    }
    place.get(record).is_some_and(|value| has(value, below))
}
