//! `permalinks`: addresses that people hold, and that must still lead to a work; a list here or in a text file.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::mistake::{Mistake, Span};
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{self, ListFile, Text};

/// A list of addresses that must still lead to a work.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, extend("oneOf" = [{ "required": ["ids"] }, { "required": ["file"] }]))]
pub(in crate::suite) struct Permalinks {
    /// The ids of works, or numbers that must each find one work: a library number such as `b18659135`, an archive
    /// reference such as `GC/176/C/1`, a picture number such as `V0029060`. Either this or `file`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub ids: At<Vec<At<words::Permalink>>>,
    /// A text file beside this one with the same, one on each line; `#` begins a comment. Either this or `ids`.
    #[serde(default)]
    pub file: At<ListFile>,
    /// What it is a list of, in a few words.
    pub is: At<Text>,
}

/// A list of addresses that must still lead to a work: at least one, and none twice.
#[derive(Debug, Clone)]
pub struct PermalinksExample {
    /// The text file that holds the list; `None` if it stands in the suite file.
    pub file: Option<String>,
    /// The addresses, in the order of the list.
    pub permalinks: Vec<Permalink>,
}

/// An address that must still lead to a work, and the line on which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalink {
    /// What it holds.
    pub of: PermalinkOf,
    /// The line of its file, counted from 1.
    pub line: usize,
}

/// What an address holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PermalinkOf {
    /// The id of a work.
    Work(WorkId),
    /// An identifier of another system.
    Identifier(String),
}

impl PermalinkOf {
    /// Reads what has the form of either.
    #[must_use]
    pub fn read(text: &str) -> Self {
        WorkId::parse(text).map_or_else(|| Self::Identifier(text.to_owned()), Self::Work)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Work(id) => id.as_str(),
            Self::Identifier(identifier) => identifier,
        }
    }
}

impl Named for Permalinks {
    /// The file's name without its ending, or the first of the ids.
    fn name(&self) -> Option<String> {
        if let Some(ListFile(file)) = &self.file.value {
            let name = file.rsplit('/').next()?;
            return Some(name.trim_end_matches(".txt").to_owned());
        }
        let first = self.ids.value.as_ref()?.first()?.value.as_ref()?;
        Some(first.0.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"))
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &Permalinks,
) -> Option<PermalinksExample> {
    let given: Vec<&str> = [("ids", example.ids.is_given()), ("file", example.file.is_given())]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect();
    checker.exactly_one(node, &given, &["ids", "file"], "which addresses it means");
    match given.first()? {
        &"ids" => of_the_suite(checker, &example.ids),
        _ => of_a_file(checker, node, example),
    }
}

/// The list that stands in the suite file.
fn of_the_suite(checker: &mut Checker<'_>, ids: &At<Vec<At<words::Permalink>>>) -> Option<PermalinksExample> {
    let mut permalinks = Vec::new();
    let mut once = Once::default();
    for at in ids.value.as_ref()? {
        let (node, words::Permalink(text)) = (at.node?, at.value.as_ref()?);
        checker.mistakes.extend(once.see(text, checker.value_span(at.node, node)));
        permalinks.push(Permalink { of: PermalinkOf::read(text), line: checker.line(node) });
    }
    once.holds().then_some(PermalinksExample { file: None, permalinks })
}

/// The list that stands in a text file.
fn of_a_file(checker: &mut Checker<'_>, node: NodeId, example: &Permalinks) -> Option<PermalinksExample> {
    let ListFile(name) = example.file.value.as_ref().filter(|file| file.is_well_written())?;
    let lines = match checker.lists.lines(name) {
        Ok(lines) => lines,
        Err(why) => {
            let at = checker.value_span(example.file.node, node);
            checker.mistakes.push(Mistake::new(at, format!("`{name}` cannot be used as a list")).label(why));
            return None;
        }
    };
    let mut permalinks = Vec::new();
    let mut mistakes = Vec::new();
    let mut once = Once::default();
    for line in &lines {
        if words::Permalink::can_be(&line.text) {
            mistakes.extend(once.see(&line.text, line.at));
            permalinks.push(Permalink { of: PermalinkOf::read(&line.text), line: line.nr });
        } else {
            mistakes.push(cannot_be_one(&line.text, line.at));
        }
    }
    let whole = mistakes.is_empty() && !permalinks.is_empty();
    checker.lists.complain(name, mistakes);
    whole.then(|| PermalinksExample { file: Some(name.clone()), permalinks })
}

fn cannot_be_one(text: &str, at: Span) -> Mistake {
    let mistake = Mistake::new(at, format!("`{text}` is neither an id nor a number of another system"));
    match words::id_that_was_meant(text) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None => mistake.label("not known as either").help(words::Permalink::WHAT_IT_IS),
    }
}

/// Finds what stands in a list a second time.
#[derive(Default)]
struct Once<'t> {
    seen: HashMap<&'t str, Span>,
    twice: bool,
}

impl<'t> Once<'t> {
    fn see(&mut self, text: &'t str, at: Span) -> Option<Mistake> {
        let first = *self.seen.entry(text).or_insert(at);
        if first == at {
            return None;
        }
        self.twice = true;
        let mistake = Mistake::new(at, format!("`{text}` stands in this list twice"));
        Some(mistake.label("remove one of the two").also(first, "the first is here"))
    }

    fn holds(&self) -> bool {
        !self.twice
    }
}
