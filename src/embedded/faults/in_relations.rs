//! Faults of the relation embedder, which tells works what they are part of.

use std::collections::BTreeMap;

use super::{Fault, Place};
use crate::relations::Relations;

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "hierarchy-lost",
        what: "No archive has parts, and no file is part of anything.",
        stands_for: "The promise that an archive can be walked from its top to its files.",
        places: &[Place::Relations(BTreeMap::clear)],
    },
    Fault {
        name: "hierarchy-partial",
        what: "Files no longer name the section below the top of their archive.",
        stands_for: "A batch of the relation embedder that was not run.",
        places: &[Place::Relations(|relations| each(relations, drop_a_level))],
    },
    Fault {
        name: "siblings-collapsed",
        what: "Of all the parts that lie beside each other, only the first is listed.",
        stands_for: "Parts that are told apart by something they share.",
        places: &[Place::Relations(|relations| each(relations, |of| of.parts.truncate(1)))],
    },
    Fault {
        name: "children-orphaned",
        what: "Collections list their parts, but no part knows what it belongs to.",
        stands_for: "Relations that were written in one direction and not in the other.",
        places: &[Place::Relations(|relations| each(relations, |of| of.part_of.clear()))],
    },
    Fault {
        name: "cycle",
        what: "Each collection is said to be part of its own first part.",
        stands_for: "A relation embedder that links a collection below its own part: whoever walks up never arrives.",
        places: &[Place::Relations(|relations| each(relations, close_the_circle))],
    },
];

fn each(relations: &mut BTreeMap<String, Relations>, spoil: impl Fn(&mut Relations)) {
    relations.values_mut().for_each(spoil);
}

/// What lies deeper no longer names the level below the top; that level itself stays.
fn drop_a_level(relations: &mut Relations) {
    if let Some(below_the_top) = relations.part_of.len().checked_sub(2) {
        relations.part_of.remove(below_the_top);
    }
}

fn close_the_circle(relations: &mut Relations) {
    if relations.part_of.is_empty() {
        relations.part_of.extend(relations.parts.first().cloned());
    }
}
