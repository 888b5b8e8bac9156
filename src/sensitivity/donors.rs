//! Values to put in place of others: what another example's record has at the same path, so that the spoiled record
//! stays plausible and keeps the contract.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde_json::{Number, Value};

use super::place::Place;

/// The texts and numbers of all records, by path, each with the records that have it.
#[derive(Debug, Default)]
pub struct Donors {
    texts: BTreeMap<String, BTreeMap<String, BTreeSet<usize>>>,
    numbers: BTreeMap<String, Vec<(Number, usize)>>,
}

impl Donors {
    /// Reads these records, which are known by their numbers from now on.
    #[must_use]
    pub fn of<'v>(records: impl IntoIterator<Item = (usize, &'v Value)>) -> Self {
        let mut donors = Self::default();
        for (nr, record) in records {
            donors.read(record, &Place::default(), nr);
        }
        donors
    }

    fn read(&mut self, value: &Value, place: &Place, nr: usize) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| self.read(value, &place.field(name), nr));
            }
            Value::Array(elements) => {
                let element = place.element(0);
                for value in elements {
                    self.read(value, &element, nr);
                }
            }
            Value::String(text) => {
                let texts = self.texts.entry(place.path()).or_default();
                texts.entry(text.clone()).or_default().insert(nr);
            }
            Value::Number(number) => {
                self.numbers.entry(place.path()).or_default().push((number.clone(), nr));
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Another value of the same type: of the other records' values at this path the most alike, or else the value
    /// itself, altered. Nothing for what is no text, number, or yes or no.
    #[must_use]
    pub fn instead_of(&self, value: &Value, path: &str, record: usize) -> Option<Value> {
        match value {
            Value::String(text) => {
                let other = self.text(text, path, record).map_or_else(|| altered(text), ToOwned::to_owned);
                Some(other.into())
            }
            Value::Number(number) => Some(self.number(number, path, record)),
            Value::Bool(yes) => Some((!yes).into()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The text of another record that begins most alike: a neighbour in alphabetical order.
    fn text(&self, text: &str, path: &str, record: usize) -> Option<&str> {
        let texts = self.texts.get(path)?;
        let of_another = |found: &(&String, &BTreeSet<usize>)| found.1.iter().any(|owner| *owner != record);
        let before = texts.range::<str, _>((Bound::Unbounded, Bound::Excluded(text))).rev().find(of_another);
        let after = texts.range::<str, _>((Bound::Excluded(text), Bound::Unbounded)).find(of_another);
        let alike = |other: &str| other.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let neighbours = before.into_iter().chain(after).map(|(other, _)| other.as_str());
        neighbours.max_by_key(|other| alike(other))
    }

    fn number(&self, number: &Number, path: &str, record: usize) -> Value {
        let numbers = self.numbers.get(path).into_iter().flatten();
        let other = numbers.filter(|(other, owner)| other != number && *owner != record).map(|(it, _)| it);
        // The nearest of them; of two that are as near, the first.
        let far = |other: &Number| (other.as_f64().unwrap_or(0.0) - number.as_f64().unwrap_or(0.0)).abs();
        let nearest = other.min_by(|a, b| far(a).total_cmp(&far(b)));
        nearest.map_or_else(|| one_more(number), |nearest| nearest.clone().into())
    }
}

/// A text of the same length and look: its last letter or digit is another.
fn altered(text: &str) -> String {
    let other = |c: char| match c {
        'z' | 'Z' => char::from_u32(u32::from(c) - 1),
        '9' => Some('8'),
        c if c.is_ascii_alphanumeric() => char::from_u32(u32::from(c) + 1),
        _ => None,
    };
    let changed = text.char_indices().rev().find_map(|(at, c)| Some((at, other(c)?)));
    match changed {
        Some((at, c)) => format!("{}{c}{}", &text[..at], &text[at + 1..]),
        None => format!("{text}x"),
    }
}

fn one_more(number: &Number) -> Value {
    match number.as_i64() {
        Some(number) => number.saturating_add(1).into(),
        None => number.as_f64().map_or(0.0, |number| number + 1.0).into(),
    }
}
