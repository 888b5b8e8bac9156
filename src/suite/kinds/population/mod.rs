//! `populations`: how many records of a kind the whole catalogue holds, and by how much that may change.
//!
//! How an example is written is told here, and what the gate sees of it; how the one becomes the other in `read`.

mod read;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use crate::catalogue::{Facet, Selection};
use crate::suite::at::At;
use crate::suite::filters::{self, Filters};
use crate::suite::share::Share;
use crate::suite::words::{Allowance, Ceiling, Floor, ListName, Percent, Text};

pub(super) use read::read;

/// Something that is counted over the whole catalogue, and the bounds that its number must keep to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Population {
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// What is counted: `works`, `images` or `concepts`.
    pub count: At<ListName>,
    /// Only those that pass these filters of the API, such as `{ workType: a }`.
    #[serde(default, rename = "where")]
    pub selected: At<Filters>,
    /// Count them value by value of this facet, such as `workType`; or `state`: visible, redirected, invisible, deleted.
    #[serde(default)]
    pub by: At<Text>,
    /// There are at least so many, in every catalogue that is judged: also in the embedded miniature.
    #[serde(default)]
    pub at_least: At<Floor>,
    /// There are at least so many where a stage is judged, which is no miniature.
    #[serde(default)]
    pub at_least_on_stage: At<Floor>,
    /// There are at most so many.
    #[serde(default)]
    pub at_most: At<Ceiling>,
    /// Which share of all works (or images) passes the filters of `where`.
    #[serde(default)]
    pub share: At<WrittenShare>,
    /// With `by`: values that must be there, each with how many have it at least, such as `{ a: 100, h: 20 }`.
    #[serde(default)]
    pub at_least_in: At<Floors>,
    /// With `by`: the share that may be without any value. Without this key, each must have one.
    #[serde(default)]
    pub without_any: At<Percent>,
    /// By how much it may differ from prod.
    #[serde(default)]
    pub against_prod: At<WrittenChange>,
    /// By how much it may differ from what was recorded and reviewed in `snapshots/`.
    #[serde(default)]
    pub against_baseline: At<WrittenChange>,
}

/// Bounds on a share.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Share", extend("minProperties" = 1))]
pub(in crate::suite) struct WrittenShare {
    /// It is no smaller.
    #[serde(default)]
    pub at_least: At<Percent>,
    /// It is no greater. This is what notices a filter that the API ignores.
    #[serde(default)]
    pub at_most: At<Percent>,
}

/// By how much a number may change; with `by`, also the number of each value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Change")]
pub(in crate::suite) struct WrittenChange {
    /// The most that may be lost, such as `1%`; `0%` for nothing.
    pub loss: At<Percent>,
    /// The most that may be gained, such as `5%`; `0%` for nothing.
    pub gain: At<Percent>,
    /// So many more or fewer make no difference, whatever the per cents say: for small numbers.
    #[serde(default)]
    pub or_by: At<Allowance>,
    /// No more than so many may be lost or gained, whatever the per cents say: for great numbers.
    #[serde(default)]
    pub never_over: At<Allowance>,
    /// With `by`: a value that so many have, or fewer, may vanish or appear. Without this key, none may.
    #[serde(default)]
    pub come_and_go: At<Allowance>,
}

/// The least of each of these values.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("minProperties" = 1))]
pub(in crate::suite) struct Floors(pub std::collections::BTreeMap<String, At<Floor>>);

/// A count over the whole catalogue, and its bounds; there is at least one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationExample {
    /// Which records are counted.
    pub of: Selection,
    /// What they are counted by.
    pub by: Option<By>,
    /// What must hold of the number itself.
    pub bounds: Bounds,
    /// By how much it may differ from prod.
    pub against_prod: Option<Change>,
    /// By how much it may differ from its baseline.
    pub against_baseline: Option<Change>,
}

/// What is counted value by value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The values of a facet.
    Facet(&'static Facet),
    /// What became of a work: it is visible, redirected, invisible or deleted.
    State,
}

/// Bounds on a number that need no other number to compare it with, and how it must agree with itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least there may be.
    pub at_least: Option<u64>,
    /// The least there may be on a stage.
    pub at_least_on_stage: Option<u64>,
    /// The most there may be.
    pub at_most: Option<u64>,
    /// The least share of the whole list.
    pub share_at_least: Option<Share>,
    /// The greatest share of the whole list.
    pub share_at_most: Option<Share>,
    /// The least of each of these values.
    pub at_least_in: Vec<(String, u64)>,
    /// The share that may be without any value.
    pub without_any: Share,
}

/// By how much a number may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The share that may be lost.
    pub loss: Share,
    /// The share that may be gained.
    pub gain: Share,
    /// What makes no difference in any case.
    pub or_by: u64,
    /// What is too much in any case.
    pub never_over: Option<u64>,
    /// The greatest number of a value that may vanish or appear.
    pub come_and_go: u64,
}

impl Named for Population {
    /// What is counted: `works-workType-h-by-languages`. It is the name of the baseline's file too, so it must not
    /// depend on the bounds.
    fn name(&self) -> Option<String> {
        let mut words = vec![self.count.value.as_ref()?.0.clone()];
        words.extend(self.selected.value.as_ref().map(filters::words).unwrap_or_default());
        words.extend(self.by.value.as_ref().map(|by| format!("by {}", by.0)));
        let words = words.join(" ");
        let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Some(parts.collect::<Vec<_>>().join("-"))
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}
