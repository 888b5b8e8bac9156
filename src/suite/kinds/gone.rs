//! `gone`: a deleted record answers 410.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Text, Work};

/// A deleted work.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Gone {
    /// The id that it had.
    pub work: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// A deleted or invisible record.
#[derive(Debug, Clone)]
pub struct GoneExample {
    /// The record.
    pub work: WorkId,
}

impl Named for Gone {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(_: &mut Checker<'_>, _: NodeId, example: &Gone) -> Option<GoneExample> {
    Some(GoneExample { work: work(&example.work)? })
}
