//! Places in records: how a difference names its place, and how a rule names places.
//!
//! A place is written `items[].locations[type=DigitalLocation].url`: fields with dots between, `[]` behind a field that
//! is a list, and in the brackets what tells its elements apart, where something does.

use std::fmt;

use serde_json::Value;

use super::identity::{MARKS, mark};

/// Places that a rule is about.
///
/// It is written as a place is. It stands for that place and for all that lies within; `[]`, or no bracket, for every
/// element; `*` for any one field and `**` for any number of them. A search shows records in `results[]`: a pattern
/// stands for places in those as well.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    text: String,
    segments: Vec<Segment>,
}

/// Why something is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// A field has no name.
    #[error("`{0}` has an empty part; write fields with one dot between, such as `items[].locations[].url`")]
    Empty(String),
    /// A bracket is not closed, or something stands behind it.
    #[error(
        "in `{0}` a bracket does not end where it should; write `items[]` or `locations[type=DigitalLocation]`"
    )]
    Bracket(String),
    /// What stands in a bracket tells no element of that list from another.
    #[error(
        "in `{0}` a bracket holds what tells no entries of its list apart; write one of {known}",
        known = MARKS.map(|(list, mark)| format!("{list}[{mark}=…]")).join(", ")
    )]
    Mark(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Segment {
    /// `**`.
    Any,
    /// A field, which may be `*`, and what marks the elements of its list.
    Field { name: String, mark: Option<String> },
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// If it is not written as a place is, or could never stand for one.
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let segments =
            segments(text).map(|segment| Segment::parse(segment, text)).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), segments })
    }

    /// Whether this place is one that it stands for.
    #[must_use]
    pub fn matches(&self, place: &str) -> bool {
        let places: Vec<&str> = segments(place).collect();
        fits(&self.segments, &places)
            || (places.first() == Some(&"results[]") && fits(&self.segments, &places[1..]))
    }

    /// Whether a record has something at one of those places; `null` is nothing.
    #[must_use]
    pub fn is_in(&self, record: &Value) -> bool {
        self.times_in(record) > 0
    }

    /// How often a record has something at those places.
    pub(super) fn times_in(&self, record: &Value) -> usize {
        times_in(&self.segments, record)
    }

    /// What of an answer as a whole it stands for, if it is no place in its JSON: `status` or `location`.
    pub(super) fn of_the_answer(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|text| ["status", "location"].contains(text))
    }

    /// Whether it stands for the status of an answer, which is there whatever is in it.
    pub(super) fn is_status(&self) -> bool {
        self.of_the_answer() == Some("status")
    }

    /// Whether it is written for what lists show, and not for the records themselves.
    pub(super) fn is_of_lists(&self) -> bool {
        matches!(self.segments.first(), Some(Segment::Field { name, .. }) if name == "results")
    }

    /// Whether what it stands for lies within this place, so that it goes when the place goes.
    pub(super) fn lies_within(&self, place: &str) -> bool {
        // These are the whole record.
        if ["", "body"].contains(&place) {
            return true;
        }
        let places: Vec<&str> = segments(place).collect();
        begins(&self.segments, &places)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Segment {
    fn parse(segment: &str, whole: &str) -> Result<Self, BadPattern> {
        if segment == "**" {
            return Ok(Self::Any);
        }
        let (name, bracket) = split(segment);
        if name.is_empty() {
            return Err(BadPattern::Empty(whole.to_owned()));
        }
        let mark = match bracket {
            None => None,
            Some(bracket) => {
                let inside = bracket.strip_suffix(']').filter(|inside| !inside.contains(['[', ']']));
                let inside = inside.ok_or_else(|| BadPattern::Bracket(whole.to_owned()))?;
                let by = inside.split_once('=').map(|(by, _)| by);
                let tells =
                    |by: &str| MARKS.iter().any(|(list, mark)| *mark == by && (*list == name || name == "*"));
                if !inside.is_empty() && !by.is_some_and(tells) {
                    return Err(BadPattern::Mark(whole.to_owned()));
                }
                Some(inside.to_owned()).filter(|inside| !inside.is_empty())
            }
        };
        Ok(Self::Field { name: name.to_owned(), mark })
    }
}

/// The fields of a place, one by one; a dot within a bracket divides nothing.
pub(super) fn segments(place: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    place.split(move |sign| {
        match sign {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == '.' && depth == 0
    })
}

/// The name of a field, and what follows the opening bracket.
pub(super) fn split(segment: &str) -> (&str, Option<&str>) {
    segment.split_once('[').map_or((segment, None), |(name, bracket)| (name, Some(bracket)))
}

fn fits(pattern: &[Segment], place: &[&str]) -> bool {
    match pattern.split_first() {
        None => true,
        Some((Segment::Any, rest)) => (0..=place.len()).any(|skipped| fits(rest, &place[skipped..])),
        Some((Segment::Field { name, mark }, rest)) => place.split_first().is_some_and(|(first, others)| {
            let (field, bracket) = split(first);
            let marked = bracket.map(|bracket| bracket.trim_end_matches(']'));
            (name == "*" || name == field)
                && mark.as_deref().is_none_or(|mark| marked == Some(mark))
                && fits(rest, others)
        }),
    }
}

fn begins(pattern: &[Segment], place: &[&str]) -> bool {
    match (pattern.split_first(), place.split_first()) {
        (_, None) | (Some((Segment::Any, _)), _) => true,
        (None, Some(_)) => false,
        (Some((Segment::Field { name, mark }, rest)), Some((first, others))) => {
            let (field, bracket) = split(first);
            // Without a mark it is the whole list, or an element that may be any.
            let marked = bracket.map(|bracket| bracket.trim_end_matches(']')).filter(|mark| !mark.is_empty());
            (name == "*" || name == field)
                && (mark.is_none() || marked.is_none() || mark.as_deref() == marked)
                && begins(rest, others)
        }
    }
}

fn times_in(pattern: &[Segment], value: &Value) -> usize {
    let Some((first, rest)) = pattern.split_first() else { return usize::from(!value.is_null()) };
    let Value::Object(fields) = value else { return 0 };
    match first {
        Segment::Any => {
            let within = |value: &Value| -> usize {
                match value {
                    Value::Array(elements) => elements.iter().map(|element| times_in(pattern, element)).sum(),
                    value => times_in(pattern, value),
                }
            };
            times_in(rest, value) + fields.values().map(within).sum::<usize>()
        }
        Segment::Field { name, mark: wanted } => {
            let named = fields.iter().filter(|(field, _)| name == "*" || name == *field);
            let times = named.map(|(field, value)| match value {
                Value::Array(elements) => {
                    let is_wanted = |element: &&Value| {
                        wanted.as_ref().is_none_or(|wanted| mark(field, element).as_ref() == Some(wanted))
                    };
                    elements.iter().filter(is_wanted).map(|element| times_in(rest, element)).sum()
                }
                value if wanted.is_none() => times_in(rest, value),
                _ => 0,
            });
            times.sum()
        }
    }
}
