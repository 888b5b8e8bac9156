//! `populations`: how many records of a kind the whole catalogue holds.
//!
//! Examples show that a kind of work is right; only numbers show that none of its works is lost, or has changed places
//! with others. Judged here: the number by itself, and whether it agrees with the other numbers of the same catalogue.
//! How it compares with prod and with its baseline is told in `against`.

mod against;
mod beside;
mod compare;
mod counting;
mod counts;
mod record;
mod requests;

pub use against::{BaselineCheck, ProdCheck};
pub use beside::Beside;
pub use counting::Counting;
pub use requests::CountRequests;

use counting::Side;
use counts::{Counts, REST, VISIBLE};

use super::{Check, Context};
use crate::catalogue::{Resource, Values};
use crate::evidence::Evidence;
use crate::numbers::grouped;
use crate::suite::{Bounds, By};
use crate::verdict::{Finding, Judgement, Verdict};

/// Judges a count by itself, and by what else the same catalogue says.
pub struct PopulationCheck {
    counting: Counting,
}

impl PopulationCheck {
    /// The check of this count.
    #[must_use]
    pub fn new(counting: Counting) -> Self {
        Self { counting }
    }

    /// Whether there is anything to judge that needs no other catalogue.
    #[must_use]
    pub fn is_called_for(counting: &Counting) -> bool {
        let example = &counting.example;
        let bounds = Bounds { without_any: example.bounds.without_any, ..Bounds::default() };
        example.bounds != bounds || example.by.is_some() || counting.bucket.is_some()
    }

    /// Against how many there are in all.
    fn share(&self, counts: &Counts, evidence: &Evidence) -> Result<Vec<Finding>, Judgement> {
        let Bounds { share_at_least, share_at_most, .. } = &self.counting.example.bounds;
        if share_at_least.is_none() && share_at_most.is_none() {
            return Ok(Vec::new());
        }
        let whole = counts::total(&self.counting.whole, evidence)?;
        let (all, list) = (grouped(whole), self.counting.endpoint().name());
        let mut findings = Vec::new();
        if let Some(least) = share_at_least.filter(|least| counts.all < least.of_rounded_up(whole)) {
            let says = format!("less than {least} of all {all} {list} are such {list}");
            let expected = format!("at least {}", grouped(least.of_rounded_up(whole)));
            findings.push(finding(&says, &expected, &grouped(counts.all)));
        }
        if let Some(most) = share_at_most.filter(|most| counts.all > most.of(whole)) {
            let ignored = if counts.all == whole { ": the API seems to ignore the filter" } else { "" };
            let says = format!("more than {most} of all {all} {list} are such {list}{ignored}");
            let expected = format!("at most {}", grouped(most.of(whole)));
            findings.push(finding(&says, &expected, &grouped(counts.all)));
        }
        Ok(findings)
    }

    /// Against the bucket of the same value, counted over the whole list.
    fn own_bucket(&self, counts: &Counts, evidence: &Evidence) -> Result<Vec<Finding>, Judgement> {
        let Some((facet, value)) = &self.counting.bucket else { return Ok(Vec::new()) };
        let whole = counts::by_facet(&self.counting.whole, facet, evidence)?;
        let found = match whole.bucket(value) {
            None if whole.cut.is_some() => return Ok(Vec::new()),
            bucket => bucket.map_or(0, |bucket| bucket.count),
        };
        let says = format!("the filter and the facet `{}` do not agree on `{value}`", facet.name);
        let differ = !same(found, counts.all);
        let (filter, facet) = (format!("{} by the filter", grouped(counts.all)), grouped(found));
        Ok(differ.then(|| finding(&says, &filter, &format!("{facet} by the facet"))).into_iter().collect())
    }

    /// Against the number of works that can be found.
    fn visible(&self, counts: &Counts, evidence: &Evidence) -> Result<Vec<Finding>, Judgement> {
        if self.counting.example.by != Some(By::State) {
            return Ok(Vec::new());
        }
        let listed = counts::total(&self.counting.whole, evidence)?;
        let visible = counts.bucket(VISIBLE).map_or(0, |bucket| bucket.count);
        let says = "not as many works can be found as are visible";
        let (expected, found) =
            (format!("{} are visible", grouped(visible)), format!("{} are found", grouped(listed)));
        Ok((!same(visible, listed)).then(|| finding(says, &expected, &found)).into_iter().collect())
    }
}

impl Check for PopulationCheck {
    fn resources(&self, _context: &Context<'_>) -> Vec<Resource> {
        self.counting.resources()
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let counts = match self.counting.counts(Side::Stage, context.evidence) {
            Ok(counts) => counts,
            Err(judgement) => return judgement,
        };
        let mut findings = within(&self.counting, &counts, context.evidence.is_of_the_embedded_catalogue());
        findings.extend(disagreements(&self.counting, &counts));
        let compared = [
            self.counting.narrows(&counts, context.evidence).map(|()| Vec::new()),
            self.share(&counts, context.evidence),
            self.own_bucket(&counts, context.evidence),
            self.visible(&counts, context.evidence),
        ];
        let mut unknown = None;
        for outcome in compared {
            match outcome {
                Ok(found) | Err(Judgement { verdict: Verdict::Fail { findings: found }, .. }) => {
                    findings.extend(found);
                }
                Err(judgement) => unknown = Some(judgement),
            }
        }
        match unknown {
            // What is wrong is wrong, whatever else could not be had.
            Some(judgement) if findings.is_empty() => judgement,
            _ => Judgement::of(counts.len(), listed(findings)),
        }
    }
}

/// What is wrong with the numbers by themselves.
fn within(counting: &Counting, counts: &Counts, embedded: bool) -> Vec<Finding> {
    let bounds = &counting.example.bounds;
    let on_stage = bounds.at_least_on_stage.filter(|_| !embedded);
    let mut findings = Vec::new();
    let list = counting.endpoint().name();
    if let Some(least) = bounds.at_least.max(on_stage).filter(|least| counts.all < *least) {
        let says = format!("there are fewer {list} than there must be");
        findings.push(finding(&says, &format!("at least {}", grouped(least)), &grouped(counts.all)));
    }
    if let Some(most) = bounds.at_most.filter(|most| counts.all > *most) {
        let says = format!("there are more {list} than there may be");
        findings.push(finding(&says, &format!("at most {}", grouped(most)), &grouped(counts.all)));
    }
    for (key, least) in &bounds.at_least_in {
        let bucket = counts.bucket(key);
        let count = bucket.map_or(0, |bucket| bucket.count);
        if count < *least {
            let name = bucket.map_or_else(|| key.clone(), counts::Bucket::name);
            let says = format!("{name}: there are fewer {list} than there must be");
            findings.push(finding(&says, &format!("at least {}", grouped(*least)), &grouped(count)));
        }
    }
    findings
}

/// Where the numbers of a facet contradict each other.
fn disagreements(counting: &Counting, counts: &Counts) -> Vec<Finding> {
    let Some(By::Facet(facet)) = counting.example.by else { return Vec::new() };
    let list = counting.endpoint().name();
    let mut findings = Vec::new();
    let at_most = format!("at most {}", grouped(counts.all));
    for bucket in counts.buckets.iter().filter(|bucket| bucket.count > counts.all) {
        let says = format!(
            "{}: more {list} have this value than there are; the facet counts others as well",
            bucket.name()
        );
        findings.push(finding(&says, &at_most, &grouped(bucket.count)));
    }
    if facet.values == Values::Several {
        return findings;
    }
    let sum: u64 = counts.buckets.iter().map(|bucket| bucket.count).sum();
    if sum > counts.all {
        let says = format!("the values of `{}` have more {list} together than there are", facet.name);
        findings.push(finding(&says, &at_most, &grouped(sum)));
    }
    let rest = counts.bucket(REST).map_or(0, |bucket| bucket.count);
    let may = counting.example.bounds.without_any.of(counts.all);
    if rest > may {
        let says = format!(
            "more {list} are without any `{}` than may be; how many may is said by `without-any`",
            facet.name
        );
        findings.push(finding(&says, &format!("at most {}", grouped(may)), &grouped(rest)));
    }
    findings
}

/// Whether two answers count alike. A live catalogue grows between two requests: one in ten thousand may differ, so
/// that in a small catalogue, which does not grow, none may.
fn same(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= one.max(other) / 10_000
}

/// How many findings one check lists; the rest are counted.
const LISTED: usize = 20;

fn listed(mut findings: Vec<Finding>) -> Vec<Finding> {
    let more = findings.len().saturating_sub(LISTED);
    findings.truncate(LISTED);
    if let (Some(last), 1..) = (findings.last_mut(), more) {
        last.says.push_str(&format!(" (and {more} more like these)"));
    }
    findings
}

/// A finding that names what it is about: it is told without its place as well.
fn finding(says: &str, expected: &str, found: &str) -> Finding {
    Finding {
        says: says.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
        ..Finding::default()
    }
}
