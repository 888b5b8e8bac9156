//! `never`: records that exist, and must not be found.
//!
//! That something is not found shows nothing if it does not exist, if nothing at all is found, or if nobody has looked
//! far enough.

use super::Outcome;
use super::listing::{Names, numbered};
use super::results::Results;
use crate::catalogue::WorkId;
use crate::suite::Look;
use crate::verdict::Finding;

/// None of these is among the results that are looked at, and all of them could be.
pub(super) fn never(ids: &[WorkId], results: &Results<'_>, look: Look, names: &Names<'_>) -> Outcome {
    let is_forbidden = |id: &str| ids.iter().any(|forbidden| forbidden.as_str() == id);
    let found: Vec<_> = results.within(look).iter().filter(|hit| is_forbidden(hit.id)).collect();
    if let [first, ..] = found[..] {
        let says = match found.len() {
            1 => format!("{} must not be found, and is number {}", first.id, first.place),
            several => format!("{several} records are found that must not be"),
        };
        let expected = "(not found)".to_owned();
        let finding = Finding {
            at: "results".to_owned(),
            says,
            expected,
            found: numbered(found),
            ..Finding::default()
        };
        return Outcome::of(ids.len(), [finding]);
    }
    let mut outcome = Outcome::of(ids.len(), None);
    for id in ids {
        if let Err(fate) = names.record(id) {
            outcome.doubts.push(format!("that {id} is not found shows nothing: {fate}"));
        }
    }
    if results.hits.is_empty() {
        outcome
            .doubts
            .push("the search finds nothing at all, so that something is not found shows nothing".to_owned());
    }
    if results.has_more_than(look) && !look.said {
        outcome.doubts.push(format!(
            "only the first {} of {} results were looked at; if that is far enough, say `within: {}`",
            look.results, results.total, look.results
        ));
    }
    outcome
}
