//! What is asked: the requests of each sort, which follow from the seed and from how many works there are.

use std::collections::HashMap;

use serde_json::Value;

use super::latency::probe;
use super::page::Page;
use crate::catalogue::{Include, Resource, WorkId};
use crate::checks::random::Random;
use crate::checks::{Context, expect_json};
use crate::evidence::Evidence;
use crate::suite::{LivenessExample, Requests};
use crate::verdict::Verdict;

/// No page can end beyond this many results.
const WINDOW: u64 = 10_000;

/// Pages that are deep: as large as they may be, so that they show many records.
const LARGEST: u64 = 100;
/// Search results and pages with every include: as the API gives them unless asked for more.
const USUAL: u64 = 10;

/// So many works are taken from each page that random works are found on.
const FROM_A_PAGE: usize = 5;

/// The orders in which all works can be walked through. Each shows others within the window.
const ORDERS: [&[(&str, &str)]; 3] = [
    &[],
    &[("sort", "production.dates"), ("sortOrder", "asc")],
    &[("sort", "production.dates"), ("sortOrder", "desc")],
];

/// Every aggregation that the API describes for works, in all its releases of 2026.
const AGGREGATIONS: &str = "workType,genres.label,genres,production.dates,subjects.label,subjects,languages,\
                            contributors.agent.label,contributors.agent,items.locations.license,availabilities";

/// Words that people search for, alone and together.
const WORDS: [&str; 24] = [
    "anatomy",
    "botany",
    "cholera",
    "cancer",
    "darwin",
    "dentistry",
    "eye",
    "fever",
    "garden",
    "heart",
    "hospital",
    "india",
    "japan",
    "kidney",
    "london",
    "midwifery",
    "nurse",
    "opium",
    "plague",
    "quinine",
    "skeleton",
    "surgery",
    "vaccination",
    "war",
];

/// What is asked for an example, as far as it is known by now.
pub(super) enum Asked {
    /// These must be answered first.
    First(Vec<Resource>),
    /// All of it.
    All(Vec<Resource>),
    /// It cannot be known what to ask, for this reason.
    Nothing(String),
}

/// What is asked for this example.
pub(super) fn of(example: &LivenessExample, context: &Context<'_>) -> Asked {
    let LivenessExample { requests, times, seed, .. } = *example;
    let mut random = Random::new(seed, "");
    let found = match requests {
        Requests::Searches => Ok(searches(times, &mut random, &[])),
        Requests::EveryAggregation => Ok(searches(times, &mut random, &[("aggregations", AGGREGATIONS)])),
        Requests::DeepPages => pages(times, LARGEST, &ORDERS, &mut random, context.evidence),
        Requests::EveryInclude => every_include(times, &mut random, context),
        Requests::RandomWorks => random_works(times, &mut random, context),
    };
    match found {
        Ok(resources) if resources.is_empty() => {
            Asked::Nothing("there is nothing to ask for: no work is listed".to_owned())
        }
        Ok(resources) => Asked::All(each_its_own(resources)),
        Err(other) => other,
    }
}

/// The same request more than once is asked more than once.
fn each_its_own(resources: Vec<Resource>) -> Vec<Resource> {
    let mut times: HashMap<Resource, usize> = HashMap::new();
    let mut own = |resource: Resource| {
        let nr = times.entry(resource.clone()).or_default();
        *nr += 1;
        if *nr == 1 { resource } else { resource.again(*nr) }
    };
    resources.into_iter().map(&mut own).collect()
}

/// Searches for one, two or three words; pages, so that a record that breaks one can be found.
fn searches(times: usize, random: &mut Random, more: &[(&str, &str)]) -> Vec<Resource> {
    let one = |random: &mut Random| {
        let words: Vec<&str> = (0..=random.below(3)).map(|_| *random.pick(&WORDS)).collect();
        let query = words.join(" ");
        let parameters = more.iter().copied().chain([("query", query.as_str())]);
        Page::new("/works", parameters, USUAL, 1).resource()
    };
    (0..times).map(|_| one(random)).collect()
}

/// Pages from all over the list of works, one from each of as many stretches of it; the first and the last are always
/// among them.
fn pages(
    times: usize,
    size: u64,
    orders: &[&[(&str, &str)]],
    random: &mut Random,
    evidence: &Evidence,
) -> Result<Vec<Resource>, Asked> {
    let last = total_of_works(evidence)?.min(WINDOW).div_ceil(size);
    let times = times as u64;
    if last == 0 {
        return Ok(Vec::new());
    }
    let mut page = |nr: u64, order: &[(&str, &str)]| {
        let (from, to) = (nr * last / times, (nr + 1) * last / times);
        let stretch = usize::try_from(to - from).unwrap_or(usize::MAX).max(1);
        let number = match nr {
            0 => 1,
            nr if nr + 1 == times => last,
            _ => from + 1 + random.below(stretch) as u64,
        };
        Page::new("/works", order.iter().copied(), size, number.min(last)).resource()
    };
    Ok((0..times).zip(orders.iter().cycle()).map(|(nr, order)| page(nr, order)).collect())
}

fn every_include(times: usize, random: &mut Random, context: &Context<'_>) -> Result<Vec<Resource>, Asked> {
    let accepted = context.requests.accepted();
    if accepted.is_empty() {
        return Err(Asked::Nothing("it is not known which includes the stage accepts".to_owned()));
    }
    let names: Vec<&str> = accepted.into_iter().map(Include::as_str).collect();
    pages(times, USUAL, &[&[("include", &names.join(","))]], random, context.evidence)
}

/// Works from pages all over the list, with every include.
fn random_works(times: usize, random: &mut Random, context: &Context<'_>) -> Result<Vec<Resource>, Asked> {
    let evidence = context.evidence;
    let pages = each_its_own(pages(times.div_ceil(FROM_A_PAGE), LARGEST, &ORDERS, random, evidence)?);
    if pages.iter().any(|page| !evidence.has(page)) {
        return Err(Asked::First(pages));
    }
    let mut works = Vec::new();
    for page in &pages {
        let ids = ids(page, evidence)?;
        let wanted = FROM_A_PAGE.min(times - works.len());
        works.extend(
            (0..wanted).filter(|_| !ids.is_empty()).map(|_| context.requests.whole(random.pick(&ids))),
        );
    }
    Ok(works)
}

fn ids(page: &Resource, evidence: &Evidence) -> Result<Vec<WorkId>, Asked> {
    let results = body(page, evidence)?.get("results").and_then(Value::as_array);
    let ids = results.into_iter().flatten().filter_map(|work| WorkId::parse(work.get("id")?.as_str()?));
    Ok(ids.collect())
}

/// How many works there are, which the probe tells.
fn total_of_works(evidence: &Evidence) -> Result<u64, Asked> {
    if !evidence.has(&probe()) {
        return Err(Asked::First(vec![probe()]));
    }
    let total = body(&probe(), evidence)?.get("totalResults").and_then(Value::as_u64);
    total.ok_or_else(|| Asked::Nothing(format!("{} does not tell how many works there are", probe())))
}

fn body<'a>(resource: &Resource, evidence: &'a Evidence) -> Result<&'a Value, Asked> {
    expect_json(resource, evidence).map_err(|judgement| {
        let because = match judgement.verdict {
            Verdict::Undecided { because } => because,
            Verdict::Fail { .. } | Verdict::Pass => format!("{resource} is not answered with a list"),
        };
        Asked::Nothing(because)
    })
}
