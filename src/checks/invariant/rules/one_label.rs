//! A code has one label wherever it stands, and it is the published one: licences, formats, languages, access, places.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalogue::Include;
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::strata::Strata;
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::checks::walk::each_value;
use crate::checks::{Context, contract};
use crate::verdict::Finding;

/// The kinds of code that have a label of their own, by the `type` that the API gives them.
const KINDS: [&str; 9] = [
    "AccessMethod",
    "AccessStatus",
    "Availability",
    "Format",
    "IdentifierType",
    "Language",
    "License",
    "LocationType",
    "NoteType",
];

/// Which kind of code the buckets of a facet are.
const FACETS: [(&str, &str); 2] = [("workType", "Format"), ("availabilities", "Availability")];

/// The labels of the languages in which most works are written, as the Library of Congress publishes them. The other
/// vocabularies are part of the contract, in `schemas/common.json`.
const LANGUAGES: [(&str, &str); 20] = [
    ("ara", "Arabic"),
    ("chi", "Chinese"),
    ("cze", "Czech"),
    ("dan", "Danish"),
    ("dut", "Dutch"),
    ("eng", "English"),
    ("fre", "French"),
    ("ger", "German"),
    ("heb", "Hebrew"),
    ("hin", "Hindi"),
    ("ita", "Italian"),
    ("jpn", "Japanese"),
    ("lat", "Latin"),
    ("per", "Persian"),
    ("por", "Portuguese"),
    ("rus", "Russian"),
    ("san", "Sanskrit"),
    ("spa", "Spanish"),
    ("swe", "Swedish"),
    ("wel", "Welsh"),
];

/// The rule.
pub(super) struct OneLabel;

impl Rule for OneLabel {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Identifiers, Include::Items, Include::Languages, Include::Notes])
    }

    fn noun(&self) -> (&'static str, &'static str) {
        ("code", "codes")
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let published = published();
        let mut codes = Codes::default();
        codes.read_facets(context);
        for work in &sample.works {
            codes.read(work);
        }
        codes.0.into_iter().map(|((kind, id), labels)| case(kind, id, labels, &published)).collect()
    }
}

/// The labels of each code, by its kind and id; each with the works that have it.
#[derive(Default)]
struct Codes<'a>(BTreeMap<(&'a str, &'a str), BTreeMap<&'a str, Vec<Sampled<'a>>>>);

impl<'a> Codes<'a> {
    fn read(&mut self, work: &Sampled<'a>) {
        each_value(work.record, &mut |_, value| {
            let Some(fields) = value.as_object() else { return };
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            let (Some(kind), Some(id)) = (text("type"), text("id")) else { return };
            if !KINDS.contains(&kind) {
                return;
            }
            let works =
                self.0.entry((kind, id)).or_default().entry(text("label").unwrap_or_default()).or_default();
            if works.last().is_none_or(|last| last.id != work.id) {
                works.push(*work);
            }
        });
    }

    /// The buckets that the sample was drawn by say their labels, too.
    fn read_facets(&mut self, context: &Context<'a>) {
        let answer = context.evidence.get(&Strata::request()).ok().and_then(|answer| answer.json());
        for (facet, kind) in FACETS {
            let facet = answer.and_then(|it| it.pointer(&format!("/aggregations/{facet}")));
            for bucket in facet.into_iter().flat_map(|facet| elements(facet, "buckets")) {
                let (id, label) = (text_at(bucket, "/data/id"), text_at(bucket, "/data/label"));
                self.0.entry((kind, id)).or_default().entry(label).or_default();
            }
        }
    }
}

fn case<'a>(
    kind: &str,
    id: &str,
    labels: BTreeMap<&str, Vec<Sampled<'a>>>,
    published: &BTreeMap<(String, String), String>,
) -> Case<'a> {
    let usual = labels.iter().max_by_key(|(_, works)| works.len()).map(|(label, _)| (*label).to_owned());
    let right = published.get(&(kind.to_owned(), id.to_owned())).cloned().or(usual).unwrap_or_default();
    let mut findings = Vec::new();
    let mut wrong = Vec::new();
    for (label, works) in labels {
        let says = match label {
            "" => "it has no label".to_owned(),
            label if label == id => "its label is the code itself".to_owned(),
            label if label != right => format!("it is called “{label}” here, but “{right}” is its label"),
            _ => continue,
        };
        findings.push(Finding {
            says,
            expected: right.clone(),
            found: label.to_owned(),
            ..Finding::default()
        });
        wrong.extend(works);
    }
    Case { about: format!("{kind} {id}"), works: wrong, ruling: Ruling::of(findings) }
}

/// The published labels, by kind and id: those of the contract, and the languages.
fn published() -> BTreeMap<(String, String), String> {
    let languages = LANGUAGES.map(|(id, label)| (("Language".to_owned(), id.to_owned()), label.to_owned()));
    let mut labels = BTreeMap::from(languages);
    let contract = contract::document("common.json");
    let definitions = contract.and_then(|it| it.get("$defs")).and_then(Value::as_object);
    for definition in definitions.into_iter().flat_map(|it| it.values()) {
        let kind = text_at(definition, "/properties/type/const");
        for rule in elements(definition, "allOf") {
            let id = text_at(rule, "/if/properties/id/const");
            let label = text_at(rule, "/then/properties/label/const");
            if !id.is_empty() && !label.is_empty() {
                labels.insert((kind.to_owned(), id.to_owned()), label.to_owned());
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::published;

    #[rstest]
    #[case::a_format("Format", "h", "Archives and manuscripts")]
    #[case::a_licence("License", "pdm", "Public Domain Mark")]
    #[case::a_kind_of_identifier("IdentifierType", "calm-ref-no", "Calm RefNo")]
    #[case::a_language("Language", "wel", "Welsh")]
    #[case::a_way_to_it("Availability", "online", "Online")]
    #[case::a_place("LocationType", "iiif-image", "IIIF Image API")]
    #[case::an_access_status("AccessStatus", "open-with-advisory", "Open with advisory")]
    fn the_published_labels_are_known(#[case] kind: &str, #[case] id: &str, #[case] label: &str) {
        let key = (kind.to_owned(), id.to_owned());
        assert_eq!(published().get(&key).map(String::as_str), Some(label));
    }
}
