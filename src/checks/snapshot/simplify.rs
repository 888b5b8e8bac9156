//! A record in as few lines as its facts need: `workType: h (Archives and manuscripts)` instead of three lines.
//!
//! Nothing that says something is lost: an object is written in short only if it has no other field.

use serde_json::{Map, Value};

/// Fields that stand first, in this order; the others follow by name.
const FIRST: [&str; 6] = ["id", "type", "title", "label", "referenceNumber", "workType"];

/// Lists whose order says nothing.
const SETS: [&str; 3] = ["availabilities", "identifiers", "languages"];

/// Types that follow from the field they stand in, so that a snapshot need not repeat them; the contract holds
/// each field to its type. Types that say something (`Person`, `Collection`, `DigitalLocation`) stay.
const IMPLIED: [&str; 19] = [
    "AccessCondition",
    "AccessMethod",
    "AccessStatus",
    "Availability",
    "ContributionRole",
    "Contributor",
    "Format",
    "Holdings",
    "Identifier",
    "IdentifierType",
    "Image",
    "Item",
    "Language",
    "License",
    "LocationType",
    "Note",
    "NoteType",
    "ProductionEvent",
    "Subject",
];

/// The record with short forms and sorted fields, without empty lists and types that say nothing.
pub(super) fn simplify(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let object = telling(object);
            in_short(&object).map_or_else(|| sorted(&object), Value::from)
        }
        Value::Array(elements) => elements.iter().map(simplify).collect(),
        scalar => scalar.clone(),
    }
}

/// The fields that say something.
fn telling(object: &Map<String, Value>) -> Map<String, Value> {
    let says_nothing = |name: &str, value: &Value| match value {
        Value::Array(elements) => elements.is_empty(),
        Value::String(text) => name == "type" && IMPLIED.contains(&text.as_str()),
        _ => false,
    };
    let telling = object.iter().filter(|(name, value)| !says_nothing(name, value));
    telling.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn sorted(object: &Map<String, Value>) -> Value {
    let mut fields: Vec<(&String, &Value)> = object.iter().collect();
    fields.sort_by_key(|(name, _)| {
        (FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()), name.as_str())
    });
    let simple = fields.into_iter().map(|(name, value)| {
        let mut value = simplify(value);
        if let (true, Value::Array(elements)) = (SETS.contains(&name.as_str()), &mut value) {
            elements.sort_by_key(ToString::to_string);
        }
        (name.clone(), value)
    });
    simple.collect::<Map<_, _>>().into()
}

/// One line for what always looks the same: a coded value, an identifier, something with a label only.
fn in_short(object: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let only = |names: &[&str]| object.len() == names.len() && names.iter().all(|n| object.contains_key(*n));
    if only(&["id"]) {
        text("id").map(str::to_owned)
    } else if only(&["label"]) {
        text("label").map(str::to_owned)
    } else if only(&["id", "label"]) {
        Some(format!("{} ({})", text("id")?, text("label")?))
    } else if only(&["id", "label", "url"]) {
        Some(format!("{} ({}) {}", text("id")?, text("label")?, text("url")?))
    } else if only(&["label", "type"]) {
        Some(format!("{} ({})", text("label")?, text("type")?))
    } else if only(&["identifierType", "value"]) {
        let kind = object.get("identifierType")?;
        Some(format!("{} {} ({})", kind.get("id")?.as_str()?, text("value")?, kind.get("label")?.as_str()?))
    } else {
        None
    }
}
