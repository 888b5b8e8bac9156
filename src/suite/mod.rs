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
//! From a file without any other mistake, `approval` tells which approvals cover what their criterion says.
//! `lists` reads the text files that the suite file names. `file` and `words` say how the file is written; from them
//! comes its schema, for editors and for `structure`.

pub mod approval;
mod at;
mod compare;
mod contradictions;
mod critical;
mod expectation;
mod fields;
mod file;
mod filters;
mod grow;
mod kinds;
mod lists;
mod load;
mod matchers;
mod mistake;
mod model;
mod overrides;
mod page;
mod refusal;
mod scalar;
mod schema;
mod shape;
mod shapes;
mod share;
mod structure;
mod syntax;
mod tree;
mod validate;
mod wording;
mod words;

pub use compare::{COMPARE, Compare, Drawn, Route, Ruled};
pub use critical::{Critical, CriticalStep};
pub use kinds::{
    Bounds, By, Change, Claim, Expectation, Expected, GoneExample, HierarchyExample, Holds, IdentityExample,
    InvariantExample, LOOKED_AT, LinkKind, LinksExample, LivenessExample, Look, Permalink, PermalinkOf,
    PermalinksExample, PopulationExample, RedirectExample, ReleaseExample, RequestExample, Requests, Rule,
    SampleOf, Search, SearchExample, Slowest, TreeExpectation, WorkExample,
};
pub use model::*;
pub use overrides::Override;
pub use page::{PageErrors, PageExpectation, PagePart, PageRole};
pub use refusal::Refusal;
pub use shape::{Pattern, Shape};
pub use share::Share;

#[cfg(test)]
mod tests;
