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

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::super::snapshot_of;

    fn record() -> Value {
        json!({
            "id": "a222zvge",
            "type": "Work",
            "title": "An Outline",
            "workType": {"id": "h", "label": "Archives and manuscripts", "type": "Format"},
            "identifiers": [{"value": "b18659135", "type": "Identifier",
                "identifierType": {"id": "mets", "label": "METS", "type": "IdentifierType"}}],
            "subjects": [{"id": "s2222222", "label": "Hospitals", "type": "Subject",
                "identifiers": [
                    {"value": "hospitals", "type": "Identifier",
                     "identifierType": {"id": "label-derived", "label": "Label", "type": "IdentifierType"}},
                    {"value": "sh85062300", "type": "Identifier",
                     "identifierType": {"id": "lc-subjects", "label": "LC", "type": "IdentifierType"}}],
                "concepts": [{"id": "t2222222", "label": "Hospitals", "type": "Concept"}]}],
            "contributors": [
                {"agent": {"id": "c2222222", "label": "Watson, J.", "type": "Person",
                    "identifiers": [{"value": "Watson, J.", "type": "Identifier",
                        "identifierType": {"id": "lc-names", "label": "LC", "type": "IdentifierType"}}]},
                 "type": "Contributor"},
                {"agent": {"id": "d2222222", "label": "Crick", "type": "Person"}, "type": "Contributor"}],
            "items": [{"id": "wdtdsz2g", "type": "Item",
                "identifiers": [{"value": "i17461248", "type": "Identifier",
                    "identifierType": {"id": "sierra-system-number", "label": "Sierra", "type": "IdentifierType"}}],
                "locations": [
                    {"type": "DigitalLocation", "url": "https://iiif/presentation/v2/b18659135",
                     "license": {"id": "inc", "label": "In copyright", "type": "License", "url": "http://r"},
                     "locationType": {"id": "iiif-presentation", "label": "IIIF", "type": "LocationType"}},
                    {"type": "DigitalLocation", "url": "https://resolver/1",
                     "locationType": {"id": "online-resource", "label": "Online resource", "type": "LocationType"}}]}],
            "holdings": [{"type": "Holdings", "location": {"type": "DigitalLocation", "url": "https://resolver/2",
                "locationType": {"id": "online-resource", "label": "Online resource", "type": "LocationType"}}}],
            "partOf": [{"id": "p2222222", "title": "Twort", "type": "Collection", "totalParts": 3}],
            "parts": [{"id": "q2222222", "title": "Letters", "type": "Work", "totalParts": 0}],
            "languages": [{"id": "eng", "label": "English"}, {"id": "fre", "label": "French"}],
            "availabilities": [{"id": "online", "label": "Online"}, {"id": "in-library", "label": "In the library"}]
        })
    }

    /// Replaces the value at a pointer, which must be there.
    fn changed(pointer: &str, to: Value) -> Value {
        let mut record = record();
        *record.pointer_mut(pointer).unwrap() = to;
        record
    }

    #[rstest]
    #[case::item_ids("/items/0/id", json!("c5rdccrs"))]
    #[case::item_numbers("/items/0/identifiers/0/value", json!("i20068244"))]
    #[case::e_resource_urls_of_items("/items/0/locations/1/url", json!("https://other/1"))]
    #[case::e_resource_urls_of_holdings("/holdings/0/location/url", json!("https://other/2"))]
    #[case::subject_labels("/subjects/0/label", json!("Hospitals - history"))]
    #[case::labels_of_a_subject_s_concepts("/subjects/0/concepts/0/label", json!("Hospitals - history"))]
    #[case::identifiers_derived_from_labels("/subjects/0/identifiers/0/value", json!("hospitals history"))]
    #[case::commas("/contributors/0/agent/label", json!("Watson J."))]
    #[case::full_stops("/contributors/0/agent/label", json!("Watson, J"))]
    #[case::punctuation_of_identifiers("/contributors/0/agent/identifiers/0/value", json!("Watson J"))]
    fn what_drifts_does_not_change_the_snapshot(#[case] pointer: &str, #[case] to: Value) {
        assert_eq!(snapshot_of(&changed(pointer, to)), snapshot_of(&record()));
    }

    #[rstest]
    #[case::archive("", "archive", json!({"category": {"id": "GC"}}))]
    #[case::collection("", "collection", json!({"id": "p2222222"}))]
    #[case::preceded_by("", "precededBy", json!([{"id": "p2222222"}]))]
    #[case::succeeded_by("", "succeededBy", json!([{"id": "p2222222"}]))]
    #[case::of_an_ancestor("/partOf/0", "isAvailableOnline", json!(true))]
    #[case::number_below_an_ancestor("/partOf/0", "totalDescendentParts", json!(7))]
    #[case::of_a_part("/parts/0", "isAvailableOnline", json!(true))]
    #[case::number_below_a_part("/parts/0", "totalDescendentParts", json!(7))]
    fn fields_that_move_do_not_change_the_snapshot(
        #[case] within: &str,
        #[case] field: &str,
        #[case] value: Value,
    ) {
        let mut record = record();
        record.pointer_mut(within).unwrap()[field] = value;
        assert_eq!(snapshot_of(&record), snapshot_of(&self::record()));
    }

    #[rstest]
    #[case::id("/id", json!("a2239muq"))]
    #[case::title("/title", json!("Another"))]
    #[case::work_type("/workType/id", json!("a"))]
    #[case::work_type_label("/workType/label", json!("Books"))]
    #[case::source_identifier("/identifiers/0/value", json!("b1"))]
    #[case::identifier_type("/identifiers/0/identifierType/id", json!("sierra"))]
    #[case::manifest("/items/0/locations/0/url", json!("https://iiif/other"))]
    #[case::licence("/items/0/locations/0/license/id", json!("pdm"))]
    #[case::kind_of_location("/items/0/locations/0/type", json!("PhysicalLocation"))]
    #[case::subject("/subjects/0/id", json!("s3333333"))]
    #[case::subject_in_an_authority_file("/subjects/0/identifiers/1/value", json!("sh1"))]
    #[case::contributor("/contributors/0/agent/label", json!("Watson, K."))]
    #[case::contributor_in_an_authority_file("/contributors/0/agent/identifiers/0/value", json!("n1"))]
    #[case::kind_of_agent("/contributors/0/agent/type", json!("Organisation"))]
    #[case::ancestor("/partOf/0/totalParts", json!(2))]
    #[case::an_item_less("/items", json!([]))]
    fn what_does_not_drift_changes_the_snapshot(#[case] pointer: &str, #[case] to: Value) {
        assert_ne!(snapshot_of(&changed(pointer, to)), snapshot_of(&record()));
    }

    #[rstest]
    #[case::availabilities("/availabilities", true)]
    #[case::languages("/languages", true)]
    #[case::identifiers("/subjects/0/identifiers", true)]
    #[case::contributors("/contributors", false)]
    #[case::locations("/items/0/locations", false)]
    fn only_the_order_of_sets_says_nothing(#[case] list: &str, #[case] is_a_set: bool) {
        let mut elements = record().pointer(list).unwrap().as_array().unwrap().clone();
        elements.reverse();
        assert_eq!(snapshot_of(&changed(list, elements.into())) == snapshot_of(&record()), is_a_set);
    }

    #[rstest]
    fn a_record_is_shown_in_as_few_lines_as_its_facts_need() {
        let record = json!({
            "title": "An Outline",
            "type": "Work",
            "notes": [],
            "items": [{"type": "Item", "locations": [
                {"type": "DigitalLocation",
                 "license": {"url": "http://r", "id": "inc", "label": "In copyright", "type": "License"}}]}],
            "genres": [{"label": "Maps", "type": "Genre"}],
            "id": "a222zvge",
        });
        assert_eq!(
            snapshot_of(&record),
            "id: a222zvge\ntype: Work\ntitle: An Outline\ngenres:\n  - Maps (Genre)\nitems:\n  - locations:\n      \
             - type: DigitalLocation\n        license: inc (In copyright) http://r"
        );
    }
}
