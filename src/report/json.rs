//! `report.json`: the record of the release decision, with every verdict and finding. `schemas/report.schema.json` says
//! what stands in it; nothing else ever does.

use std::io;

use serde_json::{Value, json};

use super::pages::files_of;
use super::{Comparison, Criterion, Outcome, Run, Source, sentence};
use crate::decision::{Decision, Judged};
use crate::verdict::Verdict;

/// The name of the file in the folder of reports.
pub const NAME: &str = "report.json";

/// The version of its form: a change that a reader could stumble over counts it up.
const VERSION: u32 = 1;

/// The text of the file.
///
/// # Errors
///
/// If something of the run cannot be told in JSON.
pub(super) fn content(run: &Run) -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(&record(run))?;
    text.push('\n');
    Ok(text)
}

fn record(run: &Run) -> Value {
    json!({
        "version": VERSION,
        "decision": run.decision,
        "mayBeReleased": run.decision == Decision::MayBeReleased,
        "says": sentence::verdict(run),
        "next": sentence::next(run),
        "because": run.because,
        "overrides": run.overrulings,
        "release": run.release,
        "stage": run.stage,
        "asked": run.stage.source != Source::Saved,
        "suite": run.suite,
        "startedAt": run.started,
        "endedAt": run.ended,
        "requests": run.requests,
        "retries": run.retries,
        "partial": !run.missing.is_empty(),
        "checks": {
            "calledFor": run.called_for,
            "reported": run.tally.approved(),
            "missing": run.missing,
            "tally": run.tally,
        },
        "notices": run.notices,
        "comparison": run.comparison.as_ref().map(|it| comparison(run, it)),
        "criteria": run.criteria.iter().map(|it| criterion(run, it)).collect::<Vec<_>>(),
    })
}

fn criterion(run: &Run, it: &Criterion) -> Value {
    let turned_off = run.turned_off.iter().filter(|check| check.about.criterion == it.id);
    json!({
        "id": it.id,
        "title": it.title,
        "why": it.why,
        "owner": it.owner,
        "standing": it.standing,
        "approved": it.approved,
        "reviewBy": it.review_by,
        "overdue": it.overdue,
        "line": it.line,
        "knownIssue": it.known_issue,
        "outcome": run.outcome_of(it),
        "checks": run.checks_of(it).map(|check| self::check(run, check)).collect::<Vec<_>>(),
        "turnedOff": turned_off.map(|check| check.name.as_str()).collect::<Vec<_>>(),
    })
}

/// The comparison, each example with where it can be looked at.
fn comparison(run: &Run, it: &Comparison) -> Value {
    let mut told = json!(it);
    for (list, changes) in [("changes", &it.changes), ("repeats", &it.repeats)] {
        for (change, of) in changes.iter().enumerate() {
            for (nr, example) in of.change.examples.iter().enumerate() {
                told[list][change]["examples"][nr]["links"] =
                    json!(run.links.of_example(of.change.subject, example));
            }
        }
    }
    told
}

/// What was compared, with the files of a page instead of its picture.
fn compared(check: &Judged) -> Value {
    let mut told = json!(check.compared);
    if let (Some(files), Value::Object(page)) = (files_of(check), &mut told) {
        page.insert("picture".to_owned(), json!(files.picture));
        page.insert("outline".to_owned(), json!(files.outline));
    }
    told
}

fn check(run: &Run, check: &Judged) -> Value {
    let about = &check.about;
    let (because, findings) = match &check.verdict {
        Verdict::Pass => (None, [].as_slice()),
        Verdict::Fail { findings } => (None, findings.as_slice()),
        Verdict::Undecided { because } => (Some(because), [].as_slice()),
    };
    json!({
        "name": check.name,
        "title": about.title,
        "is": about.is,
        "work": about.work,
        "line": about.line,
        "outcome": Outcome::of(check),
        "blocks": check.blocks(),
        "undecidedBecause": because,
        "findings": findings,
        "values": check.values,
        "remarks": check.remarks,
        "compared": compared(check),
        "waived": check.waived,
        "overridden": check.overridden,
        "links": {
            "page": about.page,
            "answer": run.links.answer(about),
            "answerOfProd": run.links.answer_of_prod(about),
            "curl": run.links.curl(about),
            "alone": run.links.alone(&check.name),
        },
    })
}

#[cfg(test)]
mod tests;
