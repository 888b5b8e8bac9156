//! The kinds of criteria: which key of the file stands for which kind, and how its examples are read.
//!
//! To add a kind: a key and a type in `file`; a variant of [`Kind`] and its type in `model`, with a name in `names`; and
//! here a line in [`Criterion::kinds`], a line in [`read`], a function that reads an example, and [`Named`] for it.

use schemars::Schema;
use serde_json::json;

use super::at::At;
use super::file::{Criterion, Gone, Identity, NotFound, Redirect, Refused, WorkExample};
use super::mistake::{Mistake, listed};
use super::model::{self, Kind};
use super::names::request_name;
use super::tree::NodeId;
use super::validate::Checker;
use super::{Shape, contradictions};
use crate::catalogue::WorkId;

impl Criterion {
    /// Every key that makes a kind, and where it is given.
    fn kinds(&self) -> [(&'static str, Option<NodeId>); 6] {
        [
            ("examples", self.examples.node),
            ("redirects", self.redirects.node),
            ("gone", self.gone.node),
            ("not-found", self.not_found.node),
            ("refused", self.refused.node),
            ("identities", self.identities.node),
        ]
    }
}

/// Adds to the schema of a criterion what must stand there exactly once, so that editors show it.
pub(super) fn say_exactly_one(schema: &mut Schema) {
    let one_of = |keys: &[&str]| {
        let each: Vec<_> = keys.iter().map(|key| json!({ "required": [key] })).collect();
        json!({ "oneOf": each })
    };
    let kinds = Criterion::default().kinds().map(|(key, _)| key);
    schema.insert("allOf".to_owned(), json!([one_of(&["approved", "proposed"]), one_of(&kinds)]));
    schema.insert("dependentRequired".to_owned(), json!({ "expect": ["examples"] }));
}

/// Reads what a criterion checks. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, criterion: &Criterion) -> Option<Kind> {
    let known = criterion.kinds().map(|(key, _)| key);
    let given: Vec<&str> =
        criterion.kinds().iter().filter(|(_, at)| at.is_some()).map(|(key, _)| *key).collect();
    checker.exactly_one(node, &given, &known, "what it checks");
    if let (Some(_), None, Some(other)) = (criterion.expect.node, criterion.examples.node, given.first()) {
        let at = checker.key_span(node, "expect");
        let mistake = Mistake::new(at, format!("`expect` goes with `examples`, and not with `{other}`"))
            .label("remove this, or move it to a criterion of its own");
        checker.mistakes.push(mistake);
    }
    let readers: [Option<Kind>; 6] = [
        works(checker, criterion).map(Kind::Work),
        checker.examples(&criterion.redirects, redirect).map(Kind::Redirect),
        checker.examples(&criterion.gone, gone).map(Kind::Gone),
        checker.examples(&criterion.not_found, not_found).map(Kind::NotFound),
        checker.examples(&criterion.refused, refused).map(Kind::Refused),
        checker.examples(&criterion.identities, identity).map(Kind::Identity),
    ];
    readers.into_iter().flatten().next()
}

fn works(checker: &mut Checker<'_>, criterion: &Criterion) -> Option<Vec<model::WorkExample>> {
    let common = criterion.expect.node.map(|node| (node, checker.shapes.work(node)));
    checker.examples(&criterion.examples, |checker, node, example: &WorkExample| {
        let expect = expectation(checker, node, common.as_ref(), example);
        Some(model::WorkExample {
            work: work(&example.work)?,
            is: example.is.value.as_ref()?.0.clone(),
            snapshot: if example.snapshot.is_given() { example.snapshot.value? } else { false },
            expect: expect?,
            line: checker.line(node),
        })
    })
}

/// What is expected of one example: what its criterion says, what it says itself, or both.
fn expectation(
    checker: &mut Checker<'_>,
    node: NodeId,
    common: Option<&(NodeId, Option<Shape>)>,
    example: &WorkExample,
) -> Option<Shape> {
    let own = example.expect.node.map(|node| (node, checker.shapes.work(node)));
    match (common, own) {
        (Some((_, common)), None) => common.clone(),
        (None, Some((_, own))) => own,
        (Some((first, common)), Some((second, own))) => {
            let (common, own) = (common.clone()?, own?);
            let found = contradictions::between(checker.tree, (*first, &common), (second, &own));
            checker.mistakes.extend(found);
            Some(Shape::All(vec![common, own]))
        }
        (None, None) => {
            let at = checker.tree.headline(node);
            checker.mistakes.push(
                Mistake::new(at, "nothing is expected of this example")
                    .label("add `expect:` here, or to the criterion")
                    .help("an example of which nothing is expected would always pass"),
            );
            None
        }
    }
}

fn redirect(checker: &mut Checker<'_>, node: NodeId, example: &Redirect) -> Option<model::RedirectExample> {
    let (from, to) = (work(&example.from)?, work(&example.to)?);
    if from == to {
        let at = checker.value_span(example.to.node, node);
        checker.mistakes.push(
            Mistake::new(at, format!("`{from}` cannot redirect to itself"))
                .label("write the id of the work that replaced it"),
        );
        return None;
    }
    Some(model::RedirectExample {
        from,
        to,
        is: example.is.value.as_ref()?.0.clone(),
        line: checker.line(node),
    })
}

fn gone(checker: &mut Checker<'_>, node: NodeId, example: &Gone) -> Option<model::GoneExample> {
    let (work, is) = (work(&example.work)?, example.is.value.as_ref()?.0.clone());
    Some(model::GoneExample { work, is, line: checker.line(node) })
}

fn not_found(checker: &mut Checker<'_>, node: NodeId, example: &NotFound) -> Option<model::RequestExample> {
    let given: Vec<&str> = [("work", example.work.is_given()), ("request", example.request.is_given())]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect();
    checker.exactly_one(node, &given, &["work", "request"], "what to ask for");
    let request = match given.first()? {
        &"work" => format!("/works/{}", work(&example.work)?),
        _ => example.request.value.as_ref()?.0.clone(),
    };
    Some(model::RequestExample {
        request,
        is: example.is.value.as_ref()?.0.clone(),
        says: None,
        line: checker.line(node),
    })
}

fn refused(checker: &mut Checker<'_>, node: NodeId, example: &Refused) -> Option<model::RequestExample> {
    let says = if example.says.is_given() { Some(example.says.value.as_ref()?.0.clone()) } else { None };
    Some(model::RequestExample {
        request: example.request.value.as_ref()?.0.clone(),
        is: example.is.value.as_ref()?.0.clone(),
        says,
        line: checker.line(node),
    })
}

fn identity(checker: &mut Checker<'_>, node: NodeId, example: &Identity) -> Option<model::IdentityExample> {
    Some(model::IdentityExample {
        identifier: example.identifier.value.as_ref()?.0.clone(),
        identifier_type: example.identifier_type.value.as_ref()?.0.clone(),
        finds: work(&example.finds)?,
        is: example.is.value.as_ref()?.0.clone(),
        line: checker.line(node),
    })
}

/// The id, if it can be one; if not, `structure` has said so.
fn work(at: &At<super::words::Work>) -> Option<WorkId> {
    WorkId::parse(&at.value.as_ref()?.0)
}

/// An example as the file has it: it has a name even while something else in it is wrong.
pub(super) trait Named {
    /// The name, if enough is given for one.
    fn name(&self) -> Option<String>;
}

impl Named for WorkExample {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }
}

impl Named for Redirect {
    fn name(&self) -> Option<String> {
        Some(self.from.value.as_ref()?.0.clone())
    }
}

impl Named for Gone {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }
}

impl Named for NotFound {
    fn name(&self) -> Option<String> {
        match (&self.work.value, &self.request.value) {
            (Some(work), _) => Some(work.0.clone()),
            (None, Some(request)) => Some(request_name(&request.0)),
            (None, None) => None,
        }
    }
}

impl Named for Refused {
    fn name(&self) -> Option<String> {
        Some(request_name(&self.request.value.as_ref()?.0))
    }
}

impl Named for Identity {
    fn name(&self) -> Option<String> {
        Some(self.identifier.value.as_ref()?.0.clone())
    }
}

/// `` `a`, `b` or `c` ``.
pub(super) fn either(keys: &[&str]) -> String {
    listed(keys.iter().copied(), "or")
}
