//! A miniature of the catalogue: source records, the pipeline that merges them, and what comes out of it.
//!
//! ```text
//! transformer + generate ──> minter ──> matcher ──> merger ──> relations ──> ingestor ──> catalogue (works, images, concepts)
//! ```
//!
//! Each stage is a file of its own with plain data between, so that a fault can be put where the real one happened:
//! [`faults`] has those that the gate is rehearsed with.
//!
//! It is a crate of its own, so that the compiler vouches that it shares no code with what judges it: one mistake
//! cannot hide in both.
//!
//! [`api`] answers requests about the catalogue as the real API does: pure functions from path and query to status
//! and body. [`stand_ins`] answers for other hosts, to which records link. [`site`] is the website's stand-in, whose
//! pages are made from those answers. [`server`] puts that on a socket, and can be told to misbehave through [`script`].

pub mod api;
pub mod catalogue;
mod concepts;
mod display;
pub mod document;
pub mod faults;
mod generate;
mod generate_archives;
mod images;
mod ingestor;
mod labels;
mod matcher;
mod memo;
mod merger;
mod minter;
mod relations;
pub mod script;
pub mod server;
pub mod site;
mod source;
pub mod stand_ins;
#[cfg(test)]
mod tests;
mod transformer;
mod wire;
mod words;
