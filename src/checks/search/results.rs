//! What was answered: the results page by page, and whether the pages agree with what they say of themselves.

use std::collections::HashMap;

use serde_json::Value;

use super::super::{Context, unexpected_answer};
use super::listing::{count, title_of};
use super::request::Request;
use crate::catalogue::{Resource, WorkId};
use crate::suite::Look;
use crate::verdict::{Finding, Judgement};

/// The results that were read.
#[derive(Debug)]
pub(super) struct Results<'a> {
    /// The results from the first, page by page.
    pub hits: Vec<Hit<'a>>,
    /// How many there are in all, as the first page says.
    pub total: u64,
    /// The counts by facet, if any were asked for.
    pub facets: Option<&'a Value>,
    /// Where the pages contradict themselves.
    pub faults: Vec<Finding>,
}

/// One result.
#[derive(Debug)]
pub(super) struct Hit<'a> {
    /// Its place, counted from 1.
    pub place: usize,
    pub id: &'a str,
    pub record: &'a Value,
}

impl<'a> Results<'a> {
    /// Reads every page; the judgement that follows if one of them cannot be had, or is no list of results.
    pub(super) fn read(request: &Request, context: &Context<'a>) -> Result<Self, Judgement> {
        let first = list(&request.page(1, context.requests), context)?;
        let total = first.get("totalResults").and_then(Value::as_u64).unwrap_or_default();
        let mut results =
            Self { hits: Vec::new(), total, facets: first.get("aggregations"), faults: Vec::new() };
        results.take_in(1, first, request.size);
        for nr in request.pages(total) {
            let page = list(&request.page(nr, context.requests), context)?;
            results.take_in(nr, page, request.size);
        }
        results.note_repetitions();
        Ok(results)
    }

    fn take_in(&mut self, nr: usize, page: &'a Value, size: usize) {
        let before = (nr - 1) * size;
        let records = page.get("results").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        self.faults.extend(contradictions(nr, page, records.len(), size, self.total));
        self.hits.extend(records.iter().enumerate().map(|(at, record)| Hit {
            place: before + at + 1,
            id: record.get("id").and_then(Value::as_str).unwrap_or("(no id)"),
            record,
        }));
    }

    fn note_repetitions(&mut self) {
        let mut places: HashMap<&str, usize> = HashMap::new();
        for hit in &self.hits {
            if let Some(first) = places.insert(hit.id, hit.place) {
                self.faults.push(Finding {
                    at: format!("results[{}]", hit.place - 1),
                    says: format!("{} is found twice: as number {first} and as number {}", hit.id, hit.place),
                    expected: "every record once".to_owned(),
                    found: format!("{first}. {0}\n{1}. {0}", title_of(hit.id, hit.record), hit.place),
                    ..Finding::default()
                });
            }
        }
    }

    /// The place of a record among the results that were read, counted from 1.
    pub(super) fn place_of(&self, id: &WorkId) -> Option<usize> {
        self.hits.iter().find(|hit| hit.id == id.as_str()).map(|hit| hit.place)
    }

    /// The results that are looked at.
    pub(super) fn within(&self, look: Look) -> &[Hit<'a>] {
        &self.hits[..self.hits.len().min(look.results)]
    }

    /// Whether there are results below those that are looked at.
    pub(super) fn has_more_than(&self, look: Look) -> bool {
        self.total > as_total(look.results)
    }

    /// How many results were looked at, for the report.
    pub(super) fn looked_at(&self, look: Look) -> String {
        let looked_at = self.hits.len().min(look.results);
        format!("the first {looked_at} of {} were looked at", count(self.total, "result"))
    }
}

/// How many results there are in all, if the first page has been answered.
pub(super) fn total(request: &Request, context: &Context<'_>) -> Option<u64> {
    let first = context.evidence.get(&request.page(1, context.requests)).ok()?;
    first.json()?.get("totalResults")?.as_u64()
}

fn list<'a>(resource: &Resource, context: &Context<'a>) -> Result<&'a Value, Judgement> {
    let answer = context.evidence.get(resource).map_err(Judgement::undecided)?;
    let body = answer.json().filter(|_| answer.status == 200);
    if let Some(list) = body.filter(|body| body.get("results").is_some_and(Value::is_array)) {
        return Ok(list);
    }
    let finding = unexpected_answer("200 with a list of results", answer);
    let says =
        if answer.status == 200 { "the answer is no list of results".to_owned() } else { finding.says };
    Err(Finding { says, ..finding }.into())
}

/// Where a page contradicts itself or the first page.
fn contradictions(nr: usize, page: &Value, shown: usize, size: usize, total: u64) -> Vec<Finding> {
    let size = as_total(size);
    let there = total.saturating_sub(size * (as_total(nr) - 1)).min(size);
    let says = [
        ("totalResults", total, "the number of all results is another on this page than on the first"),
        ("pageSize", size, "the page has another size than was asked for"),
        ("totalPages", total.div_ceil(size), "the number of pages is not what so many results need"),
    ];
    let mut findings: Vec<Finding> = Vec::new();
    for (field, expected, says) in says {
        let found = page.get(field);
        if found.and_then(Value::as_u64) != Some(expected) {
            let found = found.map_or("(nothing)".to_owned(), Value::to_string);
            let says = if found == "(nothing)" { "the page does not say it" } else { says };
            findings.push(finding(nr, field, says.to_owned(), expected.to_string(), found));
        }
    }
    if as_total(shown) != there {
        let says = format!("of {} in all, this page shows {shown}", count(total, "result"));
        findings.push(finding(nr, "results", says, count(there, "result"), count(as_total(shown), "result")));
    }
    findings
}

fn finding(nr: usize, field: &str, says: String, expected: String, found: String) -> Finding {
    let at = if nr > 1 { format!("{field} (page {nr})") } else { field.to_owned() };
    Finding { at, says, expected, found, ..Finding::default() }
}

fn as_total(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
