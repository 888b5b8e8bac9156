//! Which request counts what: one for each selection, with every facet that the suite asks of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Facet, Resource, Selection};
use crate::suite::{By, PopulationExample};

/// The one request for each selection that the suite counts.
///
/// Made from the whole suite, not from what a filter selects, so that every run asks alike.
#[derive(Debug, Default)]
pub struct CountRequests {
    facets: BTreeMap<Selection, BTreeSet<&'static str>>,
}

impl CountRequests {
    /// Puts together what these examples count by.
    #[must_use]
    pub fn of<'a>(examples: impl IntoIterator<Item = &'a PopulationExample>) -> Self {
        let mut requests = Self::default();
        for example in examples {
            if let Some(By::Facet(facet)) = example.by {
                requests.add(example.of.clone(), facet);
            }
            if let Some((facet, _)) = own_bucket(example) {
                requests.add(example.of.unfiltered(), facet);
            }
        }
        requests
    }

    fn add(&mut self, selection: Selection, facet: &'static Facet) {
        if facet.shares() {
            self.facets.entry(selection).or_default().insert(facet.name);
        }
    }

    /// The request that counts a selection.
    #[must_use]
    pub fn count(&self, selection: &Selection) -> Resource {
        let facets: Vec<&str> = self.facets.get(selection).into_iter().flatten().copied().collect();
        selection.counted(&facets)
    }

    /// The request that counts a selection by a facet: with all others, or alone if it might spoil their answer.
    #[must_use]
    pub fn by(&self, selection: &Selection, facet: &Facet) -> Resource {
        if facet.shares() { self.count(selection) } else { selection.counted(&[facet.name]) }
    }
}

/// The bucket, over the whole list, that must hold as many records as the filter of this example lets through.
pub(super) fn own_bucket(example: &PopulationExample) -> Option<(&'static Facet, &str)> {
    let (name, value) = example.of.single()?;
    let facet = example.of.endpoint().facet(name).filter(|facet| facet.shares())?;
    Some((facet, value))
}
