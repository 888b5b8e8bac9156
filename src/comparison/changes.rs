//! Changes that a person can name: what differs, grouped by place, kind and work type; what has one cause, under its
//! gravest effect.

use std::cmp::Reverse;

use serde::Serialize;

use super::difference::Kind;
use super::estimate::{drawn_from, estimated};
use super::fold::Comparison;
use super::impact::{Rules, Severity};
use super::path::segments;
use super::repeats::PAGING;
use super::tally::{Example, Subject};
use crate::estimate::Estimate;

/// Two changes are of the same works if so many of a hundred that show either show both.
const SAME_WORKS: usize = 90;

/// What is seen only where another change is seen, by so many of a hundred, and at no fewer than so many of a hundred of
/// its works, comes with it: not every work that loses its digitised copy was open to all before.
const WITHIN: usize = 95;
const MOST_OF: usize = 50;

/// Nothing follows from that if so many of a hundred show the other one: then nearly everything is seen there.
const ORDINARY: usize = 50;

/// A change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What it is counted in.
    pub subject: Subject,
    /// Where.
    pub path: String,
    /// What became of it.
    pub kind: Kind,
    /// From which status to which, if the whole answer is another: `200`, `404`, or `not there`.
    pub statuses: Option<(String, String)>,
    /// How many pairs show it,
    pub pairs: usize,
    /// of how many that were compared.
    pub compared: usize,
    /// How many of those that were drawn at random show it,
    pub of_drawn: usize,
    /// of how many that were drawn.
    pub drawn: usize,
    /// How they are shared out over work types, the most first.
    pub types: Vec<OfType>,
    /// About how many works of the whole catalogue show it, if that can be told.
    pub estimate: Option<Estimate>,
    /// At most three to look at.
    pub examples: Vec<Example>,
    /// How often the pages of those that were compared and show it were viewed, if that is known of any. The rest of
    /// the catalogue does not count.
    pub views: Option<u64>,
    /// How grave it is for readers,
    pub severity: Severity,
    /// and why.
    pub why: String,
    /// What else the same works show, for which the cause is likely the same.
    pub with: Vec<Companion>,
}

/// How many works of a type show a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OfType {
    /// The id of the type; empty if they have none.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How many of it show the change,
    pub pairs: usize,
    /// of how many that were compared.
    pub compared: usize,
}

/// A change of the same works as another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Companion {
    /// Where.
    pub path: String,
    /// What became of it.
    pub kind: Kind,
    /// How many pairs show it.
    pub pairs: usize,
    /// How grave it is.
    pub severity: Severity,
}

/// A change with its number in the comparison.
#[derive(Debug, Clone)]
pub(super) struct Single {
    pub number: u16,
    pub change: Change,
}

impl Comparison {
    /// What differs and is no noise, the gravest first, then the most frequent. What the same works show together is
    /// one change.
    #[must_use]
    pub fn changes(&self, rules: &Rules) -> Vec<Change> {
        let grouped = self.grouped(self.singles(rules));
        grouped.into_iter().map(|group| group.change).collect()
    }

    /// Each change for itself, in the same order.
    pub(super) fn singles(&self, rules: &Rules) -> Vec<Single> {
        let noise = self.noise_by_place();
        let real = (0_u16..).zip(&noise).filter(|(_, is_noise)| !**is_noise);
        let mut singles: Vec<Single> =
            real.map(|(number, _)| Single { number, change: self.change(number, rules) }).collect();
        singles.sort_by_cached_key(|it| it.change.rank());
        singles
    }

    fn change(&self, number: u16, rules: &Rules) -> Change {
        let (key, tally) = (&self.keys[usize::from(number)], &self.tallies[usize::from(number)]);
        let from = drawn_from(key);
        let whole = self.whole_of(from);
        let (severity, why) = rules.severity_of(&key.path, key.kind);
        Change {
            subject: key.subject,
            path: key.path.clone(),
            kind: key.kind,
            statuses: key.statuses.clone(),
            pairs: tally.numbers.all,
            compared: self.compared(key.subject),
            of_drawn: tally.numbers.drawn(from),
            drawn: self.numbers(key.subject).drawn(from),
            types: self.types_of(number),
            estimate: whole.and_then(|whole| estimated(self, key, tally, whole)),
            examples: tally.examples.clone(),
            views: tally.views,
            severity,
            why,
            with: Vec::new(),
        }
    }

    fn types_of(&self, number: u16) -> Vec<OfType> {
        let (key, tally) = (&self.keys[usize::from(number)], &self.tallies[usize::from(number)]);
        let compared = self.compared.get(&key.subject);
        let of_type = tally.by_type.iter().map(|(id, numbers)| OfType {
            id: id.clone(),
            label: self.labels.get(id).cloned().unwrap_or_else(|| id.clone()),
            pairs: numbers.all,
            compared: compared.and_then(|it| it.get(id)).map_or(0, |it| it.all),
        });
        let mut types: Vec<OfType> = of_type.collect();
        types.sort_by(|one, other| other.pairs.cmp(&one.pairs).then_with(|| one.id.cmp(&other.id)));
        types
    }

    /// Puts what is of the same works under the first of them. They come, and stay, in order.
    pub(super) fn grouped(&self, mut singles: Vec<Single>) -> Vec<Single> {
        let mut groups = Vec::new();
        while !singles.is_empty() {
            let mut head = singles.remove(0);
            let shared = self.shared_with(head.number);
            let (same, rest): (Vec<Single>, Vec<Single>) = singles.into_iter().partition(|other| {
                let both = shared.get(&other.number).copied().unwrap_or_default();
                head.change.subject == other.change.subject && comes_with(&other.change, &head.change, both)
            });
            head.change.with = same.into_iter().map(|it| Companion::from(it.change)).collect();
            groups.push(head);
            singles = rest;
        }
        groups
    }
}

impl Change {
    /// In which order changes are told: the gravest first, then the most frequent. What happens to records shows in
    /// lists as well, and is told of the records first.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let in_answers = self.subject == Subject::Answers;
        // How many pages there are follows from how much is found.
        let follows = PAGING.contains(&self.path.as_str());
        let depth = segments(&self.path).count();
        let place = (self.kind, depth, self.path.clone(), self.statuses.clone());
        (self.severity, in_answers, follows, Reverse(self.pairs), place)
    }

    /// Whether both are told of the same place.
    pub(super) fn is_the_same_as(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.subject, it.kind);
        of(self) == of(other) && self.path == other.path && self.statuses == other.statuses
    }
}

/// Whether a change is likely to have the cause of another, if so many pairs show both.
fn comes_with(one: &Change, head: &Change, both: usize) -> bool {
    let either = (head.pairs + one.pairs).saturating_sub(both);
    let same = both * 100 >= either * SAME_WORKS;
    let within = both * 100 >= one.pairs * WITHIN && both * 100 >= head.pairs * MOST_OF;
    same || (within && head.pairs * 100 <= head.compared * ORDINARY)
}

impl From<Change> for Companion {
    fn from(change: Change) -> Self {
        let Change { path, kind, pairs, severity, .. } = change;
        Self { path, kind, pairs, severity }
    }
}
