//! The evidence: what a stage answered, by resource. Fetched, saved and loaded here; judged elsewhere.

mod answer_file;
mod fetch;
mod manifest;
mod preflight;
mod recording;
mod seen;
mod store;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::catalogue::{
    Answer, ExpectedRelease, Include, Resource, ServedIndex, Target, Traffic, Unanswered,
};

pub use fetch::{NoProgress, Progress, fetch, fetch_in_rounds, finish, on_one_thread};
pub use preflight::{Preflight, preflight};
pub use recording::Recording;
pub use seen::{Failed, Node, Seen};
pub use store::{StoreError, load, load_some, save};
pub use waiting::{NotYet, Wait, Waiting, wait_for_index};

/// What one run has asked a stage, and what came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The root of the API that was asked; never holds a key.
    pub stage: String,
    /// Whether it was the embedded catalogue in the gate's own process that was asked: its address is gone with it.
    pub embedded: bool,
    /// The cluster that was asked for.
    pub cluster: Option<String>,
    /// The root of the API that it is compared with, if the run was told of one.
    pub prod: Option<String>,
    /// What the stage said it serves when the run began; `None` if it does not say.
    pub index_at_start: Option<ServedIndex>,
    /// What it said when the run ended.
    pub index_at_end: Option<ServedIndex>,
    /// Every include that the stage accepts.
    pub accepted_includes: BTreeSet<Include>,
    /// The includes of which it could not be found out whether it accepts them.
    pub unknown_includes: BTreeSet<Include>,
    /// What the run was told that the release ships.
    pub expected: ExpectedRelease,
    /// When the run began.
    pub started: Timestamp,
    /// When the run ended; `None` while it has not.
    pub ended: Option<Timestamp>,
    /// How many requests were made, retries included.
    pub requests: usize,
    /// How many of them were retries.
    pub retries: usize,
    answers: BTreeMap<Resource, Result<Answer, Unanswered>>,
}

impl Evidence {
    /// The beginning of a run, with what the first requests have found out.
    #[must_use]
    pub fn begin(target: &Target, found: Preflight) -> Self {
        let mut evidence = Self {
            cluster: target.cluster().map(str::to_owned),
            index_at_start: found.index,
            accepted_includes: found.accepted_includes,
            unknown_includes: found.unknown_includes,
            started: found.started,
            answers: found.answers,
            ..Self::empty(target.url())
        };
        evidence.count(found.traffic);
        evidence
    }

    /// A run that ended where it began: the stage does not answer. Kept, so that those who share a recording
    /// need not find it out again.
    #[must_use]
    pub fn switched_off(target: &Target, unanswered: Unanswered) -> Self {
        let mut evidence = Self {
            cluster: target.cluster().map(str::to_owned),
            requests: usize::try_from(unanswered.attempts).unwrap_or(usize::MAX),
            retries: usize::try_from(unanswered.attempts.saturating_sub(1)).unwrap_or(usize::MAX),
            ..Self::empty(target.url())
        };
        evidence.ended = Some(Timestamp::now());
        evidence.insert(Resource::elastic_config(), Err(unanswered));
        evidence
    }

    /// A finished run that has found these answers; for tests, and for evidence that was altered on purpose.
    #[must_use]
    pub fn from_answers(answers: impl IntoIterator<Item = (Resource, Result<Answer, Unanswered>)>) -> Self {
        let mut evidence = Self::empty("http://localhost/catalogue/v2");
        evidence.ended = Some(evidence.started);
        evidence.answers = answers.into_iter().collect();
        evidence
    }

    fn empty(stage: &str) -> Self {
        Self {
            stage: stage.to_owned(),
            embedded: false,
            cluster: None,
            prod: None,
            index_at_start: None,
            index_at_end: None,
            accepted_includes: Include::ALL.into_iter().collect(),
            unknown_includes: BTreeSet::new(),
            expected: ExpectedRelease::default(),
            started: Timestamp::now(),
            ended: None,
            requests: 0,
            retries: 0,
            answers: BTreeMap::new(),
        }
    }

    /// Whether it is the embedded catalogue that was asked, in the gate's process or in another one of this machine,
    /// where it may have a fault. Its records are never compared with what was recorded of a stage, nor the other way
    /// round, and nobody releases it.
    #[must_use]
    pub fn is_of_the_embedded_catalogue(&self) -> bool {
        let says_so = self.index_at_start.as_ref().is_some_and(ServedIndex::is_embedded);
        self.embedded || (says_so && is_on_this_machine(&self.stage))
    }

    /// Whether it is an embedded catalogue that stands in for prod.
    #[must_use]
    pub fn is_beside_the_embedded_catalogue(&self) -> bool {
        let here = self.prod.as_deref().is_some_and(is_on_this_machine);
        let index = self.get(&Resource::elastic_config().on_prod()).ok().and_then(ServedIndex::from_answer);
        here && index.as_ref().is_some_and(ServedIndex::is_embedded)
    }

    /// The answer to a resource.
    ///
    /// # Errors
    ///
    /// Why there is none, in a sentence; also if nobody has asked for it.
    pub fn get(&self, resource: &Resource) -> Result<&Answer, String> {
        match self.answers.get(resource) {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(unanswered)) => Err(format!("{resource} has no answer: {}", unanswered.cause)),
            None => Err(format!("{resource} was not asked for in this run")),
        }
    }

    /// Whether it was asked for, with or without an answer.
    #[must_use]
    pub fn has(&self, resource: &Resource) -> bool {
        self.answers.contains_key(resource)
    }

    /// Every resource that was asked for, in order, with its answer or why there is none.
    pub fn iter(&self) -> impl Iterator<Item = (&Resource, &Result<Answer, Unanswered>)> {
        self.answers.iter()
    }

    /// Puts an answer in, in place of an earlier one.
    pub fn insert(&mut self, resource: Resource, outcome: Result<Answer, Unanswered>) {
        self.answers.insert(resource, outcome);
    }

    /// Why nothing may be judged from this evidence; `None` if it is fit to be judged.
    #[must_use]
    pub fn unfit(&self) -> Option<String> {
        if let Some(Err(unanswered)) = self.answers.get(&Resource::elastic_config()) {
            return Some(format!("the stage does not answer: {}", unanswered.cause));
        }
        if self.ended.is_none() {
            return Some(String::from("the run that gathered this evidence did not come to its end"));
        }
        if self.index_at_start == self.index_at_end {
            return None;
        }
        let named = |index: &Option<ServedIndex>| {
            index
                .as_ref()
                .map_or_else(|| String::from("did not say what it serves"), |it| format!("served {it}"))
        };
        Some(format!(
            "the answers may be of two releases: when the run began, the stage {}; when it ended, it {}",
            named(&self.index_at_start),
            named(&self.index_at_end)
        ))
    }

    fn count(&mut self, traffic: Traffic) {
        self.requests += traffic.requests;
        self.retries += traffic.retries;
    }
}

/// Whether the API at this address runs where the gate does.
fn is_on_this_machine(api: &str) -> bool {
    Target::parse(api).is_ok_and(|target| target.is_on_this_machine())
}

#[cfg(test)]
mod tests;
