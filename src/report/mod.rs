//! Reports: one writer for each audience, all telling the same run. Nothing is fetched or judged here.

mod changes_file;
mod comparison;
mod criterion;
pub mod explain;
mod files;
pub mod github;
mod html;
mod json;
mod junit;
mod links;
mod outcome;
mod overruling;
mod pages;
mod paint;
mod part;
pub mod progress;
mod remarks;
mod sentence;
pub mod terminal;
mod turned_off;
mod untrusted;
pub mod verdict_file;

pub use comparison::{Comparison, Count, Standing as ChangeStanding, Told};
pub use criterion::{Approved, Criterion, KnownIssue};
pub use files::{remove_all, write_all, write_when_whole};
pub use links::Links;
pub use outcome::{Outcome, failures};
pub use overruling::{Effect, Overruling};
pub use turned_off::{NotLookedAt, TurnedOff, Unseen, not_looked_at};

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use crate::catalogue::{ExpectedRelease, ServedIndex};
use crate::decision::{Decision, Judged, Tally, Waiver};

/// Everything that a report may tell of a run.
#[derive(Debug, Clone)]
pub struct Run {
    /// What follows for the release.
    pub decision: Decision,
    /// The reasons, in sentences.
    pub because: Vec<String>,
    /// How many checks ended how.
    pub tally: Tally,
    /// How many approved checks the suite calls for.
    pub called_for: usize,
    /// Those of them that did not report, by name.
    pub missing: Vec<String>,
    /// What was taken upon somebody, and what comes of it.
    pub overrulings: Vec<Overruling>,
    /// The checks that this run does not make because links or pages were not to be looked at.
    pub turned_off: Vec<TurnedOff>,
    /// What the checks are checks of: the criteria in the suite's order, the contract last. Each once, also where no
    /// check of it was made.
    pub criteria: Vec<Criterion>,
    /// Every check that was judged.
    pub judged: Vec<Judged>,
    /// What differs from prod, if that was looked at.
    pub comparison: Option<Comparison>,
    /// Which release this is, as far as the run was told.
    pub release: Release,
    /// What was judged.
    pub stage: Stage,
    /// What it was judged by.
    pub suite: SuiteFile,
    /// Requests sent.
    pub requests: usize,
    /// Requests sent again after a transient fault.
    pub retries: usize,
    /// When the run began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// What deserves attention and blocks nothing.
    pub notices: Vec<Notice>,
    /// Where readers can go from a check.
    pub links: Links,
    /// Where reports and evidence are.
    pub out: PathBuf,
}

impl Run {
    /// The checks that fail as a known issue says, each with its waiver.
    pub fn waived(&self) -> impl Iterator<Item = (&Judged, &Waiver)> {
        self.judged.iter().filter_map(|check| Some((check, check.waived.as_ref()?)))
    }

    /// How many checks of a criterion the suite calls for, and did not report.
    #[must_use]
    pub fn unjudged_of(&self, criterion: &Criterion) -> usize {
        let is_of_it = |name: &&String| name.split("::").next() == Some(criterion.id.as_str());
        self.missing.iter().filter(is_of_it).count()
    }

    /// The checks of a criterion that were judged, in their order.
    pub fn checks_of<'a>(&'a self, criterion: &'a Criterion) -> impl Iterator<Item = &'a Judged> {
        self.judged.iter().filter(|check| check.about.criterion == criterion.id)
    }
}

/// Which release is judged, as whoever started the run said; what was not said is nothing. Untrusted text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// Its id (`RELEASE_ID`).
    pub id: Option<String>,
    /// Who asked for it (`RELEASE_REQUESTED_BY`).
    pub requested_by: Option<String>,
    /// What it is (`RELEASE_DESCRIPTION`).
    pub description: Option<String>,
}

/// How the embedded catalogue is named where others have a URL: it has another port in each run.
pub const EMBEDDED: &str = "embedded";

/// What was judged.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Its URL, or `embedded`.
    pub url: String,
    /// Whether it was asked now.
    pub source: Source,
    /// The cluster that every request named.
    pub elastic_cluster: Option<String>,
    /// The root of the API that it was compared with, or `embedded`, if anything was asked there.
    pub compared_with: Option<String>,
    /// What that one said to serve.
    pub compared_index: Option<ServedIndex>,
    /// The website whose pages were looked at, and the names of the cookies by which it is to show the stage, if any
    /// were.
    pub pages_of: Option<String>,
    /// What the stage said to serve when the run began.
    pub index_at_start: Option<ServedIndex>,
    /// What it said to serve when the run ended.
    pub index_at_end: Option<ServedIndex>,
    /// What the run was told that this release ships.
    pub expected: ExpectedRelease,
}

impl Stage {
    /// What it is called: its URL, unless it is none that anybody can ask.
    #[must_use]
    pub fn name(&self) -> String {
        match self.source {
            Source::Embedded => "the embedded catalogue".to_owned(),
            Source::Live => self.url.clone(),
            Source::Saved => format!("answers of {} saved earlier", self.url),
        }
    }

    /// What it was compared with, if with anything.
    #[must_use]
    pub fn compared(&self) -> Option<&str> {
        self.compared_with
            .as_deref()
            .map(|prod| if prod == EMBEDDED { "the embedded catalogue" } else { prod })
    }
}

/// Where the answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The embedded catalogue.
    Embedded,
    /// A stage, asked over the network.
    Live,
    /// A run saved earlier.
    Saved,
}

/// The suite file of a run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SuiteFile {
    /// Its path, as people know it.
    pub file: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// The revision that is checked out, if it is a git checkout.
    pub git_revision: Option<String>,
}

/// Something that deserves attention and blocks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// One word: `drift`, `review`, `snapshot`, `index`, `prod`.
    pub about: &'static str,
    /// A sentence.
    pub says: String,
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
