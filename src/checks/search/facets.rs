//! `facets`: the counts beside the results are those of this very search.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Outcome;
use super::listing::count;
use super::results::Results;
use crate::catalogue::Facet;
use crate::suite::Look;
use crate::verdict::Finding;

/// No bucket counts more results than there are, none fewer than were seen, and exactly as many where all were seen.
pub(super) fn follows(facet: &Facet, results: &Results<'_>, look: Look) -> Outcome {
    let Some(buckets) = buckets(facet, results) else {
        let at = format!("aggregations.{}", facet.key);
        let says = "the facet is not answered".to_owned();
        let expected = "(buckets)".to_owned();
        return Outcome::of(
            1,
            [Finding { at, says, expected, found: "(nothing)".to_owned(), ..Finding::default() }],
        );
    };
    let hits = results.within(look);
    let seen = counted(facet, hits.iter().map(|hit| hit.record));
    let all = hits.len() as u64 == results.total;
    let ids: BTreeSet<&str> = buckets.keys().chain(seen.keys()).copied().collect();
    let findings = ids.iter().filter_map(|id| {
        let (counts, shows) = (buckets.get(id).copied().unwrap_or(0), seen.get(id).copied().unwrap_or(0));
        let right = if all { counts == shows } else { (shows..=results.total).contains(&counts) };
        (!right).then(|| finding(facet, id, counts, shows, all, results.total))
    });
    Outcome::of(ids.len(), findings.collect::<Vec<_>>())
}

fn finding(facet: &Facet, id: &str, counts: u64, shows: u64, all: bool, total: u64) -> Finding {
    let expected = match (all, counts > total) {
        (true, _) => shows.to_string(),
        (false, true) => format!("{total} or fewer, for that many results there are"),
        (false, false) => format!("{shows} or more, for that many are among the first results"),
    };
    Finding {
        at: format!("aggregations.{}", facet.key),
        says: format!(
            "the facet counts {} with `{id}`, which is not what the search finds",
            count(counts, "result")
        ),
        expected,
        found: counts.to_string(),
        ..Finding::default()
    }
}

/// The counts by id, as the API gives them.
fn buckets<'a>(facet: &Facet, results: &Results<'a>) -> Option<BTreeMap<&'a str, u64>> {
    let buckets = results.facets?.get(facet.key)?.get("buckets")?.as_array()?;
    buckets
        .iter()
        .map(|bucket| Some((bucket.pointer("/data/id")?.as_str()?, bucket.get("count")?.as_u64()?)))
        .collect()
}

/// In how many records each id occurs.
fn counted<'a>(facet: &Facet, records: impl Iterator<Item = &'a Value>) -> BTreeMap<&'a str, u64> {
    // A facet is named for the field that holds its ids.
    let path: Vec<&str> = facet.name.split('.').chain(["id"]).collect();
    let mut counted = BTreeMap::new();
    for record in records {
        let mut ids = BTreeSet::new();
        gather(record, &path, &mut ids);
        for id in ids {
            *counted.entry(id).or_default() += 1;
        }
    }
    counted
}

/// The texts at a path, which may lead through lists.
fn gather<'a>(value: &'a Value, path: &[&str], found: &mut BTreeSet<&'a str>) {
    match (value, path) {
        (Value::Array(elements), _) => elements.iter().for_each(|element| gather(element, path, found)),
        (Value::String(text), []) => drop(found.insert(text)),
        (Value::Object(fields), [name, rest @ ..]) => {
            if let Some(inner) = fields.get(*name) {
                gather(inner, rest, found);
            }
        }
        _ => {}
    }
}
