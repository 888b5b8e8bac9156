//! What became of a permalink: shown, led on, lost, or nobody knows.

use std::collections::BTreeSet;

use super::sweep::{Sort, Sweep, total, works};
use crate::catalogue::{Answer, WorkId};
use crate::checks::redirect::{below_host, keeps_query};
use crate::checks::{Context, describe_status};

/// What became of a permalink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// The work is there.
    Shown,
    /// It leads on to this work, which is there.
    LeadsTo(String),
    /// The record was deleted (410).
    Deleted,
    /// There is no such record (404), or no work that carries the identifier.
    Lost,
    /// It leads on to what is no work that people can see; says where, and what is there.
    DeadEnd(String),
    /// It leads on to this work, which is there, but drops the query string on the way.
    Forgetful(String),
    /// The answer is another than any that the API documents for this.
    Strange(String),
    /// Why there is no answer.
    Unknown(String),
}

/// Where the works that are asked for singly lead, as far as no list has shown it.
pub(super) fn targets(works: &Sweep<'_>, context: &Context<'_>) -> BTreeSet<String> {
    let leads = works.singly.iter().filter_map(|key| target(answer(key, context).ok()?, context).ok());
    leads.map(|id| id.to_string()).filter(|id| !works.shown.contains(id.as_str())).collect()
}

/// What became of the id of a work.
pub(super) fn of_work(id: &WorkId, works: &Sweep<'_>, targets: &Sweep<'_>, context: &Context<'_>) -> Fate {
    if works.shown.contains(id.as_str()) {
        return Fate::Shown;
    }
    let answer = match answer(id.as_str(), context) {
        Ok(answer) => answer,
        Err(because) => return Fate::Unknown(unasked(&works.beyond, id.as_str()).unwrap_or(because)),
    };
    match answer.status {
        200 if Sort::Works.is_there(id.as_str(), context) => Fate::Shown,
        200 => Fate::Strange("the API answers with another record".to_owned()),
        302 => match target(answer, context) {
            Ok(to) => match of_target(&to, works, targets, context) {
                Fate::LeadsTo(to) if !keeps_its_query(answer) => Fate::Forgetful(to),
                fate => fate,
            },
            Err(location) => Fate::DeadEnd(format!("{location}, which is no work of this API")),
        },
        404 => Fate::Lost,
        410 => Fate::Deleted,
        _ => Fate::Strange(format!("the API answers {}", describe_status(answer))),
    }
}

/// What became of a permalink that leads to this work.
fn of_target(to: &WorkId, works: &Sweep<'_>, targets: &Sweep<'_>, context: &Context<'_>) -> Fate {
    let key = to.as_str();
    if works.shown.contains(key) || targets.shown.contains(key) || Sort::Works.is_there(key, context) {
        return Fate::LeadsTo(to.to_string());
    }
    match answer(key, context) {
        Ok(Answer { status: 200, .. }) => {
            Fate::DeadEnd(format!("{to}, for which the API answers with another record"))
        }
        Ok(Answer { status: 302, location, .. }) => {
            let on = location.as_deref().unwrap_or("nowhere");
            Fate::DeadEnd(format!("{to}, which leads on again, to {on}; the website follows one hop"))
        }
        Ok(other) => Fate::DeadEnd(format!("{to}, for which the API answers {}", describe_status(other))),
        Err(because) => Fate::Unknown(unasked(&targets.beyond, key).unwrap_or(because)),
    }
}

/// What became of an identifier of another system.
pub(super) fn of_identifier(identifier: &str, sweep: &Sweep<'_>, context: &Context<'_>) -> Fate {
    let sort = Sort::Identifiers;
    if sweep.shown.contains(identifier) || sort.is_there(identifier, context) {
        return Fate::Shown;
    }
    let answer = match context.evidence.get(&sort.single(identifier)) {
        Ok(answer) => answer,
        Err(because) => return Fate::Unknown(unasked(&sweep.beyond, identifier).unwrap_or(because)),
    };
    match (answer.status, answer.json()) {
        (200, Some(list)) => match (total(list), works(list).len()) {
            (Some(0), 0) => Fate::Lost,
            (Some(1), 1) => Fate::Strange("it finds a work that does not carry it".to_owned()),
            (Some(several), _) => {
                Fate::Strange(format!("it finds {several} works, so it leads to none of them"))
            }
            (None, _) => Fate::Strange("the API answers with something that is no list of works".to_owned()),
        },
        _ => Fate::Strange(format!("the API answers {}", describe_status(answer))),
    }
}

fn answer<'e>(id: &str, context: &Context<'e>) -> Result<&'e Answer, String> {
    context.evidence.get(&Sort::Works.single(id))
}

/// The work to which an answer leads; where else, if it leads to none.
fn target(answer: &Answer, context: &Context<'_>) -> Result<WorkId, String> {
    let stage = &context.evidence.stage;
    let location = answer.location.as_deref().filter(|_| answer.status == 302).unwrap_or("nowhere");
    let root = below_host(stage, stage).unwrap_or_default();
    let id = below_host(location, stage)
        .and_then(|path| path.split('?').next())
        .and_then(|path| path.strip_prefix(root)?.strip_prefix("/works/"))
        .and_then(WorkId::parse);
    id.ok_or_else(|| location.to_owned())
}

fn keeps_its_query(answer: &Answer) -> bool {
    let location = answer.location.as_deref().unwrap_or_default();
    location.split_once('?').is_some_and(|(_, query)| keeps_query(query))
}

/// Why there is no answer, where so many are missing that not all of them were asked for.
fn unasked(beyond: &BTreeSet<&str>, key: &str) -> Option<String> {
    beyond.contains(key).then(|| {
        format!(
            "no list of this stage names {key}, and no more than {} permalinks of one list are asked for one by one; \
             put the rest into a list of its own",
            super::sweep::SINGLY
        )
    })
}
