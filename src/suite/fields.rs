//! What the API's records are made of, as the contract schemas say: field names, types and fixed values, place by place.
//!
//! An expectation about a field that does not exist would hold or fail for the wrong reason: `none` and `absent` about
//! a misspelt field always hold. So every name in an expectation is looked up here.

use std::sync::LazyLock;

use serde_json::Value;

/// The contract's documents by file name, as their references call them.
static DOCUMENTS: LazyLock<Vec<(&'static str, Value)>> = LazyLock::new(|| {
    [
        ("work.json", include_str!("../../schemas/work.json")),
        ("common.json", include_str!("../../schemas/common.json")),
        ("image.json", include_str!("../../schemas/image.json")),
        ("concept.json", include_str!("../../schemas/concept.json")),
    ]
    .into_iter()
    .map(|(name, text)| (name, serde_json::from_str(text).unwrap_or_default()))
    .collect()
});

/// A place in a record: all that the contract says about the value that stands there.
///
/// Lenient where the contract leaves a choice: what any of several alternatives allows is allowed.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// Schemas of which at least one describes the value.
    alternatives: Vec<Part>,
    /// Schemas that say more about it, under conditions; they only lend their field names.
    conditions: Vec<Part>,
}

/// A schema, and the number of the document that it stands in.
#[derive(Debug, Clone, Copy)]
struct Part {
    document: usize,
    schema: &'static Value,
}

/// What the contract says about a field.
#[derive(Debug)]
pub(super) enum Field {
    /// It exists, or may exist.
    Known(Place),
    /// No record has it.
    Unknown,
}

impl Place {
    /// A whole work.
    pub(super) fn work() -> Self {
        Self::document("work.json")
    }

    /// A whole image.
    pub(super) fn image() -> Self {
        Self::document("image.json")
    }

    /// A whole concept.
    pub(super) fn concept() -> Self {
        Self::document("concept.json")
    }

    fn document(name: &str) -> Self {
        let mut place = Self::default();
        if let Some(part) = resolve(0, name) {
            place.add(part, false, 0);
        }
        place
    }

    /// The field `name` of the object that stands here.
    pub(super) fn field(&self, name: &str) -> Field {
        let mut place = Self::default();
        let mut known = false;
        for (part, condition) in self.parts() {
            if let Some(schema) = part.schema.get("properties").and_then(|fields| fields.get(name)) {
                known = true;
                place.add(Part { schema, ..part }, condition, 0);
            }
        }
        if known {
            return Field::Known(place);
        }
        for (part, condition) in self.parts() {
            if let Some(schema) = part.schema.get("additionalProperties").filter(|more| more.is_object()) {
                known = true;
                place.add(Part { schema, ..part }, condition, 0);
            }
        }
        if known || self.is_open() { Field::Known(place) } else { Field::Unknown }
    }

    /// An element of the list that stands here.
    pub(super) fn element(&self) -> Self {
        let mut place = Self::default();
        for (part, condition) in self.parts() {
            if let Some(schema) = part.schema.get("items") {
                place.add(Part { schema, ..part }, condition, 0);
            }
        }
        place
    }

    /// The fields that an object here can have.
    pub(super) fn field_names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self
            .parts()
            .filter_map(|(part, _)| part.schema.get("properties")?.as_object())
            .flat_map(|fields| fields.keys().map(String::as_str))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The JSON types that the value can have; `None` if the contract does not say.
    pub(super) fn types(&self) -> Option<Vec<&'static str>> {
        let mut types = Vec::new();
        for part in &self.alternatives {
            types.extend(types_of(part.schema)?);
        }
        (!types.is_empty()).then_some(types)
    }

    /// The values that can stand here, if the contract lists them all.
    pub(super) fn values(&self) -> Option<Vec<&'static Value>> {
        let mut values = Vec::new();
        for part in &self.alternatives {
            match (part.schema.get("const"), part.schema.get("enum").and_then(Value::as_array)) {
                (Some(value), _) => values.push(value),
                (None, Some(list)) => values.extend(list),
                (None, None) => return None,
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// Whether objects here may have fields that the contract does not name.
    fn is_open(&self) -> bool {
        let describes = |part: &Part| part.schema.get("properties").is_some();
        let invites = |part: &Part| part.schema.get("additionalProperties").is_some_and(|more| *more == true);
        !self.alternatives.iter().any(describes) || self.alternatives.iter().any(invites)
    }

    fn parts(&self) -> impl Iterator<Item = (Part, bool)> {
        let alternatives = self.alternatives.iter().map(|part| (*part, false));
        alternatives.chain(self.conditions.iter().map(|part| (*part, true)))
    }

    /// Adds a schema with all that it refers to and combines.
    fn add(&mut self, part: Part, condition: bool, depth: usize) {
        if depth > 32 {
            return;
        }
        let within = |schema| Part { schema, ..part };
        if let Some(target) =
            part.schema.get("$ref").and_then(Value::as_str).and_then(|to| resolve(part.document, to))
        {
            self.add(target, condition, depth + 1);
        }
        for word in ["oneOf", "anyOf"] {
            for schema in part.schema.get(word).and_then(Value::as_array).into_iter().flatten() {
                self.add(within(schema), condition, depth + 1);
            }
        }
        for schema in part.schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(within(schema), true, depth + 1);
        }
        for word in ["then", "else"] {
            if let Some(schema) = part.schema.get(word) {
                self.add(within(schema), true, depth + 1);
            }
        }
        let only_combines = ["$ref", "oneOf", "anyOf"].iter().any(|word| part.schema.get(word).is_some())
            && part.schema.get("type").is_none()
            && part.schema.get("properties").is_none();
        match (condition, only_combines) {
            (true, _) => self.conditions.push(part),
            (false, false) => self.alternatives.push(part),
            (false, true) => {}
        }
    }
}

/// The JSON types that a schema allows; `None` if it does not say.
fn types_of(schema: &'static Value) -> Option<Vec<&'static str>> {
    match schema.get("type") {
        Some(Value::String(one)) => return Some(vec![one]),
        Some(Value::Array(several)) => return Some(several.iter().filter_map(Value::as_str).collect()),
        _ => {}
    }
    if let Some(value) = schema.get("const") {
        return Some(vec![type_of(value)]);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return Some(values.iter().map(type_of).collect());
    }
    schema.get("properties").map(|_| vec!["object"])
}

/// The JSON type of a value.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Follows a reference: `#/…`, `common.json`, `common.json#/…`, or the same with a whole `$id` before it.
fn resolve(document: usize, reference: &str) -> Option<Part> {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let name = file.rsplit('/').next().unwrap_or_default();
    let document =
        if name.is_empty() { document } else { DOCUMENTS.iter().position(|(known, _)| *known == name)? };
    Some(Part { document, schema: DOCUMENTS[document].1.pointer(pointer)? })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::Value;

    use super::{DOCUMENTS, Field, Place, resolve};
    use crate::catalogue::Include;
    use crate::suite::expectation::Matcher;

    fn at(path: &str) -> Option<Place> {
        path.split('.').try_fold(Place::work(), |place, step| match place.field(step) {
            Field::Known(place) if place.types().is_some_and(|types| types.contains(&"array")) => {
                Some(place.element())
            }
            Field::Known(place) => Some(place),
            Field::Unknown => None,
        })
    }

    #[rstest]
    #[case::of_the_work("title")]
    #[case::in_a_list("availabilities.id")]
    #[case::in_lists_of_lists("items.locations.locationType.id")]
    #[case::of_a_digital_location("items.locations.url")]
    #[case::of_a_physical_location("items.locations.shelfmark")]
    #[case::recursive("partOf.partOf.partOf.title")]
    fn known(#[case] path: &str) {
        assert!(at(path).is_some());
    }

    #[rstest]
    #[case::misspelt("availabilites")]
    #[case::misspelt_in_a_list("items.location")]
    fn unknown(#[case] path: &str) {
        assert!(at(path).is_none());
    }

    #[test]
    fn every_include_brings_a_known_field() {
        for include in Include::ALL {
            assert!(at(include.as_str()).is_some(), "{include}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk(document: usize, schema: &Value) {
            if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
                assert!(resolve(document, to).is_some(), "{to} in {}", DOCUMENTS[document].0);
            }
            match schema {
                Value::Object(fields) => fields.values().for_each(|inner| walk(document, inner)),
                Value::Array(list) => list.iter().for_each(|inner| walk(document, inner)),
                _ => {}
            }
        }
        for (document, (name, schema)) in DOCUMENTS.iter().enumerate() {
            assert!(schema.is_object(), "{name} is no JSON object");
            walk(document, schema);
        }
    }

    /// Otherwise nobody could write an expectation about that field.
    #[test]
    fn no_field_has_the_name_of_a_matcher() {
        fn walk(schema: &Value) {
            for name in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|p| p.keys())
            {
                assert_eq!(Matcher::named(name), None);
            }
            match schema {
                Value::Object(fields) => fields.values().for_each(walk),
                Value::Array(list) => list.iter().for_each(walk),
                _ => {}
            }
        }
        DOCUMENTS.iter().for_each(|(_, schema)| walk(schema));
    }
}
