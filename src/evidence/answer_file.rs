//! One saved answer: its file's name, its bytes, and how they are written whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::manifest::{Answered, Entry, NotAnswered};
use super::store::StoreError;
use crate::catalogue::{Answer, Body, Resource, Unanswered};

/// Where the answers of a run are, within its folder.
pub(super) const ANSWERS: &str = "answers";

/// How much of a resource is readable in the name of its file.
const LONGEST_SLUG: usize = 60;

/// What a file holds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Saved<B> {
    resource: String,
    status: u16,
    location: Option<String>,
    body: B,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum BodyOut<'a> {
    Json(&'a Value),
    #[serde(rename_all = "camelCase")]
    Text {
        content_type: &'a str,
        text: &'a str,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum BodyIn {
    Json(Value),
    #[serde(rename_all = "camelCase")]
    Text {
        content_type: String,
        text: String,
    },
}

/// Saves what came back for a resource; what has no answer needs no file.
pub(super) fn save(
    folder: &Path,
    resource: &Resource,
    outcome: &Result<Answer, Unanswered>,
) -> Result<Entry, StoreError> {
    let name = resource.as_str().to_owned();
    let answer = match outcome {
        Ok(answer) => answer,
        Err(Unanswered { cause, attempts }) => {
            let unanswered = NotAnswered { cause: cause.clone(), attempts: *attempts };
            return Ok(Entry { resource: name, answered: None, unanswered: Some(unanswered) });
        }
    };
    let bytes = to_bytes(resource, answer);
    let file = file_of(resource);
    write_atomically(&folder.join(&file), &bytes)?;
    let answered = Answered { status: answer.status, file, sha256: sha256(&bytes) };
    Ok(Entry { resource: name, answered: Some(answered), unanswered: None })
}

/// Loads what an entry of the manifest describes.
pub(super) fn load(folder: &Path, entry: &Entry) -> Result<Result<Answer, Unanswered>, StoreError> {
    let damaged = |file: PathBuf, what: &str| StoreError::Damaged { file, what: what.to_owned() };
    match (&entry.answered, &entry.unanswered) {
        (Some(answered), None) => {
            let resource = Resource::new(entry.resource.as_str());
            let file = folder.join(file_of(&resource));
            let answer = read(&file, &answered.sha256)?;
            if answered.file != file_of(&resource) || answer.resource != entry.resource {
                return Err(damaged(file, "it is not the answer that the manifest names"));
            }
            if answer.status != answered.status {
                return Err(damaged(file, "its status is not the one in the manifest"));
            }
            let body = match answer.body {
                BodyIn::Json(value) => Body::Json(value),
                BodyIn::Text { content_type, text } => Body::Text { content_type, text },
            };
            Ok(Ok(Answer { status: answer.status, location: answer.location, body }))
        }
        (None, Some(NotAnswered { cause, attempts })) => {
            Ok(Err(Unanswered { cause: cause.clone(), attempts: *attempts }))
        }
        _ => {
            let what = format!("`{}` must be either answered or unanswered", entry.resource);
            Err(StoreError::Damaged { file: folder.join(super::manifest::MANIFEST), what })
        }
    }
}

fn read(file: &Path, expected: &str) -> Result<Saved<BodyIn>, StoreError> {
    let bytes = fs::read(file).map_err(|source| match source.kind() {
        ErrorKind::NotFound => {
            StoreError::Damaged { file: file.to_owned(), what: String::from("it is missing") }
        }
        _ => StoreError::Io { doing: "read", file: file.to_owned(), source },
    })?;
    if sha256(&bytes) != expected {
        let what = String::from("it was changed since the run");
        return Err(StoreError::Damaged { file: file.to_owned(), what });
    }
    serde_json::from_slice(&bytes)
        .map_err(|error| StoreError::Damaged { file: file.to_owned(), what: error.to_string() })
}

fn to_bytes(resource: &Resource, answer: &Answer) -> Vec<u8> {
    let body = match &answer.body {
        Body::Json(value) => BodyOut::Json(value),
        Body::Text { content_type, text } => BodyOut::Text { content_type, text },
    };
    let saved = Saved {
        resource: resource.as_str().to_owned(),
        status: answer.status,
        location: answer.location.clone(),
        body,
    };
    serde_json::to_vec_pretty(&saved).expect("an answer can be written as JSON")
}

/// The file of a resource: readable, and no other resource's.
pub(super) fn file_of(resource: &Resource) -> String {
    let digest = &sha256(resource.as_str().as_bytes())[..8];
    format!("{ANSWERS}/{}-{digest}.json", slug(resource.as_str()))
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().take(LONGEST_SLUG) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes beside the file, then puts it in its place, so that nobody ever reads half of it.
pub(super) fn write_atomically(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let part = file.with_extension(format!("part-{}", std::process::id()));
    let failed = |source| StoreError::Io { doing: "write", file: file.to_owned(), source };
    fs::write(&part, bytes).map_err(failed)?;
    fs::rename(&part, file).map_err(failed)
}
