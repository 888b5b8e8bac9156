//! The documents of `/concepts`: whatever has an id in the headings of a visible work.

use std::collections::BTreeMap;

use serde_json::Value;

use super::display::{self, text};
use super::memo::object;
use super::source::{Concept, Record, Subject};

/// Adds the concepts of one work to those that are known; the first label wins.
pub fn add(concepts: &mut BTreeMap<String, Value>, record: &Record) {
    for contributor in &record.contributors {
        add_concept(concepts, &contributor.agent);
    }
    for subject in &record.subjects {
        for concept in &subject.concepts {
            add_concept(concepts, concept);
        }
        if subject.concepts.len() != 1 {
            add_concept(concepts, &whole(subject));
        }
    }
    for concept in record.genres.iter().flat_map(|genre| &genre.concepts) {
        add_concept(concepts, concept);
    }
}

/// A subject of several concepts, seen as one.
fn whole(subject: &Subject) -> Concept {
    Concept {
        label: subject.label.clone(),
        kind: Some("Subject".into()),
        source: subject.source.clone(),
        canonical: subject.canonical.clone(),
    }
}

fn add_concept(concepts: &mut BTreeMap<String, Value>, concept: &Concept) {
    if !concept.canonical.is_empty() && !concepts.contains_key(&concept.canonical) {
        concepts.insert(concept.canonical.clone(), document(concept));
    }
}

fn document(concept: &Concept) -> Value {
    let none = || Value::Array(Vec::new());
    let mut shown = display::concept(concept, true);
    let relations = [
        "relatedTo",
        "fieldsOfWork",
        "narrowerThan",
        "broaderThan",
        "people",
        "frequentCollaborators",
        "relatedTopics",
        "foundedBy",
    ];
    shown["displayLabel"] = text(concept.label.trim_end_matches('.'));
    shown["alternativeLabels"] = none();
    shown["relatedConcepts"] = object("relatedConcepts", relations.map(|relation| (relation, Some(none()))));
    shown["sameAs"] = none();
    shown["displayImages"] = none();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_composed_subject_and_its_concepts_all_resolve() {
        let concept = |id: &str| Concept { canonical: id.to_owned(), ..Concept::default() };
        let subject = Subject {
            canonical: "whole".to_owned(),
            concepts: vec![concept("one"), concept("two")],
            ..Subject::default()
        };
        let mut concepts = BTreeMap::new();
        add(&mut concepts, &Record { subjects: vec![subject], ..Record::default() });
        assert_eq!(concepts.keys().collect::<Vec<_>>(), ["one", "two", "whole"]);
    }

    #[test]
    fn a_concept_without_an_id_is_no_document() {
        let mut concepts = BTreeMap::new();
        let contributor = crate::source::Contributor::default();
        add(&mut concepts, &Record { contributors: vec![contributor], ..Record::default() });
        assert!(concepts.is_empty());
    }
}
