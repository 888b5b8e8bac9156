//! Approving criteria: a new text of the file, and in words what is approved by it.

use std::fmt;
use std::path::Path;

use jiff::civil::Date;

use super::edit::{self, Edit};
use super::{Worded, criteria};
use crate::suite::load::{self, Read};
use crate::suite::mistake::nearest;
use crate::suite::refusal::Refusal;
use crate::suite::tree::{Content, NodeId, Tree};

/// What comes of approving criteria.
#[derive(Debug)]
pub struct Approved {
    /// The file with the approvals in it; otherwise as it was, byte for byte.
    pub file: String,
    /// Each criterion in words, in the file's order.
    pub criteria: Vec<String>,
}

/// Why nothing was approved.
#[derive(Debug, thiserror::Error)]
pub enum NotApproved {
    /// The file has other mistakes.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Nobody is said to approve.
    #[error("nobody is named who approves: write a role, such as `--by Product`")]
    Nobody,
    /// There is no such criterion.
    #[error("there is no criterion `{id}`{}", meant(.nearest.as_ref()))]
    Unknown {
        /// What was asked for.
        id: String,
        /// What was most likely meant.
        nearest: Option<String>,
    },
    /// It must be looked at again by a day that has come.
    #[error(
        "`{id}` is to be looked at again by {review_by}, which is no later than this approval: write a later day in \
         its `review-by` first"
    )]
    ReviewIsDue {
        /// The criterion.
        id: String,
        /// The day in the file.
        review_by: Date,
    },
    /// The file is written in a way that cannot be edited safely.
    #[error(
        "the approval of `{0}` cannot be written without changing something else: write it in one line, as `approved: \
         {{ by: …, on: … }}`, and try again"
    )]
    Unsafe(String),
}

fn meant(nearest: Option<&String>) -> String {
    nearest.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
}

/// Approves these criteria of a suite file, as they are worded now.
///
/// # Errors
///
/// If there is any other mistake in the file, or no such criterion; then nothing is approved.
pub fn approve(path: &Path, file: &str, ids: &[&str], by: &str, on: Date) -> Result<Approved, NotApproved> {
    if by.trim().is_empty() {
        return Err(NotApproved::Nobody);
    }
    let before = load::read(path, file)?;
    let all = criteria(&before);
    for id in ids {
        if !all.iter().any(|it| it.criterion.id == *id) {
            let nearest = nearest(id, all.iter().map(|it| it.criterion.id.as_str())).map(str::to_owned);
            return Err(NotApproved::Unknown { id: (*id).to_owned(), nearest });
        }
    }
    let named: Vec<&Worded<'_>> = all.iter().filter(|it| ids.contains(&it.criterion.id.as_str())).collect();
    if let Some(it) = named.iter().find(|it| it.criterion.review_by <= on) {
        let id = it.criterion.id.clone();
        return Err(NotApproved::ReviewIsDue { id, review_by: it.criterion.review_by });
    }
    let edits: Vec<Edit> = named.iter().filter_map(|it| Edit::approval(&before, it, by, on)).collect();
    let edited = edit::apply(file, &edits);
    nothing_else_changed(path, &edited, &all, ids, (by, on))?;
    let criteria = named.iter().map(|it| Told { read: &before, it, by, on }.to_string()).collect();
    Ok(Approved { file: edited, criteria })
}

/// Reads the edited file as the gate will, and holds it against what was there before.
fn nothing_else_changed(
    path: &Path,
    edited: &str,
    before: &[Worded<'_>],
    ids: &[&str],
    approval: (&str, Date),
) -> Result<(), NotApproved> {
    let unsafe_to = |id: &str| NotApproved::Unsafe(id.to_owned());
    let after = load::read(path, edited).map_err(|_| unsafe_to(&ids.join("`, `")))?;
    let after = criteria(&after);
    for (before, after) in before.iter().zip(&after) {
        let id = before.criterion.id.as_str();
        let as_it_should_be = if ids.contains(&id) {
            after.approved == Some(approval) && after.covered == Some(before.says.as_str())
        } else {
            after.approved == before.approved && after.covered == before.covered
        };
        if !as_it_should_be || after.says != before.says {
            return Err(unsafe_to(id));
        }
    }
    Ok(())
}

/// One approval in words: what is approved, and what was approved before.
struct Told<'a> {
    read: &'a Read,
    it: &'a Worded<'a>,
    by: &'a str,
    on: Date,
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { read, it, by, on } = self;
        let end = read.tree.node(it.node).span.end;
        let last_line = read.text[..end].matches('\n').count() + 1;
        writeln!(
            f,
            "{by} approved `{}` on {on} (lines {}-{last_line}):",
            it.criterion.id, it.criterion.line
        )?;
        writeln!(f, "  {}", it.criterion.title)?;
        writeln!(f, "  {}", it.criterion.why.trim())?;
        for line in demands(read, it.node) {
            writeln!(f, "  {line}")?;
        }
        for (key, examples) in examples(&read.tree, it.node) {
            writeln!(f, "  {key}:")?;
            examples.iter().try_for_each(|example| writeln!(f, "    - {}", example.trim()))?;
        }
        match (it.approved, it.covered) {
            (None, _) => write!(f, "  From now on it blocks a release; it was only proposed."),
            (Some((by, on)), Some(covered)) if covered == it.says => {
                write!(f, "  It says what {by} approved on {on}.")
            }
            (Some((by, on)), Some(_)) => write!(f, "  It does not say what {by} approved on {on}."),
            (Some((by, on)), None) => write!(f, "  What it said when {by} approved it on {on} is not known."),
        }
    }
}

/// What it demands of every example, as the file says it.
fn demands(read: &Read, criterion: NodeId) -> Vec<&str> {
    let given = ["expect", "page", "counts"].iter().filter_map(|key| read.tree.entry(criterion, key));
    let lines = given.flat_map(|entry| {
        let (start, end) = (entry.key_span.start, read.tree.node(entry.value).span.end);
        let before = read.text[..start].rfind('\n').map_or(0, |at| at + 1);
        // As far to the left as the key itself.
        let indented = move |line: &'_ str| line.len() - line.trim_start().len() >= start - before;
        let text = read.text[start..end].trim_end().lines();
        text.map(move |line| if indented(line) { line.get(start - before..).unwrap_or(line) } else { line })
    });
    lines.collect()
}

/// What a criterion is about, whatever its kind: its lists, each with what its entries say to be.
fn examples(tree: &Tree, criterion: NodeId) -> Vec<(&str, Vec<String>)> {
    let lists = tree.entries(criterion).iter().filter_map(|entry| match tree.content(entry.value) {
        Content::List(items) => Some((entry.key.as_str(), items)),
        Content::Map(_) | Content::Scalar(_) => None,
    });
    lists.map(|(key, items)| (key, items.iter().map(|item| example(tree, *item)).collect())).collect()
}

/// The first thing that an entry names, and what it is.
fn example(tree: &Tree, item: NodeId) -> String {
    let text = |node| match tree.json(node) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let first = tree.entries(item).first().map_or_else(|| text(item), |entry| text(entry.value));
    match tree.entry(item, "is") {
        Some(is) if text(is.value) != first => format!("{first}: {}", text(is.value)),
        _ => first,
    }
}
