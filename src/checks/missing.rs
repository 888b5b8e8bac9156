//! An example whose record is not there: where it has gone, and whether prod has lost it too.
//!
//! If people cannot see it on prod either, the example is *stale*: nothing was shown of the criterion, and nothing
//! broke. If prod still has it, this release has lost it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::redirect::below_host;
use super::work::record_of;
use super::{Context, expect_json, shape, unexpected_answer};
use crate::catalogue::{Answer, Resource, WorkId};
use crate::suite::Shape;
use crate::verdict::{Finding, Judgement, STALE};

/// What became of a record that should have been there.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// Its id leads to another work.
    Merged(WorkId),
    /// It was deleted, or is hidden.
    Gone,
    /// Nobody knows of it.
    Unknown,
}

impl Fate {
    /// What an answer says; `None` if it is no such answer.
    fn of(answer: &Answer, root: &str) -> Option<Self> {
        match answer.status {
            302 => successor(answer.location.as_deref()?, root).map(Self::Merged),
            404 => Some(Self::Unknown),
            410 => Some(Self::Gone),
            _ => None,
        }
    }
}

/// The work that a location leads to, on the same host.
fn successor(location: &str, root: &str) -> Option<WorkId> {
    let path = below_host(location, root)?;
    let path = path.split(['?', '#']).next()?;
    WorkId::parse(path.rsplit_once("/works/")?.1)
}

/// What is asked besides the work itself, once its answer is another than the record: the same of prod, and the work
/// that has taken its place.
pub(super) fn resources(work: &WorkId, context: &Context<'_>) -> Vec<Resource> {
    let Ok(answer) = context.evidence.get(&context.requests.resource(work)) else { return Vec::new() };
    let Some(fate) = Fate::of(answer, &context.evidence.stage) else { return Vec::new() };
    let successor = match &fate {
        Fate::Merged(successor) => Some(context.requests.whole(successor)),
        Fate::Gone | Fate::Unknown => None,
    };
    std::iter::once(of_prod(work)).chain(successor).collect()
}

/// Only its status matters, so it is asked for without an include that prod may not know.
fn of_prod(work: &WorkId) -> Resource {
    Resource::work(work, &BTreeSet::new()).on_prod()
}

/// An example, as far as it matters when its record is not there.
pub(super) struct Example<'a> {
    pub work: &'a WorkId,
    /// Its line in the suite file.
    pub line: Option<usize>,
    /// What is expected of it; nothing if the whole record is compared with a snapshot.
    pub expect: Option<&'a Shape>,
}

impl Example<'_> {
    /// The record, or what follows from its not being there.
    pub(super) fn record<'e>(&self, context: &Context<'e>) -> Result<&'e Value, Judgement> {
        let resource = context.requests.resource(self.work);
        record_of(self.work, &resource, context.evidence).map_err(|judgement| {
            let answer = context.evidence.get(&resource).ok();
            let fate = answer.and_then(|answer| Some((answer, Fate::of(answer, &context.evidence.stage)?)));
            fate.map_or(judgement, |(answer, fate)| self.judge(answer, &fate, context))
        })
    }

    fn judge(&self, answer: &Answer, fate: &Fate, context: &Context<'_>) -> Judgement {
        let prod = context.evidence.get(&of_prod(self.work));
        let same_on_prod = prod.as_ref().is_ok_and(|prod| {
            let root = context.evidence.prod.as_deref().unwrap_or_default();
            Fate::of(prod, root).as_ref() == Some(fate)
        });
        let says = self.says(fate, context);
        if same_on_prod && *fate == Fate::Unknown && context.evidence.is_of_the_embedded_catalogue() {
            return self.not_embedded();
        }
        let judgement = if same_on_prod {
            Judgement::undecided(format!(
                "{STALE}{says}, on prod as well. Nothing broke, and nothing was shown of the criterion"
            ))
        } else {
            let on_prod = match prod {
                Ok(prod) if prod.status == 200 => {
                    "prod still has the record: this release has lost it".to_owned()
                }
                Ok(prod) => format!("prod answers otherwise, with {}", prod.status),
                Err(because) => format!("it could not be compared with prod: {because}"),
            };
            let finding = unexpected_answer("200 with a record", answer);
            Finding { says: format!("{says}; {on_prod}"), ..finding }.into()
        };
        judgement.warning(self.hand(fate, context))
    }

    /// A miniature holds no work that nobody has put in: of a new example it can show nothing.
    fn not_embedded(&self) -> Judgement {
        let work = self.work;
        Judgement::undecided(format!(
            "the embedded catalogue does not hold {work}: it has only the works of earlier examples. Judge it on the \
             stage: `STAGE_URL=https://api-stage.wellcomecollection.org/catalogue/v2 cargo test --test gate -- {work}`. \
             A developer puts it into the embedded catalogue, as CONTRIBUTING.md says"
        ))
    }

    fn says(&self, fate: &Fate, context: &Context<'_>) -> String {
        let work = self.work;
        match fate {
            Fate::Merged(successor) => format!("{work} now leads to {}", named(successor, context)),
            Fate::Gone => format!("{work} is gone (410: the record has been deleted)"),
            Fate::Unknown => format!("{work} is not known (404: there is no such record)"),
        }
    }

    /// The hand that the example needs, if it is not the release that is wrong.
    fn hand(&self, fate: &Fate, context: &Context<'_>) -> String {
        let place = self.line.map_or_else(|| "the suite file".to_owned(), |line| format!("line {line}"));
        match fate {
            Fate::Merged(successor) => format!(
                "if that is meant, write `work: {successor}` in {place}{}, and have the criterion approved anew",
                self.would_hold(successor, context)
            ),
            Fate::Gone | Fate::Unknown => format!(
                "if that is meant, the owner of the criterion names another example in {place}, and approves it anew"
            ),
        }
    }

    /// Whether the criterion holds for the work that has taken the place of the example.
    fn would_hold(&self, successor: &WorkId, context: &Context<'_>) -> String {
        let Some(expect) = self.expect else { return " (its snapshot is to be recorded anew)".to_owned() };
        match expect_json(&context.requests.whole(successor), context.evidence) {
            Err(_) => " (it could not be looked at)".to_owned(),
            Ok(record) => match shape::findings(expect, Some(record), "").first() {
                None => " (the criterion holds for it)".to_owned(),
                Some(finding) => {
                    let at = if finding.at.is_empty() { String::new() } else { format!("{}: ", finding.at) };
                    format!(" (the criterion does not hold for it: {at}{})", finding.says)
                }
            },
        }
    }
}

/// A work by its id and title.
fn named(work: &WorkId, context: &Context<'_>) -> String {
    let record = expect_json(&context.requests.whole(work), context.evidence).ok();
    let title = record.and_then(|record| record.get("title")).and_then(Value::as_str);
    title.map_or_else(|| work.to_string(), |title| format!("{work} (\"{title}\")"))
}
