//! `overrides`: somebody takes it upon them that a release goes on though a criterion fails.

use std::collections::HashMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::compare::COMPARE;
use super::file::SuiteFile;
use super::mistake::{Mistake, Span, nearest};
use super::tree::NodeId;
use super::validate::Checker;
use super::words::{Day, Id, Person, Text};

/// What the gate itself judges by, besides the criteria: the documented form of answers.
pub(super) const CONTRACT: &str = "contract";

/// The days that an override may last: a criterion that fails for longer is to be changed.
const LONGEST: i32 = 31;

/// Somebody takes it upon them that a release goes on though a criterion fails. It is told first in every report.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Override")]
pub(super) struct WrittenOverride {
    /// The id of the criterion that may fail, `contract` for the documented form of answers, or `compare` for what is
    /// compared with prod.
    pub criterion: At<Id>,
    /// Who takes it upon them: a person or a role.
    pub by: At<Person>,
    /// The day on which it was decided, such as `2026-11-25`. It holds from then on.
    pub on: At<Day>,
    /// Why the release is to go on all the same.
    pub why: At<Text>,
    /// The last day on which it holds, no more than 31 days after `on`.
    pub until: At<Day>,
}

/// A failure that blocks no release for some days, because somebody said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The criterion whose checks may fail, or `contract`.
    pub criterion: String,
    /// Who took it upon them.
    pub by: String,
    /// The first day on which it holds.
    pub on: Date,
    /// Why.
    pub why: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// Reads the overrides. `None` if there is a mistake in them.
pub(super) fn read(checker: &mut Checker<'_>, file: &SuiteFile) -> Option<Vec<Override>> {
    let Some(overrides) = file.overrides.value.as_ref() else {
        return if file.overrides.is_given() { None } else { Some(Vec::new()) };
    };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let read: Vec<_> = overrides
        .iter()
        .map(|at| {
            let written = at.value.as_ref()?;
            let known = what_can_be_overridden(checker, file, written);
            once(checker, &mut seen, written);
            let read = one(checker, at.node?, written);
            known.and(read)
        })
        .collect();
    read.into_iter().collect()
}

fn one(checker: &mut Checker<'_>, node: NodeId, written: &WrittenOverride) -> Option<Override> {
    let (on, until) = (checker.day(&written.on), checker.day(&written.until));
    let (on, until) = (on?, until?);
    let at = checker.value_span(written.until.node, node);
    let begins = checker.value_span(written.on.node, node);
    let days = (until - on).get_days();
    if days < 0 {
        checker.mistakes.push(
            Mistake::new(at, "this override ends before it begins")
                .label("write a later day")
                .also(begins, "the first day on which it holds"),
        );
    } else if days > LONGEST {
        checker.mistakes.push(
            Mistake::new(at, format!("this override lasts {days} days, and may last {LONGEST}"))
                .label("write an earlier day")
                .also(begins, "the first day on which it holds")
                .help("if the criterion is to fail for longer, change it, or give it a `known-issue`"),
        );
    }
    Some(Override {
        criterion: written.criterion.value.as_ref()?.0.clone(),
        by: written.by.value.as_ref()?.0.clone(),
        on,
        why: written.why.value.as_ref()?.0.clone(),
        until,
    })
}

/// Complains about what does not block, so that an override of it would only seem to do something.
fn what_can_be_overridden(
    checker: &mut Checker<'_>,
    file: &SuiteFile,
    written: &WrittenOverride,
) -> Option<()> {
    let (id, at) = (&written.criterion.value.as_ref()?.0, written.criterion.node?);
    let at = checker.tree.node(at).span;
    let criteria = || file.criteria.value.iter().flatten().filter_map(|criterion| criterion.value.as_ref());
    let ids = || criteria().filter_map(|criterion| Some(criterion.id.value.as_ref()?.0.as_str()));
    let Some(criterion) = criteria().find(|it| it.id.value.as_ref().is_some_and(|it| it.0 == *id)) else {
        if id == CONTRACT || (id == COMPARE && file.compare.is_given()) {
            return Some(());
        }
        let mistake = Mistake::new(at, format!("there is no criterion `{id}`"));
        let of_the_gate = [CONTRACT].into_iter().chain(file.compare.is_given().then_some(COMPARE));
        checker.mistakes.push(match nearest(id, ids().chain(of_the_gate)) {
            Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
            None => mistake.label("write the `id` of the criterion that may fail"),
        });
        return None;
    };
    if criterion.proposed.is_given() {
        checker.mistakes.push(
            Mistake::new(at, format!("`{id}` is only proposed, and blocks nothing anyway"))
                .label("remove this override"),
        );
        return None;
    }
    Some(())
}

fn once<'f>(checker: &mut Checker<'_>, seen: &mut HashMap<&'f str, Span>, written: &'f WrittenOverride) {
    let (Some(id), Some(node)) = (&written.criterion.value, written.criterion.node) else { return };
    let at = checker.tree.node(node).span;
    match seen.get(id.0.as_str()) {
        None => {
            seen.insert(&id.0, at);
        }
        Some(first) => checker.mistakes.push(
            Mistake::new(at, format!("`{}` is overridden twice", id.0))
                .label("remove one of the two")
                .also(*first, "the first is here"),
        ),
    }
}
