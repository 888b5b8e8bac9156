//! Shapes: what a criterion expects of a record, compiled once from the file.
//!
//! Objects match as subsets, a list matches when each of its entries is matched by some element, scalars match
//! when equal; matchers say the rest. How a shape is held against a record is told in `checks::shape`.

use regex::Regex;
use serde_json::Value;

/// An expectation about one JSON value.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A scalar (text, number, true or false) that must be equal.
    Equals(Value),
    /// Fields that must be there, each with its shape; others may be there too.
    Object(Vec<(String, Shape)>),
    /// A list in which each of these is matched by some element. Never empty.
    List(Vec<Shape>),
    /// `matches`: text in which the pattern is found.
    Matches(Pattern),
    /// `one-of`: equal to one of these scalars. Never empty.
    OneOf(Vec<Value>),
    /// `at-least`: a number no smaller.
    AtLeast(f64),
    /// `at-most`: a number no greater.
    AtMost(f64),
    /// `count`: the length of the list has this shape (`Equals`, `AtLeast`, `AtMost` or `All` of these).
    Count(Box<Shape>),
    /// `present: true`: the field is there and neither null nor empty.
    Present,
    /// `absent: true`: the field is not there, or null.
    Absent,
    /// `every`: the list is not empty and each element has this shape.
    Every(Box<Shape>),
    /// `none`: it is a list, and no element has this shape.
    None(Box<Shape>),
    /// Several matchers on one value, all of which must hold.
    All(Vec<Shape>),
}

/// A compiled regular expression that remembers how it was written.
#[derive(Debug, Clone)]
pub struct Pattern(pub Regex);

impl Pattern {
    /// The pattern as it stands in the file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
