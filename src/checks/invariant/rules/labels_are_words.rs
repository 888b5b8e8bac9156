//! A label is words for people, and no identifier: what readers see of a subject is its name, not its number.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::catalogue::{Include, WorkId};
use crate::checks::Context;
use crate::checks::invariant::case::text_at;
use crate::checks::invariant::{Case, Rule, Ruling, Sample};
use crate::checks::walk::each_value;
use crate::verdict::Finding;

/// The rule.
pub(super) struct LabelsAreWords;

impl Rule for LabelsAreWords {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([
            Include::Identifiers,
            Include::Subjects,
            Include::Genres,
            Include::Contributors,
            Include::Production,
            Include::Languages,
            Include::Notes,
            Include::Items,
        ])
    }

    fn cases<'a>(&self, sample: &Sample<'a>, _context: &Context<'a>) -> Vec<Case<'a>> {
        sample.each(|record| Some(Ruling::of(findings(record))))
    }
}

fn findings(record: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    each_value(record, &mut |at, value| {
        let Some(label) = value.get("label").and_then(Value::as_str) else { return };
        if let Some(what) = mistaken(label, value) {
            findings.push(Finding {
                at: format!("{at}.label"),
                says: format!("the label is {what}, which tells readers nothing"),
                expected: "a name in words".to_owned(),
                found: label.to_owned(),
                ..Finding::default()
            });
        }
    });
    findings
}

/// What a label was mistaken for.
fn mistaken(label: &str, value: &Value) -> Option<&'static str> {
    if label.trim().is_empty() {
        return Some("blank");
    }
    if label == text_at(value, "/id") {
        return Some("the id itself");
    }
    let identifiers = value.get("identifiers").and_then(Value::as_array);
    // A concept whose identifier was derived from its label has the label for its identifier.
    let given =
        identifiers.into_iter().flatten().filter(|it| text_at(it, "/identifierType/id") != "label-derived");
    if given.into_iter().any(|identifier| text_at(identifier, "/value") == label) {
        return Some("one of its identifiers");
    }
    // `pamphlet` could be an id, too; a word has no two digits in it.
    if WorkId::parse(label).is_some() && label.bytes().filter(u8::is_ascii_digit).count() > 1 {
        return Some("an id of the catalogue");
    }
    IDENTIFIERS.iter().find(|(pattern, _)| pattern.is_match(label)).map(|(_, what)| *what)
}

/// How identifiers look that may have slipped into the place of a label.
static IDENTIFIERS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let known = [
        ("^[.]?[bi][0-9]{7}[0-9x]?$", "a Sierra number"),
        ("^(n|nb|nr|no|sh|sj|gf|fst|dg) ?[0-9]{5,}$", "a Library of Congress number"),
        ("^[DCQ][0-9]{5,}(Q[0-9]+)?$", "a MeSH number"),
        ("^(lcsh|lc-names|lc-subjects|nlm-mesh|label-derived)$", "the name of a vocabulary"),
        ("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "a record number of the archive"),
        ("^https?://", "an address"),
    ];
    known.into_iter().filter_map(|(pattern, what)| Some((Regex::new(pattern).ok()?, what))).collect()
});

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::{IDENTIFIERS, findings};

    #[rstest]
    #[case::an_id("a2239muq", "an id of the catalogue")]
    #[case::a_library_number("b18659135", "a Sierra number")]
    #[case::a_name_authority("n79021164", "a Library of Congress number")]
    #[case::a_subject_heading("sh85083064", "a Library of Congress number")]
    #[case::mesh("D008511", "a MeSH number")]
    #[case::a_vocabulary("lcsh", "the name of a vocabulary")]
    #[case::an_address("http://id.worldcat.org/fast/1", "an address")]
    #[case::an_archive_record("5a8b2f4c-1d2e-4f3a-9b8c-7d6e5f4a3b2c", "a record number of the archive")]
    #[case::blank(" ", "blank")]
    fn an_identifier_is_no_label(#[case] label: &str, #[case] what: &str) {
        let found = findings(&json!({"subjects": [{"label": label}]}));
        assert_eq!(found.len(), 1, "{label}");
        assert_eq!(found[0].at, "subjects[0].label");
        assert!(found[0].says.contains(what), "{}", found[0].says);
    }

    #[rstest]
    #[case::its_own_id(json!({"id": "cc-by", "label": "cc-by"}))]
    #[case::its_own_identifier(json!({"label": "Q12", "identifiers": [{"value": "Q12"}]}))]
    fn what_identifies_a_thing_is_no_label_of_it(#[case] thing: Value) {
        assert_eq!(findings(&json!({"it": thing})).len(), 1);
    }

    #[rstest]
    #[case::a_word("pamphlet")]
    #[case::a_name("Wellcome, Henry S. (Henry Solomon), Sir, 1853-1936.")]
    #[case::a_year("1900")]
    #[case::a_virus("COVID-19")]
    #[case::a_vitamin("vitamin2")]
    #[case::a_gene("brca2")]
    fn words_are_left_alone(#[case] label: &str) {
        assert_eq!(findings(&json!({"subjects": [{"label": label}]})), []);
    }

    #[rstest]
    fn an_identifier_that_was_derived_from_the_label_is_the_label() {
        let identifiers = json!([{"value": "surgery", "identifierType": {"id": "label-derived"}}]);
        assert_eq!(findings(&json!({"it": {"label": "surgery", "identifiers": identifiers}})), []);
    }

    #[rstest]
    fn every_pattern_can_be_read() {
        assert_eq!(IDENTIFIERS.len(), 6);
    }
}
