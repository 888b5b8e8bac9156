//! What became of a text that is compared line by line: the drawing of a tree, and counts.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use crate::numbers::{counted, grouped};
use crate::report::github::words;

/// So many lines of a tree, or rows of counts, are shown.
const SHOWN: usize = 10;

/// What became of a tree, as the end of a sentence that begins with its name.
pub(super) fn of_tree(was: &str, is: &str) -> String {
    let [was, is] = [was, is].map(|side| -> Vec<String> {
        side.lines()
            .map(|line| line.trim_start_matches(['│', '├', '└', ' ']).to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    });
    let number = was.len();
    let (lost, gained) = (differing(&was, &is), differing(&is, &was));
    let parts = ("part", "parts");
    let says = match (lost, gained) {
        (0, 0) => "has its parts in another place".to_owned(),
        (0, gained) => format!("has gained {}", counted(gained, parts)),
        (lost, 0) => format!("lost {} of {number}", counted(lost, parts)),
        (lost, gained) => format!(
            "{} of {number} are gone or told otherwise, {} are new",
            counted(lost, parts),
            grouped(gained)
        ),
    };
    format!("{says}{}", listed(&was, &is, SHOWN))
}

/// How many lines do not stand among the others, of which each stands for one alone.
fn differing(lines: &[String], others: &[String]) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in others {
        *left.entry(line).or_default() += 1;
    }
    let is_there = |line: &&String| match left.get_mut(line.as_str()) {
        Some(number) if *number > 0 => {
            *number -= 1;
            true
        }
        _ => false,
    };
    lines.len() - lines.iter().filter(is_there).count()
}

/// What is said of a text that differs where nobody knows what it says: its lines, and never that it says the same.
pub(super) fn written_otherwise(was: &str, is: &str) -> String {
    let [was, is] = [was, is].map(|side| side.lines().map(str::to_owned).collect::<Vec<_>>());
    format!("is written otherwise; look at its lines in the changed file{}", listed(&was, &is, SHOWN))
}

/// What became of counts, as the end of a sentence that begins with their name.
pub(super) fn of_counts(was_written: &str, is_written: &str) -> String {
    let (was, is) = (counts(was_written), counts(is_written));
    let mut names: Vec<&String> =
        is.keys().chain(was.keys().filter(|name| !is.contains_key(*name))).collect();
    names.sort_by_key(|name| std::cmp::Reverse(change(was.get(*name), is.get(*name)).unsigned_abs()));
    let changed: Vec<&String> = names.into_iter().filter(|name| was.get(*name) != is.get(*name)).collect();
    if changed.is_empty() {
        return written_otherwise(was_written, is_written);
    }
    let row = |name: &&String| {
        let (was, is) = (was.get(*name).copied(), is.get(*name).copied());
        let number = |count: Option<u64>| count.map_or_else(|| "none".to_owned(), grouped);
        let change = change(was.as_ref(), is.as_ref());
        let sign = if change < 0 { "−" } else { "+" };
        format!(
            "\n  - {}: {}, which was {} ({sign}{})",
            words(name, 120),
            number(is),
            number(was),
            grouped(change.unsigned_abs())
        )
    };
    let rows: String = changed.iter().take(SHOWN).map(row).collect();
    let more = changed.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!("\n  - … and {}", counted(more, ("more number", "more numbers")))
    } else {
        String::new()
    };
    format!("has other numbers{rows}{more}")
}

fn change(was: Option<&u64>, is: Option<&u64>) -> i64 {
    let number = |count: Option<&u64>| count.map_or(0, |count| i64::try_from(*count).unwrap_or(i64::MAX));
    number(is).saturating_sub(number(was))
}

/// The numbers of a recorded count, by what is counted: `1,073  a  Books`.
fn counts(body: &str) -> BTreeMap<String, u64> {
    let row = |line: &str| {
        let (number, name) = line.trim().split_once(' ')?;
        let number = number.replace(',', "").parse().ok()?;
        Some((name.split_whitespace().collect::<Vec<_>>().join(" "), number))
    };
    body.lines().filter_map(row).collect()
}

/// The lines that were lost and gained, as a list below a sentence.
pub(super) fn listed(was: &[String], is: &[String], shown: usize) -> String {
    let (was, is): (Vec<&str>, Vec<&str>) =
        (was.iter().map(String::as_str).collect(), is.iter().map(String::as_str).collect());
    let difference = TextDiff::from_slices(&was, &is);
    let changes: Vec<_> =
        difference.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal).collect();
    let line = |change: &similar::Change<&str>| {
        let what = if change.tag() == ChangeTag::Delete { "gone" } else { "new" };
        format!("\n  - {what}: {}", words(change.value(), 200))
    };
    let mut text: String = changes.iter().take(shown).map(line).collect();
    if changes.len() > shown {
        text.push_str(&format!(
            "\n  - … and {}",
            counted(changes.len() - shown, ("more line", "more lines"))
        ));
    }
    text
}
