//! A baseline as it stands in `snapshots/`: a number a line, to be read and reviewed by people.

use super::counts::{Bucket, Counts};
use crate::numbers::grouped;

/// The key of the line with the total.
const ALL: &str = "all";
/// The key of the line that says how many any value that is not shown can have.
const CUT: &str = "…";

/// The text of a baseline. Values stand in the order of their keys, so that a change of numbers moves no line.
pub(super) fn write(title: &str, counts: &Counts) -> String {
    let mut buckets: Vec<&Bucket> = counts.buckets.iter().collect();
    buckets.sort_by(|one, other| one.key.cmp(&other.key));
    let mut rows = vec![(counts.all, ALL, "")];
    rows.extend(buckets.iter().map(|bucket| {
        let label = if bucket.label == bucket.key { "" } else { bucket.label.as_str() };
        (bucket.count, bucket.key.as_str(), label)
    }));
    rows.extend(counts.cut.map(|most| (most, CUT, "is the most that any other value can have")));
    let numbers = rows.iter().map(|(count, _, _)| grouped(*count).len()).max().unwrap_or_default();
    let labelled = rows.iter().filter(|(_, _, label)| !label.is_empty());
    let keys = labelled.map(|(_, key, _)| key.chars().count()).max().unwrap_or_default();
    let mut text = format!("{title}\n\n");
    for (count, key, label) in rows {
        let line = format!("{:>numbers$}  {key:<keys$}  {label}", grouped(count));
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text
}

/// Reads a baseline.
///
/// # Errors
///
/// Why it is none of this count, in a sentence.
pub(super) fn read(title: &str, text: &str) -> Result<Counts, String> {
    let (first, rows) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    if first.trim() != title {
        return Err(format!("it says that it counts `{}`, and not `{title}`", first.trim()));
    }
    let mut counts: Option<Counts> = None;
    for row in rows.lines().filter(|row| !row.trim().is_empty()) {
        let (count, key, label) = parts(row).ok_or_else(|| format!("its line `{}` is none", row.trim()))?;
        match (&mut counts, key) {
            (None, ALL) => counts = Some(Counts { all: count, ..Counts::default() }),
            (None, _) => return Err("its first line does not say how many there are in all".to_owned()),
            (Some(counts), CUT) => counts.cut = Some(count),
            (Some(counts), _) if counts.bucket(key).is_some() => {
                return Err(format!("it tells of `{key}` twice"));
            }
            (Some(counts), _) => {
                counts.buckets.push(Bucket { key: key.to_owned(), label: label.to_owned(), count });
            }
        }
    }
    counts.ok_or_else(|| "it holds no number".to_owned())
}

/// A line as number, key and label.
fn parts(row: &str) -> Option<(u64, &str, &str)> {
    let (count, rest) = row.trim().split_once("  ")?;
    let count = count.replace(',', "").parse().ok()?;
    let rest = rest.trim();
    let (key, label) = rest.split_once("  ").unwrap_or((rest, rest));
    Some((count, key, label.trim()))
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Bucket, Counts, read, write};

    fn bucket(key: &str, label: &str, count: u64) -> Bucket {
        Bucket { key: key.to_owned(), label: label.to_owned(), count }
    }

    fn counts() -> Counts {
        let buckets = vec![bucket("k", "Pictures", 352), bucket("hdig", "Born-digital archives", 13)];
        Counts { all: 2374, buckets, cut: Some(13) }
    }

    const TEXT: &str = "\
works by workType

2,374  all
   13  hdig  Born-digital archives
  352  k     Pictures
   13  …     is the most that any other value can have
";

    #[rstest]
    fn a_baseline_has_a_number_a_line() {
        assert_eq!(write("works by workType", &counts()), TEXT);
    }

    #[rstest]
    fn a_baseline_is_read_as_it_was_written() {
        let mut sorted = counts();
        sorted.buckets.reverse();
        assert_eq!(read("works by workType", TEXT), Ok(sorted));
    }

    #[rstest]
    fn a_value_that_is_its_own_label_may_have_blanks() {
        let counts =
            Counts { all: 9, buckets: vec![bucket("Public Health.", "Public Health.", 5)], cut: None };
        assert_eq!(read("works by subjects.label", &write("works by subjects.label", &counts)), Ok(counts));
    }

    #[rstest]
    #[case::of_another_count(
        "works\n\n5  all",
        "it says that it counts `works`, and not `works by workType`"
    )]
    #[case::without_a_total(
        "works by workType\n\n5  a  Books",
        "its first line does not say how many there are in all"
    )]
    #[case::with_a_number_that_is_none("works by workType\n\nmany  all", "its line `many  all` is none")]
    #[case::with_a_value_twice(
        "works by workType\n\n5  all\n2  a  Books\n3  a  Books",
        "it tells of `a` twice"
    )]
    #[case::empty("works by workType", "it holds no number")]
    fn a_text_that_is_no_baseline_of_this_count_is_refused(#[case] text: &str, #[case] because: &str) {
        assert_eq!(read("works by workType", text), Err(because.to_owned()));
    }
}
