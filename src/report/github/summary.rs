//! The summary of the step: the verdict first, what was judged, what does not pass, and its findings, folded.
//!
//! GitHub drops a summary that is larger than 1 MiB, so it is cut before that, between two checks, and says so.

use super::escape::{block, code, words};
use super::{changes, findings};
use crate::decision::{Decision, Judged, Standing};
use crate::numbers::counted;
use crate::report::{Criterion, Outcome, Release, Run, remarks, sentence};

/// So many bytes are written at most, together with what is there already. GitHub's limit is 1,048,576.
const LIMIT: usize = 1_000_000;
/// Kept free for the sentence on what was left out.
const RESERVE: usize = 2_000;
/// So many criteria stand in the table.
const ROWS: usize = 100;

/// The summary of a run, where so many bytes are taken already.
pub(super) fn of(run: &Run, taken: usize) -> String {
    let mut text = format!("## {} {}\n\n", mark(run.decision), words(&sentence::verdict(run), 2000));
    for overruling in run.overrulings.iter().take(ROWS) {
        text.push_str(&format!("- **Override:** {}\n", words(&overruling.says(), 600)));
    }
    text.push_str(&format!("\n**Next:** {}\n\n", words(sentence::next(run), 600)));
    text.push_str(&changes::of(run));
    text.push_str(&judged(run));
    text.push_str(&criteria(run));
    text.push_str(&notices(run));
    let room = LIMIT.saturating_sub(taken).saturating_sub(RESERVE);
    if text.len() > room {
        let says = words(&sentence::verdict(run), 600);
        return format!(
            "## {} {says}\n\nThere is no room left here: all of it is in the artifact, in report.html.\n",
            mark(run.decision)
        );
    }
    stories(run, text, room)
}

/// The summary of a run that judged nothing, for this reason.
pub(super) fn of_end(message: &str) -> String {
    let cut: String = message.chars().take(50_000).collect();
    format!("## ❌ Nothing was judged, so nothing may be released\n\n{}", block("", &cut))
}

fn mark(decision: Decision) -> &'static str {
    match decision {
        Decision::MayBeReleased => "✅",
        Decision::NothingConcluded => "⚪",
        Decision::Undecided => "❔",
        Decision::Blocked | Decision::SuiteRefused | Decision::Misused => "❌",
    }
}

/// What was judged, as a table of two columns.
fn judged(run: &Run) -> String {
    let stage = &run.stage;
    let Release { id, requested_by, description } = &run.release;
    let cluster =
        stage.elastic_cluster.as_ref().map(|label| format!(", cluster {label}")).unwrap_or_default();
    let index = |index: &Option<crate::catalogue::ServedIndex>| index.as_ref().map(ToString::to_string);
    let expected = [&stage.expected.index, &stage.expected.pipeline_date];
    let expected: Vec<&str> = expected.into_iter().flatten().map(String::as_str).collect();
    let rows = [
        ("Release", id.clone()),
        ("What it is", description.clone()),
        ("Requested by", requested_by.clone()),
        ("Stage", Some(format!("{}{cluster}", stage.name()))),
        ("Its index", index(&stage.index_at_start).or(Some("not named".to_owned()))),
        ("It changed to", index(&stage.index_at_end).filter(|_| stage.index_at_end != stage.index_at_start)),
        ("Expected", Some(expected.join(", ")).filter(|expected| !expected.is_empty())),
        ("Compared with", stage.compared().map(str::to_owned)),
        ("Its index there", index(&stage.compared_index)),
        ("Pages of", stage.pages_of.clone()),
        ("Suite", Some(suite(run))),
        ("Asked", Some(format!("{} requests, {} of them repeated", run.requests, run.retries))),
        ("When", Some(format!("{} to {}", at(run.started), at(run.ended)))),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let rows: Vec<String> =
        rows.map(|(name, value)| format!("| {name} | {} |\n", words(&value, 300))).collect();
    format!("| | |\n|---|---|\n{}\n", rows.concat())
}

/// A time to the second.
fn at(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn suite(run: &Run) -> String {
    let revision = run.suite.git_revision.as_deref().unwrap_or("no git revision");
    let hash: String = run.suite.sha256.chars().take(12).collect();
    format!("{}, {revision}, sha256 {hash}…", run.suite.file)
}

/// The criteria that do not pass, the most critical first, and how many there are of the rest.
fn criteria(run: &Run) -> String {
    let passes = |criterion: &Criterion| run.outcome_of(criterion) == Some(Outcome::Passed);
    let in_order = run.most_critical_first();
    let not_passing: Vec<&Criterion> = in_order.iter().copied().filter(|it| !passes(it)).collect();
    let rest: usize = in_order.len() - not_passing.len();
    let (judged, unjudged): (Vec<&Criterion>, Vec<&Criterion>) =
        not_passing.into_iter().partition(|it| run.outcome_of(it).is_some());
    let mut text = String::new();
    if !judged.is_empty() {
        text.push_str("### What does not pass\n\n| criterion | outcome | checks | owner | line |\n|---|---|---|---|---:|\n");
        text.extend(judged.iter().take(ROWS).map(|criterion| row(run, criterion)));
        if judged.len() > ROWS {
            text.push_str(&format!("\n… and {} more in report.html\n", judged.len() - ROWS));
        }
        text.push('\n');
    }
    let pass = if rest == 1 { "passes" } else { "pass" };
    text.push_str(&format!("{} {pass}", counted(rest, ("criterion", "criteria"))));
    if !unjudged.is_empty() {
        text.push_str(&format!(
            "; no check of {} was made",
            counted(unjudged.len(), ("criterion", "criteria"))
        ));
    }
    text.push_str(".\n\n");
    text
}

fn row(run: &Run, criterion: &Criterion) -> String {
    let outcome = run.outcome_of(criterion).map_or("not judged", Outcome::word);
    let outcome = match (criterion.standing, outcome) {
        (Standing::Proposed, word) => format!("{word} (only proposed)"),
        (Standing::Approved, word @ ("failed" | "undecided")) => format!("**{word}**"),
        (Standing::Approved, word) => word.to_owned(),
    };
    let mut counts = Vec::new();
    for kind in [Outcome::Failed, Outcome::Undecided, Outcome::Overridden, Outcome::Waived, Outcome::Passed] {
        let checks = run.checks_of(criterion).filter(|check| Outcome::of(check) == kind).count();
        if checks > 0 {
            counts.push(format!("{checks} {}", kind.word()));
        }
    }
    match run.unjudged_of(criterion) {
        0 => {}
        checks => counts.push(format!("{checks} not judged")),
    }
    let line = criterion.line.map(|line| line.to_string()).unwrap_or_default();
    let (title, owner) = (words(&criterion.title, 200), words(&criterion.owner, 80));
    format!("| {title} | {outcome} | {} | {owner} | {line} |\n", counts.join(", "))
}

/// What deserves attention and blocks nothing.
fn notices(run: &Run) -> String {
    const SHOWN: usize = 50;
    let notices: Vec<String> = remarks::to_look_at(run).collect();
    if notices.is_empty() {
        return String::new();
    }
    let shown = notices.iter().take(SHOWN);
    let mut text = shown.map(|says| format!("- {}\n", words(says, 400))).collect::<Vec<_>>().concat();
    if notices.len() > SHOWN {
        text.push_str(&format!("- … and {} more in verdict.json\n", notices.len() - SHOWN));
    }
    format!(
        "<details><summary>{} that block nothing</summary>\n\n{text}\n</details>\n\n",
        counted(notices.len(), ("notice", "notices"))
    )
}

/// The stories of what does not pass, as long as there is room, and how many were left out.
fn stories(run: &Run, mut text: String, room: usize) -> String {
    let tells = |check: &&Judged| !matches!(Outcome::of(check), Outcome::Passed | Outcome::Waived);
    let checks: Vec<&Judged> = run
        .most_critical_first()
        .into_iter()
        .flat_map(|criterion| run.checks_of(criterion))
        .filter(tells)
        .collect();
    if !checks.is_empty() {
        text.push_str("### Findings\n\n");
    }
    for (told, check) in checks.iter().enumerate() {
        let story = findings::of(run, check);
        if text.len() + story.len() > room {
            let more = counted(checks.len() - told, ("more check", "more checks"));
            let evidence = code("evidence/", 20);
            text.push_str(&format!("… and {more} that do not pass: their findings are in the artifact, in report.html and {evidence}.\n"));
            break;
        }
        text.push_str(&story);
    }
    text
}
