//! `docs/sensitivity.md`, for Product: how much of the examples' records is watched, and what nobody watches.

use std::cmp::Reverse;

use super::moving::moving;
use super::shares::Shares;
use super::tally::{PathCounts, Survey};
use crate::catalogue::WorkId;
use crate::numbers::{counted, grouped, percent};
use crate::suite::Suite;

/// The page, with the lines that say why shares were let fall.
#[must_use]
pub fn page(suite: &Suite, survey: &Survey, lowered: &[String]) -> String {
    let parts = [
        head(survey, lowered),
        critical(suite, survey),
        blind(survey),
        unnoticing(survey),
        moving(survey),
        FOOT.to_owned(),
        let_fail(suite),
    ];
    parts.concat()
}

fn head(survey: &Survey, lowered: &[String]) -> String {
    format!(
        "# What the gate would notice\n\n\
         <!-- Written by `cargo run --bin suite -- sensitivity --write`; a test keeps it fresh. -->\n\n\
         A gate that looks at the right works may still look past what is wrong with them. So the {answers} that the \
         examples of [`works-examples.yaml`](../works-examples.yaml) rest on are spoiled on purpose, in every single \
         way and one way at a time: a field goes missing, an element of a list goes missing or stands there twice, a \
         list is empty or in another order, a value is the one that another work has, an id is another, text stands \
         where an object stood, the status is 404, 410 or 500, a redirect leads elsewhere or nowhere. After each of \
         these {mutations}, the gate judges the answer again. What nobody notices is a *blind spot*: a release could \
         break it unseen.\n\n{table}\n\
         *Criteria* are what Product approved; the *contract* is the documented form of every answer; *snapshots* \
         are the key works as somebody last looked at them, in `snapshots/embedded`. Of two that notice the \
         same, both are counted.\n\n\
         A test fails if one of these shares falls, but for that of snapshots alone. The command that writes this \
         page writes no lower share either, unless it is given a reason, which stays here.{lowered}\n\n\
         **What to do about a blind spot**: if people would mind, say in the example's `expect:` what must stand \
         there. If the whole record matters, write `snapshot: true`. If nobody would mind, leave it.\n",
        answers = counted(survey.answers, ("answer", "answers")),
        mutations = counted(survey.all.mutations, ("change", "changes")),
        table = Shares::of(survey).table(),
        lowered = match lowered {
            [] => " None was given so far.".to_owned(),
            lines => format!("\n\n{}", lines.join("\n")),
        },
    )
}

fn critical(suite: &Suite, survey: &Survey) -> String {
    let mut text = "\n## What people see, reach, cite and rely on\n\n\
         The `critical:` list at the end of the suite file names the parts of a record of which no change may go \
         unnoticed, even if all snapshots were accepted by mistake; a test fails while one does. The status of an \
         answer and where a redirect leads are critical without being listed. A change of several of them at once, \
         such as a missing item, is counted with each.\n\n\
         | path | why | changes | noticed by criteria | by contract | by criteria or contract |\n\
         |---|---|---:|---:|---:|---:|\n"
        .to_owned();
    let listed = suite.critical.iter().map(|it| (it.path.as_str(), it.why.as_str()));
    let besides =
        [("(status)", "Whether the record is there."), ("(Location)", "Where an old address leads.")];
    for (path, why) in listed.chain(besides) {
        let counts = survey.critical_paths.get(path).copied().unwrap_or_default();
        text.push_str(&format!(
            "| `{path}` | {why} | {} | {} | {} | {} |\n",
            grouped(counts.mutations),
            grouped(counts.by_criteria),
            grouped(counts.by_contract),
            percent(counts.without_snapshots, counts.mutations),
        ));
    }
    text + &excepted(survey)
}

/// What the table leaves out, work by work.
fn excepted(survey: &Survey) -> String {
    if survey.excepted.is_empty() {
        return "\nNo work is excepted.\n".to_owned();
    }
    let mut text = "\nNot counted in this table are the works that `except` names, since no source tells what stands \
         there. Such a change is among the critical ones only if it touches another path of the list as well:\n\n"
        .to_owned();
    for ((path, work), counts) in &survey.excepted {
        text.push_str(&format!(
            "- `{path}` of {}: {} not counted, of which neither a criterion nor the contract notices {}\n",
            named(&format!("/works/{work}")),
            counted(counts.mutations, ("change", "changes")),
            grouped(counts.mutations - counts.without_snapshots),
        ));
    }
    text
}

fn blind(survey: &Survey) -> String {
    let mut paths: Vec<(&String, &PathCounts)> =
        survey.paths.iter().filter(|(_, path)| path.counts.blind() > 0).collect();
    paths.sort_by_key(|(_, path)| Reverse(path.counts.blind()));
    let mut text = format!(
        "\n## Blind spots\n\n\
         {} that nobody notices, by where they stand in the record, the most first. `[]` is any element of a list; a \
         path that ends in it tells of elements that are missing or there twice, the path before it of the list as \
         a whole.\n\n\
         | path | changes | unnoticed by criteria | by contract | by snapshots | by all | the most of them in |\n\
         |---|---:|---:|---:|---:|---:|---|\n",
        counted(survey.all.blind(), ("change", "changes"))
    );
    for (path, found) in paths {
        let counts = &found.counts;
        let most = found.blind_in.iter().max_by_key(|(answer, blind)| (**blind, Reverse(*answer)));
        text.push_str(&format!(
            "| `{path}` | {} | {} | {} | {} | {} | {} |\n",
            grouped(counts.mutations),
            grouped(counts.mutations - counts.by_criteria),
            grouped(counts.mutations - counts.by_contract),
            grouped(counts.mutations - counts.by_snapshots),
            grouped(counts.blind()),
            most.map(|(answer, _)| named(answer)).unwrap_or_default(),
        ));
    }
    text
}

/// An answer by its address, without what is included.
fn named(answer: &str) -> String {
    let path = answer.split('?').next().unwrap_or_default();
    match path.strip_prefix("/works/").and_then(WorkId::parse) {
        Some(work) => format!("[{work}](https://wellcomecollection.org/works/{work})"),
        None => format!("`{path}`"),
    }
}

/// The criteria that a run lets fail.
fn let_fail(suite: &Suite) -> String {
    let known = suite.criteria.iter().filter(|criterion| criterion.known_issue.is_some());
    let ids: Vec<String> = known.map(|criterion| format!("`{}`", criterion.id)).collect();
    let which = if ids.is_empty() { "none has one now".to_owned() } else { ids.join(", ") };
    format!("- Criteria with a `known-issue`, since a run lets their failures pass: {which}.\n")
}

/// The criteria that were asked and never noticed anything.
fn unnoticing(survey: &Survey) -> String {
    let vacuous: Vec<&str> = survey.asked.difference(&survey.noticing).map(String::as_str).collect();
    if vacuous.is_empty() {
        return "\nEvery criterion that was asked notices at least one of these changes.\n".to_owned();
    }
    format!("\nThese criteria were asked and notice none of these changes: `{}`.\n", vacuous.join("`, `"))
}

const FOOT: &str = "\n## What is not counted here\n\n\
     - Criteria about searches, counts, samples, lists and the whole catalogue are not asked: whether they notice \
     something in one record is chance.\n\
     - The answers are those of the embedded catalogue, which holds the records of all examples.\n\
     - So are the snapshots: they are those in `snapshots/embedded`. A stage has snapshots of its own, in a folder of \
     its own; what snapshots notice there depends on which were accepted.\n";
