//! A miniature of the catalogue: source records, the pipeline that merges them, and what comes out of it.
//!
//! ```text
//! transformer + generate ──> minter ──> matcher ──> merger ──> relations ──> ingestor ──> catalogue (works, images, concepts)
//! ```
//!
//! Each stage is a file of its own with plain data between, so that a fault can be put where the real one happened.

pub mod catalogue;
mod concepts;
mod display;
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
mod source;
#[cfg(test)]
mod tests;
mod transformer;
mod words;
