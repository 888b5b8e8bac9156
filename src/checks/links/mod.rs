//! `links`: what a record links to answers, with the right content type, on hosts that are meant.
//!
//! A redirect is not followed in silence: one hop to an allowed host is, and is remarked on. Links of the record are in
//! `found`, what is wrong with an answer in `answered`.

mod answered;
mod found;

use std::collections::BTreeSet;

use found::Link;
use serde_json::Value;

use super::work::{another_record, refused_includes, unknown_include};
use super::{Check, Context, expect_json};
use crate::catalogue::{Address, Include, Resource, WorkId};
use crate::suite::{LinkKind, LinksExample};
use crate::verdict::{Finding, Judgement};

/// Judges what one record links to.
pub struct LinksCheck {
    of: LinksExample,
}

/// What is known of one link.
enum Outcome {
    /// It answers as it should; if it leads on, where.
    Right { by_way_of: Option<Address> },
    /// It does not.
    Wrong(Finding),
    /// Why there is no answer.
    Unknown(String),
}

impl LinksCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: &LinksExample) -> Self {
        Self { of: example.clone() }
    }

    fn kinds(&self) -> BTreeSet<LinkKind> {
        self.of.follow.clone().unwrap_or_else(|| LinkKind::ALL.into_iter().collect())
    }

    /// What the API must include for the links to be there.
    fn includes(&self) -> BTreeSet<Include> {
        let in_items = self.kinds().iter().any(|kind| *kind != LinkKind::Thumbnail);
        in_items.then_some(Include::Items).into_iter().collect()
    }

    fn record<'a>(&self, context: &Context<'a>) -> Result<&'a Value, Judgement> {
        expect_json(&context.requests.resource(&self.of.work), context.evidence)
    }

    /// What is wrong with an address before anybody is asked.
    fn wrong_address(&self, link: &Link) -> Result<Address, Finding> {
        let Some(address) = Address::parse(&link.address) else {
            return Err(
                link.finding("it is no web address", "an address that begins with https://".to_owned())
            );
        };
        self.wrong_place(link, &address).map_or(Ok(address), Err)
    }

    fn wrong_place(&self, link: &Link, address: &Address) -> Option<Finding> {
        if address.is_open_to_all() {
            let expected = address.to_string().replacen("http:", "https:", 1);
            return Some(link.finding("browsers block what a page loads by http instead of https", expected));
        }
        let allowed = self.of.hosts.iter().any(|host| host == address.place());
        let hosts: Vec<&str> = self.of.hosts.iter().map(String::as_str).collect();
        (!allowed).then(|| {
            let says =
                format!("it leads to {}, which is none of the hosts that are allowed", address.place());
            link.finding(&says, format!("https:// and one of: {}", hosts.join(", ")))
        })
    }

    fn outcome(&self, link: &Link, context: &Context<'_>) -> Outcome {
        let address = match self.wrong_address(link) {
            Ok(address) => address,
            Err(finding) => return Outcome::Wrong(finding),
        };
        let answer = match context.evidence.get(&address.resource()) {
            Ok(answer) => answer,
            Err(because) => return Outcome::Unknown(because),
        };
        let Some(to) = answered::leads_to(&address, answer) else {
            return answered::wrong(link, answer).map_or(Outcome::Right { by_way_of: None }, Outcome::Wrong);
        };
        if let Some(finding) = self.wrong_place(link, &to) {
            return Outcome::Wrong(finding);
        }
        match context.evidence.get(&to.resource()) {
            Err(because) => Outcome::Unknown(because),
            Ok(answer) => {
                answered::wrong(link, answer).map_or(Outcome::Right { by_way_of: Some(to) }, Outcome::Wrong)
            }
        }
    }

    /// Why a record without a link shows nothing.
    fn nothing_to_follow(&self) -> String {
        let kinds: Vec<&str> = self.kinds().into_iter().map(found::name).collect();
        format!(
            "this work has no links ({}), so there is nothing to follow: name a work that has some",
            kinds.join(", ")
        )
    }

    /// The links that were asked for and are not there at all.
    fn missing<'l>(&'l self, links: &'l [Link]) -> impl Iterator<Item = Finding> + 'l {
        let wanted = self.of.follow.iter().flatten();
        wanted.filter(|kind| links.iter().all(|link| link.kind != **kind)).map(|kind| Finding {
            says: format!("the record has no {}", found::name(*kind)),
            expected: format!("at least one {}", found::name(*kind)),
            found: "(nothing)".to_owned(),
            ..Finding::default()
        })
    }
}

impl Check for LinksCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        vec![(self.of.work.clone(), self.includes())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let mut wanted = vec![context.requests.resource(&self.of.work)];
        let Ok(record) = self.record(context) else { return wanted };
        for link in found::links(record, &self.kinds()) {
            let Ok(address) = self.wrong_address(&link) else { continue };
            wanted.push(address.resource());
            let Ok(answer) = context.evidence.get(&address.resource()) else { continue };
            let hop = answered::leads_to(&address, answer);
            wanted.extend(hop.filter(|to| self.wrong_place(&link, to).is_none()).map(|to| to.resource()));
        }
        wanted
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let record = match self.record(context) {
            Ok(record) => record,
            Err(judgement) => return judgement,
        };
        if let Some(because) = unknown_include(&self.includes(), context.requests.unknown()) {
            return Judgement::undecided(because);
        }
        let mut findings: Vec<Finding> = another_record(&self.of.work, record).into_iter().collect();
        findings.extend(refused_includes(&self.includes(), context.requests.refused()));
        let links = found::links(record, &self.kinds());
        findings.extend(self.missing(&links));
        if links.is_empty() && findings.is_empty() {
            return Judgement::undecided(self.nothing_to_follow());
        }
        let (mut judged, mut unknown, mut remarks) = (0, Vec::new(), Vec::new());
        for link in &links {
            match self.outcome(link, context) {
                Outcome::Right { by_way_of } => {
                    judged += 1;
                    remarks.extend(by_way_of.map(|to| format!("{} leads on to {to}", link.address)));
                }
                Outcome::Wrong(finding) => findings.push(finding),
                Outcome::Unknown(because) => unknown.push(because),
            }
        }
        // What is wrong already stays wrong, whatever the other links would have answered.
        match unknown.into_iter().next() {
            Some(because) if findings.is_empty() => Judgement::undecided(because),
            _ => {
                let judged = judged + findings.len();
                remarks.into_iter().fold(Judgement::of(judged, findings), Judgement::remarking)
            }
        }
    }
}
