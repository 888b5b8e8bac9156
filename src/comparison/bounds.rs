//! Bounds: how often something is lost, or changes, of how often prod has it.

use super::difference::Kind;
use super::fold::Comparison;
use super::impact::{Bound, Expected, Rules};
use super::judge::Reason;
use super::pair::Drawn;
use super::path::Pattern;
use super::tally::{Key, Subject};

/// What bounds are counted in, each for itself.
const SUBJECTS: [Subject; 3] = [Subject::Works, Subject::Images, Subject::Answers];

/// What is concerned by one bound in works, images or answers.
struct Concerned<'a> {
    comparison: &'a Comparison,
    rules: &'a Rules,
    bound: &'a Bound,
    subject: Subject,
}

/// The bounds that are exceeded, each with the numbers of the changes that it is about.
pub(super) fn above(comparison: &Comparison, rules: &Rules) -> Vec<(Reason, Vec<u16>)> {
    let noise = comparison.noise_by_place();
    let each = concerned(comparison, rules);
    each.filter_map(|concerned| concerned.above(&|number| !noise[usize::from(number)])).collect()
}

/// The bounds that are exceeded only if what looks like noise counts: where prod wavers, stage may have lost as much.
pub(super) fn unsure(comparison: &Comparison, rules: &Rules) -> Vec<Reason> {
    let noise = comparison.noise_by_place();
    let each = concerned(comparison, rules).filter_map(|concerned| {
        if concerned.above(&|number| !noise[usize::from(number)]).is_some() {
            return None;
        }
        let (reason, numbers) = concerned.above(&|_| true)?;
        let Reason::AboveBound { bound, happened, of, .. } = reason else { return None };
        let wavering = numbers.into_iter().filter(|number| noise[usize::from(*number)]);
        let keys = wavering.map(|number| &comparison.keys[usize::from(number)]);
        let places = keys.filter_map(|key| comparison.noise_at(key)).collect();
        Some(Reason::Wavers { bound, happened, of, places })
    });
    each.collect()
}

fn concerned<'a>(comparison: &'a Comparison, rules: &'a Rules) -> impl Iterator<Item = Concerned<'a>> {
    let each = rules.bounds.iter().flat_map(move |bound| SUBJECTS.map(|subject| (bound, subject)));
    each.map(move |(bound, subject)| Concerned { comparison, rules, bound, subject })
}

impl Concerned<'_> {
    /// How the bound is exceeded by the changes that count, and their numbers; `None` if it is not.
    fn above(&self, counts: &dyn Fn(u16) -> bool) -> Option<(Reason, Vec<u16>)> {
        let (comparison, bound) = (self.comparison, self.bound);
        let keys = (0_u16..).zip(&comparison.keys);
        let direct = keys.filter(|(number, key)| {
            counts(*number) && self.is_unexpected(key) && bound.is_about(&key.path, key.kind)
        });
        let mut numbers: Vec<u16> = direct.map(|(number, _)| number).collect();
        let (more, by) = self.gone_otherwise(&numbers, counts);
        let happened = comparison.have_any(&numbers) + more;
        // Whatever was counted, no more can lose something than have it.
        let of = could_show(comparison, bound, self.subject).max(happened);
        let at_most = self.at_most(&numbers);
        let mut counted = self.of_drawn(&numbers).into_iter().chain([(happened, of)]);
        let (happened, of) = counted.find(|(happened, of)| share(*happened, *of) > at_most)?;
        numbers.extend(by);
        let first = numbers.first().map(|number| &comparison.tallies[usize::from(*number)]);
        let examples = first.map(|tally| tally.examples.clone()).unwrap_or_default();
        Some((Reason::AboveBound { bound: bound.clone(), happened, of, examples }, numbers))
    }

    /// Requests are no sample: each was chosen because it matters, so that none may lose its answer. One that had none
    /// can lose none.
    fn at_most(&self, numbers: &[u16]) -> f64 {
        let was_answered = |number: &u16| {
            let statuses = self.comparison.keys[usize::from(*number)].statuses.as_ref();
            statuses.is_some_and(|(prod, _)| prod.starts_with(['2', '3']))
        };
        let loses_an_answer = self.subject == Subject::Answers && numbers.iter().any(was_answered);
        if loses_an_answer { 0.0 } else { self.bound.at_most }
    }

    /// How many of those that were drawn from prod, and from stage, show a change of the whole answer, of how many. What
    /// is lost can not be drawn from stage, nor what is new from prod: among all, its share would look small.
    fn of_drawn(&self, numbers: &[u16]) -> Vec<(usize, usize)> {
        if !self.bound.path.is_status() {
            return Vec::new();
        }
        let all = self.comparison.numbers(self.subject);
        let tallies = || numbers.iter().map(|number| &self.comparison.tallies[usize::from(*number)]);
        // An answer has one status, so that none is counted twice.
        let of = |from| (tallies().map(|tally| tally.numbers.drawn(from)).sum(), all.drawn(from));
        [Drawn::FromProd, Drawn::FromStage].map(of).to_vec()
    }

    /// How many pairs show none of these changes and have less on stage all the same, and by which changes: those of a
    /// place that holds what is lost.
    fn gone_otherwise(&self, direct: &[u16], counts: &dyn Fn(u16) -> bool) -> (usize, Vec<u16>) {
        let (mut gone, mut by) = (0, Vec::new());
        if self.bound.kind != Kind::Lost {
            return (gone, by);
        }
        let key = |number: &u16| &self.comparison.keys[usize::from(*number)];
        for (set, pairs) in self.comparison.with_less(&self.bound.path, self.subject) {
            let causes = set.iter().copied().filter(|it| self.bound.may_go_by(&key(it).path, key(it).kind));
            let causes: Vec<u16> = causes.collect();
            let that_count = causes.iter().copied().filter(|it| counts(*it) && self.is_unexpected(key(it)));
            let that_count: Vec<u16> = that_count.collect();
            let is_excused = !causes.is_empty() && that_count.is_empty();
            if !is_excused && !set.iter().any(|it| direct.contains(it)) {
                gone += pairs;
                by.extend(that_count);
            }
        }
        by.sort_unstable();
        by.dedup();
        (gone, by)
    }

    /// Whether a change is one of what this is about, and is not meant.
    fn is_unexpected(&self, key: &Key) -> bool {
        let is_expected =
            || self.rules.expected.iter().any(|rule| rule.is_of(&key.path, key.kind, key.statuses.as_ref()));
        key.subject == self.subject && !shows_a_record(key, &self.bound.path) && !is_expected()
    }
}

/// How a change that is meant happens to more than it is meant to: to how many, of how many. `None` if it does not.
///
/// It has a bound of its own, and nothing that happens there is within it because it is meant.
pub(super) fn beyond(comparison: &Comparison, rule: &Expected) -> Option<(usize, usize)> {
    let Expected { path, kind, at_most, .. } = rule.clone();
    let rules = Rules { bounds: vec![Bound { path, kind, at_most }], ..Rules::default() };
    above(comparison, &rules).into_iter().find_map(|(reason, _)| match reason {
        Reason::AboveBound { happened, of, .. } => Some((happened, of)),
        _ => None,
    })
}

/// A list is one answer however many records it shows: what happens to records is counted where each is compared, unless
/// a rule is about lists.
fn shows_a_record(key: &Key, rule: &Pattern) -> bool {
    key.subject == Subject::Answers && key.path.starts_with("results[]") && !rule.is_of_lists()
}

/// Whether it can happen to what has nothing there on prod.
fn is_new(kind: Kind) -> bool {
    matches!(kind, Kind::Gained | Kind::Returned)
}

/// How many could show this: those that have something there on prod; all, if it is for stage to have it.
fn could_show(comparison: &Comparison, bound: &Bound, subject: Subject) -> usize {
    let have = comparison.have(&bound.path, subject).filter(|have| *have > 0 && !is_new(bound.kind));
    have.unwrap_or_else(|| comparison.compared(subject))
}

/// Of each bound, how many records that were compared could show what it is about: of none, nothing follows.
#[must_use]
pub fn holders(comparison: &Comparison, rules: &Rules) -> Vec<(Bound, usize)> {
    let have = |bound: &Bound| -> usize {
        let of = |subject| {
            let have = comparison.have(&bound.path, subject).unwrap_or_default();
            if is_new(bound.kind) { comparison.compared(subject) } else { have }
        };
        SUBJECTS.into_iter().map(of).sum()
    };
    rules.bounds.iter().map(|bound| (bound.clone(), have(bound))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of pairs are small")]
pub(super) fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
