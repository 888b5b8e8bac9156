//! The kinds of criteria: which key of the file stands for which kind, and how its examples are read.
//!
//! To add a kind: a file here, with the example as it is written and as the gate sees it; a key in `file`; a variant
//! of [`Kind`]; a line in [`Criterion::kinds`] and one in [`read`]. What it checks is told in `gate::plan`.

mod gone;
mod hierarchy;
mod identity;
mod invariant;
mod links;
mod liveness;
mod permalinks;
mod population;
mod redirect;
mod release;
mod request;
mod rules;
mod search;
mod work;

use schemars::Schema;
use serde_json::json;

use super::at::At;
use super::file::Criterion;
use super::mistake::{Mistake, listed};
use super::model::Kind;
use super::tree::NodeId;
use super::validate::Checker;
use super::words::{Text, Work};
use crate::catalogue::WorkId;

pub use gone::GoneExample;
pub use hierarchy::{HierarchyExample, TreeExpectation};
pub use identity::IdentityExample;
pub use invariant::{Holds, InvariantExample, SampleOf};
pub use links::{LinkKind, LinksExample};
pub use liveness::{LivenessExample, Requests, Slowest};
pub use permalinks::{Permalink, PermalinkOf, PermalinksExample};
pub use population::{Bounds, By, Change, PopulationExample};
pub use redirect::RedirectExample;
pub use release::{Expectation, ReleaseExample};
pub use request::RequestExample;
pub use rules::Rule;
pub use search::{Claim, Expected, LOOKED_AT, Look, Search, SearchExample};
pub use work::WorkExample;

pub(super) use gone::Gone;
pub(super) use hierarchy::Hierarchy;
pub(super) use identity::Identity;
pub(super) use invariant::Invariant;
pub(super) use links::Links;
pub(super) use liveness::Liveness;
pub(super) use permalinks::Permalinks;
pub(super) use population::Population;
pub(super) use redirect::Redirect;
pub(super) use release::Release;
pub(super) use request::{NotFound, Refused};
pub(super) use search::WrittenSearch;
pub(super) use work::WrittenWork;

impl Criterion {
    /// Every key that makes a kind, and where it is given.
    fn kinds(&self) -> Vec<(&'static str, Option<NodeId>)> {
        vec![
            ("examples", self.examples.node),
            ("redirects", self.redirects.node),
            ("gone", self.gone.node),
            ("not-found", self.not_found.node),
            ("refused", self.refused.node),
            ("identities", self.identities.node),
            ("hierarchies", self.hierarchies.node),
            ("invariants", self.invariants.node),
            ("populations", self.populations.node),
            ("searches", self.searches.node),
            ("permalinks", self.permalinks.node),
            ("links", self.links.node),
            ("release", self.release.node),
            ("liveness", self.liveness.node),
        ]
    }
}

/// Adds to the schema of a criterion what must stand there exactly once, so that editors show it.
pub(super) fn say_exactly_one(schema: &mut Schema) {
    let one_of = |keys: &[&str]| {
        let each: Vec<_> = keys.iter().map(|key| json!({ "required": [key] })).collect();
        json!({ "oneOf": each })
    };
    let kinds: Vec<&str> = Criterion::default().kinds().into_iter().map(|(key, _)| key).collect();
    schema.insert("allOf".to_owned(), json!([one_of(&["approved", "proposed"]), one_of(&kinds)]));
    schema.insert(
        "dependentRequired".to_owned(),
        json!({ "expect": ["examples"], "page": ["examples"], "counts": ["examples"] }),
    );
}

/// Reads what a criterion checks. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, criterion: &Criterion) -> Option<Kind> {
    let known: Vec<&str> = criterion.kinds().iter().map(|(key, _)| *key).collect();
    let given: Vec<&str> =
        criterion.kinds().iter().filter(|(_, at)| at.is_some()).map(|(key, _)| *key).collect();
    checker.exactly_one(node, &given, &known, "what it checks");
    let of_examples =
        [("expect", criterion.expect.node), ("page", criterion.page.node), ("counts", criterion.counts.node)];
    for (key, at) in of_examples {
        if let (Some(_), None, Some(other)) = (at, criterion.examples.node, given.first()) {
            let at = checker.key_span(node, key);
            let mistake = Mistake::new(at, format!("`{key}` goes with `examples`, and not with `{other}`"))
                .label("remove this, or move it to a criterion of its own");
            checker.mistakes.push(mistake);
        }
    }
    let readers: Vec<Option<Kind>> = vec![
        work::read(checker, criterion).map(Kind::Work),
        checker.examples(&criterion.redirects, redirect::read).map(Kind::Redirect),
        checker.examples(&criterion.gone, gone::read).map(Kind::Gone),
        checker.examples(&criterion.not_found, request::not_found).map(Kind::NotFound),
        checker.examples(&criterion.refused, request::refused).map(Kind::Refused),
        checker.examples(&criterion.identities, identity::read).map(Kind::Identity),
        checker.examples(&criterion.hierarchies, hierarchy::read).map(Kind::Hierarchy),
        checker.examples(&criterion.invariants, invariant::read).map(Kind::Invariant),
        checker.examples(&criterion.populations, population::read).map(Kind::Population),
        checker.examples(&criterion.searches, search::read).map(Kind::Search),
        checker.examples(&criterion.permalinks, permalinks::read).map(Kind::Permalinks),
        checker.examples(&criterion.links, links::read).map(Kind::Links),
        checker.examples(&criterion.release, release::read).map(Kind::Release),
        checker.examples(&criterion.liveness, liveness::read).map(Kind::Liveness),
    ];
    readers.into_iter().flatten().next()
}

impl Checker<'_> {
    /// Refuses a value that can be read and makes no sense.
    pub(super) fn refuse_value<T, M>(
        &mut self,
        at: &At<T>,
        node: NodeId,
        says: String,
        label: &str,
        help: &str,
    ) -> Option<M> {
        let span = self.value_span(at.node, node);
        self.refuse(Mistake::new(span, says).label(label).help(help))
    }
}

/// The id, if it can be one; if not, `structure` has said so.
fn work(at: &At<Work>) -> Option<WorkId> {
    WorkId::parse(&at.value.as_ref()?.0)
}

/// An example as the file has it: it has a name even while something else in it is wrong.
pub(super) trait Named {
    /// The name, if enough is given for one. It is the second half of `criterion-id::example`, by which a check is
    /// found and run again.
    fn name(&self) -> Option<String>;

    /// What it is an example of.
    fn is(&self) -> &At<Text>;

    /// What to do if two examples have the same name.
    fn to_tell_apart(&self) -> &'static str {
        "remove one of the two, or move it to another criterion"
    }
}

/// The letters and digits of a text, with hyphens between them.
fn hyphenated(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// `` `a`, `b` or `c` ``.
pub(super) fn either(keys: &[&str]) -> String {
    listed(keys.iter().copied(), "or")
}
