//! `redirects`: an old id leads to the record that replaced it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::mistake::Mistake;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Text, Work};

/// An old id that must lead to the work that replaced it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Redirect {
    /// The old id.
    pub from: At<Work>,
    /// The id of the work that replaced it.
    pub to: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// An id that redirects.
#[derive(Debug, Clone)]
pub struct RedirectExample {
    /// The id that people may still hold.
    pub from: WorkId,
    /// The record that it must lead to.
    pub to: WorkId,
}

impl Named for Redirect {
    fn name(&self) -> Option<String> {
        Some(self.from.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &Redirect) -> Option<RedirectExample> {
    let (from, to) = (work(&example.from)?, work(&example.to)?);
    if from == to {
        let at = checker.value_span(example.to.node, node);
        checker.mistakes.push(
            Mistake::new(at, format!("`{from}` cannot redirect to itself"))
                .label("write the id of the work that replaced it"),
        );
        return None;
    }
    Some(RedirectExample { from, to })
}
