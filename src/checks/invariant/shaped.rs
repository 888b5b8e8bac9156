//! `holds`: the rule that a work looks like this.

use std::collections::BTreeSet;

use super::case::{Case, Ruling};
use super::rule::Rule;
use super::sample::Sample;
use crate::catalogue::Include;
use crate::checks::work::includes_of;
use crate::checks::{Context, shape};
use crate::suite::Shape;

/// That a work has a shape.
pub struct HasShape(pub Shape);

impl Rule for HasShape {
    fn includes(&self) -> BTreeSet<Include> {
        includes_of(&self.0)
    }

    fn cases<'a>(&self, sample: &Sample<'a>, _context: &Context<'a>) -> Vec<Case<'a>> {
        sample.each(|record| Some(Ruling::of(shape::findings(&self.0, Some(record), ""))))
    }
}
