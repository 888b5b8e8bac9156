//! What an answer counts, read strictly: a number that is none must never be taken for one.

use serde_json::Value;

use crate::catalogue::{Facet, Resource, Shows, Values};
use crate::checks::unexpected_answer;
use crate::evidence::Evidence;
use crate::verdict::{Finding, Judgement};

/// The key under which records without any value are counted, where that can be told.
pub(super) const REST: &str = "–";

/// How many there are, and how many of each value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// All of them.
    pub all: u64,
    /// Those with each value that any of them has, in the API's order.
    pub buckets: Vec<Bucket>,
    /// Where the API shows the fullest buckets only: no other can hold more than this.
    pub cut: Option<u64>,
}

/// One value, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bucket {
    /// Its id, or its label if it has none.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// How many have it; never 0.
    pub count: u64,
}

impl Counts {
    /// The bucket of this value.
    pub fn bucket(&self, key: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|bucket| bucket.key == key)
    }

    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        1 + self.buckets.len()
    }
}

impl Bucket {
    /// `Books (a)`, or the label alone.
    pub fn name(&self) -> String {
        if self.label == self.key || self.key == REST {
            self.label.clone()
        } else {
            format!("{} ({})", self.label, self.key)
        }
    }
}

/// The JSON of a count, or what follows from there being none.
fn body<'a>(resource: &Resource, evidence: &'a Evidence) -> Result<&'a Value, Judgement> {
    let answer = evidence.get(resource).map_err(Judgement::undecided)?;
    match (answer.status, answer.json()) {
        (200, Some(body)) => Ok(body),
        _ => Err(unexpected_answer("200 with a count", answer).into()),
    }
}

/// How many records a list has.
///
/// # Errors
///
/// What follows from there being no such number.
pub(super) fn total(resource: &Resource, evidence: &Evidence) -> Result<u64, Judgement> {
    number(body(resource, evidence)?, "totalResults")
}

/// How many records a list has, and how many of them have each value of a facet.
///
/// # Errors
///
/// What follows from there being no such numbers.
pub(super) fn by_facet(resource: &Resource, facet: &Facet, evidence: &Evidence) -> Result<Counts, Judgement> {
    let body = body(resource, evidence)?;
    let all = number(body, "totalResults")?;
    let at = format!("aggregations.{}", facet.key);
    let shown = body.get("aggregations").and_then(|all| all.get(facet.key)?.get("buckets")?.as_array());
    let Some(shown) = shown else {
        return Err(no_number(&at, "the answer does not count by this facet", body.get("aggregations")));
    };
    let mut buckets = Vec::new();
    for bucket in shown {
        let Some(bucket) = read(bucket) else {
            return Err(no_number(&at, "a bucket has no label, or its count is not a number", Some(bucket)));
        };
        if buckets.iter().any(|other: &Bucket| other.key == bucket.key) {
            return Err(no_number(&at, &format!("`{}` is counted twice", bucket.name()), None));
        }
        buckets.push(bucket);
    }
    // Whether the API lists values that nothing has differs between releases, and says nothing.
    buckets.retain(|bucket| bucket.count > 0);
    if buckets.is_empty() {
        return Err(no_number(&at, "the facet is empty: nothing has any value", None));
    }
    let cut = match facet.shows {
        Shows::Fullest(most) if shown.len() >= most => buckets.iter().map(|bucket| bucket.count).min(),
        Shows::Fullest(_) | Shows::All => None,
    };
    if facet.values == Values::One && cut.is_none() {
        let rest = all.saturating_sub(buckets.iter().map(|bucket| bucket.count).sum());
        let label = format!("without any {}", facet.name);
        buckets.extend((rest > 0).then(|| Bucket { key: REST.to_owned(), label, count: rest }));
    }
    Ok(Counts { all, buckets, cut })
}

/// How many works there are of each state.
///
/// # Errors
///
/// What follows from there being no such numbers.
pub(super) fn by_state(resource: &Resource, evidence: &Evidence) -> Result<Counts, Judgement> {
    let body = body(resource, evidence)?;
    let Some(states) = body.as_object().filter(|states| states.contains_key(VISIBLE)) else {
        return Err(no_number(VISIBLE, "the answer does not say how many works are visible", Some(body)));
    };
    let mut buckets = Vec::new();
    for state in states.keys() {
        let (key, label) = (state.clone(), state.clone());
        buckets.push(Bucket { key, label, count: number(body, state)? });
    }
    buckets.retain(|bucket| bucket.count > 0);
    Ok(Counts { all: buckets.iter().map(|bucket| bucket.count).sum(), buckets, cut: None })
}

/// The state of works that people can find.
pub(super) const VISIBLE: &str = "Visible";

fn read(bucket: &Value) -> Option<Bucket> {
    let data = bucket.get("data")?;
    let label = data.get("label")?.as_str()?.to_owned();
    let key = data.get("id").and_then(Value::as_str).map_or_else(|| label.clone(), str::to_owned);
    Some(Bucket { key, label, count: bucket.get("count")?.as_u64()? })
}

fn number(body: &Value, name: &str) -> Result<u64, Judgement> {
    let number = body.get(name).and_then(Value::as_u64);
    number.ok_or_else(|| no_number(name, &format!("`{name}` is not a number"), body.get(name)))
}

/// It fails: the answer is not one that counts anything.
fn no_number(at: &str, says: &str, found: Option<&Value>) -> Judgement {
    let found = found.map_or_else(|| "(nothing)".to_owned(), crate::checks::yaml::to_yaml);
    Finding {
        at: at.to_owned(),
        says: says.to_owned(),
        expected: "how many there are".to_owned(),
        found,
        unforeseen: true,
    }
    .into()
}
