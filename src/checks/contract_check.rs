//! The contract as a check: every answer of one kind that was fetched satisfies its schema.

use std::collections::BTreeSet;

use super::contract::{BodyKind, Breach, Severity};
use super::{Check, Context, first_of};
use crate::catalogue::{Origin, Resource};
use crate::verdict::{Finding, Judgement};

/// How many broken places one check lists; the rest are counted.
const LISTED: usize = 20;

/// Judges all answers whose body is of this kind.
pub struct ContractCheck {
    kind: BodyKind,
}

impl ContractCheck {
    /// A check of all answers of this kind.
    #[must_use]
    pub fn new(kind: BodyKind) -> Self {
        Self { kind }
    }

    fn answers<'a>(
        &self,
        context: &Context<'a>,
    ) -> impl Iterator<Item = (&'a Resource, &'a serde_json::Value)> {
        let kind = self.kind;
        context.evidence.iter().filter_map(move |(resource, outcome)| {
            let answer = outcome.as_ref().ok()?;
            let body = answer.json()?;
            let of_the_stage = resource.origin() == Origin::Stage;
            (of_the_stage && BodyKind::of(resource.path(), answer.status) == Some(kind))
                .then_some((resource, body))
        })
    }

    fn breaches(&self, context: &Context<'_>) -> Vec<(Resource, Breach)> {
        self.answers(context)
            .flat_map(|(resource, body)| {
                let breaches = context.contract.breaches_of_answer(resource, self.kind, body);
                breaches.into_iter().map(|breach| (resource.clone(), breach))
            })
            .collect()
    }
}

impl Check for ContractCheck {
    fn judges_all(&self) -> bool {
        true
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let answers = self.answers(context).count();
        if answers == 0 {
            return Judgement::undecided(format!(
                "no {} was answered, so nothing could be held against its schema",
                self.kind.name()
            ));
        }
        let (failures, drift): (Vec<_>, Vec<_>) =
            self.breaches(context).into_iter().partition(|(_, breach)| breach.severity == Severity::Failure);
        let failures = failures.into_iter().map(|(resource, breach)| finding(&resource, breach)).collect();
        // An unknown field is named once, however many answers have it, and blocks nothing.
        let drift: BTreeSet<String> = drift.into_iter().map(|(_, breach)| breach.says).collect();
        drift.into_iter().fold(Judgement::of(answers, first_of(failures, LISTED)), Judgement::drifting)
    }
}

fn finding(resource: &Resource, breach: Breach) -> Finding {
    let record = breach.record.map_or_else(|| resource.to_string(), |id| format!("record {id}"));
    Finding {
        at: format!("{}#{}", resource, breach.pointer),
        says: format!("{record}: {}", breach.says),
        expected: breach.expected,
        found: breach.found,
        ..Finding::default()
    }
}
