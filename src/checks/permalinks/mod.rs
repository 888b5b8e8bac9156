//! `permalinks`: addresses that people hold still lead to a work, each directly or in one hop.
//!
//! A list of a hundred costs one request where the stage's search finds works by what is asked for (`sweep`); what no
//! list shows is asked for by itself (`fate`). Only what was shown passes; what a failure tells is in `wording`.

mod fate;
mod sweep;
mod wording;

use std::collections::BTreeSet;

use fate::Fate;
use sweep::{Sort, Sweep};

use super::{Check, Context};
use crate::catalogue::Resource;
use crate::suite::{PermalinkOf, PermalinksExample};
use crate::verdict::Judgement;

/// Judges a list of permalinks.
pub struct PermalinksCheck {
    of: PermalinksExample,
}

impl PermalinksCheck {
    /// The check of this list.
    #[must_use]
    pub fn new(example: &PermalinksExample) -> Self {
        Self { of: example.clone() }
    }

    /// What is known so far, and what to ask next.
    fn survey(&self, context: &Context<'_>) -> Survey<'_> {
        let (mut works, mut identifiers) = (Vec::new(), Vec::new());
        for permalink in &self.of.permalinks {
            match &permalink.of {
                PermalinkOf::Work(id) => works.push(id.as_str()),
                PermalinkOf::Identifier(identifier) => identifiers.push(identifier.as_str()),
            }
        }
        let works = Sweep::of(Sort::Works, &works, context);
        let identifiers = Sweep::of(Sort::Identifiers, &identifiers, context);
        let targets = if works.next.is_empty() { fate::targets(&works, context) } else { BTreeSet::new() };
        let targets: Vec<String> = targets.into_iter().collect();
        Survey { works, identifiers, targets }
    }
}

/// How far the asking has come.
struct Survey<'k> {
    works: Sweep<'k>,
    identifiers: Sweep<'k>,
    /// Where permalinks lead, as far as no list has shown it yet.
    targets: Vec<String>,
}

impl Survey<'_> {
    /// The sweep of the works to which permalinks lead.
    fn targets(&self, context: &Context<'_>) -> Sweep<'_> {
        let keys: Vec<&str> = self.targets.iter().map(String::as_str).collect();
        if self.works.lists_show_nothing {
            Sweep::without_lists(Sort::Works, &keys, context)
        } else {
            Sweep::of(Sort::Works, &keys, context)
        }
    }
}

impl Check for PermalinksCheck {
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let survey = self.survey(context);
        let mut next = survey.targets(context).next;
        next.extend(survey.works.next);
        next.extend(survey.identifiers.next);
        next
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let survey = self.survey(context);
        let targets = survey.targets(context);
        let fates: Vec<Fate> = self
            .of
            .permalinks
            .iter()
            .map(|permalink| match &permalink.of {
                PermalinkOf::Work(id) => fate::of_work(id, &survey.works, &targets, context),
                PermalinkOf::Identifier(identifier) => {
                    fate::of_identifier(identifier, &survey.identifiers, context)
                }
            })
            .collect();
        let sweeps = [&survey.works, &survey.identifiers, &targets];
        wording::judgement(&self.of, &fates).remarking(wording::cost(&self.of, &fates, &sweeps))
    }
}
