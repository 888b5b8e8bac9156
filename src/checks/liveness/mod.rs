//! `liveness`: many requests of one sort are all answered, and quickly.

mod asked;
mod latency;
mod page;

use std::time::Duration;

use super::{Check, Context, describe_answer, describe_status};
use crate::catalogue::{Answer, Resource};
use crate::evidence::Evidence;
use crate::numbers::counted;
use crate::suite::LivenessExample;
use crate::verdict::{Finding, Judgement};
use asked::Asked;
use page::{Culprit, Page};

/// How many requests that fail are told; the rest are counted.
const TOLD: usize = 8;

/// How many pages that fail are searched for the record that breaks them.
const SEARCHED: usize = 3;

/// Judges requests of one sort.
pub struct LivenessCheck {
    example: LivenessExample,
}

impl LivenessCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: LivenessExample) -> Self {
        Self { example }
    }
}

impl Check for LivenessCheck {
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let mut wanted = latency::probes();
        match asked::of(&self.example, context) {
            Asked::First(resources) => wanted.extend(resources),
            Asked::Nothing(_) => {}
            Asked::All(resources) => {
                wanted.extend(culprits(&resources, context.evidence).into_iter().flat_map(
                    |(_, it)| match it {
                        Culprit::Ask(smaller) => smaller,
                        Culprit::Told(_) => Vec::new(),
                    },
                ));
                wanted.extend(resources);
            }
        }
        wanted
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let evidence = context.evidence;
        let asked = match asked::of(&self.example, context) {
            Asked::All(asked) => asked,
            Asked::First(_) => return Judgement::undecided("the run ended before all was asked"),
            Asked::Nothing(because) => return Judgement::undecided(because),
        };
        let outcomes: Vec<_> = asked.iter().map(|resource| (resource, evidence.get(resource))).collect();
        let answers: Vec<(&Resource, &Answer)> = outcomes
            .iter()
            .filter_map(|(resource, outcome)| Some((*resource, *outcome.as_ref().ok()?)))
            .collect();
        let mut findings = failing(&asked, &answers, evidence);
        let mut undecided = unanswered(&outcomes);
        let mut remarks = vec![format!("{} requests by seed {}", asked.len(), self.example.seed)];
        if let Some(slowest) = &self.example.slowest {
            match latency::judge(slowest, &answers, evidence) {
                Ok((found, remark)) => {
                    findings.extend(found);
                    remarks.push(remark);
                }
                Err(because) => {
                    undecided.get_or_insert(because);
                }
            }
        }
        let judgement = match undecided {
            Some(because) if findings.is_empty() => Judgement::undecided(because),
            _ => Judgement::of(answers.len(), findings),
        };
        let requests = counted(asked.len(), ("request", "requests"));
        let judgement = judgement.remarking(remarks.join("; ")).drawn(requests, self.example.seed);
        retried(&answers).into_iter().fold(judgement, Judgement::warning)
    }
}

/// Only 200 with JSON will do: all that is asked makes sense, so that a refusal is as wrong as a failure.
fn is_alive(answer: &Answer) -> bool {
    answer.status == 200 && answer.json().is_some()
}

/// The pages that the API itself fails to answer, each with the record behind it as far as that is known.
fn culprits<'a>(asked: &'a [Resource], evidence: &Evidence) -> Vec<(&'a Resource, Culprit)> {
    let fails = |resource: &&Resource| evidence.get(resource).is_ok_and(|answer| answer.status >= 500);
    let pages = asked.iter().filter(fails).filter_map(|resource| Some((resource, Page::of(resource)?)));
    pages.take(SEARCHED).map(|(resource, page)| (resource, page.culprit(evidence))).collect()
}

fn failing(asked: &[Resource], answers: &[(&Resource, &Answer)], evidence: &Evidence) -> Vec<Finding> {
    let culprits = culprits(asked, evidence);
    let failing: Vec<_> = answers.iter().filter(|(_, answer)| !is_alive(answer)).collect();
    let told = failing.iter().take(TOLD).map(|(resource, answer)| {
        let culprit = culprits.iter().find(|(page, _)| page == resource);
        let because = match culprit {
            Some((_, Culprit::Told(because))) => format!(": {because}"),
            Some((_, Culprit::Ask(_))) | None => String::new(),
        };
        Finding {
            at: resource.to_string(),
            says: format!("the API answers {}{because}", describe_status(answer)),
            expected: "200 with JSON".to_owned(),
            found: describe_answer(answer),
            ..Finding::default()
        }
    });
    let more = failing.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| Finding {
        says: format!("{} of {} requests fail; the other {more} are not listed", failing.len(), asked.len()),
        ..Finding::default()
    });
    told.chain(more).collect()
}

/// What has no answer shows nothing; all of it is named.
fn unanswered(outcomes: &[(&Resource, Result<&Answer, String>)]) -> Option<String> {
    let causes: Vec<&str> =
        outcomes.iter().filter_map(|(_, outcome)| outcome.as_ref().err().map(String::as_str)).collect();
    let listed = causes.iter().take(TOLD).copied().collect::<Vec<_>>().join("; ");
    let all = outcomes.len();
    (!causes.is_empty()).then(|| format!("{} of {all} requests have no answer: {listed}", causes.len()))
}

/// An answer that had to be asked for again is no failure, but readers would have seen one.
fn retried(answers: &[(&Resource, &Answer)]) -> Option<String> {
    let retried: Vec<String> = answers
        .iter()
        .filter(|(_, answer)| answer.tries > 1)
        .map(|(resource, answer)| format!("{resource} at try {}", answer.tries))
        .collect();
    let listed = retried.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    (!retried.is_empty()).then(|| {
        format!("{} of {} were answered only when asked again: {listed}", retried.len(), answers.len())
    })
}

/// A time as people read it.
fn in_words(time: Duration) -> String {
    match time.as_millis() {
        0 => format!("{:.1} ms", time.as_secs_f64() * 1000.0),
        1..1000 => format!("{} ms", time.as_millis()),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}
