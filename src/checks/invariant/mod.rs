//! `invariants`: what must hold for every work of a seeded random sample of the catalogue.
//!
//! `strata` says which pages there are to draw from, `sample` draws; a `rule` makes cases of what was drawn, `account`
//! counts them, and `estimate` says what that means for the whole catalogue.

mod account;
mod case;
mod estimate;
mod rule;
mod rules;
mod sample;
mod shaped;
mod strata;

use std::collections::BTreeSet;

pub use case::{Case, Ruling};
pub use rule::Rule;
pub(super) use sample::{Drawing, asked_of};
pub use sample::{Sample, Sampled};

use account::Account;
use shaped::HasShape;
use strata::Strata;

use super::work::{includes_of, refused_includes, unknown_include};
use super::{Check, Context, shape};
use crate::catalogue::{Include, Resource};
use crate::suite::{Holds, InvariantExample, SampleOf, Shape, Share};
use crate::verdict::Judgement;

/// Judges the works of a sample by one rule.
pub struct InvariantCheck {
    sample: SampleOf,
    among: Option<Shape>,
    rule: Box<dyn Rule>,
    share: Share,
}

impl InvariantCheck {
    /// The check of this example.
    #[must_use]
    pub fn new(example: &InvariantExample) -> Self {
        let rule: Box<dyn Rule> = match &example.claim {
            Holds::Shape(shape) => Box::new(HasShape(shape.clone())),
            Holds::Rule(rule) => rules::of(*rule),
        };
        Self { sample: example.sample, among: example.among.clone(), rule, share: example.share }
    }

    /// The request that tells what there is to draw from.
    #[must_use]
    pub fn strata() -> Resource {
        Strata::request()
    }

    /// The works of the sample that this is about.
    fn among<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        match &self.among {
            None => sample.clone(),
            Some(among) => sample.those(|record| shape::holds(among, Some(record))),
        }
    }

    fn includes(&self) -> BTreeSet<Include> {
        let mut includes = self.rule.includes();
        includes.extend(self.among.iter().flat_map(includes_of));
        includes
    }
}

impl Check for InvariantCheck {
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let mut wanted = vec![Strata::request()];
        let Ok(drawing) = Drawing::of(self.sample, context) else { return wanted };
        wanted.extend(drawing.pages);
        if drawing.done {
            let looked_at = self.rule.looks_at(&self.among(&drawing.sample));
            wanted.extend(self.rule.resources(&looked_at, context));
        }
        wanted
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let drawing = match Drawing::of(self.sample, context) {
            Ok(drawing) => drawing,
            Err(judgement) => return judgement,
        };
        let includes = self.includes();
        if let Some(because) = unknown_include(&includes, context.requests.unknown()) {
            return Judgement::undecided(because);
        }
        let mut faults = drawing.faults.clone();
        faults.extend(refused_includes(&includes, context.requests.refused()));
        let among = self.among(&drawing.sample);
        let looked_at = self.rule.looks_at(&among);
        let cases = self.rule.cases(&looked_at, context);
        let remark = self.rule.remark(&looked_at, context);
        let judgement = Account {
            noun: self.rule.noun(),
            share: self.share,
            chosen: self.among.is_some(),
            drawing: &drawing,
            among: &among,
            looked_at: &looked_at,
            cases,
            faults,
            context,
        }
        .judgement();
        remark.into_iter().fold(judgement, Judgement::remarking)
    }
}

#[cfg(test)]
mod tests;
