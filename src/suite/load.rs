//! The way in: from a path or a text to a [`Suite`], or to all that is wrong with it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::grow::{Grown, grow};
use super::lists::Lists;
use super::mistake::{Mistake, Span};
use super::model::{Criterion, Suite};
use super::refusal::{Refusal, Sheet};
use super::tree::{Content, Tree};
use super::{structure, validate};

/// More than any suite needs; keeps a wrong file from being read for minutes.
const MAX_BYTES: usize = 1 << 20;

impl Suite {
    /// Reads and checks the suite file at `path`.
    ///
    /// # Errors
    ///
    /// If the file is missing, cannot be read or is not UTF-8, or if there is any mistake in it: all of them are told.
    pub fn load(path: &Path) -> Result<Self, Refusal> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Refusal::unreadable(
                path,
                "there is no such file. It holds Product's criteria and examples; check the path and the folder.",
            ),
            _ => Refusal::unreadable(path, format!("the file cannot be read ({error}).")),
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..good].split(|byte| *byte == b'\n').count();
            Refusal::unreadable(
                path,
                format!("the file is not UTF-8 text (line {line}). Save it in the editor with the encoding \"UTF-8\"."),
            )
        })?;
        Self::parse(path, &text)
    }

    /// Reads and checks the text of a suite file; `path` is what to call it.
    ///
    /// # Errors
    ///
    /// If there is any mistake in it: all of them are told.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Refusal> {
        let mut hash = Sha256::new_with_prefix(text);
        let text = as_editors_show_it(text);
        let mut lists = Lists::beside(path);
        let read = criteria(&text, &mut lists);
        lists.digest(&mut hash);
        match read {
            Ok(criteria) if !lists.are_flawed() => {
                Ok(Self { path: path.to_owned(), hash: hex(&hash.finalize()), criteria })
            }
            read => {
                let mistakes = read.err().unwrap_or_default();
                let mut sheets = lists.into_sheets();
                sheets.insert(0, Sheet { path: path.to_owned(), text, mistakes });
                Err(Refusal::mistakes(path, sheets))
            }
        }
    }
}

/// Without a byte order mark, and with one kind of line end.
pub(super) fn as_editors_show_it(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Either criteria or at least one mistake, here or in one of the lists.
fn criteria(text: &str, lists: &mut Lists) -> Result<Vec<Criterion>, Vec<Mistake>> {
    let start = Span::new(0, 0);
    if text.len() > MAX_BYTES {
        return Err(vec![Mistake::new(start, "the file is larger than a megabyte, which no suite needs")]);
    }
    let Grown { tree, mut mistakes, unreadable } = grow(text);
    let Some(tree) = tree.filter(|tree| !is_empty(tree)) else {
        if mistakes.is_empty() {
            mistakes.push(
                Mistake::new(start, "the file is empty").help(
                    "it begins with `criteria:`; a file without criteria would let every release through",
                ),
            );
        }
        return Err(mistakes);
    };
    let structure = structure::check(text, &tree);
    let (criteria, more) = validate::criteria(text, &tree, &structure, lists);
    let worded = structure.mistakes.into_iter().chain(more);
    mistakes.extend(worded.filter(|mistake| !unreadable.contains(&mistake.at)));
    match (criteria, structure.unworded.first()) {
        (Some(criteria), None) if mistakes.is_empty() => Ok(criteria),
        (_, fault) => {
            // Whatever happens, a file that did not become criteria has a mistake, itself or in its lists.
            if mistakes.is_empty() && !lists.are_flawed() {
                mistakes.push(
                    Mistake::new(
                        fault.copied().unwrap_or(start),
                        "this is not as the schema of this file wants it",
                    )
                    .label("somewhere from here on")
                    .help("open the file in an editor that knows YAML schemas: it shows the place"),
                );
            }
            Err(mistakes)
        }
    }
}

fn is_empty(tree: &Tree) -> bool {
    matches!(tree.content(Tree::ROOT), Content::Scalar(Value::Null))
}
