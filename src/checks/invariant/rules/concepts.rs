//! Every subject, genre and contributor that has an id can be looked up by it.
//!
//! `/concepts?id=a,b` answers for many ids at once and drops in silence those that it does not know, so what comes back
//! is held against what was asked for. What is missing there is asked for once more at its own address, to be sure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::checks::random::Random;
use crate::checks::{Context, describe_status};

/// How many ids one request asks for, and how many requests there are.
const BATCH: usize = 50;
const BATCHES: usize = 12;

/// How many that are missing from a batch are asked for by themselves.
const SINGLE: usize = 24;

/// The rule.
pub(super) struct Concepts;

impl Rule for Concepts {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Subjects, Include::Genres, Include::Contributors])
    }

    fn noun(&self) -> (&'static str, &'static str) {
        ("concept", "concepts")
    }

    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.within(BATCH * BATCHES, |record| ids(record).len())
    }

    fn resources(&self, sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
        let asked = asked(sample);
        let missing: Vec<&str> = asked
            .chunks(BATCH)
            .filter_map(|batch| Some((batch, returned(batch, context).ok()?)))
            .flat_map(|(batch, returned)| batch.iter().filter(move |id| !returned.contains(**id)))
            .copied()
            .collect();
        let batches = asked.chunks(BATCH).map(request);
        batches.chain(missing.into_iter().take(SINGLE).map(single)).collect()
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let mut carriers: BTreeMap<&str, Vec<Sampled<'a>>> = BTreeMap::new();
        for work in &sample.works {
            for id in ids(work.record) {
                carriers.entry(id).or_default().push(*work);
            }
        }
        let asked = asked(sample);
        let in_batches = asked.chunks(BATCH).flat_map(|batch| {
            let returned = returned(batch, context);
            batch.iter().map(move |id| (*id, ruling(id, &returned, context)))
        });
        in_batches
            .map(|(id, ruling)| Case {
                about: format!("concept {id}"),
                works: carriers.remove(id).unwrap_or_default(),
                ruling,
            })
            .collect()
    }
}

/// The ids of the concepts that a record names.
fn ids(record: &Value) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for field in ["subjects", "genres"] {
        for named in elements(record, field) {
            ids.insert(text_at(named, "/id"));
            ids.extend(elements(named, "concepts").iter().map(|concept| text_at(concept, "/id")));
        }
    }
    ids.extend(elements(record, "contributors").iter().map(|it| text_at(it, "/agent/id")));
    // What is only a label has no id.
    ids.remove("");
    ids
}

/// The ids that are asked for: those of the works that are looked at, once each, in an order that the seed gives.
fn asked<'a>(sample: &Sample<'a>) -> Vec<&'a str> {
    let all: BTreeSet<&'a str> = sample.works.iter().flat_map(|work| ids(work.record)).collect();
    let mut all: Vec<&str> = all.into_iter().collect();
    Random::new(sample.of.seed, "concepts").shuffle(&mut all);
    all.truncate(BATCH * BATCHES);
    all
}

fn request(batch: &[&str]) -> Resource {
    // Written with commas, as the API's description has them.
    Resource::new(format!("/concepts?id={}", batch.join(",")))
}

fn single(id: &str) -> Resource {
    Resource::new(format!("/concepts/{id}"))
}

/// The ids that a batch knows.
fn returned<'a>(batch: &[&str], context: &Context<'a>) -> Result<BTreeSet<&'a str>, Ruling> {
    let asked = request(batch);
    let answer = context.evidence.get(&asked).map_err(Ruling::Unknown)?;
    let list = answer.json().filter(|_| answer.status == 200).ok_or_else(|| {
        let says =
            format!("the API answers {} to this and {} other ids", describe_status(answer), batch.len() - 1);
        Ruling::breaks("", says, "200 with a list", answer.status.to_string())
    })?;
    Ok(elements(list, "results").iter().map(|concept| text_at(concept, "/id")).collect())
}

fn ruling(id: &str, returned: &Result<BTreeSet<&str>, Ruling>, context: &Context<'_>) -> Ruling {
    match returned {
        Err(ruling) => return ruling.clone(),
        Ok(returned) if returned.contains(id) => return Ruling::Holds,
        Ok(_) => {}
    }
    let link = format!("https://wellcomecollection.org/concepts/{id}");
    match context.evidence.get(&single(id)) {
        Ok(answer) if answer.status == 200 => Ruling::Holds,
        Ok(answer) => Ruling::breaks(
            "",
            format!(
                "a work names this concept, but its address ({link}) answers {}",
                describe_status(answer)
            ),
            "200 with the concept",
            answer.status.to_string(),
        ),
        Err(because) if context.evidence.has(&single(id)) => Ruling::Unknown(because),
        // One of many: the first of them were asked for by themselves.
        Err(_) => Ruling::breaks(
            "",
            format!("a work names this concept ({link}), but a request for it with others brings it not"),
            "the concept",
            "(nothing)",
        ),
    }
}
