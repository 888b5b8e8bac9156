//! `critical`: the paths of what people see, reach, cite and rely on, every change of which must be noticed.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::at::At;
use super::fields::{Field, Place};
use super::file::SuiteFile;
use super::mistake::{Mistake, Span, listed, nearest};
use super::validate::Checker;
use super::words::{Path, Text, Work};
use crate::catalogue::WorkId;

/// A part of a work's record that people see, reach, cite or rely on. `cargo test --test sensitivity` fails while any
/// change of it in an example's record would go unnoticed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, rename = "Critical")]
pub(super) struct WrittenCritical {
    /// Where it stands in a work's record, with `[]` behind each list: `items[].locations[].url`. Between the brackets
    /// may stand which entries are meant: `[locationType.id=iiif-image]`. With `[]` at its end, it is about the list
    /// itself: which entries it has, how often, and in which order.
    pub path: At<Path>,
    /// What people do with it.
    pub why: At<Text>,
    /// Works of which nobody can say yet what stands there, so that a change of it may pass unseen. If somebody can, the
    /// test asks for the exception to go.
    #[serde(default)]
    pub except: At<Vec<At<Work>>>,
}

/// A part of a work's record that people see, reach, cite or rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critical {
    /// Where it stands, as it is written: `items[].locations[].url`.
    pub path: String,
    /// The same, step by step.
    pub steps: Vec<CriticalStep>,
    /// What people do with it.
    pub why: String,
    /// The works of which nobody can say yet what stands there.
    pub except: Vec<WorkId>,
}

/// One step down into a record, on the way to what is critical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriticalStep {
    /// To a field of an object.
    Field(String),
    /// To any element of a list.
    Element,
    /// To those elements of a list that have this text at these fields.
    ElementWith {
        /// The fields down to the text.
        fields: Vec<String>,
        /// The text.
        text: String,
    },
}

impl CriticalStep {
    /// The steps of a path that fits its pattern.
    pub(super) fn of_path(path: &str) -> Vec<Self> {
        let mut steps = Vec::new();
        let mut rest = path;
        while !rest.is_empty() {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(Self::Field(rest[..end].to_owned()));
            rest = &rest[end..];
            if let Some((within, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                steps.push(within.split_once('=').map_or(Self::Element, |(fields, text)| {
                    Self::ElementWith {
                        fields: fields.split('.').map(str::to_owned).collect(),
                        text: text.to_owned(),
                    }
                }));
                rest = after;
            }
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        steps
    }
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
            if checker.is_refused(at) {
                return None;
            }
            once(checker, &mut seen, path, at);
            let steps = CriticalStep::of_path(path);
            known(Place::work(), &steps, at, &mut checker.mistakes)?;
            let why = written.why.value.as_ref()?.0.clone();
            Some(Critical { path: path.clone(), steps, why, except: excepted(&written.except)? })
        })
        .collect();
    read.into_iter().collect()
}

/// The works that are excepted. `None` if one of them is no id.
fn excepted(except: &At<Vec<At<Work>>>) -> Option<Vec<WorkId>> {
    if !except.is_given() {
        return Some(Vec::new());
    }
    let ids = except.value.as_ref()?.iter();
    ids.map(|at| WorkId::parse(&at.value.as_ref()?.0)).collect()
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

/// Whether the contract knows these steps down a record of this kind; if not, a mistake is added.
pub(super) fn known(
    record: Place,
    steps: &[CriticalStep],
    at: Span,
    mistakes: &mut Vec<Mistake>,
) -> Option<()> {
    let mut here = Here { place: record, path: String::new(), at };
    for step in steps {
        here = match step {
            CriticalStep::Field(name) => here.field(name, mistakes)?,
            CriticalStep::Element => here.element(mistakes)?,
            CriticalStep::ElementWith { fields, text } => {
                let element = here.element(mistakes)?;
                let marks =
                    fields.iter().try_fold(element.clone(), |here, name| here.field(name, mistakes))?;
                marks.may_be(text, mistakes)?;
                element
            }
        };
    }
    Some(())
}

/// A place in a work's record, and how it is written.
#[derive(Clone)]
struct Here {
    place: Place,
    path: String,
    at: Span,
}

impl Here {
    fn field(self, name: &str, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        if self.place.types().is_some_and(|types| types == ["array"]) {
            let mistake = Mistake::new(self.at, format!("`{}` is a list", self.path))
                .label(format!("write `{}[]`, which means each of its entries", self.path));
            mistakes.push(mistake);
            return None;
        }
        let Field::Known(place) = self.place.field(name) else {
            mistakes.push(self.unknown(name));
            return None;
        };
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Some(Self { place, path, at: self.at })
    }

    fn element(self, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        if self.place.types().is_some_and(|types| !types.contains(&"array")) {
            let mistake = Mistake::new(self.at, format!("`{}` is no list", self.path))
                .label(format!("write `{}` without brackets", self.path));
            mistakes.push(mistake);
            return None;
        }
        Some(Self { place: self.place.element(), path: format!("{}[]", self.path), at: self.at })
    }

    /// Whether this text may stand here, as far as the contract lists what may.
    fn may_be(&self, text: &str, mistakes: &mut Vec<Mistake>) -> Option<()> {
        let Some(values) = self.place.values() else { return Some(()) };
        let values: Vec<&str> = values.into_iter().filter_map(Value::as_str).collect();
        if values.contains(&text) {
            return Some(());
        }
        let mistake = Mistake::new(self.at, format!("`{}` is never `{text}`", self.path));
        mistakes.push(match nearest(text, values.iter().copied()) {
            Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
            None => mistake.label("not known here").help(format!("known here: {}", listed(values, "and"))),
        });
        None
    }

    fn unknown(&self, name: &str) -> Mistake {
        let of = if self.path.is_empty() { "a work".to_owned() } else { format!("`{}`", self.path) };
        let names = self.place.field_names();
        let mistake = Mistake::new(self.at, format!("`{name}` is not a field of {of}"));
        match nearest(name, names.iter().copied()) {
            Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
            None if names.is_empty() => mistake.label("this has no fields"),
            None => mistake.label("not known here").help(format!("known here: {}", listed(names, "and"))),
        }
    }
}
