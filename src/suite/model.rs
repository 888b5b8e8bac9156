//! The suite as the rest of the gate sees it: validated, so that wrong states cannot be said.

use std::path::PathBuf;

use jiff::civil::Date;

use super::kinds::{
    GoneExample, HierarchyExample, IdentityExample, InvariantExample, LinksExample, LivenessExample,
    PermalinksExample, PopulationExample, RedirectExample, ReleaseExample, RequestExample, SearchExample,
    WorkExample,
};
use super::{Compare, Critical, Override};

/// A suite file without a mistake.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The file, as it should be named to people.
    pub path: PathBuf,
    /// SHA-256 of its content and of the lists that it names, in hex.
    pub hash: String,
    /// Its criteria, in the file's order; never empty.
    pub criteria: Vec<Criterion>,
    /// What may fail for some days; one for a criterion at most.
    pub overrides: Vec<Override>,
    /// What people see, reach, cite and rely on in a work's record.
    pub critical: Vec<Critical>,
    /// What is compared with prod, and what follows; nothing is if it says nothing of it.
    pub compare: Option<Compare>,
}

/// A statement that Product approved or proposes.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its id, unique in the file: lower-case words with hyphens.
    pub id: String,
    /// What must hold, in one line.
    pub title: String,
    /// The incident or promise behind it.
    pub why: String,
    /// Who answers for it (a role).
    pub owner: String,
    /// Whether it blocks a release.
    pub approval: Approval,
    /// The day by which it must be looked at again.
    pub review_by: Date,
    /// A failure that is known and waived until a day.
    pub known_issue: Option<KnownIssue>,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// What is checked, with the examples.
    pub kind: Kind,
}

/// Whether a criterion may block a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// It blocks.
    Approved {
        /// The role that approved it.
        by: String,
        /// The day of the approval.
        on: Date,
        /// The wording that it was given for, as the file tells it; in a suite that was loaded, that of now.
        wording: Option<String>,
    },
    /// It is judged and reported, and never blocks.
    Proposed,
}

/// A waiver: the criterion is expected to fail until that day, and blocks if it does not, or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIssue {
    /// Where the issue is described.
    pub link: String,
    /// The last day of the waiver.
    pub until: Date,
}

/// What a criterion checks. Every list of examples holds at least one.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `examples:` with `expect:`: a single record has a shape.
    Work(Vec<Example<WorkExample>>),
    /// `redirects:`: an old id leads to the record that replaced it.
    Redirect(Vec<Example<RedirectExample>>),
    /// `gone:`: a deleted record answers 410.
    Gone(Vec<Example<GoneExample>>),
    /// `not-found:`: what never existed answers 404.
    NotFound(Vec<Example<RequestExample>>),
    /// `refused:`: a bad request is refused with 400.
    Refused(Vec<Example<RequestExample>>),
    /// `identities:`: a source identifier finds exactly this work.
    Identity(Vec<Example<IdentityExample>>),
    /// `hierarchies:`: the tree below a work hangs together, and is what it should be.
    Hierarchy(Vec<Example<HierarchyExample>>),
    /// `invariants:`: something holds for every work of a random sample.
    Invariant(Vec<Example<InvariantExample>>),
    /// `populations:`: the whole catalogue holds so many records of a kind.
    Population(Vec<Example<PopulationExample>>),
    /// `searches:`: a search finds what it must, and is refused if it makes no sense.
    Search(Vec<Example<SearchExample>>),
    /// `permalinks:`: addresses that people hold still lead to a work.
    Permalinks(Vec<Example<PermalinksExample>>),
    /// `links:`: what a record links to answers.
    Links(Vec<Example<LinksExample>>),
    /// `release:`: the stage serves what this release is meant to ship.
    Release(Vec<Example<ReleaseExample>>),
    /// `liveness:`: many requests of one sort are all answered, and quickly.
    Liveness(Vec<Example<LivenessExample>>),
}

/// An example of a criterion, of whatever kind.
#[derive(Debug, Clone)]
pub struct Example<T> {
    /// Its name, unique within its criterion: the second half of `criterion-id::example`.
    pub name: String,
    /// What it is an example of.
    pub is: String,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// What is checked.
    pub of: T,
}
