//! What the catalogue holds beside what the examples are. Asks nobody.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::facets::{self, Facet, Told};
use crate::catalogue::{Resource, WorkId};
use crate::evidence::Evidence;

/// So many works are suggested for a value.
const SUGGESTED: usize = 3;

/// What was answered.
pub struct Seen<'e> {
    pub evidence: &'e Evidence,
    /// The records of the examples.
    pub examples: Vec<&'e Value>,
    /// The examples whose record is not there.
    pub missing: Vec<&'e WorkId>,
    /// Every other work in the answers, once, by its id.
    pub works: BTreeMap<&'e str, &'e Value>,
}

impl<'e> Seen<'e> {
    /// What these answers hold.
    pub fn of(evidence: &'e Evidence, examples: &'e BTreeSet<WorkId>) -> Self {
        let (mut records, mut missing) = (Vec::new(), Vec::new());
        for work in examples {
            match body(evidence, &facets::example(work)) {
                Ok(record) => records.push(record),
                Err(_) => missing.push(work),
            }
        }
        let is_example = |id: &str| examples.iter().any(|work| work.as_str() == id);
        let lists = evidence.iter().filter_map(|(resource, _)| results(evidence, resource).ok());
        let works = lists
            .flat_map(|(_, works)| works)
            .filter_map(|work| Some((work.get("id")?.as_str()?, work)))
            .filter(|(id, _)| !is_example(id));
        Self { evidence, examples: records, missing, works: works.collect() }
    }
}

/// A facet, and how far the examples stand for it.
pub struct Compared {
    pub name: &'static str,
    /// Whether the counts are those of the works that were looked at, and not of the whole catalogue.
    pub sampled: bool,
    pub values: Vec<Covered>,
    /// How many examples have no value at all.
    pub without: usize,
    /// What could not be found out, in sentences.
    pub unknown: Vec<String>,
}

/// A value that works of the catalogue have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub id: String,
    pub label: String,
    /// How many works have it.
    pub works: u64,
    /// How many examples have it.
    pub examples: usize,
    /// Works that could be examples: id and title. None where there is an example.
    pub suggestions: Vec<(String, String)>,
}

/// Compares the values of one facet; what has no example comes first, what most works have before the rest.
pub fn compare(facet: &Facet, seen: &Seen<'_>) -> Compared {
    let (counted, unknown) = counted(facet, seen);
    let mut values: Vec<Covered> = counted
        .into_iter()
        .filter(|(_, (_, works))| *works > 0)
        .map(|(id, (label, works))| {
            let has = |record: &&&Value| facet.of(record).contains_key(id);
            let examples = seen.examples.iter().filter(has).count();
            let suggestions = if examples > 0 {
                Vec::new()
            } else {
                let works = seen.works.iter().filter(|(_, record)| has(record));
                works.take(SUGGESTED).map(|(id, record)| ((*id).to_owned(), title(record))).collect()
            };
            Covered { id: id.to_owned(), label: label.to_owned(), works, examples, suggestions }
        })
        .collect();
    values.sort_by_key(|value| (value.examples > 0, std::cmp::Reverse(value.works)));
    let without = seen.examples.iter().filter(|record| facet.of(record).is_empty()).count();
    Compared { name: facet.name, sampled: matches!(facet.told, Told::Sample), values, without, unknown }
}

/// By value: its label, and how many works have it.
type Counted<'e> = BTreeMap<&'e str, (&'e str, u64)>;

/// The values of a facet, and what could not be found out of it.
fn counted<'e>(facet: &Facet, seen: &Seen<'e>) -> (Counted<'e>, Vec<String>) {
    let mut counted = Counted::new();
    let mut unknown = Vec::new();
    // What any work has exists, whether or not there is a count of it.
    for record in seen.examples.iter().chain(seen.works.values()) {
        for (id, label) in facet.of(record) {
            counted.entry(id).or_insert((label, 0)).1 += 1;
        }
    }
    match facet.told {
        Told::Sample => {}
        Told::Aggregation(name) => {
            unknown.extend(facets::no_aggregations(seen.evidence));
            for (id, label, works) in facets::buckets(seen.evidence, name) {
                counted.insert(id, (label, works));
            }
        }
        Told::Filter(filter, known) => {
            for id in known {
                match results(seen.evidence, &facets::works(filter, id)) {
                    Ok((total, _)) => counted.entry(id).or_insert((id, 0)).1 = total,
                    Err(because) => unknown.push(because),
                }
            }
        }
    }
    (counted, unknown)
}

/// A list's works, and how many there are in all.
fn results<'e>(evidence: &'e Evidence, resource: &Resource) -> Result<(u64, &'e [Value]), String> {
    let list = body(evidence, resource)?;
    let total = list.get("totalResults").and_then(Value::as_u64);
    let works = list.get("results").and_then(Value::as_array);
    total
        .zip(works)
        .map(|(total, works)| (total, works.as_slice()))
        .ok_or_else(|| format!("{resource} is no list"))
}

fn body<'e>(evidence: &'e Evidence, resource: &Resource) -> Result<&'e Value, String> {
    let answer = evidence.get(resource)?;
    match (answer.status, answer.json()) {
        (200, Some(body)) => Ok(body),
        (status, _) => Err(format!("{resource} answers {status}")),
    }
}

fn title(record: &Value) -> String {
    let title = record.get("title").and_then(Value::as_str).unwrap_or_default().trim();
    if title.is_empty() { "a work without a title".to_owned() } else { title.to_owned() }
}
