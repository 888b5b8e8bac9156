//! What differs between two good indexes, and therefore stays out of snapshots: each rule by its name.
//!
//! Between September 2025 and February 2026 the same works changed just these (compared by Wellcome's own
//! prototypes); titles, ids, source identifiers, work types, licences and manifests stayed.

use serde_json::Value;

/// One thing that drifts.
pub struct Rule {
    /// Its name, as the README tells it to Product.
    pub name: &'static str,
    /// What drifts, in a sentence.
    pub why: &'static str,
    apply: fn(&mut Value),
}

/// Every rule, in the order in which they are applied.
pub const RULES: [Rule; 6] = [
    Rule {
        name: "item-ids",
        why: "the ids of items are minted anew when archives are catalogued again",
        apply: |record| each(record, "/items", &mut |item| put(item, "id", "[item id]")),
    },
    Rule {
        name: "item-numbers",
        why: "so are their numbers in the library system",
        apply: |record| {
            each(record, "/items", &mut |item| {
                each(item, "/identifiers", &mut |identifier| put(identifier, "value", "[item number]"));
            });
        },
    },
    Rule {
        name: "e-resource-urls",
        why: "links to licensed resources move from one resolver to another",
        apply: |record| {
            each(record, "/holdings", &mut |holding| {
                holding.pointer_mut("/location").map(redact_e_resource);
            });
            each(record, "/items", &mut |item| each(item, "/locations", &mut redact_e_resource));
        },
    },
    Rule {
        name: "subject-labels",
        why: "subjects keep their ids while their labels follow the authority files",
        apply: |record| {
            each(record, "/subjects", &mut |subject| {
                redact_label(subject);
                each(subject, "/concepts", &mut redact_label);
            });
        },
    },
    Rule {
        name: "contributor-punctuation",
        why: "commas and full stops in names come and go",
        apply: |record| {
            each(record, "/contributors", &mut |contributor| {
                if let Some(agent) = contributor.pointer_mut("/agent") {
                    drop_punctuation(agent, "label");
                    each(agent, "/identifiers", &mut |identifier| drop_punctuation(identifier, "value"));
                }
            });
        },
    },
    Rule {
        name: "fields-that-move",
        why: "releases of July and August 2026 serve them or not; the contract accepts both",
        apply: |record| {
            remove(record, &["archive", "collection", "precededBy", "succeededBy"]);
            each(record, "/partOf", &mut |work| remove(work, &["isAvailableOnline", "totalDescendentParts"]));
            each(record, "/parts", &mut |work| remove(work, &["isAvailableOnline", "totalDescendentParts"]));
        },
    },
];

/// Applies every rule to a record.
pub(super) fn redact(record: &mut Value) {
    for rule in &RULES {
        (rule.apply)(record);
    }
}

fn redact_e_resource(location: &mut Value) {
    if location.pointer("/locationType/id").and_then(Value::as_str) == Some("online-resource") {
        put(location, "url", "[e-resource URL]");
    }
}

fn redact_label(concept: &mut Value) {
    put(concept, "label", "[label]");
    each(concept, "/identifiers", &mut |identifier| {
        if identifier.pointer("/identifierType/id").and_then(Value::as_str) == Some("label-derived") {
            put(identifier, "value", "[derived from the label]");
        }
    });
}

fn drop_punctuation(object: &mut Value, field: &str) {
    if let Some(Value::String(text)) = object.get_mut(field) {
        text.retain(|c| !matches!(c, ',' | '.'));
    }
}

/// Replaces the field by a placeholder, if it is there.
fn put(object: &mut Value, field: &str, placeholder: &str) {
    if let Some(value) = object.get_mut(field) {
        *value = placeholder.into();
    }
}

fn remove(object: &mut Value, fields: &[&str]) {
    if let Value::Object(object) = object {
        object.retain(|name, _| !fields.contains(&name.as_str()));
    }
}

fn each(value: &mut Value, pointer: &str, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(Value::Array(elements)) = value.pointer_mut(pointer) {
        elements.iter_mut().for_each(visit);
    }
}
