//! What a survey has found, counted up: the mutations themselves are not kept, but for the critical ones that survive.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::suite::Critical;

/// How many mutations there were, and how many of them who noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub mutations: usize,
    /// Those that an approved criterion noticed.
    pub by_criteria: usize,
    /// Those that the contract noticed.
    pub by_contract: usize,
    /// Those that a comparison with what was recorded noticed.
    pub by_snapshots: usize,
    /// Those that criteria or contract noticed, without the help of snapshots.
    pub without_snapshots: usize,
    /// Those that anybody noticed.
    pub by_any: usize,
}

impl Counts {
    /// Counts one more, noticed by criteria, contract and snapshots or not.
    pub fn count(&mut self, criteria: bool, contract: bool, snapshots: bool) {
        self.add(Self {
            mutations: 1,
            by_criteria: criteria.into(),
            by_contract: contract.into(),
            by_snapshots: snapshots.into(),
            without_snapshots: (criteria || contract).into(),
            by_any: (criteria || contract || snapshots).into(),
        });
    }

    fn add(&mut self, other: Self) {
        self.mutations += other.mutations;
        self.by_criteria += other.by_criteria;
        self.by_contract += other.by_contract;
        self.by_snapshots += other.by_snapshots;
        self.without_snapshots += other.without_snapshots;
        self.by_any += other.by_any;
    }

    /// How many nobody noticed: the blind spots.
    #[must_use]
    pub fn blind(&self) -> usize {
        self.mutations - self.by_any
    }
}

/// The mutations of one path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathCounts {
    /// How many, and who noticed.
    pub counts: Counts,
    /// In which answers nobody noticed how many.
    pub blind_in: BTreeMap<String, usize>,
}

/// A critical mutation that neither a criterion nor the contract notices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Survivor {
    /// What was asked for.
    pub resource: String,
    /// The critical path that it touches.
    pub critical: String,
    /// The path of the mutation itself.
    pub path: String,
    /// What was wrong, in plain words.
    pub says: String,
    /// Whether a snapshot would have noticed.
    pub recorded: bool,
    /// What stood there, as YAML in one line; nothing for the answer as a whole.
    pub stood: String,
}

impl fmt::Display for Survivor {
    /// In a line or two: which record, what was done to it, and what to add where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = self.resource.split('?').next().unwrap_or_default();
        write!(f, "{asked}: {}", self.says)?;
        if !self.stood.is_empty() {
            write!(f, " (stood there: {})", self.stood)?;
        }
        write!(f, "; say in this work's `expect:` what must stand at `{}`", self.critical)
    }
}

/// What a survey has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many answers were spoiled.
    pub answers: usize,
    /// All mutations.
    pub all: Counts,
    /// The critical ones.
    pub critical: Counts,
    /// All mutations, by their path.
    pub paths: BTreeMap<String, PathCounts>,
    /// The critical mutations, by the critical path that they touch; one that touches several is counted with each.
    pub critical_paths: BTreeMap<String, Counts>,
    /// The critical ones that neither a criterion nor the contract notices.
    pub survivors: BTreeSet<Survivor>,
    /// The mutations that touch a critical path for which the work is excepted, by path and work: not counted there.
    pub excepted: BTreeMap<(String, String), Counts>,
    /// The criteria of which a check was asked at least once.
    pub asked: BTreeSet<String>,
    /// The criteria that noticed at least one mutation.
    pub noticing: BTreeSet<String>,
}

impl Survey {
    /// The exceptions of critical paths that excuse nothing, each in a few words.
    #[must_use]
    pub fn needless_exceptions(&self, critical: &[Critical]) -> Vec<String> {
        let exceptions =
            critical.iter().flat_map(|it| it.except.iter().map(|work| (it.path.clone(), work.to_string())));
        let excuses = |counts: &Counts| counts.without_snapshots < counts.mutations;
        let needless = exceptions.filter(|exception| !self.excepted.get(exception).is_some_and(excuses));
        needless.map(|(path, work)| format!("{work}, of `{path}`")).collect()
    }

    /// Both together.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.answers += other.answers;
        self.all.add(other.all);
        self.critical.add(other.critical);
        for (path, counted) in other.paths {
            let own = self.paths.entry(path).or_default();
            own.counts.add(counted.counts);
            for (answer, blind) in counted.blind_in {
                *own.blind_in.entry(answer).or_default() += blind;
            }
        }
        for (path, counts) in other.critical_paths {
            self.critical_paths.entry(path).or_default().add(counts);
        }
        self.survivors.extend(other.survivors);
        for (exception, counts) in other.excepted {
            self.excepted.entry(exception).or_default().add(counts);
        }
        self.asked.extend(other.asked);
        self.noticing.extend(other.noticing);
        self
    }
}
