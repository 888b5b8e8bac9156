//! An item belongs to one work, and a source identifier to one visible work.
//!
//! Two works with the same identifier are one work that was not merged, or was merged twice: one of them hides what the
//! other has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample, Sampled};
use crate::checks::{Context, expect_json};
use crate::numbers::{counted, grouped};
use crate::verdict::Verdict;

/// How many works of the sample are asked about, so that owners outside the sample are seen.
const ASKED: usize = 36;

/// How many identifiers one request asks for. What more works share than a page holds shows in the total.
const BATCH: usize = 12;

/// How many works are listed by their ids; the rest are counted.
const LISTED: usize = 5;

/// The identifiers that another system gives to one record only, and that lead to one work. Others, such as an ISBN or
/// the code of a digitisation project, may well stand in several.
const OF_ONE_RECORD: [&str; 9] = [
    "calm-altref-no",
    "calm-record-id",
    "calm-ref-no",
    "ebsco-alt-lookup",
    "mets",
    "miro-image-number",
    "sierra-identifier",
    "sierra-system-number",
    "tei-manuscript-id",
];

/// What must lead to one work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OneWork {
    /// The id of an item.
    PerItem,
    /// An identifier of a source system.
    PerIdentifier,
}

/// Type and value of an identifier; for an item, `item` and its id.
type Key<'v> = (&'v str, &'v str);

impl OneWork {
    fn filter(self) -> (&'static str, Include) {
        match self {
            Self::PerItem => ("items", Include::Items),
            Self::PerIdentifier => ("identifiers", Include::Identifiers),
        }
    }

    /// What a work carries that must lead to it alone.
    fn keys(self, record: &Value) -> BTreeSet<Key<'_>> {
        match self {
            Self::PerItem => {
                let ids = elements(record, "items").iter().map(|item| text_at(item, "/id"));
                ids.filter(|id| !id.is_empty()).map(|id| ("item", id)).collect()
            }
            Self::PerIdentifier => {
                let identifiers = elements(record, "identifiers").iter();
                let keys = identifiers.map(|it| (text_at(it, "/identifierType/id"), text_at(it, "/value")));
                keys.filter(|(kind, value)| OF_ONE_RECORD.contains(kind) && !value.is_empty()).collect()
            }
        }
    }

    /// What is asked about: one key of some works of the sample.
    fn asked<'a>(self, sample: &Sample<'a>) -> Vec<Key<'a>> {
        // A filter's values are separated by commas, so a value with one could be taken for two.
        let plain = |key: &Key<'_>| !key.1.contains([',', '"']);
        let carriers = sample.those(|record| self.keys(record).iter().any(plain)).some(ASKED);
        carriers.works.iter().filter_map(|work| self.keys(work.record).into_iter().find(plain)).collect()
    }

    fn request(self, batch: &[Key<'_>]) -> Resource {
        let (filter, include) = self.filter();
        let values: Vec<&str> = batch.iter().map(|(_, value)| *value).collect();
        let query = [(filter, values.join(",")), ("pageSize", "100".to_owned())];
        let query = query.iter().map(|(name, value)| (*name, value.as_str()));
        Resource::query("/works", query).including(&BTreeSet::from([include]))
    }
}

impl Rule for OneWork {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([self.filter().1])
    }

    fn noun(&self) -> (&'static str, &'static str) {
        match self {
            Self::PerItem => ("item id", "item ids"),
            Self::PerIdentifier => ("identifier", "identifiers"),
        }
    }

    fn resources(&self, sample: &Sample<'_>, _context: &Context<'_>) -> Vec<Resource> {
        self.asked(sample).chunks(BATCH).map(|batch| self.request(batch)).collect()
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let mut owners: BTreeMap<Key<'a>, Vec<Sampled<'a>>> = BTreeMap::new();
        for work in &sample.works {
            for key in self.keys(work.record) {
                owners.entry(key).or_default().push(*work);
            }
        }
        let mut found = BTreeMap::new();
        for batch in self.asked(sample).chunks(BATCH) {
            let answer = self.found(batch, context);
            found.extend(
                batch
                    .iter()
                    .map(|key| (*key, answer.clone().map(|it| it.get(key).cloned().unwrap_or_default()))),
            );
        }
        owners.into_iter().map(|(key, works)| case(key, works, found.remove(&key))).collect()
    }
}

/// The ids of works, by what they carry.
type Owners<'a> = BTreeMap<Key<'a>, BTreeSet<&'a str>>;

impl OneWork {
    /// Who carries each key of a batch, of all works of the catalogue.
    fn found<'a>(self, batch: &[Key<'_>], context: &Context<'a>) -> Result<Owners<'a>, String> {
        let request = self.request(batch);
        let list = expect_json(&request, context.evidence).map_err(|judgement| match judgement.verdict {
            Verdict::Undecided { because } => because,
            Verdict::Pass | Verdict::Fail { .. } => format!("{request} is not answered with a list"),
        })?;
        let works = elements(list, "results");
        let total = list.get("totalResults").and_then(Value::as_u64);
        if total != Some(works.len() as u64) {
            return Err(format!("{request} does not show on one page all that it finds"));
        }
        let mut owners = Owners::new();
        for work in works {
            for key in self.keys(work) {
                owners.entry(key).or_default().insert(text_at(work, "/id"));
            }
        }
        Ok(owners)
    }
}

/// How many works share it, and how many of them are works of the sample, which are the ones that are shown.
fn shared(owners: &BTreeSet<&str>, of_the_sample: usize) -> String {
    let all = counted(owners.len(), ("work", "works"));
    if owners.len() == of_the_sample {
        return format!("it belongs to {all}");
    }
    format!("it belongs to {all}, {of_the_sample} of them in the sample")
}

/// Some of the works, and how many more there are.
fn listed(owners: &BTreeSet<&str>) -> String {
    let mut lines: Vec<String> = owners.iter().take(LISTED).map(|id| (*id).to_owned()).collect();
    let more = owners.len().saturating_sub(LISTED);
    lines.extend((more > 0).then(|| format!("and {} more", grouped(more))));
    lines.join("\n")
}

fn case<'a>(
    key: Key<'a>,
    works: Vec<Sampled<'a>>,
    found: Option<Result<BTreeSet<&'a str>, String>>,
) -> Case<'a> {
    let (kind, value) = key;
    let mut owners: BTreeSet<&str> = works.iter().map(|work| work.id).collect();
    let lost = match &found {
        Some(Ok(found)) => {
            let lost: Vec<&str> = owners.difference(found).copied().collect();
            owners.extend(found);
            lost
        }
        Some(Err(_)) | None => Vec::new(),
    };
    let ruling = match (owners.len(), lost.as_slice(), found) {
        (2.., _, _) => Ruling::breaks("", shared(&owners, works.len()), "one work", listed(&owners)),
        (_, [lost, ..], _) => Ruling::breaks(
            "",
            "asked for by this, the API does not find the work that carries it",
            (*lost).to_owned(),
            "(nothing)",
        ),
        (_, [], Some(Err(because))) => Ruling::Unknown(because),
        (_, [], _) => Ruling::Holds,
    };
    Case { about: format!("{kind} {value}"), works, ruling }
}
