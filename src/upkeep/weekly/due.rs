//! What the calendar says: reviews that are due, and what is let pass until a day that comes near.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Section;
use crate::report::github::words;
use crate::suite::{Criterion, Suite};

/// So many days ahead somebody is told.
const AHEAD: i32 = 30;

/// The sections on days, as of today.
pub(super) fn sections(suite: &Suite, today: Date) -> Vec<Section> {
    let soon = today.saturating_add(AHEAD.days());
    let of = |says: &dyn Fn(&Criterion) -> Option<String>| suite.criteria.iter().filter_map(says).collect();
    let overdue = of(&|it| (it.review_by < today).then(|| review(it)));
    let due = of(&|it| (today..=soon).contains(&it.review_by).then(|| review(it)));
    let issues = of(&|it| {
        let issue = it.known_issue.as_ref().filter(|issue| issue.until <= soon)?;
        let link = crate::report::github::link("the issue", &issue.link);
        Some(format!("{}: let pass {} ({link})", named(it), until(issue.until, today)))
    });
    let overrides = suite.overrides.iter().filter(|it| it.until <= soon).map(|it| {
        let (criterion, by) = (words(&it.criterion, 80), words(&it.by, 80));
        format!("**{criterion}**: overridden by {by} {}", until(it.until, today))
    });
    vec![
        Section {
            title: "Reviews that are overdue",
            advice: "Look whether the criterion still says what must hold, and give it another `review-by`.",
            cases: overdue,
        },
        Section { title: "Reviews that are due soon", advice: "The same, within a month.", cases: due },
        Section {
            title: "Known issues that run out",
            advice: "When the day is over, the failure blocks. Mend it, or agree on another day.",
            cases: issues,
        },
        Section {
            title: "Overrides that run out",
            advice: "When the day is over, the failure blocks, and the override is to be removed.",
            cases: overrides.collect(),
        },
    ]
}

fn named(criterion: &Criterion) -> String {
    format!(
        "**{}** (`{}`, line {}, {})",
        words(&criterion.title, 160),
        criterion.id,
        criterion.line,
        words(&criterion.owner, 80)
    )
}

fn review(criterion: &Criterion) -> String {
    format!("{}: by {}", named(criterion), criterion.review_by)
}

fn until(day: Date, today: Date) -> String {
    if day < today { format!("until {day}, which is over") } else { format!("until {day}") }
}
