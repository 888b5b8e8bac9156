//! What an example counts, and whom it asks for it: shared by all checks of the example.

use super::counts::{self, Counts, VISIBLE};
use super::requests::{CountRequests, own_bucket};
use crate::catalogue::{Endpoint, Facet, Resource};
use crate::evidence::Evidence;
use crate::suite::{By, PopulationExample};
use crate::verdict::Judgement;

/// Where works are counted by state (undocumented).
const STATES: &str = "/management/_workTypes";

/// An example with the requests that count it.
#[derive(Debug, Clone)]
pub struct Counting {
    pub(super) example: PopulationExample,
    /// What counts it.
    pub(super) asked: Resource,
    /// What counts the whole of its list.
    pub(super) whole: Resource,
    /// A facet of the whole list of which one bucket must hold as much as this count.
    pub(super) bucket: Option<(&'static Facet, String)>,
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Stage,
    Prod,
}

impl Counting {
    /// The counting of an example, by these requests.
    #[must_use]
    pub fn new(example: &PopulationExample, requests: &CountRequests) -> Self {
        let asked = match example.by {
            Some(By::State) => Resource::new(STATES),
            Some(By::Facet(facet)) => requests.by(&example.of, facet),
            None => requests.count(&example.of),
        };
        Self {
            asked,
            whole: requests.count(&example.of.unfiltered()),
            bucket: own_bucket(example).map(|(facet, value)| (facet, value.to_owned())),
            example: example.clone(),
        }
    }

    /// The request that shows the count, below the API's root.
    #[must_use]
    pub fn request(&self) -> &Resource {
        &self.asked
    }

    pub(super) fn endpoint(&self) -> Endpoint {
        self.example.of.endpoint()
    }

    /// What is counted, in words: `works where workType is h by languages`.
    pub(super) fn title(&self) -> String {
        match self.example.by {
            None => self.example.of.to_string(),
            Some(By::State) => format!("{} by state", self.example.of),
            Some(By::Facet(facet)) => format!("{} by {}", self.example.of, facet.name),
        }
    }

    /// What is asked of the stage for the count.
    pub(super) fn resources(&self) -> Vec<Resource> {
        let needs_whole = self.example.of.is_narrowed() || self.example.by == Some(By::State);
        let whole = needs_whole.then(|| self.whole.clone());
        std::iter::once(self.asked.clone()).chain(whole).collect()
    }

    /// Shows that the API has read the filter: ignored on both sides, it would compare everything with everything.
    ///
    /// # Errors
    ///
    /// What follows from the filter selecting everything, as if it were not there, or from nobody knowing how much
    /// everything is.
    pub(super) fn narrows(&self, counts: &Counts, evidence: &Evidence) -> Result<(), Judgement> {
        if !self.example.of.is_narrowed() || counts::total(&self.whole, evidence)? != counts.all {
            return Ok(());
        }
        let list = self.endpoint().name();
        Err(Judgement::undecided(format!(
            "the filter selects all {list} that there are, so nothing shows that the API reads it. If that is meant, \
             count {list} without it"
        )))
    }

    /// What is counted on the stage, if it is fit to be compared with other counts.
    ///
    /// # Errors
    ///
    /// What follows from there being no such count.
    pub(super) fn comparable(&self, evidence: &Evidence) -> Result<Counts, Judgement> {
        let counts = self.counts(Side::Stage, evidence)?;
        self.narrows(&counts, evidence)?;
        Ok(counts)
    }

    /// What is counted.
    ///
    /// # Errors
    ///
    /// What follows from there being no count: also from one of nothing, which agrees with any other of nothing.
    pub(super) fn counts(&self, side: Side, evidence: &Evidence) -> Result<Counts, Judgement> {
        let asked = side.of(&self.asked);
        let counts = match self.example.by {
            Some(By::State) => self.states(side, evidence)?,
            Some(By::Facet(facet)) => counts::by_facet(&asked, facet, evidence)?,
            None => Counts { all: counts::total(&asked, evidence)?, ..Counts::default() },
        };
        if counts.all == 0 {
            return Err(super::finding(
                "nothing is counted: is the value of the filter right?",
                "at least 1",
                "0",
            )
            .into());
        }
        Ok(counts)
    }

    /// Works by state. Nobody documents whether the states of another cluster are told: they are, if what is visible
    /// is what the cluster's list counts.
    fn states(&self, side: Side, evidence: &Evidence) -> Result<Counts, Judgement> {
        let states = counts::by_state(&side.of(&self.asked), evidence)?;
        if side == Side::Stage && evidence.cluster.is_some() {
            let listed = counts::total(&self.whole, evidence)?;
            let visible = states.bucket(VISIBLE).map_or(0, |bucket| bucket.count);
            if !super::same(visible, listed) {
                return Err(Judgement::undecided(format!(
                    "{STATES} counts another number of works than the list of the cluster that was asked, and nobody \
                     documents whether it counts that cluster"
                )));
            }
        }
        Ok(states)
    }
}

impl Side {
    pub(super) fn of(self, resource: &Resource) -> Resource {
        match self {
            Self::Stage => resource.clone(),
            Self::Prod => resource.on_prod(),
        }
    }
}
