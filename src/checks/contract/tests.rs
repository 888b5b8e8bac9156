//! What the contract accepts, what it refuses, and in which words.

mod bodies;
mod everywhere;
mod facts;
mod fields;
mod published;
mod records;
mod schemas;
mod values;
mod wording;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use super::{BodyKind, Contract, Severity};

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::new);

/// A body of this kind that uses every field it can have.
fn fixture(kind: BodyKind) -> Value {
    let text = match kind {
        BodyKind::Work => include_str!("../../../tests/fixtures/contract/work.json"),
        BodyKind::WorkList => include_str!("../../../tests/fixtures/contract/work-list.json"),
        BodyKind::Image => include_str!("../../../tests/fixtures/contract/image.json"),
        BodyKind::ImageList => include_str!("../../../tests/fixtures/contract/image-list.json"),
        BodyKind::Concept => include_str!("../../../tests/fixtures/contract/concept.json"),
        BodyKind::ConceptList => include_str!("../../../tests/fixtures/contract/concept-list.json"),
        BodyKind::Error => include_str!("../../../tests/fixtures/contract/error.json"),
    };
    serde_json::from_str(text).unwrap()
}

/// The folder of facts about the real API that stands beside this project while it is built;
/// `None` elsewhere, and what compares with it then has nothing to compare.
fn shared(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    [beside.as_path(), Path::new("/work/shared")]
        .into_iter()
        .map(|shared| shared.join(folder))
        .find(|path| path.is_dir())
}

/// Puts a value where a pointer points; the last step may be a new field.
fn set(body: &mut Value, pointer: &str, value: Value) {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[field.parse::<usize>().unwrap()] = value,
        parent => parent[field] = value,
    }
}

fn remove(body: &mut Value, pointer: &str) {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(field).unwrap();
}

/// What the contract says about a body: where, how grave, and in which words.
fn told(kind: BodyKind, body: &Value) -> Vec<(String, Severity, String)> {
    let breaches = CONTRACT.breaches(kind, body);
    breaches.into_iter().map(|breach| (breach.pointer, breach.severity, breach.says)).collect()
}
