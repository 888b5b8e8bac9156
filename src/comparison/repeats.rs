//! What lists and searches show of changes that are told of the records already.

use super::changes::Change;
use super::difference::Kind;
use super::tally::Subject;
use super::wording::thing;

/// What follows from how much is found.
pub(super) const PAGING: [&str; 3] = ["nextPage", "prevPage", "totalPages"];

/// Of each of these changes, whether it says to readers what another one says: because a list shows a record that is
/// told for itself, because it follows from how much is found, or in the same words as one before it.
#[must_use]
pub fn repeats(changes: &[Change]) -> Vec<bool> {
    let repeats = |(at, change): (usize, &Change)| {
        change.subject == Subject::Answers
            && (follows_from_records(change, changes)
                || changes[..at].iter().any(|before| says_the_same(before, change)))
    };
    changes.iter().enumerate().map(repeats).collect()
}

fn follows_from_records(change: &Change, all: &[Change]) -> bool {
    let of_records = || all.iter().filter(|it| it.subject != Subject::Answers);
    let is_told = |path: &str, kind: Kind| {
        of_records().any(|it| {
            let with = it.with.iter().map(|with| (with.path.as_str(), with.kind));
            std::iter::once((it.path.as_str(), it.kind)).chain(with).any(|told| told == (path, kind))
        })
    };
    match (change.path.as_str(), change.path.strip_prefix("results[].")) {
        (path, None) if PAGING.contains(&path) => of_records().next().is_some(),
        (_, Some(within)) => is_told(within, change.kind),
        ("results[]", None) => change.kind != Kind::Moved && is_told("status", change.kind),
        _ => false,
    }
}

fn says_the_same(one: &Change, other: &Change) -> bool {
    one.subject == other.subject
        && one.kind == other.kind
        && one.statuses.is_none()
        && other.statuses.is_none()
        && thing(&one.path) == thing(&other.path)
}
