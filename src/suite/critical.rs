//! `critical`: the paths of what people see, reach, cite and rely on, every change of which must be noticed.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::fields::{Field, Place};
use super::file::SuiteFile;
use super::mistake::{Mistake, Span, listed, nearest};
use super::validate::Checker;
use super::words::{Path, Text};

/// A part of a work's record that people see, reach, cite or rely on. `cargo test --test sensitivity` fails while any
/// change of it in an example's record would go unnoticed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Critical")]
pub(super) struct WrittenCritical {
    /// Where it stands in a work's record, with `[]` behind each list: `items[].locations[].url`. With `[]` at its
    /// end, it is about the list itself: which entries it has, how often, and in which order.
    pub path: At<Path>,
    /// What people do with it.
    pub why: At<Text>,
}

/// A part of a work's record that people see, reach, cite or rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critical {
    /// Where it stands: `items[].locations[].url`.
    pub path: String,
    /// What people do with it.
    pub why: String,
}

/// Reads the list. `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, file: &SuiteFile) -> Option<Vec<Critical>> {
    let Some(critical) = file.critical.value.as_ref() else {
        return if file.critical.is_given() { None } else { Some(Vec::new()) };
    };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let read: Vec<_> = critical
        .iter()
        .map(|at| {
            let written = at.value.as_ref()?;
            let path = &written.path.value.as_ref()?.0;
            let at = checker.tree.node(written.path.node?).span;
            once(checker, &mut seen, path, at);
            if let Err(mistake) = known(path, at) {
                return checker.refuse(mistake);
            }
            Some(Critical { path: path.clone(), why: written.why.value.as_ref()?.0.clone() })
        })
        .collect();
    read.into_iter().collect()
}

fn once<'f>(checker: &mut Checker<'_>, seen: &mut HashMap<&'f str, Span>, path: &'f str, at: Span) {
    match seen.get(path) {
        None => {
            seen.insert(path, at);
        }
        Some(first) => checker.mistakes.push(
            Mistake::new(at, format!("`{path}` is listed twice"))
                .label("remove one of the two")
                .also(*first, "the first is here"),
        ),
    }
}

/// Whether the contract knows this path of a work, list by list.
fn known(path: &str, at: Span) -> Result<(), Mistake> {
    let mut place = Place::work();
    let mut above = String::new();
    for step in path.split('.') {
        let (name, is_list) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        let Field::Known(inner) = place.field(name) else {
            return Err(unknown(name, &above, &place, at));
        };
        let so_far = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        let may_be_a_list = inner.types().is_none_or(|types| types.contains(&"array"));
        if is_list && !may_be_a_list {
            return Err(Mistake::new(at, format!("`{so_far}` is no list"))
                .label(format!("write `{so_far}` without `[]`")));
        }
        if !is_list && path.len() > so_far.len() && inner.types().is_some_and(|types| types == ["array"]) {
            return Err(Mistake::new(at, format!("`{so_far}` is a list, of which each entry is meant"))
                .label(format!("write `{so_far}[]`")));
        }
        (place, above) = if is_list { (inner.element(), format!("{so_far}[]")) } else { (inner, so_far) };
    }
    Ok(())
}

fn unknown(name: &str, above: &str, place: &Place, at: Span) -> Mistake {
    let of = if above.is_empty() { "a work".to_owned() } else { format!("`{above}`") };
    let names = place.field_names();
    let mistake = Mistake::new(at, format!("`{name}` is not a field of {of}"));
    match nearest(name, names.iter().copied()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None if names.is_empty() => mistake.label("this has no fields"),
        None => mistake.label("not known here").help(format!("known here: {}", listed(names, "and"))),
    }
}
