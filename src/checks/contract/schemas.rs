//! The schemas as data: the documents in `schemas/`, their addresses, and how they are compiled.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::{Registry, ValidationError, ValidationOptions, Validator};
use serde_json::Value;

/// What the address of each schema begins with. It names them; nothing is fetched from there.
pub(super) const BASE: &str = "https://wellcomecollection.org/release-gate/schemas/";

/// The documents by file name.
const SOURCES: [(&str, &str); 9] = [
    ("aggregation.json", include_str!("../../../schemas/aggregation.json")),
    ("common.json", include_str!("../../../schemas/common.json")),
    ("concept.json", include_str!("../../../schemas/concept.json")),
    ("error.json", include_str!("../../../schemas/error.json")),
    ("image.json", include_str!("../../../schemas/image.json")),
    ("result-list-of-concepts.json", include_str!("../../../schemas/result-list-of-concepts.json")),
    ("result-list-of-images.json", include_str!("../../../schemas/result-list-of-images.json")),
    ("result-list-of-works.json", include_str!("../../../schemas/result-list-of-works.json")),
    ("work.json", include_str!("../../../schemas/work.json")),
];

static DOCUMENTS: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(|| {
    let parse = |(name, text)| (name, serde_json::from_str(text).expect("a test parses every schema"));
    SOURCES.into_iter().map(parse).collect()
});

static REGISTRY: LazyLock<Registry<'static>> = LazyLock::new(|| {
    let addressed = DOCUMENTS.iter().map(|(name, document)| (format!("{BASE}{name}"), document));
    let registry = Registry::new().extend(addressed).and_then(jsonschema::RegistryBuilder::prepare);
    registry.expect("a test compiles every schema")
});

/// The schema in the file of this name, such as `work.json`.
#[must_use]
pub fn document(file: &str) -> Option<&'static Value> {
    DOCUMENTS.get(file)
}

/// The schema at an address, and the file it stands in.
///
/// The address is a `$ref` as the schemas write them (`common.json#/$defs/Item`, or `#/$defs/Item` in
/// `file`), or a whole one (`https://…/common.json#/$defs/Item`).
#[must_use]
pub fn resolve(address: &str, file: &str) -> Option<(&'static str, &'static Value)> {
    let address = address.strip_prefix(BASE).unwrap_or(address);
    let (target, pointer) = address.split_once('#').unwrap_or((address, ""));
    let (name, document) = DOCUMENTS.get_key_value(if target.is_empty() { file } else { target })?;
    Some((name, document.pointer(pointer)?))
}

/// How every schema of the contract is compiled: formats count, unknown formats are refused, nothing is
/// fetched.
pub(super) fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .offline()
        .with_registry(&REGISTRY)
}

/// Compiles the schema in the file of this name.
pub(super) fn compile(file: &str) -> Result<Validator, ValidationError<'static>> {
    options().build(&DOCUMENTS[file])
}

/// The names of all files.
#[cfg(test)]
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    DOCUMENTS.keys().copied()
}
