//! `examples` with `expect`: a single record has a shape.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::{Endpoint, Selection, WorkId};
use crate::suite::at::At;
use crate::suite::expectation::Expectation;
use crate::suite::file::Criterion;
use crate::suite::filters;
use crate::suite::mistake::Mistake;
use crate::suite::model::Example;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Text, Work};
use crate::suite::{Shape, contradictions};

/// A work that must look as `expect` says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "WorkExample")]
pub(in crate::suite) struct WrittenWork {
    /// The work's id: the eight characters at the end of its address.
    pub work: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// `true` if its whole record must stay as it was recorded, too.
    #[serde(default)]
    pub snapshot: At<bool>,
    /// What this work must look like, besides the `expect` of the criterion.
    #[serde(default)]
    pub expect: At<Expectation>,
}

/// A record that must have the criterion's shape.
#[derive(Debug, Clone)]
pub struct WorkExample {
    /// The record.
    pub work: WorkId,
    /// Whether the whole record is compared with a snapshot too.
    pub snapshot: bool,
    /// What is expected of it: the criterion's shape and, where it has one, the example's own (then `All`).
    pub expect: Shape,
    /// All works of its kind, if its criterion says how to find them.
    pub kind: Option<Selection>,
}

impl Named for WrittenWork {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(checker: &mut Checker<'_>, criterion: &Criterion) -> Option<Vec<Example<WorkExample>>> {
    let common = criterion.expect.node.map(|node| (node, checker.shapes.work(node)));
    let kind = filters::read(checker, &criterion.counts, Endpoint::Works);
    checker.examples(&criterion.examples, |checker, node, example: &WrittenWork| {
        let expect = expectation(checker, node, common.as_ref(), example);
        Some(WorkExample {
            work: work(&example.work)?,
            snapshot: if example.snapshot.is_given() { example.snapshot.value? } else { false },
            expect: expect?,
            kind: kind.clone().map(|kind| kind.is_narrowed().then_some(kind))?,
        })
    })
}

/// What is expected of one example: what its criterion says, what it says itself, or both.
fn expectation(
    checker: &mut Checker<'_>,
    node: NodeId,
    common: Option<&(NodeId, Option<Shape>)>,
    example: &WrittenWork,
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
