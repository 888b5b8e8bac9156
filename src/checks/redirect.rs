//! `redirects`: an old id leads, in one hop, to the record that replaced it.

use std::collections::BTreeSet;

use super::work::another_record;
use super::{Check, Context, expect_json, unexpected_answer};
use crate::catalogue::{Answer, Include, Resource, WorkId};
use crate::verdict::{Finding, Judgement, Verdict};

/// Judges where one old id leads.
pub struct RedirectCheck {
    from: WorkId,
    to: WorkId,
}

impl RedirectCheck {
    /// A check that `from` leads to `to`.
    #[must_use]
    pub fn new(from: WorkId, to: WorkId) -> Self {
        Self { from, to }
    }

    fn old(&self) -> Resource {
        with_query(&self.from)
    }
}

impl Check for RedirectCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.to.clone(), BTreeSet::new())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        vec![self.old(), context.requests.resource(&self.to)]
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let answer = match context.evidence.get(&self.old()) {
            Ok(answer) => answer,
            Err(because) => return Judgement::undecided(because),
        };
        let mut findings: Vec<Finding> =
            self.wrong_redirect(answer, &context.evidence.stage).into_iter().collect();
        match expect_json(&context.requests.resource(&self.to), context.evidence) {
            Ok(record) => findings.extend(another_record(&self.to, record)),
            Err(Judgement { verdict: Verdict::Fail { findings: target }, .. }) => {
                findings.extend(target.into_iter().map(|finding| Finding {
                    says: format!("the record that it must lead to: {}", finding.says),
                    ..finding
                }));
            }
            // What is wrong already stays wrong, whatever the target would have answered.
            Err(judgement) if findings.is_empty() => return judgement,
            Err(_) => {}
        }
        Judgement::of(2, findings)
    }
}

impl RedirectCheck {
    fn wrong_redirect(&self, answer: &Answer, stage: &str) -> Option<Finding> {
        let expected = format!("302 to /catalogue/v2/works/{}?include=items", self.to);
        let (302, Some(location)) = (answer.status, &answer.location) else {
            return Some(unexpected_answer(&expected, answer));
        };
        let says = self.wrong_location(location, stage)?;
        Some(Finding {
            at: "Location".to_owned(),
            says,
            expected,
            found: format!("302 to {location}"),
            ..Finding::default()
        })
    }

    /// What is wrong with where the answer leads, if anything.
    fn wrong_location(&self, location: &str, stage: &str) -> Option<String> {
        let Some(path) = below_host(location, stage) else {
            return Some("the old id leads to another host".to_owned());
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let root = below_host(stage, stage).unwrap_or_default();
        let work =
            path.strip_prefix(root).and_then(|path| path.strip_prefix("/works/")).and_then(WorkId::parse);
        match work {
            Some(work) if work == self.to => (!keeps_query(query)).then(|| {
                "the redirect loses the query string, without which the website cannot follow it".to_owned()
            }),
            Some(work) => Some(format!(
                "the old id leads to another work, {work} (https://wellcomecollection.org/works/{work}), and must lead \
                 to {0} (https://wellcomecollection.org/works/{0})",
                self.to
            )),
            None => Some("the old id leads to another address than the record's".to_owned()),
        }
    }
}

/// The request for a work that may have moved: with a query, because the website loses its way if a redirect drops it.
pub(super) fn with_query(id: &WorkId) -> Resource {
    Resource::work(id, &BTreeSet::from([Include::Items]))
}

/// Whether the query of a location is still the one that was asked with.
pub(super) fn keeps_query(query: &str) -> bool {
    query.split('&').any(|parameter| parameter == "include=items")
}

/// The path of a location that stays on the stage's host; `None` if it leads elsewhere.
pub(super) fn below_host<'a>(location: &'a str, stage: &str) -> Option<&'a str> {
    if location.starts_with('/') && !location.starts_with("//") {
        return Some(location);
    }
    let origin_end = stage.find("://").map(|at| at + 3)?;
    let origin = stage[origin_end..].find('/').map_or(stage, |slash| &stage[..origin_end + slash]);
    location.strip_prefix(origin).filter(|rest| rest.starts_with('/'))
}
