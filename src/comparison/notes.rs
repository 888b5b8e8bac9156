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
    let changes = &worth_noting(changes);
    let Some(first) = headline(changes) else {
        notes.push_str("\nNothing that readers would notice, as far as was compared.\n");
        return notes;
    };
    notes.push_str(&format!("\n{first}\n"));
    let sections: [(&str, &[Kind]); 4] = [
        ("What is new", &[Kind::Gained]),
        ("What is gone", &[Kind::Lost]),
        ("What is shown again", &[Kind::Returned]),
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

/// Without what lists show of changes that are told of the records, and without what follows from how much they find.
fn worth_noting(changes: &[Change]) -> Vec<Change> {
    let of_records = || changes.iter().filter(|it| it.subject != Subject::Answers);
    let is_told = |path: &str, kind: Kind| {
        of_records().any(|it| {
            let with = it.with.iter().map(|with| (with.path.as_str(), with.kind));
            std::iter::once((it.path.as_str(), it.kind)).chain(with).any(|told| told == (path, kind))
        })
    };
    let is_of_a_list = |change: &Change| match (change.path.as_str(), change.path.strip_prefix("results[]."))
    {
        ("nextPage" | "prevPage" | "totalPages", _) => of_records().next().is_some(),
        (_, Some(within)) => is_told(within, change.kind),
        ("results[]", _) => change.kind != Kind::Moved && is_told("status", change.kind),
        _ => false,
    };
    let noted = |change: &&Change| change.subject != Subject::Answers || !is_of_a_list(change);
    changes.iter().filter(noted).cloned().collect()
}

fn entry(change: &Change) -> String {
    let mut says = plainly(change);
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    let mut entry = format!("- {says}.");
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
