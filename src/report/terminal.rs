//! The first and the last block of the terminal report; the lines between are the test harness's.

use anstyle::Style;

use super::paint::{BOLD, GREEN, RED, YELLOW, labelled, wrapped};
use super::{
    ChangeStanding, Release, Run, Source, Stage, Told, TurnedOff, files, paint, remarks, sentence, turned_off,
};
use crate::decision::{Decision, Judged, Standing};
use crate::numbers::counted;
use crate::verdict::{Finding, Verdict};

/// Lays out all that follows for a terminal of this width; without it, for 100 columns.
pub fn fit(columns: usize) {
    paint::fit(columns);
}

/// What is about to be judged, in one line.
#[must_use]
pub fn opening(stage: &Stage) -> String {
    wrapped(&format!("Judging {}", describe_stage(stage)))
}

/// How many failing criteria the last block names; the failures above it tell of all.
const SHOWN: usize = 8;

/// What to say where a filter left nothing to judge.
#[must_use]
pub fn nothing_selected(filter: &str, nearest: &[String]) -> String {
    let nearest = match nearest {
        [] => String::new(),
        names => format!(" The nearest names: {}.", names.join(", ")),
    };
    wrapped(&format!("No check of the gate is called like {filter}; nothing was judged.{nearest}"))
}

/// What to say where a filter left only checks that are turned off.
#[must_use]
pub fn only_turned_off(checks: &[TurnedOff]) -> String {
    wrapped(&format!("Nothing was judged. {}", turned_off::not_looked_at(checks).join(" ")))
}

/// The verdict in one sentence, and what a reader needs next.
#[must_use]
pub fn closing(run: &Run) -> String {
    let mut text = format!("{}\n", paint::paint(BOLD, "Release gate"));
    for overruling in &run.overrulings {
        text.push_str(&labelled("override", &overruling.says()));
    }
    text.push_str(&format!("{}\n", paint::paint(style_of(run.decision), &wrapped(&sentence::verdict(run)))));
    for failing in failing(run) {
        text.push_str(&labelled("fails", &failing));
    }
    if let Some(release) = release(&run.release) {
        text.push_str(&labelled("release", &release));
    }
    text.push_str(&labelled("checks", &tally(run)));
    text.push_str(&labelled("judged", &describe_stage(&run.stage)));
    if let Some(prod) = run.stage.compared() {
        text.push_str(&labelled("compared", &format!("with {prod}")));
    }
    if let Some(site) = &run.stage.pages_of {
        text.push_str(&labelled("pages", &format!("of {site}")));
    }
    for (label, says) in changes(run) {
        text.push_str(&labelled(label, &says));
    }
    text.push_str(&labelled("suite", &suite(run)));
    text.push_str(&labelled("asked", &asked(run)));
    for notice in &run.notices {
        text.push_str(&labelled(notice.about, &notice.says));
    }
    text.push_str(&remarks::of(run));
    for waived in waived(run) {
        text.push_str(&labelled("waived", &waived));
    }
    for proposed in proposed_that_do_not_pass(run) {
        text.push_str(&labelled("proposed", &proposed));
    }
    text.push_str(&labelled("written", &written(run)));
    text.push_str(&labelled("next", sentence::next(run)));
    text
}

/// The criteria that keep the release from going on, the most critical first.
fn failing(run: &Run) -> Vec<String> {
    let criteria = run.most_critical_first().into_iter().filter_map(|it| {
        let blocking = run.checks_of(it).filter(|check| check.blocks()).count();
        let all = counted(run.checks_of(it).count(), ("check", "checks"));
        (blocking > 0).then(|| format!("{} ({}): {blocking} of {all}", it.id, it.owner))
    });
    let mut told: Vec<String> = criteria.collect();
    if let more @ 1.. = told.len().saturating_sub(SHOWN) {
        told.truncate(SHOWN);
        told.push(format!("and {} more", counted(more, ("criterion", "criteria"))));
    }
    told
}

/// How many changes and noisy places are told; the other reports tell all.
const TOLD: usize = 5;

/// What differs from prod: the first changes, what was compared, and what is only noise.
fn changes(run: &Run) -> Vec<(&'static str, String)> {
    let Some(comparison) = &run.comparison else { return Vec::new() };
    let mut told = vec![("differs", comparison.counted())];
    told.extend(comparison.undecided.iter().map(|because| ("differs", format!("undecided: {because}"))));
    told.extend(comparison.warning.iter().map(|says| ("differs", says.clone())));
    for (label, changes) in [("change", comparison.unforeseen()), ("intended", comparison.intended())] {
        told.extend(changes.iter().take(TOLD).map(|it| (label, change(it))));
        if let more @ 1.. = changes.len().saturating_sub(TOLD) {
            told.push((label, format!("and {more} more, in report.html and changes.md")));
        }
    }
    told.extend(comparison.shown_again().map(|says| ("again", says)));
    told.extend(comparison.noise.iter().take(TOLD).map(|it| ("noise", it.sentence())));
    if let more @ 1.. = comparison.noise.len().saturating_sub(TOLD) {
        told.push(("noise", format!("and {more} more places, in report.json")));
    }
    told
}

/// A change, what follows, how grave it is, and where in the records it is seen.
fn change(it: &Told) -> String {
    let standing = if it.standing == ChangeStanding::Blocks { "blocks; " } else { "" };
    let together = it.together_with.as_ref().map(|with| format!("; {with}")).unwrap_or_default();
    let meant = it.because.as_deref().map(|because| because.trim_end_matches('.'));
    let because = meant.map(|because| format!("; it is meant: {because}")).unwrap_or_default();
    let says = format!("{} ({standing}{}){together}{because}", it.says, it.severity());
    format!("{}. In the records: {}", cut(&says, 600), cut(&it.places, 200))
}

/// Which release this is, as far as anybody said.
fn release(release: &Release) -> Option<String> {
    let Release { id, requested_by, description } = release;
    let by = requested_by.as_ref().map(|by| format!("requested by {by}"));
    let told: Vec<&str> = [id, &by, description].into_iter().flatten().map(String::as_str).collect();
    (!told.is_empty()).then(|| cut(&told.join("; "), 400))
}

fn style_of(decision: Decision) -> Style {
    match decision {
        Decision::MayBeReleased => GREEN,
        Decision::NothingConcluded | Decision::Undecided => YELLOW,
        Decision::Blocked | Decision::SuiteRefused | Decision::Misused => RED,
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
    if tally.overridden > 0 {
        parts.push(format!("{} failed and overridden", tally.overridden));
    }
    if tally.proposed > 0 {
        parts.push(format!(
            "{} only proposed, {} of which pass",
            tally.proposed,
            tally.proposed - tally.proposed_not_passing
        ));
    }
    if !run.turned_off.is_empty() {
        parts.push(format!("{} turned off", run.turned_off.len()));
    }
    let values: usize = run.judged.iter().map(|check| check.values).sum();
    format!("{}; {} looked at", parts.join(", "), counted(values, ("value", "values")))
}

fn describe_stage(stage: &Stage) -> String {
    let cluster =
        stage.elastic_cluster.as_ref().map(|label| format!(", cluster {label}")).unwrap_or_default();
    let index = stage
        .index_at_start
        .as_ref()
        .map_or_else(|| "; it names no index".to_owned(), |index| format!("; it serves {index}"));
    format!("{}{cluster}{index}", stage.name())
}

fn suite(run: &Run) -> String {
    let revision = match run.suite.git_revision.as_deref() {
        None => "no git revision".to_owned(),
        Some(revision) => match revision.split_once('-') {
            None => revision[..revision.len().min(10)].to_owned(),
            Some((commit, _)) => format!("{} with changes", &commit[..commit.len().min(10)]),
        },
    };
    format!("{}, {revision}, sha256 {}…", run.suite.file, &run.suite.sha256[..12])
}

fn asked(run: &Run) -> String {
    let seconds = run.ended.duration_since(run.started).as_secs_f64();
    format!("{} requests, {} of them repeated, in {seconds:.1} s", run.requests, run.retries)
}

fn waived(run: &Run) -> impl Iterator<Item = String> {
    run.waived().map(|(check, waiver)| {
        let says = waiver.findings.first().map_or("fails", |finding| finding.says.as_str());
        format!("{}: {says} ({}, until {})", check.name, waiver.link, waiver.until)
    })
}

fn written(run: &Run) -> String {
    let out = run.out.display();
    let evidence = match run.stage.source {
        Source::Embedded | Source::Live => Some("evidence"),
        Source::Saved => None,
    };
    let written: Vec<&str> = files::names().chain(evidence).collect();
    format!("{} in {out}", written.join(", "))
}

/// The proposed checks that do not pass, each reason once, as all that compare with prod have the same without it.
fn proposed_that_do_not_pass(run: &Run) -> impl Iterator<Item = String> {
    let not_passing =
        run.judged.iter().filter(|check| check.standing == Standing::Proposed && !check.verdict.is_pass());
    let mut told: Vec<(String, Vec<&Judged>)> = Vec::new();
    for check in not_passing {
        let says = match &check.verdict {
            Verdict::Pass => String::new(),
            Verdict::Fail { findings } => in_short(findings),
            Verdict::Undecided { because } => because.clone(),
        };
        match told.iter_mut().find(|(same, _)| *same == says) {
            Some((_, checks)) => checks.push(check),
            None => told.push((says, vec![check])),
        }
    }
    told.into_iter().map(|(says, checks)| match checks.as_slice() {
        [check] => format!("{}: {says} (does not block)", check.name),
        checks => {
            let names: Vec<&str> = checks.iter().map(|check| check.name.as_str()).collect();
            format!("{}: {says} (do not block)", names.join(", "))
        }
    })
}

/// What is wrong in one line, with what was expected and found: who approves it should not have to guess.
fn in_short(findings: &[Finding]) -> String {
    let Some(Finding { at, says, expected, found, .. }) = findings.first() else {
        return "fails".to_owned();
    };
    let place = if at.is_empty() || says.contains(at.as_str()) { String::new() } else { format!("{at}: ") };
    let mut text = format!("{place}{}", says.lines().next().unwrap_or_default());
    if !(expected.is_empty() && found.is_empty()) {
        text.push_str(&format!("; expected {}, found {}", on_one_line(expected), on_one_line(found)));
    }
    if let more @ 1.. = findings.len() - 1 {
        text.push_str(&format!("; and {more} more"));
    }
    text
}

/// A value in the middle of a line; the story of its check shows the whole of a longer one.
fn on_one_line(value: &str) -> String {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "nothing".to_owned() } else { cut(&text, 80) }
}

/// So many letters of a text at most.
fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
