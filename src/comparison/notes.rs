//! `changes.md`: release notes for readers, in words that Product can paste.

use super::changes::Change;
use super::difference::Kind;
use super::impact::headline;
use super::tally::{Example, Subject};
use super::wording::plainly;
use crate::numbers::capital;

/// A change that is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Intended {
    /// What changes.
    pub change: Change,
    /// Why that is meant.
    pub because: String,
}

/// The sections for what nobody meant, and what stands in each.
const SECTIONS: [(&str, &[Kind]); 4] = [
    ("What is gone", &[Kind::Lost]),
    ("What is shown again", &[Kind::Returned]),
    ("What is different", &[Kind::Changed, Kind::Moved]),
    ("What is new", &[Kind::Gained]),
];

/// Writes the notes of these changes, which come in the order in which they are told: first what nobody meant.
#[must_use]
pub fn notes(unforeseen: &[Change], intended: &[Intended]) -> String {
    let mut notes = match headline(unforeseen) {
        Some(first) => format!("{}\n", plain(&first)),
        None if intended.is_empty() => {
            "Nothing that readers would notice, as far as was compared.\n".to_owned()
        }
        None => "Nothing that readers would notice but what is meant, as far as was compared.\n".to_owned(),
    };
    for (heading, kinds) in SECTIONS {
        let told = unforeseen.iter().filter(|it| kinds.contains(&it.kind));
        notes.push_str(&section(heading, told.map(|change| entry(change, ""))));
    }
    notes.push_str(&section("As intended", intended.iter().map(|it| entry(&it.change, &it.because))));
    notes.push_str(&how_sure(unforeseen.iter().chain(intended.iter().map(|it| &it.change))));
    notes
}

/// What is to be thought of numbers that are not counted.
fn how_sure<'a>(changes: impl Iterator<Item = &'a Change>) -> String {
    let (mut about, mut at_least) = (false, false);
    for estimate in changes.filter_map(|change| change.estimate).filter(|it| !it.is_exact()) {
        *(if estimate.about == estimate.low { &mut at_least } else { &mut about }) = true;
    }
    let about =
        if about { "\nNumbers with “about” are estimated from a sample of the catalogue.\n" } else { "" };
    let at_least = if at_least {
        "\nNumbers with “at least” were counted, and there may be a few more.\n"
    } else {
        ""
    };
    format!("{about}{at_least}")
}

fn section(heading: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: String = entries.collect();
    if entries.is_empty() { entries } else { format!("\n## {heading}\n\n{entries}") }
}

fn entry(change: &Change, because: &str) -> String {
    let mut entry = format!("- {}.", plain(&capital(&plainly(change))));
    if !because.is_empty() {
        entry.push_str(&format!(" It is meant: {}.", plain(because.trim_end_matches('.'))));
    }
    let examples: Vec<String> =
        change.examples.iter().filter_map(|example| link(change.subject, example)).collect();
    if !examples.is_empty() {
        entry.push_str(&format!(" For example: {}.", examples.join(", ")));
    }
    entry.push('\n');
    entry
}

/// A link to the page of a work or an image; requests have none.
fn link(subject: Subject, example: &Example) -> Option<String> {
    let Example { of, title, .. } = example;
    let place = match subject {
        Subject::Works => "works",
        Subject::Images => "images",
        Subject::Answers => return None,
    };
    let is_id = !of.is_empty() && of.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = if title.is_empty() { of.clone() } else { plain(title) };
    is_id.then(|| format!("[{name}](https://wellcomecollection.org/{place}/{of})"))
}

/// Text of a record, in which nothing means anything to Markdown or to a browser.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_control() {
            plain.push(' ');
            continue;
        }
        if matches!(sign, '[' | ']' | '(' | ')' | '<' | '>' | '*' | '_' | '`' | '\\' | '#' | '|' | '&' | '!')
        {
            plain.push('\\');
        }
        plain.push(sign);
    }
    plain
}
