//! The frame of the page: what browsers need to know, the verdict on top, the criteria, and what was judged.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::changes;
use super::criterion::{anchor, section};
use super::text::Limits;
use crate::decision::{Decision, Judged, Standing, Tally};
use crate::numbers::counted;
use crate::report::{Criterion, Outcome, Run, remarks, sentence};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("filters.js");

/// The whole page.
pub(super) fn of(run: &Run, limits: &Limits) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(run))
            body {
                a.skip href="#criteria" { "Skip to the criteria" }
                (verdict(run, limits))
                main {
                    (changes::section(run, limits))
                    div #filters {}
                    (criteria(run, limits))
                    (about(run, limits))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn head(run: &Run) -> Markup {
    // Nothing is fetched and nothing runs but what is written here, whatever a record may hold.
    let policy = format!(
        "default-src 'none'; img-src data:; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        fingerprint(STYLE),
        fingerprint(SCRIPT)
    );
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (in_a_word(run.decision)) (of_release(run)) " – Release gate of the Catalogue API" }
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// The release by its id, where it has one.
fn of_release(run: &Run) -> String {
    run.release.id.as_ref().map(|id| format!(": {id}")).unwrap_or_default()
}

/// What was judged, and when.
fn judged(run: &Run) -> String {
    let release = run.release.id.as_ref().map(|id| format!("Release {id} on ")).unwrap_or_default();
    format!("{release}{}, {}", run.stage.name(), run.ended.strftime("%-d %B %Y at %H:%M UTC"))
}

/// As a content security policy names a text.
fn fingerprint(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn in_a_word(decision: Decision) -> &'static str {
    match decision {
        Decision::MayBeReleased => "May be released",
        Decision::NothingConcluded => "Nothing concluded",
        Decision::Blocked => "Blocked",
        Decision::Undecided => "Undecided",
        Decision::SuiteRefused => "Suite refused",
        Decision::Misused => "Misused",
    }
}

/// How the top of the page is coloured.
fn class(decision: Decision) -> &'static str {
    match decision {
        Decision::MayBeReleased => "verdict passed",
        Decision::NothingConcluded | Decision::Undecided => "verdict undecided",
        Decision::Blocked | Decision::SuiteRefused | Decision::Misused => "verdict failed",
    }
}

fn verdict(run: &Run, limits: &Limits) -> Markup {
    let next = sentence::next(run);
    html! {
        header class=(class(run.decision)) {
            p.faint { "Release gate of the Catalogue API" }
            h1 { (limits.text(&sentence::verdict(run))) }
            p { (limits.text(&judged(run))) }
            @for overruling in &run.overrulings { p { strong { "Override: " } (limits.prose(&overruling.says())) } }
            (not_as_promised(run, limits))
            p { strong { "What to do now: " } (next) }
            (tally(run.tally, run.turned_off.len()))
        }
    }
}

/// What people would notice: the promises that do not hold.
fn not_as_promised(run: &Run, limits: &Limits) -> Markup {
    const SHOWN: usize = 5;
    let blocking: Vec<&Criterion> =
        run.most_critical_first().into_iter().filter(|it| run.checks_of(it).any(Judged::blocks)).collect();
    html! {
        @if !blocking.is_empty() {
            p { strong { "Not as promised:" } }
            ul {
                @for it in blocking.iter().take(SHOWN) {
                    li { a href=(format!("#{}", anchor(it))) { (limits.text(&it.title)) } " (" (limits.text(&it.owner)) ")" }
                }
                @if blocking.len() > SHOWN { li { "and " (blocking.len() - SHOWN) " more, below" } }
            }
        }
    }
}

/// How many checks ended how.
fn tally(tally: Tally, turned_off: usize) -> Markup {
    let Tally { passed, failed, undecided, waived, overridden, proposed, .. } = tally;
    let numbers = [
        ("Failed", failed, true),
        ("Undecided", undecided, true),
        ("Overridden", overridden, false),
        ("Waived", waived, false),
        ("Passed", passed, true),
        ("Only proposed", proposed, false),
        ("Turned off", turned_off, false),
    ];
    html! {
        dl.tally aria-label="Checks" {
            @for (name, number, always) in numbers {
                @if always || number > 0 { div { dt { (name) } dd { (number) } } }
            }
        }
    }
}

/// The groups of criteria, in the order in which `most_critical_first` has them.
fn group(run: &Run, criterion: &Criterion) -> &'static str {
    if criterion.standing == Standing::Proposed {
        return "Only proposed: these never block";
    }
    match run.outcome_of(criterion) {
        Some(Outcome::Failed) => "Failed",
        Some(Outcome::Undecided) => "Undecided: not shown to hold",
        Some(Outcome::Overridden) => "Failed, and does not block: overridden",
        Some(Outcome::Waived) => "Failed as a known issue says",
        Some(Outcome::Passed) => "Passed",
        None => "Not judged in this run",
    }
}

fn criteria(run: &Run, limits: &Limits) -> Markup {
    let criteria = run.most_critical_first();
    let groups = criteria.chunk_by(|one, next| group(run, one) == group(run, next));
    html! {
        div #criteria tabindex="-1" {
            @for criteria in groups {
                @if let Some(first) = criteria.first() {
                    section.group {
                        h2 { (group(run, first)) " (" (counted(criteria.len(), ("criterion", "criteria"))) ")" }
                        @for it in criteria { (section(run, it, limits)) }
                    }
                }
            }
        }
    }
}

/// What was judged, by what, and what deserves attention besides.
fn about(run: &Run, limits: &Limits) -> Markup {
    let told = [
        ("Release", run.release.id.clone()),
        ("Requested by", run.release.requested_by.clone()),
        ("What it is", run.release.description.clone()),
        ("Stage", Some(run.stage.name())),
        ("Cluster", run.stage.elastic_cluster.clone()),
        ("Serves", run.stage.index_at_start.as_ref().map(ToString::to_string)),
        ("Served at the end", changed_index(run)),
        ("Compared with", run.stage.compared().map(str::to_owned)),
        ("Which serves", run.stage.compared_index.as_ref().map(ToString::to_string)),
        ("Pages of", run.stage.pages_of.clone()),
        ("Suite", Some(format!("{}, SHA-256 {}", run.suite.file, run.suite.sha256))),
        ("Revision", run.suite.git_revision.clone()),
        ("Asked", Some(format!("{} requests, {} of them repeated", run.requests, run.retries))),
        ("Time", Some(format!("{:.0} to {:.0}", run.started, run.ended))),
    ];
    html! {
        section.about {
            h2 { "About this run" }
            @if !run.links.api_note.is_empty() {
                p { "The links to the API lead to the embedded catalogue" (run.links.api_note) "." }
            }
            dl.facts {
                @for (name, says) in &told {
                    @if let Some(says) = says { div { dt { (name) } dd { (limits.text(says)) } } }
                }
            }
            (listed("To look at", remarks::to_look_at(run), limits))
            (listed("Not run, though the suite calls for it", run.missing.iter().cloned(), limits))
            (listed("Turned off", run.turned_off.iter().map(|it| it.name.clone()), limits))
        }
    }
}

/// What the stage said to serve at the end, if that is something else.
fn changed_index(run: &Run) -> Option<String> {
    let end = run.stage.index_at_end.as_ref()?;
    (run.stage.index_at_start.as_ref() != Some(end)).then(|| end.to_string())
}

fn listed(name: &str, all: impl Iterator<Item = String>, limits: &Limits) -> Markup {
    let all: Vec<String> = all.collect();
    html! {
        @if !all.is_empty() {
            h3 { (name) }
            ul { @for it in &all { li { (limits.text(it)) } } }
        }
    }
}
