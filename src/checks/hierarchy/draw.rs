//! A tree in lines, one for each work, as its snapshot holds it and as a failure shows it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use super::walk::{Place, Walk};
use crate::checks::relatives::{parts, shortened, text};
use crate::verdict::Finding;

/// How long a line is at most, so that a report of a hundred columns holds it beside its marks. Titles are cut off for
/// it: a snapshot is of the tree, and a title that long is told by its beginning.
const WIDTH: usize = 92;

/// How many lines of a tree a failure shows.
const SHOWN: usize = 30;

/// The tree, the top first, each work before its parts.
pub fn tree(walk: &Walk<'_>) -> String {
    let lines: Vec<String> = walk.in_reading_order().into_iter().map(line).collect();
    lines.join("\n")
}

/// The tree, but for what is too long to show.
pub fn beginning(walk: &Walk<'_>) -> String {
    let tree = tree(walk);
    let lines: Vec<&str> = tree.lines().collect();
    shown(&lines)
}

/// `  └ PP/CRI/A/1 Miscellaneous Personal Items [Section pwbpp7gj, 1 part]`.
fn line(place: &Place<'_>) -> String {
    let shown = place.shown();
    let field = |name| shown.and_then(|work| text(work, name));
    let branch =
        if place.level == 0 { String::new() } else { format!("{}└ ", "  ".repeat(place.level - 1)) };
    let reference = field("referenceNumber").map(|reference| format!("{reference} ")).unwrap_or_default();
    let kind = field("type").unwrap_or("?");
    let end = format!(" [{kind} {}, {}]", place.id, told_parts(place.record.as_ref().ok().copied()));
    let taken = [&branch, &reference, &end].map(|part| part.chars().count()).iter().sum::<usize>();
    let title = shortened(field("title").unwrap_or("(no title)"), WIDTH.saturating_sub(taken).max(16));
    format!("{branch}{reference}{title}{end}")
}

fn told_parts(record: Option<&Value>) -> String {
    match record.map(|record| parts(record).count()) {
        None => "not there".to_owned(),
        Some(0) => "no parts".to_owned(),
        Some(1) => "1 part".to_owned(),
        Some(count) => format!("{count} parts"),
    }
}

/// How the tree differs from the one that was recorded: the branches that do, with what is above them.
pub fn difference(recorded: &str, now: &str) -> Finding {
    let (old, new): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), now.lines().collect());
    let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.extend(change.old_index()),
            ChangeTag::Insert => come.extend(change.new_index()),
            ChangeTag::Equal => {}
        }
    }
    Finding {
        says: format!(
            "the tree is not as it was when its snapshot was approved: {}. If the change is meant, accept it with \
             `cargo insta review` and commit the snapshot",
            told(&old, &new, &gone)
        ),
        expected: branches(&old, &gone),
        found: branches(&new, &come),
        ..Finding::default()
    }
}

/// What is missing, what is new, and what else has changed, in words.
fn told(old: &[&str], new: &[&str], gone: &BTreeSet<usize>) -> String {
    let (before, after) = (by_id(old), by_id(new));
    let missing = before.keys().filter(|id| !after.contains_key(*id)).count();
    let come = after.keys().filter(|id| !before.contains_key(*id)).count();
    let changed = gone.iter().filter(|line| after.contains_key(id_of(old[**line]))).count();
    let levels = deepest(old).saturating_sub(deepest(new));
    let works = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 work {one}")),
        _ => Some(format!("{count} works {many}")),
    };
    let levels = match (levels, missing) {
        (0, _) | (_, 0) => None,
        (1, _) => Some(format!("the lowest of {} levels with it", deepest(old))),
        (lost, _) => Some(format!("the lowest {lost} of {} levels with it", deepest(old))),
    };
    let parts = [
        works(missing, "is missing", "are missing"),
        levels,
        works(come, "is new", "are new"),
        works(changed, "has changed or stands elsewhere", "have changed or stand elsewhere"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn by_id<'a>(lines: &[&'a str]) -> BTreeMap<&'a str, &'a str> {
    lines.iter().map(|line| (id_of(line), *line)).collect()
}

/// The id at the end of a line.
fn id_of(line: &str) -> &str {
    let end = line.rsplit_once('[').map_or(line, |(_, end)| end);
    end.split([' ', ',', ']']).nth(1).unwrap_or(line)
}

/// How many levels below the top a line stands.
fn level_of(line: &str) -> usize {
    let inner = line.trim_start_matches(' ');
    if inner.starts_with('└') { (line.len() - inner.len()) / 2 + 1 } else { 0 }
}

fn deepest(lines: &[&str]) -> usize {
    lines.iter().map(|line| level_of(line)).max().unwrap_or(0)
}

/// The lines that differ, each below those that stand above it in the tree.
fn branches(lines: &[&str], differing: &BTreeSet<usize>) -> String {
    let mut kept = differing.clone();
    for line in differing {
        let mut level = level_of(lines[*line]);
        for above in (0..*line).rev() {
            if level_of(lines[above]) < level {
                level = level_of(lines[above]);
                kept.insert(above);
            }
        }
    }
    let kept: Vec<&str> = kept.into_iter().map(|line| lines[line]).collect();
    shown(&kept)
}

fn shown(lines: &[&str]) -> String {
    let more = lines.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = lines.iter().take(SHOWN).map(|line| (*line).to_owned()).collect();
    shown.extend((more > 0).then(|| format!("… and {more} lines more")));
    shown.join("\n")
}
