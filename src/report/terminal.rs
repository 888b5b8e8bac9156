//! The first and the last block of the terminal report; the lines between are the test harness's.

use super::paint::{BOLD, GREEN, RED, YELLOW, labelled, paint};
use super::{Run, Source, Stage};
use crate::decision::{Decision, Standing};
use crate::verdict::Verdict;

/// What is about to be judged, in one line.
#[must_use]
pub fn opening(stage: &Stage) -> String {
    format!("Judging {}\n", describe_stage(stage))
}

/// The verdict in one sentence, and what a reader needs next.
#[must_use]
pub fn closing(run: &Run) -> String {
    let mut text = format!("{}\n", paint(BOLD, "Release gate"));
    text.push_str(&format!("  {}\n\n", verdict_sentence(run)));
    text.push_str(&labelled("checks", &tally(run)));
    text.push_str(&labelled("judged", &describe_stage(&run.stage)));
    text.push_str(&labelled("suite", &suite(run)));
    text.push_str(&labelled("asked", &asked(run)));
    for notice in &run.notices {
        text.push_str(&labelled(notice.about, &notice.says));
    }
    for proposed in proposed_that_do_not_pass(run) {
        text.push_str(&labelled("proposed", &proposed));
    }
    text.push_str(&labelled("written", &format!("{0}/verdict.json, {0}/evidence", run.out.display())));
    text.push_str(&labelled("next", next(run.decision)));
    text
}

fn verdict_sentence(run: &Run) -> String {
    let reasons = run.because.join("; ");
    match run.decision {
        Decision::MayBeReleased => {
            paint(GREEN, &format!("May be released: all {} checks pass on this stage.", run.called_for))
        }
        Decision::NothingConcluded => paint(YELLOW, &format!("Nothing concluded for a release: {reasons}.")),
        Decision::Blocked => paint(RED, &format!("Blocked: {reasons}.")),
        Decision::Undecided => paint(YELLOW, &format!("Undecided, so not released: {reasons}.")),
        Decision::SuiteRefused => paint(RED, "The suite file has mistakes; nothing was judged."),
        Decision::Misused => paint(RED, "The gate was not called rightly; nothing was judged."),
    }
}

fn tally(run: &Run) -> String {
    let tally = run.tally;
    let mut parts = vec![
        format!("{} passed", tally.passed),
        format!("{} failed", tally.failed),
        format!("{} undecided", tally.undecided),
    ];
    if tally.waived > 0 {
        parts.push(format!("{} waived as known issues", tally.waived));
    }
    if tally.proposed > 0 {
        parts.push(format!("{} only proposed ({} do not pass)", tally.proposed, tally.proposed_not_passing));
    }
    parts.join(", ")
}

fn describe_stage(stage: &Stage) -> String {
    let name = match stage.source {
        Source::Embedded => "the embedded catalogue".to_owned(),
        Source::Live => stage.url.clone(),
        Source::Saved => format!("answers of {} saved earlier", stage.url),
    };
    let cluster =
        stage.elastic_cluster.as_ref().map(|label| format!(", cluster {label}")).unwrap_or_default();
    let index = stage
        .index_at_start
        .as_ref()
        .map_or_else(|| "; it names no index".to_owned(), |index| format!("; it serves {index}"));
    format!("{name}{cluster}{index}")
}

fn suite(run: &Run) -> String {
    let revision =
        run.suite.git_revision.as_deref().map_or("no git revision", |full| &full[..full.len().min(10)]);
    format!("{}, {revision}, sha256 {}…", run.suite.file, &run.suite.sha256[..12])
}

fn asked(run: &Run) -> String {
    let seconds = run.ended.duration_since(run.started).as_secs_f64();
    format!("{} requests, {} of them repeated, in {seconds:.1} s", run.requests, run.retries)
}

fn proposed_that_do_not_pass(run: &Run) -> impl Iterator<Item = String> {
    let not_passing =
        run.judged.iter().filter(|check| check.standing == Standing::Proposed && !check.verdict.is_pass());
    not_passing.map(|check| {
        let says = match &check.verdict {
            Verdict::Pass => "",
            Verdict::Fail { findings } => findings.first().map_or("fails", |finding| finding.says.as_str()),
            Verdict::Undecided { because } => because.as_str(),
        };
        format!("{}: {says} (does not block)", check.name)
    })
}

fn next(decision: Decision) -> &'static str {
    match decision {
        Decision::MayBeReleased => "deploy to prod what this stage serves, and nothing else.",
        Decision::NothingConcluded => {
            "to judge a release, run the whole gate with STAGE_URL=https://api-stage.wellcomecollection.org/catalogue/v2"
        }
        Decision::Blocked => {
            "do not deploy. Each failure above names its criterion, its owner and the command that runs it alone."
        }
        Decision::Undecided => "do not deploy. Run the whole gate again once the stage answers.",
        Decision::SuiteRefused => "mend the suite file as the messages say, and run again.",
        Decision::Misused => "call it as the message says.",
    }
}
