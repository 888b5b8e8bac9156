//! `compare`: what is asked of stage and of prod, how grave a change is for readers, which changes are meant, and of
//! which so few may happen that more of them block.
//!
//! `written` is the section as the file has it, `rules` reads its lists of rules, `paths` the places that they name.

mod paths;
mod rules;
mod written;

use std::collections::HashMap;

use self::rules::{bounds, expected, once, severities, tolerances};
pub(super) use self::written::WrittenCompare;
use self::written::{WrittenRoute, WrittenSample};
use super::at::At;
use super::file::SuiteFile;
use super::validate::Checker;
use super::words::DrawnNumber;
use crate::comparison::{Bound, Expected, Rules, SeverityRule, Tolerance};

/// What the comparison is called where others name a criterion.
pub const COMPARE: &str = "compare";

/// What is compared with prod, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// Who answers for it.
    pub owner: String,
    /// The line on which it starts.
    pub line: usize,
    /// How much is drawn.
    pub sample: Drawn,
    /// Requests whose whole answers are compared.
    pub routes: Vec<Route>,
    /// How grave changes are.
    pub severities: Vec<SeverityRule>,
    /// Which are meant.
    pub expected: Vec<Ruled<Expected>>,
    /// Which block, and from when.
    pub bounds: Vec<Ruled<Bound>>,
    /// Numbers that need not be the same.
    pub tolerances: Vec<Tolerance>,
}

/// How much is drawn, and by which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// How many works.
    pub works: usize,
    /// How many images.
    pub images: usize,
    /// The seed.
    pub seed: u64,
}

/// A request whose whole answer is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Path and query below the API's root.
    pub request: String,
    /// What it is an example of.
    pub is: String,
}

/// A rule that may block, with where it stands and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruled<T> {
    /// The rule.
    pub of: T,
    /// Its name among all rules: `lost-items-locations-type-digitallocation`.
    pub name: String,
    /// Why there is such a rule.
    pub why: String,
    /// Its line in the file.
    pub line: usize,
}

impl Compare {
    /// The rules by which changes are judged.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            severities: self.severities.clone(),
            expected: self.expected.iter().map(|it| it.of.clone()).collect(),
            bounds: self.bounds.iter().map(|it| it.of.clone()).collect(),
        }
    }
}

/// Reads the section, which the file has. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, file: &SuiteFile) -> Option<Compare> {
    let (node, written) = (file.compare.node?, file.compare.value.as_ref()?);
    let line = checker.line(node);
    let owner = written.owner.value.as_ref().map(|owner| owner.0.clone());
    let sample = drawn(&written.sample);
    let routes = routes(checker, &written.routes);
    let severities = severities(checker, &written.severities);
    let expected = expected(checker, &written.expected);
    let bounds = bounds(checker, &written.bounds);
    let tolerances = tolerances(checker, &written.tolerances);
    Some(Compare {
        owner: owner?,
        line,
        sample: sample?,
        routes: routes?,
        severities: severities?,
        expected: expected?,
        bounds: bounds?,
        tolerances: tolerances?,
    })
}

fn drawn(at: &At<WrittenSample>) -> Option<Drawn> {
    let written = at.value.as_ref()?;
    let number = |at: &At<DrawnNumber>| usize::try_from(at.value?.0).ok();
    let images = if written.images.is_given() { number(&written.images)? } else { 0 };
    Some(Drawn { works: number(&written.works)?, images, seed: written.seed.value? })
}

fn routes(checker: &mut Checker<'_>, at: &At<Vec<At<WrittenRoute>>>) -> Option<Vec<Route>> {
    if !at.is_given() {
        return Some(Vec::new());
    }
    let mut seen = HashMap::new();
    let mut routes = Vec::new();
    for at in at.value.as_ref()? {
        routes.push(at.value.as_ref().and_then(|written| {
            let request = written.request.value.as_ref()?.0.clone();
            let at = checker.tree.node(written.request.node?).span;
            once(checker, &mut seen, request.clone(), &format!("`{request}`"), at);
            Some(Route { request, is: written.is.value.as_ref()?.0.clone() })
        }));
    }
    routes.into_iter().collect()
}
