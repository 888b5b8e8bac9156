//! Product's criteria and examples: the types of `works-examples.yaml`, its parsing and validation.
//!
//! Knows neither HTTP nor insta. Nothing is judged from a file that has a mistake in it.
//!
//! ```text
//! load ──> grow (text to tree) ──> structure (against the schema) ──> validate, kinds, shapes ──> model
//!               │                       │                                  │
//!               └─ syntax ──────────────┴─ wording ─────> mistake <────────┘ ──> refusal
//! ```
//!
//! `file` and `words` say how the file is written; from them comes its schema, for editors and for `structure`.

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

pub use kinds::{
    Claim, GoneExample, HierarchyExample, IdentityExample, InvariantExample, RedirectExample, RequestExample,
    Rule, SampleOf, Share, TreeExpectation, WorkExample,
};
pub use model::*;
pub use refusal::Refusal;
pub use shape::{Pattern, Shape};

#[cfg(test)]
mod tests;
