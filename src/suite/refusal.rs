//! Why a suite file was refused, as people see it: every mistake with its place, its line and what to do.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::mistake::{Mistake, Span};

/// More than anybody reads; keeps a file of another sort altogether from filling the terminal.
const MAX_SHOWN: usize = 200;

/// A suite file that cannot be used. Nothing is judged from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    /// It could not be read at all; says why, and what to do.
    Unreadable(String),
    /// The files in which something is wrong: itself, and the lists that it names.
    Mistakes(Vec<Sheet>),
}

/// A file, and what is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// What to call it.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
}

impl Refusal {
    pub(super) fn unreadable(path: &Path, why: impl Into<String>) -> Self {
        Self { path: path.to_owned(), reason: Reason::Unreadable(why.into()) }
    }

    /// The refusal of a suite file for what is wrong in it, or in a list that it names.
    pub(super) fn mistakes(path: &Path, mut sheets: Vec<Sheet>) -> Self {
        sheets.retain(|sheet| !sheet.mistakes.is_empty());
        for sheet in &mut sheets {
            sheet.mistakes.sort_by_key(|mistake| (mistake.at.start, mistake.at.end));
        }
        Self { path: path.to_owned(), reason: Reason::Mistakes(sheets) }
    }

    /// How many mistakes were found; 1 if the file could not be read at all.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.reason {
            Reason::Unreadable(_) => 1,
            Reason::Mistakes(sheets) => sheets.iter().map(|sheet| sheet.mistakes.len()).sum(),
        }
    }

    /// The suite file, as it should be named to people.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Each mistake in a few words, with its file, and its line and column, counted from 1; for annotations beside the
    /// source.
    #[must_use]
    pub fn places(&self) -> Vec<(&Path, usize, usize, String)> {
        match &self.reason {
            Reason::Unreadable(why) => vec![(&self.path, 1, 1, why.clone())],
            Reason::Mistakes(sheets) => shown(sheets)
                .map(|(sheet, mistake)| {
                    let (line, column) = line_and_column(&sheet.text, mistake.at.start);
                    (sheet.path.as_path(), line, column, mistake.in_a_line())
                })
                .collect(),
        }
    }

    /// Everything that is wrong, for a terminal (with `colour`) or a log.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let path = self.path.display();
        match &self.reason {
            Reason::Unreadable(why) => format!("{path}: {why}\n\nNothing was judged.\n"),
            Reason::Mistakes(sheets) => {
                let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
                let each: Vec<String> =
                    shown(sheets).map(|(sheet, mistake)| sheet.one(&renderer, mistake)).collect();
                let count = self.count();
                let plural = if count == 1 { "" } else { "s" };
                let files: Vec<String> =
                    sheets.iter().map(|sheet| sheet.path.display().to_string()).collect();
                let first = if count > MAX_SHOWN {
                    format!(" (the first {MAX_SHOWN} are shown)")
                } else {
                    String::new()
                };
                format!(
                    "{}\n\n{count} mistake{plural} in {}{first}; nothing was judged.\n",
                    each.join("\n\n"),
                    files.join(" and ")
                )
            }
        }
    }
}

/// The mistakes that are shown, file by file.
fn shown(sheets: &[Sheet]) -> impl Iterator<Item = (&Sheet, &Mistake)> {
    sheets.iter().flat_map(|sheet| sheet.mistakes.iter().map(move |mistake| (sheet, mistake))).take(MAX_SHOWN)
}

impl Sheet {
    fn one(&self, renderer: &Renderer, mistake: &Mistake) -> String {
        let text = &self.text;
        let (line, column) = line_and_column(text, mistake.at.start);
        let title = format!("{}:{line}:{column}: {}", self.path.display(), mistake.says);
        let mut elements: Vec<Element<'_>> = Vec::new();
        if !text.trim().is_empty() {
            elements.push(snippet(text, mistake).into());
        }
        if let Some(help) = &mistake.help {
            elements.push(Level::HELP.message(help.as_str()).into());
        }
        let group = Group::with_title(Level::ERROR.no_name().primary_title(title)).elements(elements);
        renderer.render(&[group])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for Refusal {}

/// The lines that a mistake is about, with marks under the places.
fn snippet<'a>(text: &'a str, mistake: &'a Mistake) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let window = lines_of(text, mistake);
    let within = |span: Span| span.start - window.start..span.end.min(window.end) - window.start;
    let (first_line, _) = line_and_column(text, window.start);
    let primary = AnnotationKind::Primary.span(within(mistake.at)).label(mistake.label.as_str());
    let also = mistake
        .also
        .iter()
        .map(|(span, label)| AnnotationKind::Context.span(within(*span)).label(label.as_str()));
    Snippet::source(&text[window.clone()])
        .line_start(first_line)
        .fold(true)
        .annotation(primary)
        .annotations(also)
}

/// The whole lines from the first to the last place of a mistake.
fn lines_of(text: &str, mistake: &Mistake) -> Range<usize> {
    let spans = || std::iter::once(&mistake.at).chain(mistake.also.iter().map(|(span, _)| span));
    let start = spans().map(|span| span.start).min().unwrap_or_default();
    let end = spans().map(|span| span.end).max().unwrap_or_default();
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[end..].find('\n').map_or(text.len(), |offset| end + offset);
    start..end
}

/// Line and column, in characters, both counted from 1.
fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.split('\n').count(), before[start..].chars().count() + 1)
}
