//! Places in answers, as rules name them: each must lead to something that answers have.

use crate::comparison::{Kind, Pattern};
use crate::suite::at::At;
use crate::suite::critical::{CriticalStep, known};
use crate::suite::fields::Place;
use crate::suite::mistake::{Mistake, Span};
use crate::suite::validate::Checker;
use crate::suite::words::{ChangeName, ComparedPath};

/// What an answer has that is no record: the contract describes it elsewhere.
const OF_ANSWERS: [&str; 10] = [
    "status",
    "location",
    "results",
    "totalResults",
    "totalPages",
    "pageSize",
    "nextPage",
    "prevPage",
    "aggregations",
    "description",
];

/// Reads a path, which must lead to something that answers have.
pub(super) fn pattern(checker: &mut Checker<'_>, at: &At<ComparedPath>) -> Option<Pattern> {
    let (node, path) = (at.node?, &at.value.as_ref()?.0);
    let span = checker.tree.node(node).span;
    if checker.is_refused(span) {
        return None;
    }
    let pattern = match Pattern::parse(path) {
        Ok(pattern) => pattern,
        Err(error) => {
            let mistake = Mistake::new(span, format!("this is no path: {error}"));
            return checker.refuse(mistake);
        }
    };
    leads_somewhere(path, span, &mut checker.mistakes)?;
    Some(pattern)
}

/// Refuses a rule for what cannot happen: what was taken down and is shown again is a record as a whole.
pub(super) fn can_happen(
    checker: &mut Checker<'_>,
    path: &At<ComparedPath>,
    kind: &At<ChangeName>,
) -> Option<()> {
    let is_returned = kind.value.as_ref().is_some_and(|kind| kind.0 == Kind::Returned.to_string());
    let (node, text) = (path.node?, &path.value.as_ref()?.0);
    if !is_returned || text == "status" {
        return Some(());
    }
    let span = checker.tree.node(node).span;
    checker.refuse(
        Mistake::new(span, format!("`{text}` is never returned: only a record as a whole is"))
            .label("write `status`"),
    )
}

/// Whether works, images or answers have something there; what comes behind `*` is not known.
fn leads_somewhere(path: &str, at: Span, mistakes: &mut Vec<Mistake>) -> Option<()> {
    let certain: Vec<&str> = path.split_inclusive('.').take_while(|step| !step.starts_with('*')).collect();
    let certain = certain.concat();
    let certain = certain.trim_end_matches('.');
    let certain = certain.strip_prefix("results[].").unwrap_or(certain);
    let steps = CriticalStep::of_path(certain);
    match steps.first() {
        None => return Some(()),
        Some(CriticalStep::Field(name)) if OF_ANSWERS.contains(&name.as_str()) => return Some(()),
        Some(_) => {}
    }
    let mut of_a_work = Vec::new();
    let found = known(Place::work(), &steps, at, &mut of_a_work)
        .or_else(|| known(Place::image(), &steps, at, &mut Vec::new()));
    if found.is_none() {
        mistakes.append(&mut of_a_work);
    }
    found
}

/// Refuses what allows changes anywhere: with `**` every change would be as it is meant, and nothing could block.
pub(super) fn names_a_field(checker: &mut Checker<'_>, at: &At<ComparedPath>) -> Option<()> {
    let (node, path) = (at.node?, &at.value.as_ref()?.0);
    if !path.starts_with('*') {
        return Some(());
    }
    let span = checker.tree.node(node).span;
    let mistake = Mistake::new(span, format!("`{path}` allows changes of whatever there is"))
        .label("begin with the name of a field, such as `subjects[].**`");
    checker.refuse(mistake)
}
