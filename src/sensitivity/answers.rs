//! Which answers are spoiled, and which checks read each of them by its own address.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::reads_by_address;
use crate::catalogue::{Answer, Resource};
use crate::checks::Context;
use crate::decision::Standing;
use crate::evidence::Evidence;
use crate::gate::{Bench, Plan, Planned, Role};
use crate::numbers::counted;
use crate::suite::{Kind, Suite};

/// An answer that an example rests on.
pub struct Spoilable<'a> {
    /// What was asked for.
    pub resource: Resource,
    /// What was answered.
    pub answer: &'a Answer,
    /// The approved criteria's checks that read it and pass, but for those with a known issue: a run lets them fail.
    pub criteria: Vec<&'a Planned>,
    /// The comparisons with what was recorded that read it and pass.
    pub recorded: Vec<&'a Planned>,
}

/// Every answer that an example of an approved criterion rests on: the record of a work, and what is answered for an id that was
/// merged, deleted or never there, or for a request that makes no sense.
///
/// # Errors
///
/// In a sentence: the answers that cannot be had, each with why. Without them, the survey would look better than it is.
pub fn answers<'a>(
    suite: &Suite,
    plan: &'a Plan,
    bench: &Bench,
    evidence: &'a Evidence,
) -> Result<Vec<Spoilable<'a>>, String> {
    let context = bench.context(evidence);
    let mut readers = reads_by_address(suite, plan);
    readers.retain(|check| check.standing == Standing::Approved);
    let own: BTreeSet<Resource> =
        readers.iter().flat_map(|check| own_resources(suite, check, &context)).collect();
    let mut spoilable: BTreeMap<Resource, Spoilable<'a>> = BTreeMap::new();
    let mut missing = Vec::new();
    for resource in own {
        match evidence.get(&resource) {
            Ok(answer) => {
                let new =
                    Spoilable { resource: resource.clone(), answer, criteria: vec![], recorded: vec![] };
                spoilable.insert(resource, new);
            }
            Err(why) => missing.push(why),
        }
    }
    if !missing.is_empty() {
        let answers = counted(missing.len(), ("answer", "answers"));
        return Err(format!("{answers} of examples cannot be had:\n- {}", missing.join("\n- ")));
    }
    for check in readers {
        let lets_fail = check.known_issue.is_some() && check.is_of_a_criterion();
        // What fails or is undecided already can notice nothing more.
        if lets_fail || !check.check().judge(&context).verdict.is_pass() {
            continue;
        }
        for resource in check.check().resources(&context).into_iter().collect::<BTreeSet<_>>() {
            let Some(read) = spoilable.get_mut(&resource) else { continue };
            match check.role {
                Role::Criterion(_) | Role::Links(_) | Role::Page(_) => read.criteria.push(check),
                Role::Recorded(_) => read.recorded.push(check),
                Role::Comparison(_) | Role::Contract(_) => {}
            }
        }
    }
    Ok(spoilable.into_values().collect())
}

/// What an example names itself; not what its check finds on its way, such as the parts of an archive.
fn own_resources(suite: &Suite, check: &Planned, context: &Context<'_>) -> Vec<Resource> {
    let kind = suite.criteria.iter().find(|it| it.id == check.about.criterion).map(|it| &it.kind);
    match kind {
        Some(Kind::Redirect(_) | Kind::Gone(_) | Kind::NotFound(_) | Kind::Refused(_)) => {
            check.check().resources(context)
        }
        _ => check.check().works().iter().map(|(work, _)| context.requests.resource(work)).collect(),
    }
}
