//! Upkeep: pages for those who keep the suite, in Markdown. They are no part of a run, and decide nothing.
//!
//! * [`examples`] tells every criterion and example in plain words: `docs/examples.md`.
//! * [`coverage`] tells which parts of the catalogue no example stands for, with works to paste.
//! * [`changes`] tells what is recorded otherwise than before, for whoever approves it.
//! * [`weekly`] tells what needs a hand: reviews, waivers, stale examples, what has no example.

mod changes;
mod coverage;
mod examples;
mod weekly;

pub use changes::changes;
pub use coverage::coverage;
pub use examples::{EXAMPLES_PAGE, examples};
pub use weekly::weekly;
