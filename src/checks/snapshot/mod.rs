//! `snapshot: true`: the whole of a key work is as it was when Product last looked at it.
//!
//! Judged here, as a pure comparison with the recorded text; the files themselves are insta's (`gate::baselines`).

mod redact;
mod simplify;

use std::collections::BTreeSet;

use serde_json::Value;
use similar::TextDiff;

use super::yaml::to_yaml;
use super::{Check, Context, Recorded, missing};
use crate::catalogue::{Include, Resource, WorkId};
use crate::verdict::{Compared, Finding, Judgement};

pub use redact::RULES;

/// Judges the whole of one record against its snapshot.
pub struct SnapshotCheck {
    work: WorkId,
    line: Option<usize>,
}

impl SnapshotCheck {
    /// A check of this work; its snapshot is named like it.
    #[must_use]
    pub fn new(work: WorkId) -> Self {
        Self { work, line: None }
    }

    /// The same, of an example in this line of the suite file.
    #[must_use]
    pub fn in_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }
}

impl Recorded for SnapshotCheck {
    fn record(&self) -> String {
        self.work.to_string()
    }

    fn text(&self, context: &Context<'_>) -> Result<String, Judgement> {
        let example = missing::Example { work: &self.work, line: self.line, expect: None };
        example.record(context).map(snapshot_of)
    }
}

impl Check for SnapshotCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        // Includes that come and go between releases would make every snapshot depend on the release.
        let lasting = Include::ALL.into_iter().filter(|include| !Include::MOVING.contains(include));
        vec![(self.work.clone(), lasting.collect())]
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let own = context.requests.resource(&self.work);
        std::iter::once(own).chain(missing::resources(&self.work, context)).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        let text = match self.text(context) {
            Ok(text) => text,
            Err(judgement) => return judgement,
        };
        match context.baselines.get(self.work.as_str()) {
            None => Judgement::undecided(not_recorded(self.work.as_str())),
            Some(baseline) if baseline.trim_end() == text.trim_end() => {
                Judgement::of(text.lines().count(), Vec::new())
            }
            Some(baseline) => {
                let difference = Judgement::from(difference("the record", baseline, &text));
                difference.comparing(Compared::Text { recorded: baseline.trim_end().to_owned(), found: text })
            }
        }
    }
}

/// A record as a snapshot shows it: what is volatile redacted, what says nothing left out, in a stable order.
#[must_use]
pub fn snapshot_of(record: &Value) -> String {
    let mut record = record.clone();
    redact::redact(&mut record);
    to_yaml(&simplify::simplify(&record))
}

/// Why nothing can be said of what was never recorded, and what to do about it.
pub(super) fn not_recorded(what: &str) -> String {
    format!(
        "there is no snapshot of {what} for this catalogue yet, so nothing can be compared. To record it: run the \
         gate on your own machine, look at it with `cargo insta review`, and commit it"
    )
}

/// How what was recorded differs from what is there now: only the lines around each change, so that a long record
/// does not hide it.
pub(super) fn difference(what: &str, baseline: &str, text: &str) -> Finding {
    let diff = TextDiff::from_lines(baseline.trim_end(), text.trim_end());
    let (mut expected, mut found) = (String::new(), String::new());
    for (nr, group) in diff.grouped_ops(2).iter().enumerate() {
        if nr > 0 {
            expected.push_str("…\n");
            found.push_str("…\n");
        }
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        expected.extend(baseline.lines().skip(old.start).take(old.len()).flat_map(|line| [line, "\n"]));
        found.extend(text.lines().skip(new.start).take(new.len()).flat_map(|line| [line, "\n"]));
    }
    Finding {
        at: String::new(),
        says: format!(
            "{what} is not as it was when its snapshot was approved. If the change is meant, accept it with `cargo \
             insta review` and commit the snapshot"
        ),
        expected: expected.trim_end().to_owned(),
        found: found.trim_end().to_owned(),
        ..Finding::default()
    }
}
