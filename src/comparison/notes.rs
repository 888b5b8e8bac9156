//! `changes.md`: release notes for readers, in words that Product can paste.

use super::changes::Change;
use super::difference::Kind;
use super::impact::headline;
use super::tally::{Example, Subject};
use super::wording::plainly;

/// Writes the notes of these changes, which come in the order in which they are told.
#[must_use]
pub fn notes(changes: &[Change]) -> String {
    let mut notes = "# What this release changes\n".to_owned();
    let Some(first) = headline(changes) else {
        notes.push_str("\nNothing that readers would notice, as far as was compared.\n");
        return notes;
    };
    notes.push_str(&format!("\n{first}\n"));
    let sections: [(&str, &[Kind]); 3] = [
        ("What is new", &[Kind::Gained]),
        ("What is gone", &[Kind::Lost]),
        ("What is different", &[Kind::Changed, Kind::Moved]),
    ];
    for (heading, kinds) in sections {
        let told: Vec<String> = changes.iter().filter(|it| kinds.contains(&it.kind)).map(entry).collect();
        if !told.is_empty() {
            notes.push_str(&format!("\n## {heading}\n\n{}", told.concat()));
        }
    }
    if changes.iter().any(|change| change.estimate.is_some()) {
        notes.push_str("\nNumbers with “about” are estimated from a sample of the catalogue.\n");
    }
    notes
}

fn entry(change: &Change) -> String {
    let mut says = plainly(change);
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    let mut entry = format!("- {says}.");
    if !change.why.is_empty() {
        entry.push_str(&format!(" {}", plain(&change.why)));
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
