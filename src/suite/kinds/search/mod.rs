//! `searches`: what is searched for, and which records must come back, or must not.
//!
//! Here is the example as it is written. What is asked of the API is read in `asked`, what must come back in
//! `expected`, and how an example is called is told in `name`.

mod asked;
mod claims;
mod expected;
mod name;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use crate::catalogue::Endpoint;
use crate::suite::at::At;
use crate::suite::expectation::{Expectation, HowMany};
use crate::suite::filters::Filters;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Id, ListName, Record, Text};

pub use asked::Search;
pub use claims::{Claim, Expected, LOOKED_AT, Look};

/// A search, and what must come back. At least one of the expectations is needed.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "SearchExample")]
pub(in crate::suite) struct WrittenSearch {
    /// What is typed into the search box. May be left out where `filters`, `sort` or `facets` say what is asked.
    #[serde(default)]
    pub query: At<Text>,
    /// What is searched: `works` (if nothing is said), `images` or `concepts`.
    #[serde(default, rename = "in")]
    pub list: At<ListName>,
    /// Filters, by the API's own names, each with a value or a list of values: `{ workType: [a, k] }`.
    #[serde(default)]
    pub filters: At<Filters>,
    /// What the results are sorted by, as the API calls it, such as `production.dates`. Where the records tell it, it
    /// is checked that they really are sorted.
    #[serde(default)]
    pub sort: At<Text>,
    /// `asc` for the oldest first, `desc` for the newest first.
    #[serde(default)]
    pub sort_order: At<Text>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// A name for the example, where the words of its query make none: lower-case words with hyphens.
    #[serde(default)]
    pub name: At<Id>,
    /// The ids of the first results, in any order: no other record may come before or between them.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub first: At<Vec<At<Record>>>,
    /// The ids of the first results, in exactly this order.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub first_in_order: At<Vec<At<Record>>>,
    /// The ids of all results, in any order: nothing else may be found.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub only: At<Vec<At<Record>>>,
    /// Ids that must be somewhere among the results that are looked at (see `within`).
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub finds: At<Vec<At<Record>>>,
    /// Records that must come before others: `{ these: [a222zvge], before: [a2239muq] }`. All of them must be found.
    #[serde(default)]
    pub ranks: At<Ranks>,
    /// Ids that must not be among the results. Each must be the id of a record that exists.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub never: At<Vec<At<Record>>>,
    /// How many results are looked at, from the first: 100 if nothing is said, never more than 1000.
    #[serde(default)]
    pub within: At<i64>,
    /// How many results there must be in all: a number, or `{ at-least: 2 }`, `{ at-least: 2, at-most: 5 }`.
    #[serde(default)]
    pub results: At<HowMany>,
    /// What every result that is looked at must look like, so that a filter is shown to filter.
    #[serde(default)]
    pub every: At<Expectation>,
    /// Facets whose counts must be those of this very search: `workType`, `availabilities`,
    /// `items.locations.license`; for images `locations.license`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub facets: At<Vec<At<Text>>>,
    /// The search makes no sense, and must be refused with "400 Bad Request"; the error must contain this text.
    #[serde(default)]
    pub refused: At<Text>,
}

/// Records that must come before others.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Ranks {
    /// The ids that must come first; each of them before each of the others.
    #[schemars(length(min = 1))]
    pub these: At<Vec<At<Record>>>,
    /// The ids that must come later.
    #[schemars(length(min = 1))]
    pub before: At<Vec<At<Record>>>,
}

/// A search and what must come back.
#[derive(Debug, Clone)]
pub struct SearchExample {
    /// What is asked.
    pub search: Search,
    /// What must be answered.
    pub expected: Expected,
}

impl WrittenSearch {
    /// The list that is searched: works, if nothing is said. What is no list has been refused by the schema.
    fn endpoint(&self) -> Endpoint {
        self.list.value.as_ref().and_then(ListName::endpoint).unwrap_or(Endpoint::Works)
    }
}

impl Named for WrittenSearch {
    fn name(&self) -> Option<String> {
        match &self.name.value {
            Some(name) => Some(name.0.clone()),
            None => name::of(self),
        }
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }

    fn to_tell_apart(&self) -> &'static str {
        "remove one of the two, or give this one a `name:` of its own"
    }
}

pub(super) fn read(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &WrittenSearch,
) -> Option<SearchExample> {
    let search = asked::read(checker, node, example);
    let expected = expected::read(checker, node, example, search.is_some());
    let named = name::check(checker, node, example);
    named?;
    Some(SearchExample { search: search?, expected: expected? })
}
