//! Which request serves which work: one for each, with the includes that all its checks together need.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::catalogue::{Include, Resource, WorkId};
use crate::evidence::Evidence;

/// The one request for each work of the suite.
///
/// It is made from the whole suite, not from what a filter selects, so that every run asks alike and a recording
/// made by one run serves another.
#[derive(Debug, Clone)]
pub struct WorkRequests {
    needs: BTreeMap<WorkId, BTreeSet<Include>>,
    refused: BTreeSet<Include>,
    unknown: BTreeSet<Include>,
}

impl WorkRequests {
    /// Puts together what these checks need.
    #[must_use]
    pub fn of<'a>(checks: impl IntoIterator<Item = &'a dyn Check>) -> Self {
        let mut needs: BTreeMap<WorkId, BTreeSet<Include>> = BTreeMap::new();
        for (id, includes) in checks.into_iter().flat_map(Check::works) {
            needs.entry(id).or_default().extend(includes);
        }
        Self { needs, refused: BTreeSet::new(), unknown: BTreeSet::new() }
    }

    /// The same requests for the stage of this evidence, which may not accept every include.
    #[must_use]
    pub fn for_stage(mut self, evidence: &Evidence) -> Self {
        let asked_for = |include: &Include| evidence.accepted_includes.contains(include);
        self.unknown.clone_from(&evidence.unknown_includes);
        self.refused = Include::ALL
            .into_iter()
            .filter(|include| !asked_for(include) && !self.unknown.contains(include))
            .collect();
        self
    }

    /// The request that serves this work.
    #[must_use]
    pub fn resource(&self, id: &WorkId) -> Resource {
        let accepted = self.accepted();
        let needs = self.needs.get(id).into_iter().flatten().copied();
        Resource::work(id, &needs.filter(|include| accepted.contains(include)).collect())
    }

    /// The request that serves all of a work that no example names, such as a part of one.
    #[must_use]
    pub fn whole(&self, id: &WorkId) -> Resource {
        Resource::work(id, &self.accepted())
    }

    /// Every include that may be asked of this stage.
    #[must_use]
    pub fn accepted(&self) -> BTreeSet<Include> {
        let known = |include: &Include| !self.refused.contains(include) && !self.unknown.contains(include);
        Include::ALL.into_iter().filter(known).collect()
    }

    /// The includes that this stage answers with 400, so that they are never asked of it.
    #[must_use]
    pub fn refused(&self) -> &BTreeSet<Include> {
        &self.refused
    }

    /// The includes of which it could not be found out whether this stage accepts them.
    #[must_use]
    pub fn unknown(&self) -> &BTreeSet<Include> {
        &self.unknown
    }
}
