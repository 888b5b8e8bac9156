//! What is looked at of a work, and which requests tell what the catalogue holds of it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalogue::{Include, Resource, WorkId};
use crate::evidence::Evidence;

/// Something by which works are told apart.
pub struct Facet {
    /// What it is called in the listing.
    pub name: &'static str,
    /// Where its values are in a record, each with `id` and `label`; lists are walked through.
    path: &'static [&'static str],
    pub told: Told,
}

/// How it is found out which values there are, and how many works have each.
pub enum Told {
    /// By the aggregation and the filter of this name.
    Aggregation(&'static str),
    /// By the filter of this name, value by value: there is no aggregation.
    Filter(&'static str, &'static [&'static str]),
    /// By nothing but the works that are looked at for the others: there is neither.
    Sample,
}

/// Every facet of the listing.
pub const FACETS: [Facet; 5] = [
    Facet { name: "Work types", path: &["workType"], told: Told::Aggregation("workType") },
    Facet { name: "Availabilities", path: &["availabilities"], told: Told::Aggregation("availabilities") },
    Facet {
        name: "Location types",
        path: &["items", "locations", "locationType"],
        told: Told::Filter(
            "items.locations.locationType",
            &[
                "closed-stores",
                "iiif-image",
                "iiif-presentation",
                "online-resource",
                "open-shelves",
                "thumbnail-image",
            ],
        ),
    },
    Facet {
        name: "Access statuses",
        path: &["items", "locations", "accessConditions", "status"],
        told: Told::Filter(
            "items.locations.accessConditions.status",
            &[
                "open",
                "open-with-advisory",
                "restricted",
                "closed",
                "licensed-resources",
                "unavailable",
                "permission-required",
            ],
        ),
    },
    Facet { name: "Source systems", path: &["identifiers", "identifierType"], told: Told::Sample },
];

/// So many works of each value are looked at.
const SAMPLE: &str = "100";

impl Facet {
    /// What it asks for, given what is there.
    pub fn resources(&self, evidence: &Evidence) -> Vec<Resource> {
        match self.told {
            Told::Sample => Vec::new(),
            Told::Filter(filter, known) => known.iter().map(|value| works(filter, value)).collect(),
            Told::Aggregation(name) => {
                let values = buckets(evidence, name);
                let works = values.iter().map(|(value, _, _)| works(name, value));
                std::iter::once(aggregations()).chain(works).collect()
            }
        }
    }

    /// The values that a record has, each with its label.
    pub fn of<'r>(&self, record: &'r Value) -> BTreeMap<&'r str, &'r str> {
        let mut values = BTreeMap::new();
        walk(record, self.path, &mut |value| {
            if let Some(id) = value.get("id").and_then(Value::as_str) {
                values.insert(id, value.get("label").and_then(Value::as_str).unwrap_or(id));
            }
        });
        values
    }
}

fn walk<'r>(value: &'r Value, path: &[&str], visit: &mut impl FnMut(&'r Value)) {
    match (value, path) {
        (Value::Array(elements), _) => elements.iter().for_each(|element| walk(element, path, visit)),
        (_, []) => visit(value),
        (_, [field, rest @ ..]) => {
            if let Some(inner) = value.get(field) {
                walk(inner, rest, visit);
            }
        }
    }
}

/// The one request for an example's own record.
pub fn example(work: &WorkId) -> Resource {
    Resource::work(work, &[Include::Identifiers, Include::Items].into())
}

/// The one request for all aggregations.
fn aggregations() -> Resource {
    let names: Vec<&str> = FACETS
        .iter()
        .filter_map(|facet| match facet.told {
            Told::Aggregation(name) => Some(name),
            Told::Filter(..) | Told::Sample => None,
        })
        .collect();
    Resource::query("/works", [("aggregations", names.join(",").as_str()), ("pageSize", "1")])
}

/// Works that have this value.
pub fn works(filter: &str, value: &str) -> Resource {
    Resource::query("/works", [(filter, value), ("pageSize", SAMPLE), ("include", "identifiers,items")])
}

/// The values of an aggregation, each with its label and how many works have it.
pub fn buckets<'e>(evidence: &'e Evidence, name: &str) -> Vec<(&'e str, &'e str, u64)> {
    let answer = evidence.get(&aggregations()).ok().filter(|answer| answer.status == 200);
    let buckets = answer.and_then(|answer| answer.json()?.get("aggregations")?.get(name)?.get("buckets"));
    let bucket = |bucket: &'e Value| {
        let text = |field| bucket.get("data")?.get(field)?.as_str();
        let id = text("id")?;
        Some((id, text("label").unwrap_or(id), bucket.get("count")?.as_u64()?))
    };
    buckets.and_then(Value::as_array).into_iter().flatten().filter_map(bucket).collect()
}

/// Why the aggregations are not known, if they are not.
pub fn no_aggregations(evidence: &Evidence) -> Option<String> {
    match evidence.get(&aggregations()) {
        Err(because) => Some(because),
        Ok(answer) if answer.status == 200 => None,
        Ok(answer) => Some(format!("{} answers {}", aggregations(), answer.status)),
    }
}
