//! What follows from a comparison for each of its checks.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::yaml;
use super::Compared;
use super::gather::WORK_TYPES;
use crate::catalogue::{Resource, ServedIndex};
use crate::comparison::{Bound, Change, Effect, Example, Expected, Kind, Outcome, Reason};
use crate::evidence::Evidence;
use crate::numbers::counted;
use crate::verdict::{Finding, Judgement};

/// How many changes that block nothing are remarked; every report lists them all.
const REMARKED: usize = 3;

/// What a check of the comparison is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// That everything was compared, and not with itself.
    Whole,
    /// That no more of something happens than may.
    Bound(Bound),
    /// That a change which is meant happens, as long as it is meant.
    Expected(Expected),
}

/// What each of the two says to serve.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Releases {
    /// What is judged.
    pub stage: Option<ServedIndex>,
    /// What it is compared with.
    pub prod: Option<ServedIndex>,
}

/// How many works of which state each of the two counts (`/management/_workTypes`); nothing if it does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// On stage, by state: `Visible`, `Redirected`, `Invisible`, `Deleted`.
    pub stage: Option<BTreeMap<String, u64>>,
    /// On prod.
    pub prod: Option<BTreeMap<String, u64>>,
}

impl Releases {
    pub(super) fn of(evidence: &Evidence) -> Self {
        let prod = evidence.get(&Resource::elastic_config().on_prod()).ok();
        Self { stage: evidence.index_at_start.clone(), prod: prod.and_then(ServedIndex::from_answer) }
    }
}

impl Statistics {
    pub(super) fn of(evidence: &Evidence) -> Self {
        let read = |resource: &Resource| {
            let answer = evidence.get(resource).ok().filter(|answer| answer.status == 200)?;
            let counts = answer.json()?.as_object()?.iter();
            Some(counts.filter_map(|(state, works)| Some((state.clone(), works.as_u64()?))).collect())
        };
        let asked = Resource::new(WORK_TYPES);
        Self { stage: read(&asked), prod: read(&asked.on_prod()) }
    }

    /// The numbers of both, state by state.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, Option<u64>, Option<u64>)> {
        let states = self.stage.iter().chain(&self.prod).flat_map(BTreeMap::keys);
        let states: std::collections::BTreeSet<&String> = states.collect();
        let of = |side: &Option<BTreeMap<String, u64>>, state: &str| side.as_ref()?.get(state).copied();
        states
            .into_iter()
            .map(|state| (state.clone(), of(&self.prod, state), of(&self.stage, state)))
            .collect()
    }
}

/// What was not compared, in a sentence; `None` if everything was.
pub(super) fn gaps(outcomes: &[Outcome]) -> Option<String> {
    let gaps = outcomes.iter().filter(|outcome| {
        matches!(outcome.reason, Reason::NothingCompared | Reason::Unanswered(_) | Reason::NotToldApart(_))
    });
    let gaps: Vec<&str> = gaps.map(|outcome| outcome.says.as_str()).collect();
    (!gaps.is_empty()).then(|| gaps.join("; "))
}

impl Part {
    /// What follows. Only what was compared as a whole can pass.
    pub(super) fn conclude(&self, compared: &Compared) -> Judgement {
        let findings = self.findings(compared);
        if findings.is_empty()
            && let Some(because) = &compared.undecided
        {
            return Judgement::undecided(because.clone());
        }
        if findings.is_empty()
            && let Some(because) = self.unsure(compared)
        {
            return Judgement::undecided(because);
        }
        let values = self.values(compared);
        if findings.is_empty()
            && values == 0
            && let Self::Bound(bound) = self
        {
            return Judgement::undecided(format!(
                "it cannot be told ({}): no record of prod that was compared has `{}`",
                bound.promise(),
                bound.path
            ));
        }
        let judgement = Judgement::of(values, findings);
        self.remarks(compared).into_iter().fold(judgement, |judgement, (warns, says)| {
            if warns { judgement.warning(says) } else { judgement.remarking(says) }
        })
    }

    /// Why it is not known whether a bound holds: prod wavers there itself, or was not asked.
    fn unsure(&self, compared: &Compared) -> Option<String> {
        let Self::Bound(bound) = self else { return None };
        if bound.kind == Kind::Returned
            && let new @ 1.. = compared.perhaps_returned
        {
            return Some(format!(
                "{} on stage, and were not asked of prod one by one: some may have been taken down there",
                counted(new, ("more record is new", "more records are new"))
            ));
        }
        let is_mine = |it: &&Outcome| matches!(&it.reason, Reason::Wavers { bound: of, .. } if of == bound);
        let told: Vec<&str> = compared.outcomes.iter().filter(is_mine).map(|it| it.says.as_str()).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// How many could show something otherwise: for a bound, those that have on prod what it is about.
    fn values(&self, compared: &Compared) -> usize {
        match self {
            Self::Bound(bound) => {
                let mine = compared.holders.iter().find(|(it, _)| it == bound);
                mine.map_or(0, |(_, holders)| *holders)
            }
            Self::Whole | Self::Expected(_) => compared.values(),
        }
    }

    fn findings(&self, compared: &Compared) -> Vec<Finding> {
        let told = compared.outcomes.iter();
        match self {
            Self::Whole => Vec::new(),
            Self::Expected(rule) => {
                let blocks =
                    told.filter(|outcome| outcome.effect == Effect::Blocks && is_about(outcome, rule));
                blocks.map(|outcome| finding(outcome, String::new())).collect()
            }
            Self::Bound(bound) => {
                let is_mine =
                    |reason: &Reason| matches!(reason, Reason::AboveBound { bound: it, .. } if it == bound);
                let Some(reason) = compared.exceeded.iter().find(|reason| is_mine(reason)) else {
                    return Vec::new();
                };
                let blocks =
                    told.filter(|outcome| outcome.effect == Effect::Blocks && is_mine(&outcome.reason));
                vec![above(bound, reason, &blocks.filter_map(|it| it.change.as_ref()).collect::<Vec<_>>())]
            }
        }
    }

    fn remarks(&self, compared: &Compared) -> Vec<(bool, String)> {
        let of = |says: String| (false, says);
        match self {
            Self::Bound(_) => Vec::new(),
            Self::Expected(rule) => {
                let mine = compared.outcomes.iter().filter(|outcome| is_about(outcome, rule));
                mine.filter(|outcome| outcome.effect == Effect::Reported)
                    .map(|it| of(it.says.clone()))
                    .collect()
            }
            Self::Whole => {
                let reported =
                    compared.outcomes.iter().filter(|outcome| outcome.reason == Reason::WithinRules);
                let (shown, all) = (reported.clone().take(REMARKED), reported.count());
                let mut remarks: Vec<(bool, String)> =
                    compared.warning.iter().map(|says| (true, (*says).to_owned())).collect();
                remarks.extend(
                    shown.map(|outcome| of(format!("changed, and no rule forbids it: {}", outcome.says))),
                );
                if let more @ 1.. = all.saturating_sub(REMARKED) {
                    remarks.push(of(format!(
                        "and {}, which every report lists",
                        counted(more, ("more change", "more changes"))
                    )));
                }
                remarks
            }
        }
    }
}

impl Compared {
    /// How many pairs were compared.
    fn values(&self) -> usize {
        self.counts.matched + self.counts.ignored + self.counts.changed
    }
}

fn is_about(outcome: &Outcome, rule: &Expected) -> bool {
    match &outcome.reason {
        Reason::AsExpected(of)
        | Reason::DidNotHappen(of)
        | Reason::NoLongerExpected(of)
        | Reason::MoreThanExpected(of) => of == rule,
        _ => false,
    }
}

fn finding(outcome: &Outcome, expected: String) -> Finding {
    let found = outcome.change.as_ref().map(|change| examples(&change.examples)).unwrap_or_default();
    let at = outcome.change.as_ref().map(|change| change.path.clone()).unwrap_or_default();
    Finding { at, says: outcome.says.clone(), expected, found, ..Finding::default() }
}

/// One finding for a bound, with the changes by which it is exceeded; none of them if they are told under another change,
/// which blocks as well.
fn above(bound: &Bound, reason: &Reason, changes: &[&Change]) -> Finding {
    let (happened, of, shown) = match reason {
        Reason::AboveBound { happened, of, examples, .. } => (*happened, *of, examples.as_slice()),
        _ => (0, 0, [].as_slice()),
    };
    let mut says = bound.happened(happened, of);
    for change in changes {
        says.push_str(&format!("\n      {}", change.sentence()));
    }
    let of_changes: Vec<Example> = changes.iter().flat_map(|change| change.examples.clone()).collect();
    let shown = if of_changes.is_empty() { shown } else { &of_changes };
    Finding {
        at: bound.path.to_string(),
        says,
        expected: bound.broken(happened, of),
        found: examples(shown),
        ..Finding::default()
    }
}

/// The works to look at, a line each.
fn examples(of: &[Example]) -> String {
    let told = of.iter().map(|example| {
        let title =
            if example.title.is_empty() { String::new() } else { format!(" “{}”", example.title) };
        serde_json::Value::String(format!(
            "{}{title}: {} → {}",
            example.of,
            said(&example.from),
            said(&example.to)
        ))
    });
    yaml::to_yaml(&told.collect())
}

fn said(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
