//! The relation embedder: tells each work which works it is part of and which are its parts.

use std::collections::BTreeMap;

use super::merger::Outcome;
use super::source::{Record, System, Text};

/// A work as its relatives show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its canonical id; a series without a record has none.
    pub id: Option<String>,
    /// Its title.
    pub title: Text,
    /// Its reference.
    pub reference: Option<Text>,
    /// `Work`, `Collection`, `Section` or `Series`.
    pub kind: Text,
    /// How many direct parts it has.
    pub total_parts: usize,
    /// Whether it can be seen online.
    pub online: bool,
}

/// The relatives of one work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relations {
    /// What it is part of, nearest first, then the series without a record.
    pub part_of: Vec<Related>,
    /// Its direct parts, in order.
    pub parts: Vec<Related>,
    /// The work itself, as its relatives show it, where it has parts.
    pub itself: Option<Related>,
}

/// The relatives of every work that has any in a hierarchy, by canonical id. `is_online` tells what can be seen.
#[must_use]
pub fn embed(outcomes: &[Outcome], is_online: impl Fn(&Record) -> bool) -> BTreeMap<String, Relations> {
    let tree = Tree::of(outcomes);
    let mut relations = BTreeMap::new();
    for record in tree.members() {
        let parts = tree.children(&record.canonical);
        let itself = (!parts.is_empty()).then(|| tree.related(record, &is_online));
        let entry = Relations {
            part_of: tree.ancestors(record).map(|ancestor| tree.related(ancestor, &is_online)).collect(),
            parts: parts.iter().map(|part| tree.related(part, &is_online)).collect(),
            itself,
        };
        relations.insert(record.canonical.clone(), entry);
    }
    relations
}

/// The series that have no record, as relatives.
#[must_use]
pub fn series(titles: Vec<Text>) -> Vec<Related> {
    titles
        .into_iter()
        .map(|title| Related {
            id: None,
            title,
            reference: None,
            kind: "Series".into(),
            total_parts: 0,
            online: false,
        })
        .collect()
}

/// The records of all hierarchies.
struct Tree<'a> {
    records: BTreeMap<&'a str, &'a Record>,
    children: BTreeMap<&'a str, Vec<&'a Record>>,
}

impl<'a> Tree<'a> {
    fn of(outcomes: &'a [Outcome]) -> Self {
        let works = || {
            outcomes.iter().filter_map(|outcome| match outcome {
                Outcome::Visible(record) => Some(&**record),
                _ => None,
            })
        };
        let mut children: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        for record in works() {
            if let Some(parent) = &record.within {
                children.entry(parent).or_default().push(record);
            }
        }
        for parts in children.values_mut() {
            parts.sort_by(|one, other| place(one).cmp(&place(other)));
        }
        let records = works()
            .filter(|record| record.within.is_some() || children.contains_key(record.canonical.as_str()))
            .map(|record| (record.canonical.as_str(), record))
            .collect();
        Self { records, children }
    }

    fn members(&self) -> impl Iterator<Item = &'a Record> {
        self.records.values().copied()
    }

    fn children(&self, id: &str) -> &[&'a Record] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    fn ancestors(&self, record: &'a Record) -> impl Iterator<Item = &'a Record> {
        let parent = |record: &Record| self.records.get(record.within.as_deref()?).copied();
        std::iter::successors(parent(record), move |record| parent(record))
    }

    fn related(&self, record: &Record, is_online: impl Fn(&Record) -> bool) -> Related {
        Related {
            id: Some(record.canonical.clone()),
            title: record.title.clone().unwrap_or_default(),
            // Only archives are cited by their place in a hierarchy.
            reference: record.reference.clone().filter(|_| record.system == Some(System::Calm)),
            kind: record.kind.clone().unwrap_or(Text::Borrowed("Work")),
            total_parts: self.children(&record.canonical).len(),
            online: is_online(record),
        }
    }
}

/// What parts are ordered by: their stated place, else the reference with its numbers read as numbers, else the id.
fn place(record: &Record) -> (u32, Vec<(u32, &str)>, &str) {
    let reference = record.reference.as_deref().unwrap_or_default();
    let steps =
        reference.split(['/', '.', ' ']).map(|step| (step.parse().unwrap_or(u32::MAX), step)).collect();
    (record.order, steps, &record.canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(id: &str, parent: Option<&str>, reference: &'static str) -> Outcome {
        Outcome::Visible(Box::new(Record {
            canonical: id.to_owned(),
            within: parent.map(str::to_owned),
            title: Some(format!("title of {id}").into()),
            reference: Some(reference.into()),
            ..Record::default()
        }))
    }

    fn ids(related: &[Related]) -> Vec<&str> {
        related.iter().filter_map(|related| related.id.as_deref()).collect()
    }

    fn archive() -> Vec<Outcome> {
        vec![
            work("item10", Some("section"), "PP/1/10"),
            work("item2", Some("section"), "PP/1/2"),
            work("section", Some("root"), "PP/1"),
            work("root", None, "PP"),
            work("alone", None, ""),
        ]
    }

    #[test]
    fn ancestors_are_told_nearest_first() {
        let relations = embed(&archive(), |_| false);
        assert_eq!(ids(&relations["item2"].part_of), ["section", "root"]);
    }

    #[test]
    fn parts_are_direct_and_in_the_order_of_their_references() {
        let relations = embed(&archive(), |_| false);
        assert_eq!(ids(&relations["section"].parts), ["item2", "item10"]);
        assert_eq!(ids(&relations["root"].parts), ["section"]);
    }

    #[test]
    fn total_parts_counts_the_direct_parts() {
        let relations = embed(&archive(), |_| false);
        let totals: Vec<_> = relations["item2"].part_of.iter().map(|related| related.total_parts).collect();
        assert_eq!(totals, [2, 1]);
    }

    #[test]
    fn a_work_outside_any_hierarchy_has_no_relations() {
        assert!(!embed(&archive(), |_| false).contains_key("alone"));
    }

    #[test]
    fn a_parent_that_is_not_there_is_not_told() {
        let relations = embed(&[work("orphan", Some("gone"), "PP/1")], |_| false);
        assert_eq!(relations["orphan"].part_of, []);
    }
}
