//! The manifest of a saved run: what was asked of which stage, and which file holds the answer.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Evidence;
use super::answer_file::write_atomically;
use super::store::StoreError;
use crate::catalogue::{ExpectedRelease, Include, ServedIndex};

/// The manifest's name in the folder of a run.
pub(super) const MANIFEST: &str = "manifest.json";

/// The version of the format; another one is refused.
const FORMAT: u32 = 3;

/// Written last, so that a folder without one is a run that did not come to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Manifest {
    format: u32,
    stage: String,
    embedded: bool,
    cluster: Option<String>,
    prod: Option<String>,
    index_at_start: Option<ServedIndex>,
    index_at_end: Option<ServedIndex>,
    accepted_includes: Vec<String>,
    unknown_includes: Vec<String>,
    expected: ExpectedRelease,
    started: Timestamp,
    ended: Option<Timestamp>,
    requests: usize,
    retries: usize,
    pub resources: Vec<Entry>,
}

/// All that can be read of a manifest whose format is not known.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// One resource of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Entry {
    pub resource: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<NotAnswered>,
}

/// Where the answer is, and how to know that it is still the one that came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Answered {
    pub status: u16,
    pub file: String,
    pub sha256: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NotAnswered {
    pub cause: String,
    pub attempts: u32,
}

impl Manifest {
    /// The manifest of this evidence, whose answers are in these entries.
    pub fn of(evidence: &Evidence, resources: Vec<Entry>) -> Self {
        let names = |set: &BTreeSet<Include>| set.iter().map(|include| include.as_str().to_owned()).collect();
        Self {
            format: FORMAT,
            stage: evidence.stage.clone(),
            embedded: evidence.embedded,
            cluster: evidence.cluster.clone(),
            prod: evidence.prod.clone(),
            index_at_start: evidence.index_at_start.clone(),
            index_at_end: evidence.index_at_end.clone(),
            accepted_includes: names(&evidence.accepted_includes),
            unknown_includes: names(&evidence.unknown_includes),
            expected: evidence.expected.clone(),
            started: evidence.started,
            ended: evidence.ended,
            requests: evidence.requests,
            retries: evidence.retries,
            resources,
        }
    }

    /// The evidence that it describes, without any answer.
    pub fn without_answers(&self, folder: &Path) -> Result<Evidence, StoreError> {
        Ok(Evidence {
            stage: self.stage.clone(),
            embedded: self.embedded,
            cluster: self.cluster.clone(),
            prod: self.prod.clone(),
            index_at_start: self.index_at_start.clone(),
            index_at_end: self.index_at_end.clone(),
            accepted_includes: includes(&self.accepted_includes, folder)?,
            unknown_includes: includes(&self.unknown_includes, folder)?,
            expected: self.expected.clone(),
            started: self.started,
            ended: self.ended,
            requests: self.requests,
            retries: self.retries,
            answers: std::collections::BTreeMap::new(),
        })
    }

    pub fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let json = serde_json::to_vec_pretty(self).expect("a manifest can be written as JSON");
        write_atomically(&folder.join(MANIFEST), &json)
    }

    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        let file = folder.join(MANIFEST);
        let json = match std::fs::read(&file) {
            Ok(json) => json,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NoRun { folder: folder.to_owned() });
            }
            Err(source) => return Err(StoreError::Io { doing: "read", file, source }),
        };
        let damaged =
            |error: serde_json::Error| StoreError::Damaged { file: file.clone(), what: error.to_string() };
        // The version first: a later format may well have fields that this one does not know.
        let Version { format } = serde_json::from_slice(&json).map_err(damaged)?;
        if format != FORMAT {
            return Err(StoreError::Format { file, found: format, known: FORMAT });
        }
        serde_json::from_slice(&json).map_err(damaged)
    }
}

fn includes(names: &[String], folder: &Path) -> Result<BTreeSet<Include>, StoreError> {
    let read = |name: &String| {
        Include::for_field(name).ok_or_else(|| StoreError::Damaged {
            file: folder.join(MANIFEST),
            what: format!("there is no include `{name}`"),
        })
    };
    names.iter().map(read).collect()
}
