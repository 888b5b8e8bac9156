//! The comparison with prod, as checks: what both are asked for, and what follows from what differs.
//!
//! `gather` says what is asked next and pairs the answers, `lookup` finds records by their ids on one side; what
//! differs, and how grave that is, is worked out by [`crate::comparison`]. All checks share one comparison, which whoever
//! judges several of them makes once.

mod conclude;
mod gather;
mod lookup;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::tz::TimeZone;

pub use conclude::{Part, Releases, Statistics};

use super::{Check, Context};
use crate::catalogue::{Resource, ServedIndex};
use crate::comparison::{
    Bound, Comparison, Identity, NoisyPath, Outcome, Pattern, Reason, Same, Settings, exceeded, holders,
    judge, sameness,
};
use crate::evidence::Evidence;
use crate::suite::Compare;
use crate::verdict::Judgement;

/// What is compared, by which rules.
pub struct Comparing {
    /// What the suite says of it.
    pub of: Compare,
    /// The works that are examples of the suite.
    works: Vec<String>,
    /// The other requests that its examples make.
    requests: Vec<String>,
    /// How often the page of each work is viewed, if that is known.
    views: HashMap<String, u64>,
}

/// A check of the comparison: that it is whole, or one of the rules that block.
pub struct CompareCheck {
    comparing: Arc<Comparing>,
    part: Part,
}

/// What was compared, and what follows.
pub struct Compared {
    /// What follows from everything that differs and is no noise, what blocks first.
    pub outcomes: Vec<Outcome>,
    /// How many pairs turned out how, and the places where prod differs from itself.
    pub counts: crate::comparison::Counts,
    /// Where prod differs from itself.
    pub noise: Vec<NoisyPath>,
    /// The bounds that are exceeded.
    pub exceeded: Vec<Reason>,
    /// Of each bound, how many records of prod have what it is about.
    pub holders: Vec<(Bound, usize)>,
    /// Why nothing follows from what is equal; `None` if it does.
    pub undecided: Option<String>,
    /// How many new records of stage were not asked of prod one by one, so that it is not known whether they were taken
    /// down there.
    pub perhaps_returned: usize,
    /// What somebody should know of the two, though it decides nothing.
    pub warning: Option<&'static str>,
    /// How many works of which state each of the two counts.
    pub statistics: Statistics,
    /// What each of the two says to serve.
    pub releases: Releases,
}

impl Comparing {
    /// What the suite compares, with the works and the other requests of its examples, and page views by work id.
    #[must_use]
    pub fn new(
        of: Compare,
        works: BTreeSet<String>,
        requests: &BTreeSet<String>,
        views: HashMap<String, u64>,
    ) -> Self {
        let known: BTreeSet<&str> = of.routes.iter().map(|route| route.request.as_str()).collect();
        let requests = requests.iter().filter(|request| !known.contains(request.as_str())).cloned().collect();
        Self { works: works.into_iter().collect(), requests, of, views }
    }

    /// What both must be asked for next.
    #[must_use]
    pub fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        self.gather(context).map(|gathered| gathered.wanted).unwrap_or_default()
    }

    /// Compares what both have answered.
    #[must_use]
    pub fn compare(&self, context: &Context<'_>) -> Compared {
        let evidence = context.evidence;
        let rules = self.of.rules();
        let mut settings = settings(&self.of, evidence);
        let (gathered, because) = match self.gather(context) {
            Ok(gathered) => (gathered, None),
            Err(because) => (gather::Gathered::default(), Some(because)),
        };
        (settings.whole_prod, settings.whole_stage) = (gathered.whole_prod, gathered.whole_stage);
        let mut comparison = Comparison::new(settings);
        gathered.pairs.iter().for_each(|pair| comparison.add(pair));
        // A saved run may be compared by another file than that of its day, which calls for more than it was asked for.
        let not_asked = gathered.wanted.iter().map(|it| format!("{it} was not asked for in this run"));
        gathered.gaps.into_iter().chain(not_asked).for_each(|gap| comparison.unanswered(gap));
        let perhaps_returned = gathered.perhaps_returned;
        let (statistics, releases) = (Statistics::of(evidence), Releases::of(evidence));
        let same = are_the_same(evidence, &releases, &comparison);
        let outcomes = judge(&comparison, &rules, evidence.started.to_zoned(TimeZone::UTC).date());
        let undecided = because
            .or_else(|| same.filter(|same| *same != Same::Perhaps).map(|same| same.says().to_owned()))
            .or_else(|| conclude::gaps(&outcomes));
        Compared {
            outcomes,
            counts: comparison.counts(),
            noise: comparison.noise(),
            exceeded: exceeded(&comparison, &rules),
            holders: holders(&comparison, &rules),
            undecided,
            perhaps_returned,
            warning: same.filter(|same| *same == Same::Perhaps).map(Same::says),
            statistics,
            releases,
        }
    }
}

impl CompareCheck {
    /// The check of one part of a comparison.
    #[must_use]
    pub fn new(comparing: Arc<Comparing>, part: Part) -> Self {
        Self { comparing, part }
    }

    /// What is compared.
    #[must_use]
    pub fn comparing(&self) -> &Comparing {
        &self.comparing
    }

    /// What follows for this part.
    #[must_use]
    pub fn conclude(&self, compared: &Compared) -> Judgement {
        self.part.conclude(compared)
    }
}

impl Check for CompareCheck {
    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        self.comparing.resources(context)
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        self.conclude(&self.comparing.compare(context))
    }
}

fn settings(of: &Compare, evidence: &Evidence) -> Settings {
    Settings {
        stage: host(&evidence.stage).to_owned(),
        prod: evidence.prod.as_deref().map(host).unwrap_or_default().to_owned(),
        added_parameters: evidence.cluster.iter().map(|_| "elasticCluster".to_owned()).collect(),
        tolerances: of.tolerances.clone(),
        watched: watched(of),
        ..Settings::default()
    }
}

/// The places of which it matters how many have something there: those of all rules that name a share.
fn watched(of: &Compare) -> Vec<Pattern> {
    let bounds = of.bounds.iter().map(|bound| &bound.of.path);
    let mut watched: Vec<Pattern> = Vec::new();
    for path in bounds.chain(of.expected.iter().map(|rule| &rule.of.path)) {
        if !watched.contains(path) {
            watched.push(path.clone());
        }
    }
    watched
}

/// Scheme and host of an address.
fn host(address: &str) -> &str {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find('/').map_or(address.len(), |at| after + at);
    &address[..end]
}

/// Whether the two turn out to be one and the same. An embedded catalogue that stands in for prod has the same index as
/// every other one, so that there only the address tells.
fn are_the_same(evidence: &Evidence, releases: &Releases, comparison: &Comparison) -> Option<Same> {
    let prod = evidence.prod.clone().unwrap_or_default();
    let tells = !evidence.is_beside_the_embedded_catalogue();
    let identity = |address: &str, index: &Option<ServedIndex>| Identity {
        address: match &evidence.cluster {
            Some(cluster) if address == evidence.stage => format!("{address}?{cluster}"),
            _ => address.to_owned(),
        },
        index: index.clone().filter(|_| tells),
        build: None,
    };
    sameness(&identity(&evidence.stage, &releases.stage), &identity(&prod, &releases.prod), comparison)
}
