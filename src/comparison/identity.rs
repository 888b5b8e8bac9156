//! What makes an element of a list the one it is: its id, its identifiers, its name; and what tells kinds of elements
//! apart.

use serde_json::Value;

/// The lists whose elements are told apart in the name of a place, each with what tells them apart.
pub(super) const MARKS: [(&str, &str); 5] = [
    ("locations", "type"),
    ("identifiers", "identifierType.id"),
    ("notes", "noteType.id"),
    ("availabilities", "id"),
    ("buckets", "data.id"),
];

/// The longest mark that is written out; longer ones, and odd ones, would make places without end.
const LONGEST_MARK: usize = 40;

/// What a place says of an element of this list in its brackets: `type=DigitalLocation`; nothing for most lists.
pub(super) fn mark(list: &str, element: &Value) -> Option<String> {
    let (_, by) = MARKS.iter().find(|(marked, _)| *marked == list)?;
    let value = at(element, by)?;
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let tells = !value.is_empty() && value.len() <= LONGEST_MARK && value.chars().all(plain);
    tells.then(|| format!("{by}={value}"))
}

/// The text at some fields within each other.
pub(super) fn at<'v>(value: &'v Value, fields: &str) -> Option<&'v str> {
    fields.split('.').try_fold(value, |value, field| value.get(field))?.as_str()
}

/// The id of an element, or of what it stands for.
pub(super) fn id(element: &Value) -> Option<&str> {
    ["id", "data.id", "agent.id"].iter().find_map(|fields| at(element, fields))
}

/// The identifiers that sources know it by, as one text.
pub(super) fn identifiers(element: &Value) -> Option<String> {
    if let (Some(value), Some(kind)) = (at(element, "value"), at(element, "identifierType.id")) {
        return Some(format!("{kind}\u{0}{value}"));
    }
    let holder = if element.get("agent").is_some() { element.get("agent")? } else { element };
    let mut all: Vec<String> =
        holder.get("identifiers")?.as_array()?.iter().filter_map(identifiers).collect();
    all.sort_unstable();
    (!all.is_empty()).then(|| all.join("\u{1}"))
}

/// What it is called, and of which kind it is.
pub(super) fn name(element: &Value) -> Option<String> {
    const NAMES: [&str; 6] = ["url", "label", "title", "agent.label", "data.label", "shelfmark"];
    const KINDS: [&str; 4] = ["type", "locationType.id", "noteType.id", "agent.type"];
    // A work that has an id is that one; others may well have the same title.
    if at(element, "id").is_some() && at(element, "title").is_some() {
        return None;
    }
    let Some(name) = NAMES.iter().find_map(|fields| at(element, fields)) else {
        // An item has no name, but it is somewhere.
        return element.get("locations").map(content);
    };
    let kinds = KINDS.iter().filter_map(|fields| at(element, fields));
    Some(kinds.fold(name.to_owned(), |so_far, kind| so_far + "\u{0}" + kind))
}

/// All that it says, the same whatever the order of its fields.
pub(super) fn content(element: &Value) -> String {
    match element {
        Value::Object(fields) => {
            let mut fields: Vec<String> =
                fields.iter().map(|(field, value)| format!("{field:?}:{}", content(value))).collect();
            fields.sort_unstable();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(content).collect();
            format!("[{}]", elements.join(","))
        }
        value => value.to_string(),
    }
}
