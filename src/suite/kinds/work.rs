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
use crate::suite::page::{self, PageExpectation, WrittenPage};
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
    /// What readers must see on its page, besides the `page` of the criterion.
    #[serde(default)]
    pub page: At<WrittenPage>,
}

/// A record that must have the criterion's shape.
#[derive(Debug, Clone)]
pub struct WorkExample {
    /// The record.
    pub work: WorkId,
    /// Whether the whole record is compared with a snapshot too.
    pub snapshot: bool,
    /// What is expected of it: the criterion's shape and, where it has one, the example's own (then `All`). `None` if only
    /// its page is looked at.
    pub expect: Option<Shape>,
    /// What its page on the website must show, if that is looked at.
    pub page: Option<PageExpectation>,
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
    let common_page = criterion.page.is_given().then(|| page::read(checker, &criterion.page));
    let kind = filters::read(checker, &criterion.counts, Endpoint::Works);
    checker.examples(&criterion.examples, |checker, node, example: &WrittenWork| {
        let of_record = (common.is_some() || example.expect.is_given())
            .then(|| expectation(checker, common.as_ref(), example));
        let of_page = match &common_page {
            None if !example.page.is_given() => None,
            Some(common) if !example.page.is_given() => Some(common.clone()),
            common => Some(page::besides(checker, common.clone().flatten(), &example.page)),
        };
        match (&of_record, &of_page) {
            (None, None) => return nothing_expected(checker, node),
            (Some(None), _) | (_, Some(None)) => return None,
            (None, _) => only_of_a_page(checker, criterion, node, example)?,
            _ => {}
        }
        Some(WorkExample {
            work: work(&example.work)?,
            snapshot: if example.snapshot.is_given() { example.snapshot.value? } else { false },
            expect: of_record.flatten(),
            page: of_page.flatten(),
            kind: kind.clone().map(|kind| kind.is_narrowed().then_some(kind))?,
        })
    })
}

fn nothing_expected<T>(checker: &mut Checker<'_>, node: NodeId) -> Option<T> {
    let at = checker.tree.headline(node);
    checker.refuse(
        Mistake::new(at, "nothing is expected of this example")
            .label("add `expect:` or `page:` here, or to the criterion")
            .help("an example of which nothing is expected would always pass"),
    )
}

/// Refuses what goes with the record of an example where only its page is looked at.
fn only_of_a_page(
    checker: &mut Checker<'_>,
    criterion: &Criterion,
    node: NodeId,
    example: &WrittenWork,
) -> Option<()> {
    if !criterion.counts.is_given() && !example.snapshot.is_given() {
        return Some(());
    }
    let at = checker.tree.headline(node);
    checker.refuse(
        Mistake::new(
            at,
            "`counts` and `snapshot` are about records, and of this example only the page is looked at",
        )
        .label("add `expect:`, or remove them"),
    )
}

/// What is expected of the record of one example: what its criterion says, what it says itself, or both.
fn expectation(
    checker: &mut Checker<'_>,
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
        (None, None) => None,
    }
}
