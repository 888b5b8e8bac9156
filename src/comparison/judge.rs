//! What follows from a comparison by the rules: what blocks, what is told, and what is not known.

use jiff::civil::Date;
use serde::Serialize;

use super::bounds::{above, beyond, share, unsure};
use super::changes::{Change, Single};
use super::fold::Comparison;
use super::impact::{Bound, Expected, Rules};
use super::noise::NoisyPath;
use super::tally::Example;
use crate::numbers::{capital, counted, grouped};

/// What follows for the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It may not go on.
    Blocks,
    /// It is not known whether it may.
    Undecided,
    /// Nothing; somebody should know.
    Reported,
}

/// Why an outcome is what it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Nothing was compared at all.
    NothingCompared,
    /// So many answers are missing.
    Unanswered(usize),
    /// So many pairs differ in more ways than are told apart.
    NotToldApart(usize),
    /// More of it happened than may.
    AboveBound {
        /// The bound.
        bound: Bound,
        /// How many show it,
        happened: usize,
        /// of how many that could.
        of: usize,
        /// A few of them, by the first change that is about it.
        examples: Vec<Example>,
    },
    /// More of it happened than may, unless that is noise: prod wavers there by itself.
    Wavers {
        /// The bound.
        bound: Bound,
        /// How many show it, noise or not,
        happened: usize,
        /// of how many that could.
        of: usize,
        /// Where prod wavers.
        places: Vec<NoisyPath>,
    },
    /// No rule forbids it.
    WithinRules,
    /// It was expected, and happened.
    AsExpected(Expected),
    /// It was expected, and did not happen.
    DidNotHappen(Expected),
    /// It was expected until a day that is over.
    NoLongerExpected(Expected),
    /// It was expected, and happened to more than it was meant to.
    MoreThanExpected(Expected),
}

/// One thing that follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What follows.
    pub effect: Effect,
    /// Why.
    pub reason: Reason,
    /// The change that it is about, if it is about one.
    pub change: Option<Change>,
    /// All of it in a sentence or two.
    pub says: String,
}

/// What follows from a comparison on this day; what blocks first, then in the order of changes.
///
/// A change without a rule is told, and blocks nothing. What was not compared, or not told apart, is never held for
/// unchanged.
#[must_use]
pub fn judge(comparison: &Comparison, rules: &Rules, today: Date) -> Vec<Outcome> {
    let (expected, unexpected): (Vec<Single>, Vec<Single>) = comparison
        .singles(rules)
        .into_iter()
        .partition(|single| rules.expected.iter().any(|rule| rule.is(&single.change)));
    let mut outcomes = gaps(comparison);
    let complete = outcomes.is_empty();
    for rule in &rules.expected {
        let happened = expected.iter().filter(|single| rule.is(&single.change)).cloned().collect();
        let beyond = beyond(comparison, rule);
        outcomes.extend(expectation(rule, comparison.grouped(happened), beyond, today, complete));
    }
    outcomes.extend(unforeseen(comparison, rules, unexpected));
    outcomes.extend(unsure(comparison, rules).into_iter().map(wavers));
    outcomes.sort_by_key(|outcome| outcome.effect);
    outcomes
}

/// The bounds that are exceeded, each with how many of how many; whatever is told under which change.
#[must_use]
pub fn exceeded(comparison: &Comparison, rules: &Rules) -> Vec<Reason> {
    above(comparison, rules).into_iter().map(|(reason, _)| reason).collect()
}

/// The outcomes that are about changes, in the order in which changes are told; each change once, with the gravest of what
/// follows from it.
#[must_use]
pub fn told(outcomes: &[Outcome]) -> Vec<(&Outcome, &Change)> {
    let mut told: Vec<(&Outcome, &Change)> = Vec::new();
    for outcome in outcomes {
        if let Some(change) = &outcome.change
            && !told.iter().any(|(_, other)| other.is_the_same_as(change))
        {
            told.push((outcome, change));
        }
    }
    told.sort_by_cached_key(|(_, change)| change.rank());
    told
}

/// What was not compared, or not told apart.
fn gaps(comparison: &Comparison) -> Vec<Outcome> {
    let counts = comparison.counts();
    let mut gaps = Vec::new();
    if counts.matched + counts.ignored + counts.changed == 0 {
        let says = "nothing was compared, so nothing is known of what changes".to_owned();
        gaps.push(Outcome::undecided(Reason::NothingCompared, says));
    }
    if counts.unanswered > 0 {
        let reasons = comparison.why_unanswered().join("; ");
        let says = format!(
            "{} could not be compared, and may have changed: {reasons}",
            counted(counts.unanswered, ("answer", "answers"))
        );
        gaps.push(Outcome::undecided(Reason::Unanswered(counts.unanswered), says));
    }
    if comparison.others() > 0 {
        let says = format!(
            "{} differ in more ways than are told apart, so that it is not known what they lose",
            counted(comparison.others(), ("pair", "pairs"))
        );
        gaps.push(Outcome::undecided(Reason::NotToldApart(comparison.others()), says));
    }
    gaps
}

/// What follows from a change that is meant: `beyond` says to how many of how many, if that is more than it should be.
fn expectation(
    rule: &Expected,
    happened: Vec<Single>,
    beyond: Option<(usize, usize)>,
    today: Date,
    complete: bool,
) -> Vec<Outcome> {
    let over = today > rule.until;
    if happened.is_empty() {
        let mut says = format!("{}: this was expected ({}), and did not happen", rule.promise(), rule.why);
        let effect = if complete { Effect::Blocks } else { Effect::Undecided };
        if over {
            says.push_str(&format!("; it was expected until {}, so take the rule out", rule.until));
        } else if !complete {
            says.push_str(", as far as it was compared");
        }
        return vec![Outcome { effect, reason: Reason::DidNotHappen(rule.clone()), change: None, says }];
    }
    let outcome = |Single { change, .. }: Single| {
        let sentence = change.sentence();
        let (effect, reason, says) = match beyond {
            _ if over => (
                Effect::Blocks,
                Reason::NoLongerExpected(rule.clone()),
                format!(
                    "{sentence}. This was expected ({}) until {}, which is over: if it is still meant, say until when",
                    rule.why, rule.until
                ),
            ),
            Some((happened, of)) => (
                Effect::Blocks,
                Reason::MoreThanExpected(rule.clone()),
                format!(
                    "{sentence}. This was expected ({}) of at most {} %, and is so of {} of {}{}",
                    rule.why,
                    per_cent(rule.at_most),
                    grouped(happened),
                    grouped(of),
                    if share(happened, of) > rule.at_most {
                        ""
                    } else {
                        "; but no request may lose its answer"
                    }
                ),
            ),
            None => (
                Effect::Reported,
                Reason::AsExpected(rule.clone()),
                format!("as expected ({}): {sentence}", rule.why),
            ),
        };
        Outcome { effect, reason, change: Some(change), says }
    };
    happened.into_iter().map(outcome).collect()
}

/// A share as it is written in the file.
#[must_use]
pub(super) fn per_cent(share: f64) -> f64 {
    (share * 1e5).round() / 1e3
}

/// What nobody expected: each change that is above a bound blocks, the others are told.
fn unforeseen(comparison: &Comparison, rules: &Rules, singles: Vec<Single>) -> Vec<Outcome> {
    let above = above(comparison, rules);
    // What is lost by no change that was told apart blocks all the same.
    let alone = above.iter().filter(|(_, numbers)| numbers.is_empty());
    let mut outcomes: Vec<Outcome> = alone.map(|(reason, _)| Outcome::above(reason)).collect();
    // What blocks is told for itself, and not under a change that blocks nothing.
    let (blocking, harmless): (Vec<Single>, Vec<Single>) =
        singles.into_iter().partition(|it| above.iter().any(|(_, numbers)| numbers.contains(&it.number)));
    for Single { number, change } in comparison.grouped(blocking) {
        if let Some((reason, _)) = above.iter().find(|(_, numbers)| numbers.contains(&number)) {
            let says = format!("{}{}", change.sentence(), of_bound(reason));
            outcomes.push(Outcome {
                effect: Effect::Blocks,
                reason: reason.clone(),
                change: Some(change),
                says,
            });
        }
    }
    for Single { change, .. } in comparison.grouped(harmless) {
        let says = change.sentence();
        let (effect, reason) = (Effect::Reported, Reason::WithinRules);
        outcomes.push(Outcome { effect, reason, change: Some(change), says });
    }
    outcomes
}

/// That it is not known whether a bound holds.
fn wavers(reason: Reason) -> Outcome {
    let says = match &reason {
        Reason::Wavers { bound, happened, of, places } => {
            let place = |it: &NoisyPath| {
                format!("`{}` ({} of {} answers)", it.path, grouped(it.differed), grouped(it.asked_twice))
            };
            let places: Vec<String> = places.iter().map(place).collect();
            format!(
                "{} ({}), but prod itself says now this and now that in {}, so that it cannot be told whether too many do",
                bound.happened(*happened, *of),
                bound.allowed(),
                places.join(" and ")
            )
        }
        _ => String::new(),
    };
    Outcome::undecided(reason, says)
}

fn of_bound(reason: &Reason) -> String {
    match reason {
        Reason::AboveBound { bound, happened, of, .. } => {
            format!(". In all, {}; {}", bound.happened(*happened, *of), bound.broken(*happened, *of))
        }
        _ => String::new(),
    }
}

impl Outcome {
    fn above(reason: &Reason) -> Self {
        let says = match reason {
            Reason::AboveBound { bound, happened, of, .. } => {
                format!("{}; {}", capital(&bound.happened(*happened, *of)), bound.broken(*happened, *of))
            }
            _ => String::new(),
        };
        Self { effect: Effect::Blocks, reason: reason.clone(), change: None, says }
    }

    fn undecided(reason: Reason, says: String) -> Self {
        Self { effect: Effect::Undecided, reason, change: None, says }
    }
}
