//! The contract: the JSON Schemas that every answer of the API must satisfy, whatever the criteria say.
//!
//! A missing, wrong or wrong-typed field is a failure. A field that the contract does not know is drift:
//! the API is on the move, so a new field is named and blocks nothing.

mod included;
mod schemas;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

pub use schemas::{document, resolve};

use crate::catalogue::Resource;

/// What a body is supposed to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// A single work.
    Work,
    /// A page of works.
    WorkList,
    /// A single image.
    Image,
    /// A page of images.
    ImageList,
    /// A single concept.
    Concept,
    /// A page of concepts.
    ConceptList,
    /// The reason why there is no answer.
    Error,
}

impl BodyKind {
    /// Every kind of body that has a contract.
    pub const ALL: [Self; 7] = [
        Self::Work,
        Self::WorkList,
        Self::Image,
        Self::ImageList,
        Self::Concept,
        Self::ConceptList,
        Self::Error,
    ];

    /// From the path of a resource below the API's root and the status of its answer.
    ///
    /// `None` where there is no JSON contract: redirects (their body is HTML), `_elasticConfig`, management,
    /// the items service, and statuses that the API's description does not give to these paths (a gateway's
    /// 403 or 502).
    #[must_use]
    pub fn of(path_and_query: &str, status: u16) -> Option<Self> {
        let path = path_and_query.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.trim_matches('/').split('/');
        let (list, single) = match parts.next()? {
            "works" => (Self::WorkList, Self::Work),
            "images" => (Self::ImageList, Self::Image),
            "concepts" => (Self::ConceptList, Self::Concept),
            _ => return None,
        };
        let found = if parts.next().is_some() { single } else { list };
        match status {
            _ if parts.next().is_some() => None,
            200 => Some(found),
            400 | 404 | 410 | 500 | 503 => Some(Self::Error),
            _ => None,
        }
    }

    /// The kind's name in reports: `work`, `work-list`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::WorkList => "work-list",
            Self::Image => "image",
            Self::ImageList => "image-list",
            Self::Concept => "concept",
            Self::ConceptList => "concept-list",
            Self::Error => "error",
        }
    }

    /// The file in `schemas/` that such a body must satisfy.
    #[must_use]
    pub fn schema_file(self) -> &'static str {
        match self {
            Self::Work => "work.json",
            Self::WorkList => "result-list-of-works.json",
            Self::Image => "image.json",
            Self::ImageList => "result-list-of-images.json",
            Self::Concept => "concept.json",
            Self::ConceptList => "result-list-of-concepts.json",
            Self::Error => "error.json",
        }
    }
}

/// How much a breach weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something is missing or wrong: blocks a release.
    Failure,
    /// Something is new: named, and blocks nothing.
    Drift,
}

/// One place where a body departs from the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The place, as a JSON pointer; empty for the body as a whole.
    /// For a missing field, the object that lacks it.
    pub pointer: String,
    /// The id of the record that holds it: the entry of `results` around it, or the body itself.
    pub record: Option<String>,
    /// Whether it blocks.
    pub severity: Severity,
    /// What is wrong, in one plain sentence.
    pub says: String,
    /// What the contract asks for there.
    pub expected: String,
    /// What is there, cut short if it is long.
    pub found: String,
}

/// The schemas, each compiled once: when the first body of its kind is judged.
#[derive(Debug, Default)]
pub struct Contract {
    validators: [OnceLock<Validator>; BodyKind::ALL.len()],
}

impl Contract {
    /// The contract, with nothing compiled yet. One is enough for a process.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The compiled schema of a kind.
    ///
    /// # Panics
    ///
    /// If a schema in `schemas/` is broken, which the tests of this module rule out.
    fn validator(&self, kind: BodyKind) -> &Validator {
        self.validators[kind as usize].get_or_init(|| {
            schemas::compile(kind.schema_file()).expect("a test compiles every schema of the contract")
        })
    }

    /// The same of an answer, of which it is also known what was asked for: each include that was is there.
    #[must_use]
    pub fn breaches_of_answer(&self, resource: &Resource, kind: BodyKind, body: &Value) -> Vec<Breach> {
        let mut breaches = self.breaches(kind, body);
        breaches.extend(included::missing(resource, kind, body));
        breaches
    }

    /// Every place where `body` departs from what a `kind` must be; empty if it keeps the contract.
    ///
    /// One wrong value is one breach, however many rules it breaks: a wrong type says more than a wrong
    /// pattern.
    #[must_use]
    pub fn breaches(&self, kind: BodyKind, body: &Value) -> Vec<Breach> {
        let validator = self.validator(kind);
        // Twice as quick as asking for the errors, and nearly every answer keeps the contract.
        if validator.is_valid(body) {
            return Vec::new();
        }
        let mut breaches: Vec<Breach> = Vec::new();
        let mut complaints: HashMap<String, (u8, usize)> = HashMap::new();
        for error in validator.iter_errors(body) {
            let rank = wording::rank(error.kind());
            let found = wording::breaches_of(&error, body);
            let (Some(rank), [breach]) = (rank, found.as_slice()) else {
                breaches.extend(found);
                continue;
            };
            match complaints.get_mut(&breach.pointer) {
                Some((best, _)) if *best <= rank => {}
                Some((best, at)) => {
                    *best = rank;
                    breaches[*at] = breach.clone();
                }
                None => {
                    complaints.insert(breach.pointer.clone(), (rank, breaches.len()));
                    breaches.extend(found);
                }
            }
        }
        if breaches.is_empty() {
            // Whatever the reason: a body that the schema refuses never passes for want of words.
            breaches.push(wording::unworded(kind));
        }
        breaches
    }
}
