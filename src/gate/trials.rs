//! The checks as trials of the test harness, which prints a line for each and the story of each failure.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use anstream::ColorChoice;
use libtest_mimic::{Arguments, Trial};

use super::colours;
use super::plan::{Plan, Planned};
use super::selection::{self, trial, trial_turned_off};
use crate::decision::{Judged, Standing};
use crate::report::explain::{explain, explain_another};
use crate::report::{self, Links};

/// Prints the names of the checks, as the arguments say. Asks nothing of any stage.
pub fn list(plan: &Plan, args: &Arguments) {
    let checks = plan.checks.iter().map(|check| trial(check, || Ok(())));
    run(args, checks.chain(plan.turned_off.iter().map(trial_turned_off)).collect());
}

/// Says, in the harness's words, that nothing was selected but what is turned off.
pub fn none(plan: &Plan, args: &Arguments) {
    run(args, plan.turned_off.iter().map(trial_turned_off).collect());
}

/// Runs the trials. The harness's own conclusion is let go: the decision is folded from the verdicts and from the
/// names that reported, which say more.
fn run(args: &Arguments, trials: Vec<Trial>) {
    let _ = libtest_mimic::run(args, trials);
}

/// Hands the verdicts to the test harness; returns the names that reported.
///
/// A name reports when the harness runs its trial, so that one that the harness left out is missing from the
/// decision. Proposed checks report without it: the harness lists them as ignored, though they were judged.
///
/// If the evidence is unfit to be judged, no check has a story of its own: the reason is told once.
pub fn report(
    plan: &Plan,
    judged: &[Judged],
    links: &Links,
    unfit: Option<&str>,
    args: &Arguments,
) -> BTreeSet<String> {
    let proposed = |judged: &&Judged| judged.standing == Standing::Proposed;
    let selected: BTreeSet<&str> =
        selection::selected(plan, args).into_iter().map(|check| check.name.as_str()).collect();
    let listed = judged.iter().filter(proposed).map(|judged| judged.name.clone());
    let reported: BTreeSet<String> = listed.filter(|name| selected.contains(name.as_str())).collect();
    let reported = Arc::new(Mutex::new(reported));
    let colour = colours(args.color, &std::io::stdout()) != ColorChoice::Never;

    let groups = report::failures(judged);
    let place = |check: &Planned| {
        let in_group = |group: &Vec<&Judged>| group.iter().position(|failing| failing.name == check.name);
        groups.iter().enumerate().find_map(|(nr, group)| Some((nr, in_group(group)?)))
    };
    // The harness tells failures in the order of the trials: what passes first, then each criterion that fails.
    let mut checks: Vec<_> = plan.checks.iter().map(|check| (place(check), check)).collect();
    checks.sort_by_key(|(place, _)| *place);
    let trials = checks.into_iter().filter_map(|(place, check)| {
        let judged = judged.iter().find(|judged| judged.name == check.name)?;
        let story = match place {
            Some((_, 1..)) => explain_another(judged, links),
            _ => explain(judged, links),
        };
        let story = story.map(|story| match unfit {
            None => story,
            Some(_) => "undecided, like every check of this run; the end says why".to_owned(),
        });
        let outcome = match story {
            None => Ok(()),
            Some(text) if colour => Err(text),
            Some(text) => Err(anstream::adapter::strip_str(&text).to_string()),
        };
        let (name, reported) = (check.name.clone(), Arc::clone(&reported));
        Some(trial(check, move || {
            reported.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
            outcome
        }))
    });
    // The verdicts are there already: threads would only mix up the order of the lines.
    let args = Arguments { test_threads: args.test_threads.or(Some(1)), ..args.clone() };
    run(&args, trials.chain(plan.turned_off.iter().map(trial_turned_off)).collect());
    let reported = reported.lock().unwrap_or_else(PoisonError::into_inner);
    reported.clone()
}
