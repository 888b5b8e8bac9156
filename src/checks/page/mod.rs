//! `page`: what readers see on the website's page of a work, and what they do not.
//!
//! The page is looked at as assistive technology does: by the roles and names of its parts. What a browser saw of it is
//! evidence like any answer; this judges it.

mod matching;
mod record;
#[cfg(test)]
mod tests;
mod trouble;

use std::collections::BTreeSet;

use super::{Check, Context};
use crate::catalogue::{Device, Include, Resource, WorkId};
use crate::evidence::Seen;
use crate::suite::{PageExpectation, PageRole};
use crate::verdict::{Compared, Finding, Judgement};

/// Judges the page of one work, on one device.
pub struct PageCheck {
    work: WorkId,
    device: Device,
    expect: PageExpectation,
}

impl PageCheck {
    /// A check of the page of this work, as it is seen with this device.
    #[must_use]
    pub fn new(work: &WorkId, device: Device, expect: PageExpectation) -> Self {
        Self { work: work.clone(), device, expect }
    }

    /// The page that it looks at.
    #[must_use]
    pub fn page(&self) -> Resource {
        Resource::page(&self.path(), self.device)
    }

    fn path(&self) -> String {
        format!("/works/{}", self.work)
    }

    /// What a page lacks that is the right one.
    fn missing(&self, seen: &Seen) -> Vec<Finding> {
        self.expect.shows.iter().filter_map(|part| matching::missing(part, seen)).collect()
    }

    /// What it shows and must not.
    fn unwanted(&self, seen: &Seen) -> Vec<Finding> {
        self.expect.hides.iter().filter_map(|part| matching::unwanted(part, seen)).collect()
    }

    /// Whether what must not be on the page may be in the part of its text that was not kept.
    fn is_about_text_that_was_not_read(&self, seen: &Seen) -> bool {
        seen.text_goes_on && self.expect.hides.iter().any(|part| part.role == PageRole::Text)
    }

    /// A record that is not there, or fails, is told by those who look at records.
    fn says_another_title(&self, context: &Context<'_>, seen: &Seen) -> Option<String> {
        let record = context.evidence.get(&context.requests.resource(&self.work)).ok()?;
        record::says_another_title(record.json().filter(|_| record.status == 200)?, seen)
    }

    fn compared(&self, seen: &Seen) -> Compared {
        let shows = self.expect.shows.iter().map(ToString::to_string);
        let hides = self.expect.hides.iter().map(|part| format!("no {part}"));
        Compared::Page {
            address: seen.address.clone(),
            device: self.device.to_string(),
            expected: shows.chain(hides).collect(),
            found: seen.outline(),
            picture: seen.screenshot.clone(),
        }
    }
}

impl Check for PageCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.work.clone(), BTreeSet::new())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        vec![self.page(), context.requests.resource(&self.work)]
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let page = self.page();
        let answer = match context.evidence.get(&page) {
            Ok(answer) => answer,
            Err(because) => return Judgement::undecided(because),
        };
        let Some(seen) = answer.json().and_then(Seen::from_json) else {
            return Judgement::undecided(format!("{page} holds no page as a browser saw it"));
        };
        let errors = trouble::errors(&seen);
        let another = trouble::another_page(&self.path(), &seen);
        let is_another = another.is_some();
        // What another page shows or hides says nothing of this one.
        let (missing, wrong) = match another {
            Some(findings) => (Vec::new(), findings),
            None => (self.missing(&seen), self.unwanted(&seen)),
        };
        if !seen.settled && !missing.is_empty() && wrong.is_empty() && errors.is_empty() {
            let missing: Vec<&str> = missing.iter().map(|finding| finding.says.as_str()).collect();
            let because = format!("{page} did not come to rest, and may show more: {}", missing.join("; "));
            return Judgement::undecided(because).comparing(self.compared(&seen));
        }
        let mut findings = missing;
        findings.extend(wrong);
        let values = self.expect.shows.len() + self.expect.hides.len();
        if self.expect.errors_block() {
            findings.extend(errors.iter().cloned());
        }
        if findings.is_empty() && self.is_about_text_that_was_not_read(&seen) {
            return Judgement::undecided(format!(
                "{page} has more text than the gate reads, and must not say something"
            ));
        }
        let fails = !findings.is_empty();
        let mut judgement = Judgement::of(values, findings);
        if !self.expect.errors_block() {
            judgement = errors.into_iter().fold(judgement, |it, error| it.warning(error.says));
        }
        if !is_another && let Some(says) = self.says_another_title(context, &seen) {
            judgement = judgement.warning(says);
        }
        if !seen.settled {
            judgement = judgement.remarking("the page did not come to rest, and was looked at as it was");
        }
        if fails { judgement.comparing(self.compared(&seen)) } else { judgement }
    }
}
