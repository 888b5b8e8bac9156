//! The survey: each mutation is put in place in memory, and the checks that read the answer judge again.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use super::answers::{self, Spoilable};
use super::critical::touched;
use super::donors::Donors;
use super::mutation::Mutation;
use super::mutations::mutations;
use super::tally::{Survey, Survivor};
use crate::catalogue::{Answer, Resource};
use crate::checks::Context;
use crate::checks::contract::{BodyKind, Severity};
use crate::evidence::Evidence;
use crate::gate::{Bench, Plan, Planned, Role};
use crate::suite::{Critical, Suite};

/// Spoils every answer that an example of the suite rests on, in every single way, and counts who notices.
///
/// A criterion notices if one of its checks passed and does so no more. One with a known issue never does, since a run
/// would let its failure pass. Overrides play no part. The outcome is the same whatever the number of cores.
///
/// # Errors
///
/// In a sentence: which answers of examples cannot be had, and why.
pub fn survey(suite: &Suite, plan: &Plan, bench: &Bench, evidence: &Evidence) -> Result<Survey, String> {
    let spoilable = answers::answers(suite, plan, bench, evidence)?;
    let records = |shown: bool| {
        let bodies = spoilable.iter().enumerate();
        let bodies = bodies.filter(move |(_, it)| (it.answer.status == 200) == shown);
        Donors::of(bodies.filter_map(|(nr, it)| Some((nr, it.answer.json()?))))
    };
    let surveyor = Surveyor {
        bench,
        evidence,
        others: spoilable.iter().map(|it| it.answer).collect(),
        donors: [records(false), records(true)],
        critical: &suite.critical,
        spoilable: &spoilable,
        next: AtomicUsize::new(0),
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(spoilable.len()).max(1);
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(|| surveyor.work())).collect();
        let parts = started.into_iter().map(|part| match part.join() {
            Ok(part) => part,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        Ok(parts.fold(Survey::default(), Survey::with))
    })
}

struct Surveyor<'a> {
    bench: &'a Bench,
    evidence: &'a Evidence,
    spoilable: &'a [Spoilable<'a>],
    others: Vec<&'a Answer>,
    /// Of errors, and of records.
    donors: [Donors; 2],
    critical: &'a [Critical],
    /// The answer that nobody has taken yet.
    next: AtomicUsize,
}

impl Surveyor<'_> {
    /// Takes one answer after the other, until none is left. The evidence is copied once; after each answer, it is
    /// whole again.
    fn work(&self) -> Survey {
        let mut evidence = self.evidence.clone();
        let mut survey = Survey::default();
        loop {
            let nr = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(spoilable) = self.spoilable.get(nr) else { return survey };
            survey.answers += 1;
            survey.asked.extend(spoilable.criteria.iter().map(|check| check.about.criterion.clone()));
            let donors = &self.donors[usize::from(spoilable.answer.status == 200)];
            for mutation in mutations(spoilable.answer, nr, donors, &self.others) {
                let spoiled = mutation.applied_to(spoilable.answer);
                let contract = self.breaks_the_contract(&spoilable.resource, &spoiled);
                evidence.insert(spoilable.resource.clone(), Ok(spoiled));
                self.judge(spoilable, &mutation, contract, &evidence, &mut survey);
            }
            evidence.insert(spoilable.resource.clone(), Ok(spoilable.answer.clone()));
        }
    }

    fn breaks_the_contract(&self, resource: &Resource, answer: &Answer) -> bool {
        let kind = BodyKind::of(resource.path(), answer.status);
        let contract = &self.bench.contract;
        let breaches =
            kind.zip(answer.json()).map(|(kind, body)| contract.breaches_of_answer(resource, kind, body));
        breaches.into_iter().flatten().any(|breach| breach.severity == Severity::Failure)
    }

    fn judge(
        &self,
        spoilable: &Spoilable<'_>,
        mutation: &Mutation,
        contract: bool,
        evidence: &Evidence,
        survey: &mut Survey,
    ) {
        let context = self.bench.context(evidence);
        let mut criteria = false;
        for check in &spoilable.criteria {
            if !check.check().judge(&context).verdict.is_pass() {
                criteria = true;
                if !survey.noticing.contains(&check.about.criterion) {
                    survey.noticing.insert(check.about.criterion.clone());
                }
            }
        }
        let snapshots = spoilable.recorded.iter().any(|check| differs(check, &context));
        survey.all.count(criteria, contract, snapshots);
        let path = survey.paths.entry(mutation.path()).or_default();
        path.counts.count(criteria, contract, snapshots);
        if !criteria && !contract && !snapshots {
            *path.blind_in.entry(spoilable.resource.to_string()).or_default() += 1;
        }
        let touched = touched(self.critical, mutation, spoilable.answer);
        for exception in touched.excepted {
            survey.excepted.entry(exception).or_default().count(criteria, contract, snapshots);
        }
        let Some(first) = touched.critical.first() else { return };
        survey.critical.count(criteria, contract, snapshots);
        if !criteria && !contract {
            survey.survivors.insert(Survivor {
                resource: spoilable.resource.to_string(),
                critical: first.clone(),
                path: mutation.path(),
                says: mutation.to_string(),
                recorded: snapshots,
                stood: stood(mutation, spoilable.answer.json()),
            });
        }
        for path in touched.critical {
            survey.critical_paths.entry(path).or_default().count(criteria, contract, snapshots);
        }
    }
}

/// Whether what would be recorded now is not what was. As the check itself decides, but without the words for how it
/// differs, which take most of its time.
fn differs(check: &Planned, context: &Context<'_>) -> bool {
    let Role::Recorded(recorded) = &check.role else { return false };
    let text = recorded.text(context);
    let before = context.baselines.get(&recorded.record());
    !text.is_ok_and(|text| before.is_some_and(|before| before.trim_end() == text.trim_end()))
}

fn stood(mutation: &Mutation, body: Option<&Value>) -> String {
    let value = body.filter(|_| !mutation.place.steps().is_empty()).and_then(|body| mutation.place.get(body));
    value.map(ToString::to_string).unwrap_or_default()
}
