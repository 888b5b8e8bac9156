//! The release gate of the Catalogue API: may this release go from stage to prod?
//!
//! Data flows one way, and the modules stand in its order:
//!
//! ```text
//! works-examples.yaml ──> suite ──> gate (plan) ──> evidence ──> checks ──> verdict ──> report
//! ```
//!
//! * [`suite`] reads Product's criteria and examples, and refuses the file if anything in it is wrong.
//! * [`catalogue`] knows the API: its resources, its client, which release a stage serves.
//! * [`browser`] looks at a page in a real browser, and says what people see there.
//! * [`evidence`] holds what the stage answered: fetched, saved, or loaded again.
//! * [`checks`] judges evidence; pure functions, one file per kind of check.
//! * [`comparison`] says what a release changes: answers of stage beside those of prod; pure as well.
//! * [`estimate`] goes from a sample to the whole catalogue, for checks and comparison alike.
//! * [`verdict`] says what was concluded.
//! * [`numbers`] writes counts as people read them, wherever something is said of them.
//! * [`decision`] folds the verdicts into what follows for the release.
//! * [`gate`] runs the whole street; the only place that knows all the rooms.
//! * [`report`] words the outcome for its readers.
//! * [`upkeep`] writes pages for those who keep the suite; no part of a run.
//! * [`sensitivity`] surveys which single changes of the examples' answers nobody would notice.
//! * [`embedded`] is a miniature catalogue with a server; a crate of its own, so that it shares no code with what
//!   judges it.

pub mod browser;
pub mod catalogue;
pub mod checks;
pub mod comparison;
pub mod decision;
pub mod estimate;
pub mod evidence;
pub mod gate;
pub mod numbers;
pub mod report;
pub mod sensitivity;
pub mod suite;
pub mod upkeep;
pub mod verdict;

pub use embedded_catalogue as embedded;
