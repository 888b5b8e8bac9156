//! Product's criteria and examples: the types of `works-examples.yaml`, its parsing and validation.
//!
//! Knows neither HTTP nor insta. Nothing is judged from a file that has a mistake in it.

mod at;
mod contradictions;
mod expectation;
mod fields;
mod file;
mod grow;
mod kinds;
mod load;
mod matchers;
mod mistake;
mod model;
mod names;
mod refusal;
mod scalar;
mod schema;
mod shape;
mod shapes;
mod structure;
mod syntax;
mod tree;
mod validate;
mod wording;
mod words;

pub use model::*;
pub use refusal::Refusal;
pub use shape::{Pattern, Shape};

#[cfg(test)]
mod tests;
