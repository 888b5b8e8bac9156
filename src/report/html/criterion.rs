//! A criterion in the page: what must hold and why, who says so, and its examples as the list of works to look at.

use maud::{Markup, html};

use super::check;
use super::text::{Limits, link};
use super::words::badge;
use crate::decision::{Judged, Standing};
use crate::numbers::{counted, day};
use crate::report::{Criterion, Outcome, Run, TurnedOff};

/// What the script filters by where no check was judged.
const NOT_JUDGED: &str = "not judged";

/// How many checks that do not pass tell their stories without being asked: the rest mostly tell the same.
const UNFOLDED: usize = 3;

/// A criterion with its checks; unfolded if there is something to see to.
pub(super) fn section(run: &Run, criterion: &Criterion, limits: &Limits) -> Markup {
    let outcome = run.outcome_of(criterion);
    let is_open = outcome.is_some_and(|it| it != Outcome::Passed) && criterion.standing == Standing::Approved;
    let checks: Vec<&Judged> = run.checks_of(criterion).collect();
    html! {
        details.criterion id=(anchor(criterion)) open[is_open]
            data-owner=(criterion.owner) data-outcome=(outcome.map_or(NOT_JUDGED, Outcome::word)) {
            summary {
                h3 { (limits.text(&criterion.title)) } " "
                (status(criterion, outcome))
                span.faint { (how_many(&checks, run.unjudged_of(criterion))) }
            }
            p.why { (limits.text(criterion.why.trim())) }
            (facts(run, criterion, limits))
            (examples(run, &checks, limits))
            (turned_off(run, criterion, limits))
        }
    }
}

/// Where a link to a criterion leads.
pub(super) fn anchor(criterion: &Criterion) -> String {
    format!("criterion-{}", criterion.id)
}

fn status(criterion: &Criterion, outcome: Option<Outcome>) -> Markup {
    html! {
        @match outcome {
            Some(outcome) => { (badge(outcome)) " " },
            None => { span.badge { (NOT_JUDGED) } " " },
        }
        @if criterion.standing == Standing::Proposed { span.badge { "only proposed" } " " }
        @if criterion.overdue { span.badge.undecided { "review overdue" } " " }
    }
}

/// `3 checks`, `2 of 3 checks do not pass`, `1 check; 280 more were not judged`.
fn how_many(checks: &[&Judged], unjudged: usize) -> String {
    let failing = checks.iter().filter(|check| Outcome::of(check) != Outcome::Passed).count();
    let all = counted(checks.len(), ("check", "checks"));
    let judged = match failing {
        0 => all,
        1 => format!("1 of {all} does not pass"),
        others => format!("{others} of {all} do not pass"),
    };
    match unjudged {
        0 => judged,
        1 => format!("{judged}; 1 more was not judged"),
        more => format!("{judged}; {more} more were not judged"),
    }
}

/// Who answers for it, who approved it, and until when that holds.
fn facts(run: &Run, criterion: &Criterion, limits: &Limits) -> Markup {
    let Criterion { id, owner, standing, approved, review_by, overdue, line, known_issue, .. } = criterion;
    html! {
        dl.facts {
            (fact("Owner", html! { (limits.text(owner)) }))
            (fact("Approved", html! {
                @match (approved, standing) {
                    (Some(it), _) => { "by " (limits.text(&it.by)) " on " (day(it.on)) },
                    (None, Standing::Proposed) => "not yet: only proposed, so it never blocks",
                    (None, Standing::Approved) => "needs no approval: the gate's own",
                }
            }))
            @if let Some(date) = review_by {
                (fact("Review by", html! {
                    (day(*date)) @if *overdue { strong { " – overdue" } }
                }))
            }
            @if let Some(issue) = known_issue {
                (fact("Known issue", html! {
                    (link(&issue.link, limits.text(&issue.link))) ", let pass until " (day(issue.until))
                }))
            }
            (fact("Called", html! {
                code { (id) } @if let Some(line) = line { " in " (run.links.suite) ", line " (line) }
            }))
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a template that is made where it is used")]
fn fact(name: &str, says: Markup) -> Markup {
    html! { div { dt { (name) } dd { (says) } } }
}

/// The checks that do not pass with their stories, the worst first, and a list of those that do.
fn examples(run: &Run, checks: &[&Judged], limits: &Limits) -> Markup {
    let (passing, mut others): (Vec<&Judged>, Vec<&Judged>) =
        checks.iter().partition(|check| Outcome::of(check) == Outcome::Passed);
    others.sort_by_key(|check| std::cmp::Reverse(Outcome::of(check)));
    let (first, more) = others.split_at(others.len().min(UNFOLDED));
    html! {
        @for check in first { (check::story(check, &run.links, limits)) }
        @if !more.is_empty() {
            details.more {
                summary { (counted(more.len(), ("more that does not pass", "more that do not pass"))) }
                @for check in more { (check::story(check, &run.links, limits)) }
            }
        }
        @if !passing.is_empty() {
            @if !others.is_empty() { h4 { "The others pass" } }
            ul.works { @for check in passing { (check::line(check, &run.links, limits)) } }
        }
        @if checks.is_empty() { p { "No check of it was made in this run." } }
    }
}

fn turned_off(run: &Run, criterion: &Criterion, limits: &Limits) -> Markup {
    let checks: Vec<&TurnedOff> =
        run.turned_off.iter().filter(|check| check.about.criterion == criterion.id).collect();
    html! {
        @if !checks.is_empty() {
            ul.works { @for check in checks { (check::turned_off(check, &run.links, limits)) } }
        }
    }
}
