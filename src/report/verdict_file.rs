//! `verdict.json`: the decision, for the job that deploys. Written last and at once; its absence means no.

use std::io;

use serde_json::{Value, json};

use super::{Run, Source, files};
use crate::decision::{Decision, Judged, Standing};
use crate::verdict::Verdict;

/// The name of the file in the folder of reports.
pub const NAME: &str = "verdict.json";

/// Writes the verdict of this run.
///
/// # Errors
///
/// If the folder or the file cannot be written.
pub(super) fn write(run: &Run) -> io::Result<()> {
    files::write(&run.out, NAME, &format!("{:#}\n", content(run)))
}

fn content(run: &Run) -> Value {
    json!({
        "overrides": run.overrulings,
        "decision": run.decision,
        "mayBeReleased": run.decision == Decision::MayBeReleased,
        "because": run.because,
        "partial": !run.missing.is_empty(),
        "checks": {
            "calledFor": run.called_for,
            "reported": run.tally.approved(),
            "missing": run.missing,
            "turnedOff": run.turned_off.iter().map(|check| check.name.as_str()).collect::<Vec<_>>(),
            "tally": run.tally,
        },
        "failed": names(run, Judged::blocks),
        "overridden": names(run, |check| check.overridden.is_some()),
        "waived": waived(run),
        "undecided": names(run, is_undecided),
        "proposedFailed": names(run, is_failing_proposal),
        "remarks": remarks(run),
        "release": run.release,
        "stage": run.stage,
        "asked": run.stage.source != Source::Saved,
        "suite": run.suite,
        "requests": run.requests,
        "retries": run.retries,
        "notices": run.notices,
        "startedAt": run.started,
        "endedAt": run.ended,
    })
}

/// What a reader should know besides the verdicts, by check.
fn remarks(run: &Run) -> Value {
    let of = |check: &Judged| -> Vec<String> {
        let own = check.remarks.iter().filter(|remark| remark.is_of_its_check());
        own.map(|remark| remark.says.clone()).collect()
    };
    let remarked = run.judged.iter().map(|check| (check.name.clone(), of(check)));
    let remarked = remarked.filter(|(_, remarks)| !remarks.is_empty());
    remarked.map(|(name, remarks)| (name, json!(remarks))).collect::<serde_json::Map<_, _>>().into()
}

/// The failures that were let pass, each with the issue that excuses it.
fn waived(run: &Run) -> Vec<Value> {
    run.waived().map(|(check, waiver)| json!({ "check": check.name, "waiver": waiver })).collect()
}

fn is_undecided(check: &Judged) -> bool {
    check.standing == Standing::Approved && matches!(check.verdict, Verdict::Undecided { .. })
}

/// A check that would block if its criterion were approved.
fn is_failing_proposal(check: &Judged) -> bool {
    check.standing == Standing::Proposed && matches!(check.verdict, Verdict::Fail { .. })
}

fn names(run: &Run, ended_so: impl Fn(&Judged) -> bool) -> Vec<&str> {
    run.judged.iter().filter(|check| ended_so(check)).map(|check| check.name.as_str()).collect()
}
