//! Product's criteria and examples: the types of `works-examples.yaml`, its parsing and validation.
//!
//! Knows neither HTTP nor insta. Nothing is judged from a file that has a mistake in it.

mod model;
mod shape;

pub use model::*;
pub use shape::{Pattern, Shape};
