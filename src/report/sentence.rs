//! The verdict and what follows from it, in the sentences that every report begins and ends with.

use super::{Run, Source, turned_off};
use crate::decision::{Decision, Judged, Standing, Tally};
use crate::numbers::capital;
use crate::verdict::Verdict;

/// The verdict in one sentence, which says first what readers would notice if it is known and blocks; and in others what
/// was not looked at.
pub(super) fn verdict(run: &Run) -> String {
    let reasons = run.because.join("; ");
    let noticed = run.comparison.as_ref().and_then(|it| it.noticed());
    let sentence = match run.decision {
        Decision::MayBeReleased => format!("May be released{}.", what_passes(run)),
        Decision::NothingConcluded => format!("Nothing concluded for a release: {reasons}."),
        Decision::Blocked => match noticed {
            Some(noticed) => {
                return turned_off_too(run, &format!("Blocked: {} {}.", lower(noticed), capital(&reasons)));
            }
            None => format!("Blocked: {reasons}."),
        },
        Decision::Undecided => format!("Undecided, so not released: {reasons}."),
        Decision::SuiteRefused => "The suite file has mistakes; nothing was judged.".to_owned(),
        Decision::Misused => "The gate was not called rightly; nothing was judged.".to_owned(),
    };
    match noticed {
        Some(noticed) => turned_off_too(run, &format!("{sentence} {noticed}")),
        None => turned_off_too(run, &sentence),
    }
}

fn turned_off_too(run: &Run, sentence: &str) -> String {
    let told = turned_off::not_looked_at(&run.turned_off);
    std::iter::once(sentence.to_owned()).chain(told).collect::<Vec<_>>().join(" ")
}

/// The same, for the middle of a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// How much of the suite holds; first of all, what does not.
fn what_passes(run: &Run) -> String {
    let Tally { passed, waived, overridden, .. } = run.tally;
    let in_spite_of = match overridden {
        0 => String::new(),
        1 => ", in spite of 1 check that fails and is overridden".to_owned(),
        checks => format!(", in spite of {checks} checks that fail and are overridden"),
    };
    let waived = if waived == 0 { String::new() } else { format!(", {waived} waived as known issues") };
    let passed = if passed == run.called_for {
        format!("all {passed} checks pass")
    } else {
        format!("{passed} of {} checks pass", run.called_for)
    };
    format!("{in_spite_of}: {passed} on this stage{waived}")
}

/// What to do now.
pub(super) fn next(run: &Run) -> &'static str {
    match run.decision {
        Decision::MayBeReleased => "deploy to prod what this stage serves, and nothing else.",
        Decision::NothingConcluded if run.stage.source == Source::Live && run.missing.is_empty() => {
            "this stage was judged, but no release is concluded, for the reason at the top; mend that, and run again."
        }
        Decision::NothingConcluded => {
            "to judge a release, name the stage, prod and what the release ships: README.md, \"For the job that deploys\"."
        }
        Decision::Blocked => {
            "do not deploy. Each failure names its criterion, its owner and the command that runs it alone."
        }
        Decision::Undecided if !run.missing.is_empty() => {
            "do not deploy. Run the whole gate, without a filter."
        }
        Decision::Undecided if only(run, |check| check.verdict.is_stale()) => {
            "do not deploy yet. Put other examples in the place of the stale ones: docs/approvals.md, \"Stale examples\"."
        }
        Decision::Undecided if only(run, is_recorded) => {
            "do not deploy yet. Record the snapshots and baselines that are missing: README.md, \"The first run on a stage\"."
        }
        Decision::Undecided if prod_is_not_named(run) => {
            "do not deploy yet. Name in PROD_URL what people use now (https://api.wellcomecollection.org/catalogue/v2), and run again."
        }
        Decision::Undecided => "do not deploy. Run the whole gate again once the stage answers.",
        Decision::SuiteRefused => "mend the suite file as the messages say, and run again.",
        Decision::Misused => "call it as the message says.",
    }
}

/// Whether it compares with what was recorded earlier.
fn is_recorded(check: &Judged) -> bool {
    check.name.ends_with("::snapshot") || check.name.ends_with("::baseline")
}

/// Whether nothing but such checks is undecided: then the stage has answered, and asking again would not help.
fn only(run: &Run, such: impl Fn(&Judged) -> bool) -> bool {
    let undecided = run.judged.iter().filter(|check| matches!(check.verdict, Verdict::Undecided { .. }));
    undecided.map(such).reduce(|all, one| all && one).unwrap_or(false)
        && run.stage.index_at_start == run.stage.index_at_end
}

/// Whether something is undecided because the run was not told what to compare with.
fn prod_is_not_named(run: &Run) -> bool {
    run.judged.iter().any(|check| {
        let because = match &check.verdict {
            Verdict::Undecided { because } => because.as_str(),
            Verdict::Pass | Verdict::Fail { .. } => "",
        };
        check.standing == Standing::Approved && because.ends_with("set PROD_URL")
    })
}
