//! `identities`: a source identifier finds exactly the work that it has always found.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{IdentifierType, SourceIdentifier, Text, Work};

/// An identifier of another system, and the one work that it must find.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Identity {
    /// The identifier as that system writes it, such as `b18659135`.
    pub identifier: At<SourceIdentifier>,
    /// Which kind of identifier it is, as the API names it, such as `sierra-system-number`.
    #[serde(rename = "type")]
    pub identifier_type: At<IdentifierType>,
    /// The id of the work that it must find.
    pub finds: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// A source identifier and the one work it must find.
#[derive(Debug, Clone)]
pub struct IdentityExample {
    /// The identifier's value in the source system, such as `b18659135`.
    pub identifier: String,
    /// Its type as the API names it, such as `sierra-system-number`.
    pub identifier_type: String,
    /// The work.
    pub finds: WorkId,
}

impl Named for Identity {
    fn name(&self) -> Option<String> {
        Some(self.identifier.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(_: &mut Checker<'_>, _: NodeId, example: &Identity) -> Option<IdentityExample> {
    Some(IdentityExample {
        identifier: example.identifier.value.as_ref()?.0.clone(),
        identifier_type: example.identifier_type.value.as_ref()?.0.clone(),
        finds: work(&example.finds)?,
    })
}
