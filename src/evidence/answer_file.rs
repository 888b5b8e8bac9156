//! One saved answer: its file's name, its bytes, and how they are written whole or not at all.

use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::manifest::{Answered, Entry, NotAnswered};
use super::store::StoreError;
use crate::catalogue::{Answer, Body, Resource, Unanswered};

/// Where the answers of a run are, within its folder.
pub(super) const ANSWERS: &str = "answers";

/// How much of a resource is readable in the name of its file.
const LONGEST_SLUG: usize = 60;

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
            let (read_resource, answer) = read(&file, &answered.sha256)?;
            if answered.file != file_of(&resource) || read_resource != entry.resource {
                return Err(damaged(file, "it is not the answer that the manifest names"));
            }
            if answer.status != answered.status {
                return Err(damaged(file, "its status is not the one in the manifest"));
            }
            Ok(Ok(answer))
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

fn read(file: &Path, expected: &str) -> Result<(String, Answer), StoreError> {
    let damaged = |what: String| StoreError::Damaged { file: file.to_owned(), what };
    let bytes = fs::read(file).map_err(|source| match source.kind() {
        ErrorKind::NotFound => damaged(String::from("it is missing")),
        _ => StoreError::Io { doing: "read", file: file.to_owned(), source },
    })?;
    if sha256(&bytes) != expected {
        return Err(damaged(String::from("it was changed since the run")));
    }
    let text = String::from_utf8(bytes).map_err(|error| damaged(error.to_string()))?;
    let saved = text.parse().map_err(|error: serde_json::Error| damaged(error.to_string()))?;
    from_json(saved).ok_or_else(|| damaged(String::from("it does not hold one answer")))
}

// Both ways go through `Value`'s own reading and writing, not through derived ones: those would be compiled
// here, without optimisation in a test build, where they take three times as long.

fn to_bytes(resource: &Resource, answer: &Answer) -> Vec<u8> {
    let mut body = Map::new();
    match &answer.body {
        Body::Json(value) => {
            body.insert("json".into(), value.clone());
        }
        Body::Text { content_type, text } => {
            body.insert("contentType".into(), content_type.as_str().into());
            body.insert("text".into(), text.as_str().into());
        }
    }
    let mut saved = Map::new();
    saved.insert("resource".into(), resource.as_str().into());
    saved.insert("status".into(), answer.status.into());
    saved.insert("location".into(), answer.location.clone().into());
    saved
        .insert("tookMicroseconds".into(), u64::try_from(answer.took.as_micros()).unwrap_or(u64::MAX).into());
    saved.insert("tries".into(), answer.tries.into());
    saved.insert("ageSeconds".into(), answer.age.map(|age| age.as_secs()).into());
    saved.insert("body".into(), body.into());
    format!("{:#}\n", Value::Object(saved)).into_bytes()
}

fn from_json(saved: Value) -> Option<(String, Answer)> {
    let Value::Object(mut saved) = saved else { return None };
    let status = u16::try_from(saved.get("status")?.as_u64()?).ok()?;
    let resource = text(saved.remove("resource")?)?;
    let location = match saved.remove("location")? {
        Value::Null => None,
        location => Some(text(location)?),
    };
    let took = Duration::from_micros(saved.get("tookMicroseconds")?.as_u64()?);
    let tries = u32::try_from(saved.get("tries")?.as_u64()?).ok()?;
    let age = match saved.get("ageSeconds")? {
        Value::Null => None,
        age => Some(Duration::from_secs(age.as_u64()?)),
    };
    let Value::Object(mut body) = saved.remove("body")? else { return None };
    let body = match body.remove("json") {
        Some(value) => Body::Json(value),
        None => {
            Body::Text { content_type: text(body.remove("contentType")?)?, text: text(body.remove("text")?)? }
        }
    };
    Some((resource, Answer { status, location, body, took, tries, age }))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
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
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Writes beside the file, then puts it in its place, so that nobody ever reads half of it.
pub(super) fn write_atomically(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let part = file.with_extension(format!("part-{}", std::process::id()));
    let failed = |source| StoreError::Io { doing: "write", file: file.to_owned(), source };
    fs::write(&part, bytes).map_err(failed)?;
    fs::rename(&part, file).map_err(failed)
}
