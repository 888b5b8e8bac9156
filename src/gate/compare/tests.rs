//! What is told of a comparison: what is meant apart, what lists only show again left out, and one headline for all.

use pretty_assertions::assert_eq;

use super::told;
use crate::checks::compare::Compared;
use crate::comparison::{
    Bound, Change, Counts, Effect, Expected, Kind, Outcome, Pattern, Reason, Severity, Subject,
};
use crate::report::{ChangeStanding, Comparison};

fn change(subject: Subject, path: &str, severity: Severity) -> Change {
    Change {
        subject,
        path: path.to_owned(),
        kind: Kind::Lost,
        statuses: None,
        pairs: 12,
        compared: 600,
        of_drawn: 0,
        drawn: 0,
        types: Vec::new(),
        estimate: None,
        examples: Vec::new(),
        views: None,
        severity,
        why: String::new(),
        with: Vec::new(),
    }
}

fn outcome(effect: Effect, reason: Reason, change: &Change) -> Outcome {
    Outcome { effect, reason, change: Some(change.clone()), says: String::new() }
}

fn pattern(path: &str) -> Pattern {
    Pattern::parse(path).unwrap()
}

fn expected(path: &str) -> Reason {
    let until = jiff::civil::date(2026, 12, 31);
    Reason::AsExpected(Expected {
        path: pattern(path),
        kind: Kind::Lost,
        why: "It was agreed.".to_owned(),
        until,
        at_most: 1.0,
    })
}

fn above(path: &str) -> Reason {
    let bound = Bound { path: pattern(path), kind: Kind::Lost, at_most: 0.0 };
    Reason::AboveBound { bound, happened: 12, of: 600, examples: Vec::new() }
}

fn compared(outcomes: Vec<Outcome>) -> Comparison {
    told(&Compared {
        outcomes,
        counts: Counts::default(),
        noise: Vec::new(),
        exceeded: Vec::new(),
        holders: Vec::new(),
        undecided: None,
        perhaps_returned: 0,
        warning: None,
        statistics: crate::checks::compare::Statistics::default(),
        releases: crate::checks::compare::Releases::default(),
    })
}

fn paths(changes: &[crate::report::Told]) -> Vec<&str> {
    changes.iter().map(|it| it.change.path.as_str()).collect()
}

#[test]
fn what_is_meant_comes_behind_what_nobody_meant_and_is_in_no_headline() {
    let meant = change(Subject::Works, "subjects[]", Severity::CannotSee);
    let other = change(Subject::Works, "edition", Severity::Wrong);
    let meant = outcome(Effect::Reported, expected("subjects"), &meant);
    let told = compared(vec![meant, outcome(Effect::Reported, Reason::WithinRules, &other)]);
    assert_eq!(paths(&told.changes), ["edition", "subjects[]"]);
    assert_eq!(told.changes[1].standing, ChangeStanding::Expected);
    let headline = told.noticed().unwrap();
    assert_eq!(headline, "Readers would miss the edition of 12 of 600 works that were compared.");
    assert!(told.notes.starts_with(headline), "{}", told.notes);
    assert!(told.notes.contains("## As intended\n\n- 12 of 600 works that were compared lose the subjects. It is meant: It was agreed."), "{}", told.notes);
}

#[test]
fn what_lists_only_show_again_is_told_apart() {
    let work = change(Subject::Works, "edition", Severity::Wrong);
    let list = change(Subject::Answers, "results[].edition", Severity::Wrong);
    let told = compared([&work, &list].map(|it| outcome(Effect::Reported, Reason::WithinRules, it)).into());
    assert_eq!((paths(&told.changes), paths(&told.repeats)), (vec!["edition"], vec!["results[].edition"]));
    assert!(!told.notes.contains("searches"), "{}", told.notes);
}

#[test]
fn what_blocks_is_told_for_itself_though_a_list_only_shows_it_again() {
    let work = change(Subject::Works, "edition", Severity::Wrong);
    let list = change(Subject::Answers, "results[].edition", Severity::Wrong);
    let blocks = outcome(Effect::Blocks, above("edition"), &list);
    let told = compared(vec![outcome(Effect::Reported, Reason::WithinRules, &work), blocks]);
    assert_eq!(paths(&told.changes), ["edition", "results[].edition"]);
}

#[test]
fn what_nobody_meant_is_not_left_out_for_what_is_meant() {
    let meant = change(Subject::Works, "edition", Severity::Wrong);
    let list = change(Subject::Answers, "results[].edition", Severity::Wrong);
    let meant = outcome(Effect::Reported, expected("edition"), &meant);
    let told = compared(vec![meant, outcome(Effect::Reported, Reason::WithinRules, &list)]);
    assert_eq!(paths(&told.changes), ["results[].edition", "edition"]);
}
