//! Which records are found, and where: `first`, `first-in-order`, `only`, `finds` and `ranks`.

use super::Outcome;
use super::listing::{Names, SHOWN, count, numbered};
use super::results::Results;
use crate::catalogue::WorkId;
use crate::suite::Look;
use crate::verdict::Finding;

/// The first results are these, in any order.
pub(super) fn first(ids: &[WorkId], results: &Results<'_>, names: &Names<'_>) -> Outcome {
    let top = &results.hits[..results.hits.len().min(ids.len())];
    let right = ids.iter().all(|id| top.iter().any(|hit| hit.id == id.as_str()));
    let says = match ids {
        [one] => format!("{one} is not the first result"),
        several => format!("these {} are not the first results", several.len()),
    };
    Outcome::of(ids.len(), (!right).then(|| finding(says, ids, results, names)))
}

/// The first results are these, in this order.
pub(super) fn first_in_order(ids: &[WorkId], results: &Results<'_>, names: &Names<'_>) -> Outcome {
    let right = ids.iter().enumerate().all(|(at, id)| results.place_of(id) == Some(at + 1));
    let finding = || {
        let lines = ids.iter().enumerate().map(|(at, id)| format!("{}. {}", at + 1, names.of(id, results)));
        let expected = lines.collect::<Vec<_>>().join("\n");
        let says = "the first results are not these, in this order".to_owned();
        Finding { expected, ..finding(says, ids, results, names) }
    };
    Outcome::of(ids.len(), (!right).then(finding))
}

/// All the results are these.
pub(super) fn only(ids: &[WorkId], results: &Results<'_>, names: &Names<'_>) -> Outcome {
    let found = ids.iter().all(|id| results.place_of(id).is_some());
    let right = found && results.total == ids.len() as u64;
    let says = if found {
        format!("the search finds {}, and must find only these", count(results.total, "result"))
    } else {
        "the search must find these, and nothing else".to_owned()
    };
    // The records, and that there is no other.
    Outcome::of(ids.len() + 1, (!right).then(|| finding(says, ids, results, names)))
}

/// These are among the results that are looked at.
pub(super) fn finds(ids: &[WorkId], results: &Results<'_>, look: Look, names: &Names<'_>) -> Outcome {
    let missing = not_within(ids, results, look);
    let finding = || {
        let among = among(results, look);
        let says = match missing[..] {
            [one] => format!("{one} is not {among}"),
            _ => format!("{} of {} are not {among}", missing.len(), ids.len()),
        };
        finding(says, ids, results, names)
    };
    Outcome::of(ids.len(), (!missing.is_empty()).then(finding))
}

/// Each of these comes before each of those, and all of them are found: what is not there stands in no order.
pub(super) fn ranks(
    these: &[WorkId],
    before: &[WorkId],
    results: &Results<'_>,
    look: Look,
    names: &Names<'_>,
) -> Outcome {
    let all: Vec<WorkId> = these.iter().chain(before).cloned().collect();
    let missing = not_within(&all, results, look);
    let last = these.iter().filter_map(|id| results.place_of(id)).max();
    let first = before.iter().filter_map(|id| results.place_of(id)).min();
    let says = match (&missing[..], last < first) {
        ([], true) => return Outcome::of(these.len() * before.len(), None),
        ([], false) => "these do not come before those".to_owned(),
        ([one], _) => format!("{one} is not {}, so it stands in no order", among(results, look)),
        (several, _) => {
            format!("{} are not {}, so they stand in no order", several.len(), among(results, look))
        }
    };
    let listed = |ids: &[WorkId]| ids.iter().map(|id| names.of(id, results)).collect::<Vec<_>>().join("\n");
    let expected = format!("{}\nbefore\n{}", listed(these), listed(before));
    Outcome::of(all.len(), [Finding { expected, ..finding(says, &all, results, names) }])
}

fn not_within<'i>(ids: &'i [WorkId], results: &Results<'_>, look: Look) -> Vec<&'i WorkId> {
    ids.iter().filter(|id| results.place_of(id).is_none_or(|place| place > look.results)).collect()
}

fn among(results: &Results<'_>, look: Look) -> String {
    if results.has_more_than(look) {
        format!("among the first {}", count(look.results as u64, "result"))
    } else {
        format!("among the {}", count(results.total, "result"))
    }
}

/// The ids that were expected, beside what came first and where the expected ones are.
fn finding(says: String, ids: &[WorkId], results: &Results<'_>, names: &Names<'_>) -> Finding {
    let expected = ids.iter().map(|id| names.of(id, results)).collect::<Vec<_>>().join("\n");
    let shown = SHOWN.max(ids.len());
    let is_expected = |id: &str| ids.iter().any(|wanted| wanted.as_str() == id);
    let mut lines = vec![numbered(results.hits.iter().take(shown))];
    lines.push(numbered(results.hits.iter().skip(shown).filter(|hit| is_expected(hit.id))));
    let missing = ids.iter().filter(|id| results.place_of(id).is_none());
    let read = if results.total > results.hits.len() as u64 {
        format!("among the first {}", results.hits.len())
    } else {
        "found".to_owned()
    };
    lines.extend(missing.map(|id| format!("(not {read}: {id})")));
    lines.retain(|line| !line.is_empty());
    Finding { at: "results".to_owned(), says, expected, found: lines.join("\n"), ..Finding::default() }
}
