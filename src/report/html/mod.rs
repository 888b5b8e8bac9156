//! `report.html`: the run for Product, in one file that needs neither a network nor a script to be read.
//!
//! `page` is its frame: the verdict on top, the criteria, what was judged. `criterion` and `check` tell one of each,
//! `changes` what differs from prod; `sides`, `bars` and `seen` draw what was compared. Every text of others goes through `text`.

mod bars;
mod changes;
mod check;
mod criterion;
mod page;
mod seen;
mod sides;
mod text;
mod words;

#[cfg(test)]
mod reader;
#[cfg(test)]
mod tests;

use std::io;

use self::text::Limits;
use super::Run;

/// The name of the file in the folder of reports.
pub const NAME: &str = "report.html";

/// The largest page that an old phone still opens, in bytes.
const LARGEST: usize = 8_000_000;

/// The page of this run.
///
/// # Errors
///
/// None: all that it needs is in the run.
#[expect(clippy::unnecessary_wraps, reason = "the form that every report has")]
pub(super) fn content(run: &Run) -> io::Result<String> {
    Ok(within(LARGEST, run))
}

/// The page in full, or told more shortly where that would be too large.
fn within(largest: usize, run: &Run) -> String {
    let page = page::of(run, &Limits::AMPLE).into_string();
    if page.len() <= largest { page } else { page::of(run, &Limits::TIGHT).into_string() }
}
