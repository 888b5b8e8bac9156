//! Which checks a run takes, by the filters of the command line, decided before anything is asked.

use libtest_mimic::{Arguments, Trial};

use super::config::{Config, Misuse};
use super::plan::{Plan, Planned};
use crate::decision::Standing;
use crate::report::{NotLookedAt, TurnedOff, not_looked_at};

/// The trial of a check, which ends as `outcome` says.
///
/// Proposed checks are marked as ignored here, when the list is made, because an ignored trial is the only one that
/// every runner reports as neither passed nor failed. They are judged and reported all the same.
pub fn trial(check: &Planned, outcome: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    let proposed = check.standing == Standing::Proposed;
    Trial::test(&*check.name, move || outcome().map_err(Into::into)).with_ignored_flag(proposed)
}

/// The trial of a check that is turned off in this run. It is ignored like a proposed one, and if somebody has ignored
/// trials run all the same, it fails: what was not looked at never passes.
pub fn trial_turned_off((check, because): &(Planned, NotLookedAt)) -> Trial {
    let says = because.says();
    Trial::test(&*check.name, move || Err(says.into())).with_ignored_flag(true)
}

/// The checks whose names the filters leave and that are turned off in this run.
pub fn turned_off(plan: &Plan, args: &Arguments) -> Vec<TurnedOff> {
    let left = plan.turned_off.iter().filter(|off| !args.is_filtered_out(&trial_turned_off(off)));
    left.map(told).collect()
}

/// A check that is turned off, as reports tell it.
pub fn told((check, because): &(Planned, NotLookedAt)) -> TurnedOff {
    TurnedOff { name: check.name.clone(), about: check.about.clone(), because: because.clone() }
}

/// The checks that the filters leave.
pub fn selected<'a>(plan: &'a Plan, args: &Arguments) -> Vec<&'a Planned> {
    let left = |check: &&Planned| !args.is_filtered_out(&trial(check, || Ok(())));
    plan.checks.iter().filter(left).collect()
}

/// These checks, and with each of a criterion that has a waiver all others of that criterion: only all of them
/// together tell whether the waiver has outlived its reason.
pub fn with_siblings<'a>(plan: &'a Plan, selected: &[&'a Planned]) -> Vec<&'a Planned> {
    let is_selected = |check: &Planned| selected.iter().any(|selected| selected.name == check.name);
    let is_sibling = |check: &Planned| {
        check.known_issue.is_some()
            && selected.iter().any(|selected| selected.about.criterion == check.about.criterion)
    };
    plan.checks.iter().filter(|check| is_selected(check) || is_sibling(check)).collect()
}

/// Refuses a run for release that could end well without having judged the whole suite rightly.
///
/// # Errors
///
/// A filter that selects nothing, a suite without an approved criterion, and settings under which insta accepts
/// wrong snapshots; each with what to do instead.
pub fn refuse_what_could_pass_wrongly(config: &Config, plan: &Plan, args: &Arguments) -> Result<(), Misuse> {
    if !config.for_release() {
        return Ok(());
    }
    if let [setting, ..] = config.forgiving.as_slice() {
        return Err(Misuse(format!(
            "{setting} makes snapshots pass whatever they hold, so it cannot be set when the gate decides on a \
             release. Unset it; to record snapshots, run on your own machine and use `cargo insta review`."
        )));
    }
    if !plan.checks.iter().any(|check| check.standing == Standing::Approved && check.is_of_the_suite()) {
        return Err(Misuse(
            "The suite has no approved criterion, so nothing could block the release. Give at least one criterion \
             `approved: { by: …, on: … }`."
                .to_owned(),
        ));
    }
    // nextest selects one check for each process, which may be one that is only proposed.
    let nothing_approved = selected(plan, args).iter().all(|check| check.standing == Standing::Proposed);
    if nothing_approved && config.nextest_run.is_none() {
        // What turns them on is what whoever chose them wants to know.
        let off = not_looked_at(&turned_off(plan, args)).into_iter().map(|sentence| sentence + " ");
        return Err(Misuse(format!(
            "The filter {} selects no approved check, so nothing would be judged. {}Run without a filter to judge the \
             release, or see the names with `cargo test --test gate -- --list`.",
            filter(args),
            off.collect::<String>()
        )));
    }
    Ok(())
}

/// The filter as it was given.
pub fn filter(args: &Arguments) -> String {
    let filter = args.filter.iter().map(|filter| format!("`{filter}`"));
    let skips = args.skip.iter().map(|skip| format!("--skip {skip}"));
    let ignored = args.ignored.then(|| "--ignored".to_owned());
    filter.chain(skips).chain(ignored).collect::<Vec<_>>().join(" ")
}
