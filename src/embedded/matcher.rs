//! The matcher: which records ask, directly or through others, to become one work.

use super::source::Record;

/// Puts records that are linked into one group; the order of groups and records stays as it was.
#[must_use]
pub fn groups(records: Vec<Record>) -> Vec<Vec<Record>> {
    let leaders = leaders(&records);
    let mut place = vec![usize::MAX; records.len()];
    let mut groups: Vec<Vec<Record>> = Vec::with_capacity(records.len());
    for (at, record) in records.into_iter().enumerate() {
        let leader = leaders[at];
        if place[leader] == usize::MAX {
            place[leader] = groups.len();
            groups.push(Vec::with_capacity(1));
        }
        groups[place[leader]].push(record);
    }
    groups
}

/// For each record, the first record of its group.
fn leaders(records: &[Record]) -> Vec<usize> {
    let mut by_id: Vec<(&str, usize)> =
        records.iter().enumerate().map(|(at, record)| (record.canonical.as_str(), at)).collect();
    by_id.sort_unstable();
    let mut leaders: Vec<usize> = (0..records.len()).collect();
    for (at, record) in records.iter().enumerate() {
        for link in &record.links {
            if let Ok(found) = by_id.binary_search_by(|entry| entry.0.cmp(&link.2)) {
                join(&mut leaders, at, by_id[found].1);
            }
        }
    }
    (0..records.len()).map(|at| leader(&leaders, at)).collect()
}

fn leader(leaders: &[usize], mut at: usize) -> usize {
    while leaders[at] != at {
        at = leaders[at];
    }
    at
}

fn join(leaders: &mut [usize], one: usize, other: usize) {
    let (one, other) = (leader(leaders, one), leader(leaders, other));
    leaders[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Link, System};

    fn record(id: &str, links: &[&str]) -> Record {
        let links = links.iter().map(|to| Link(System::Sierra, "".into(), (*to).to_owned())).collect();
        Record { canonical: id.to_owned(), links, ..Record::default() }
    }

    fn ids(groups: &[Vec<Record>]) -> Vec<Vec<&str>> {
        groups.iter().map(|group| group.iter().map(|record| record.canonical.as_str()).collect()).collect()
    }

    #[test]
    fn records_linked_through_a_third_are_one_group() {
        let groups = groups(vec![
            record("mets", &["ebib"]),
            record("other", &[]),
            record("bib", &[]),
            record("ebib", &["bib"]),
        ]);
        assert_eq!(ids(&groups), [vec!["mets", "bib", "ebib"], vec!["other"]]);
    }

    #[test]
    fn a_link_to_a_record_that_is_not_there_joins_nothing() {
        let groups = groups(vec![record("mets", &["gone"]), record("bib", &[])]);
        assert_eq!(ids(&groups), [vec!["mets"], vec!["bib"]]);
    }
}
