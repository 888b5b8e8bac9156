//! The ids of an example: none may be named twice, and none be both wanted and forbidden.

use super::super::WrittenSearch;
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::mistake::{Mistake, Span};
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::Record;

/// A list of ids as it is written.
pub(super) type Ids = At<Vec<At<Record>>>;

/// The ids of a list; `None` if one of them cannot be an id, which `structure` has said.
pub(super) fn list(list: &Ids) -> Option<Vec<WorkId>> {
    let ids: Option<Vec<WorkId>> = list
        .value
        .as_ref()?
        .iter()
        .map(|at| at.value.as_ref().and_then(|record| WorkId::parse(&record.0)))
        .collect();
    ids.filter(|ids| !ids.is_empty())
}

/// Complains about ids that contradict one another, and keys that do.
pub(super) fn check(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) {
    let WrittenSearch { first, first_in_order, only, finds, never, ranks, .. } = example;
    let mut wanted = Vec::new();
    for list in [first, first_in_order, only, finds] {
        said_once(checker, &mut wanted, &placed(checker, list));
    }
    let mut forbidden = Vec::new();
    said_once(checker, &mut forbidden, &placed(checker, never));
    let (mut these, mut before) = (Vec::new(), Vec::new());
    if let Some(ranks) = &ranks.value {
        said_once(checker, &mut these, &placed(checker, &ranks.these));
        said_once(checker, &mut before, &placed(checker, &ranks.before));
    }
    exclude(checker, &these, &before, "cannot come before itself");
    let all_wanted = [wanted, these, before].concat();
    exclude(checker, &all_wanted, &forbidden, "cannot be both found and never found");
    if first.is_given() && first_in_order.is_given() {
        contradict(checker, node, "first", "first-in-order", "one of the two says what comes first");
    }
    for (other, given) in [
        ("first", first.is_given()),
        ("finds", finds.is_given()),
        ("never", never.is_given()),
        ("results", example.results.is_given()),
    ] {
        if only.is_given() && given {
            contradict(
                checker,
                node,
                "only",
                other,
                "`only` says already what is found, and that nothing else is",
            );
        }
    }
}

/// The ids of a list, each with its place.
fn placed(checker: &Checker<'_>, list: &Ids) -> Vec<(String, Span)> {
    let ids = list.value.iter().flatten();
    ids.filter_map(|at| Some((at.value.as_ref()?.0.clone(), checker.tree.node(at.node?).span))).collect()
}

/// Adds ids to those said before, and complains about one that was.
fn said_once(checker: &mut Checker<'_>, said: &mut Vec<(String, Span)>, more: &[(String, Span)]) {
    for (id, at) in more {
        if let Some((_, first)) = said.iter().find(|(other, _)| other == id) {
            checker.mistakes.push(
                Mistake::new(*at, format!("`{id}` is named twice"))
                    .label("remove one of the two, or correct it")
                    .also(*first, "the first is here"),
            );
        }
        said.push((id.clone(), *at));
    }
}

fn exclude(checker: &mut Checker<'_>, ones: &[(String, Span)], others: &[(String, Span)], how: &str) {
    for (id, at) in others {
        if let Some((_, first)) = ones.iter().find(|(other, _)| other == id) {
            checker.mistakes.push(
                Mistake::new(*at, format!("`{id}` {how}"))
                    .label("remove one of the two, or correct it")
                    .also(*first, "it is named here too"),
            );
        }
    }
}

fn contradict(checker: &mut Checker<'_>, node: NodeId, key: &str, other: &str, help: &str) {
    let at = checker.key_span(node, other);
    checker.mistakes.push(
        Mistake::new(at, format!("`{key}` and `{other}` cannot stand side by side"))
            .label("remove one of the two")
            .also(checker.key_span(node, key), "the other is here")
            .help(help),
    );
}
