//! Slips of the API: what its code may do wrongly over a catalogue in which all is well.

use serde_json::Value;

use super::Service;
use super::errors::Refusal;
use super::paging::Page;
use super::paths;
use super::query::Mistakes;
use super::search::SearchIndex;
use crate::labels;

/// Something that the API does wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Redirects lead to prod, whichever host was asked.
    RedirectsToProd,
    /// Results of a search stand in the order of their ids.
    IgnoresRank,
    /// Filters are read, and not applied.
    IgnoresFilters,
    /// No total is greater than a thousand.
    CapsTotals,
    /// Aggregations count the whole catalogue, whatever was searched for.
    CountsEverything,
    /// A record whose licence it does not know cannot be shown.
    RefusesUnknownLicences,
    /// A request that makes no sense is answered as if it made some.
    AcceptsAnything,
    /// A search that finds nothing finds everything.
    FindsAnything,
    /// A work that never was breaks it.
    BreaksAtUnknownWorks,
}

/// The most that a capped total says.
const CAP: usize = 1000;

impl Service {
    /// What is said to be the total of so many.
    pub(super) fn total(&self, found: usize) -> usize {
        if self.slips(Slip::CapsTotals) { found.min(CAP) } else { found }
    }

    /// Ids that a search has found in an index, best first.
    pub(super) fn found<'a>(&self, index: &'a SearchIndex, query: &str) -> Vec<&'a str> {
        let mut ids = index.search(query);
        if ids.is_empty() && self.slips(Slip::FindsAnything) {
            return index.all().collect();
        }
        if self.slips(Slip::IgnoresRank) {
            ids.sort_unstable();
        }
        ids
    }

    /// Refuses a request for what is wrong with it.
    pub(super) fn check_asked(&self, mistakes: Mistakes) -> Result<(), Refusal> {
        if self.slips(Slip::AcceptsAnything) { Ok(()) } else { mistakes.check() }
    }

    /// Refuses a page that ends beyond the window.
    pub(super) fn check_window(&self, page: Page) -> Result<(), Refusal> {
        if self.slips(Slip::AcceptsAnything) { Ok(()) } else { page.check_window() }
    }

    /// The answer to a request for a work that never was.
    pub(super) fn unknown_work(&self, id: &str) -> Refusal {
        if self.slips(Slip::BreaksAtUnknownWorks) {
            return Refusal::broken();
        }
        Refusal::not_found(format!("Work not found for identifier {id}"))
    }

    /// Whether records can be shown together.
    pub(super) fn check_shown<'a>(
        &self,
        records: impl IntoIterator<Item = &'a Value>,
    ) -> Result<(), Refusal> {
        let refuses = self.slips(Slip::RefusesUnknownLicences);
        if refuses && records.into_iter().any(has_unknown_licence) {
            return Err(Refusal::broken());
        }
        Ok(())
    }
}

fn has_unknown_licence(record: &Value) -> bool {
    let places: [paths::Path; 2] =
        [&["items", "locations", "license", "id"], &["locations", "license", "id"]];
    let mut codes = places.iter().flat_map(|path| paths::texts(record, path));
    codes.any(|code| labels::license(code).1.is_empty())
}
