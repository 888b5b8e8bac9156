//! Faults of the ingestor, which writes the documents that the API shows. What it writes is all that anybody sees of
//! its rules, and so it is where these are broken.

use serde_json::{Value, json};

use super::{Fault, Place};

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "missing-types",
        what: "Items no longer say whether they are on a shelf or online.",
        stands_for: "The website tells a View button from a request button by the type of the location.",
        places: &[Place::Ingestor(|document| {
            each_location(document, |location| drop(location.remove("type")));
        })],
    },
    Fault {
        name: "renamed-field",
        what: "What used to be called availabilities has another name.",
        stands_for: "A field that is renamed in the pipeline before anybody who reads it was told.",
        places: &[Place::Ingestor(|document| {
            if let Some(fields) = document.as_object_mut() {
                let renamed = fields.shift_remove("availabilities");
                fields.extend(renamed.map(|value| ("availableAs".to_owned(), value)));
            }
        })],
    },
    Fault {
        name: "type-changed",
        what: "The kind of material is a bare code, and no longer a code with its label.",
        stands_for: "An object that becomes a string: whatever reads its label shows nothing.",
        places: &[Place::Ingestor(|document| {
            if let Some(format) = document.get_mut("workType") {
                *format = format["id"].take();
            }
        })],
    },
    Fault {
        name: "wrong-availability",
        what: "What is only in the stores is said to be available online.",
        stands_for: "The promise that whoever asks for what is online can see what is found.",
        places: &[Place::Ingestor(|document| {
            let availabilities = document.get_mut("availabilities").and_then(Value::as_array_mut);
            if let Some([only]) = availabilities.map(Vec::as_mut_slice)
                && only["id"] == "closed-stores"
            {
                *only = json!({ "id": "online", "type": "Availability", "label": "Online" });
            }
        })],
    },
    Fault {
        name: "labels-are-ids",
        what: "Codes are shown in place of words: h for Archives and manuscripts.",
        stands_for: "A table of labels that was not loaded: readers and the filters of the website see codes.",
        places: &[Place::Ingestor(label_by_code)],
    },
];

type Fields = serde_json::Map<String, Value>;

fn each_location(document: &mut Value, spoil: impl Fn(&mut Fields)) {
    let items = document.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
    let locations = items.filter_map(|item| item.get_mut("locations")?.as_array_mut()).flatten();
    locations.filter_map(Value::as_object_mut).for_each(spoil);
}

/// Whatever has a code and a label, and is no concept with an id of its own.
fn label_by_code(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(label_by_code),
        Value::Object(fields) => {
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default();
            if [
                "AccessMethod",
                "AccessStatus",
                "Availability",
                "Format",
                "Language",
                "License",
                "LocationType",
            ]
            .contains(&kind)
                && let Some(code) = fields.get("id").cloned()
            {
                fields.insert("label".to_owned(), code);
            }
            fields.values_mut().for_each(label_by_code);
        }
        _ => {}
    }
}
