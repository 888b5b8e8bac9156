//! The same question again and again: one old task behind the load balancer is enough to serve wrong pages to some.

use std::collections::BTreeMap;

use crate::catalogue::{Answer, Resource, ServedIndex};
use crate::evidence::Evidence;
use crate::verdict::{Finding, Judgement};

/// The questions, of which the first was asked when the run began.
fn questions(requests: usize) -> Vec<Resource> {
    let first = Resource::elastic_config();
    (1..=requests).map(|nr| if nr == 1 { first.clone() } else { first.again(nr) }).collect()
}

/// What to ask now: one half at first, the other when all that was asked beside it has been answered. So a stage that
/// changed in between, and perhaps back, is noticed.
pub(super) fn resources(requests: usize, evidence: &Evidence) -> Vec<Resource> {
    let questions = questions(requests);
    let half = requests.div_ceil(2);
    let asked = questions[..half].iter().all(|question| evidence.has(question));
    questions.into_iter().take(if asked { requests } else { half }).collect()
}

/// Whether all answers are the same.
pub(super) fn judge(requests: usize, evidence: &Evidence) -> Judgement {
    let questions = questions(requests);
    let outcomes: Vec<_> = questions.iter().map(|question| evidence.get(question)).collect();
    let answers: Vec<&Answer> =
        outcomes.iter().filter_map(|outcome| outcome.as_ref().ok().copied()).collect();
    // A cache says the same for all tasks, so what comes out of it tells nothing of them.
    let direct = answers.iter().filter(|answer| answer.age.is_none_or(|age| age.is_zero()));
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for answer in direct {
        *told.entry(describe(answer)).or_default() += 1;
    }
    if told.len() > 1 {
        return differing(requests, &told).into();
    }
    if let Some(because) = outcomes.into_iter().find_map(Result::err) {
        return Judgement::undecided(because);
    }
    let count: usize = told.values().sum();
    match (count, answers.first().and_then(|first| ServedIndex::from_answer(first))) {
        (0 | 1, _) => Judgement::undecided(format!(
            "{} of {requests} answers came out of a cache, so they do not tell what each task serves",
            requests - count
        )),
        (_, None) => Judgement::undecided("the stage does not say what it serves"),
        (_, Some(_)) if count < requests => Judgement::of(count, Vec::new()).remarking(format!(
            "{} of {requests} answers came out of a cache and were not counted",
            requests - count
        )),
        (_, Some(_)) => Judgement::of(count, Vec::new()),
    }
}

fn describe(answer: &Answer) -> String {
    ServedIndex::from_answer(answer).map_or_else(
        || format!("{} without the name of an index", answer.status),
        |served| served.to_string(),
    )
}

fn differing(requests: usize, told: &BTreeMap<String, usize>) -> Finding {
    let mut told: Vec<_> = told.iter().collect();
    told.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let found: Vec<String> = told.iter().map(|(said, count)| format!("{count} × {said}")).collect();
    Finding {
        at: String::new(),
        says: format!(
            "asked {requests} times what it serves, the stage gives {} different answers: an old task still answers \
             beside the new ones, or its index changed under the run",
            told.len()
        ),
        expected: "the same answer each time".to_owned(),
        found: found.join("\n"),
        ..Finding::default()
    }
}
