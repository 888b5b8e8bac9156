//! The way in: from a path or a text to a [`Suite`], or to all that is wrong with it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::grow::{Grown, grow};
use super::lists::Lists;
use super::mistake::{Mistake, Span};
use super::model::Suite;
use super::refusal::{Refusal, Sheet};
use super::tree::{Content, Tree};
use super::validate::{self, Valid};
use super::{approval, structure};

/// More than any suite needs; keeps a wrong file from being read for minutes.
const MAX_BYTES: usize = 1 << 20;

impl Suite {
    /// Reads and checks the suite file at `path`.
    ///
    /// # Errors
    ///
    /// If the file is missing, cannot be read or is not UTF-8, or if there is any mistake in it: all of them are told.
    /// If there is none, but an approval does not cover what its criterion says, that is a mistake too.
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
        let read = read(path, &text)?;
        match approval::mistakes(&read) {
            mistakes if mistakes.is_empty() => Ok(read.suite),
            mistakes => {
                let sheet = Sheet { path: path.to_owned(), text: read.text, mistakes };
                Err(Refusal::mistakes(path, vec![sheet]))
            }
        }
    }

    /// Reads and checks the text of a suite file, whatever its approvals were given for; `path` is what to call it.
    ///
    /// # Errors
    ///
    /// If there is any mistake in it: all of them are told.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Refusal> {
        Ok(read(path, text)?.suite)
    }
}

/// A suite file without a mistake, beside its text.
pub(super) struct Read {
    pub suite: Suite,
    /// As every editor shows it: without a byte order mark, and with one kind of line end.
    pub text: String,
    pub tree: Tree,
    /// The lists that it names.
    pub lists: Lists,
}

/// Reads and checks the text of a suite file and the lists that it names, but for what its approvals were given for.
pub(super) fn read(path: &Path, text: &str) -> Result<Read, Refusal> {
    let mut hash = Sha256::new_with_prefix(text);
    let text = as_editors_show_it(text);
    let mut lists = Lists::beside(path);
    let read = valid(&text, &mut lists);
    lists.digest(&mut hash);
    match read {
        Ok((tree, Valid { criteria, overrides, critical, compare })) if !lists.are_flawed() => {
            let hash = hex(&hash.finalize());
            let suite = Suite { path: path.to_owned(), hash, criteria, overrides, critical, compare };
            Ok(Read { suite, text, tree, lists })
        }
        read => {
            let mistakes = read.err().unwrap_or_default();
            let mut sheets = lists.into_sheets();
            sheets.insert(0, Sheet { path: path.to_owned(), text, mistakes });
            Err(Refusal::mistakes(path, sheets))
        }
    }
}

/// Without a byte order mark, and with one kind of line end.
pub(super) fn as_editors_show_it(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Either what the file says or at least one mistake, here or in one of the lists.
fn valid(text: &str, lists: &mut Lists) -> Result<(Tree, Valid), Vec<Mistake>> {
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
    let (valid, more) = validate::suite(text, &tree, &structure, lists);
    let worded = structure.mistakes.into_iter().chain(more);
    mistakes.extend(worded.filter(|mistake| !unreadable.contains(&mistake.at)));
    match (valid, structure.unworded.first()) {
        (Some(valid), None) if mistakes.is_empty() => Ok((tree, valid)),
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
