//! Faults of the id minter, which hands out the ids that addresses, bookmarks and footnotes are made of.

use std::collections::BTreeMap;

use super::{Fault, Place};
use crate::minter::Minter;
use crate::source::{Record, System};

/// How many of the newest records of each part of the catalogue have their ids swapped.
const SWAPPED: usize = 12;

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "reminted-ids",
        what: "Every record has a new id: no address that was ever known leads anywhere.",
        stands_for: "A reindex that runs without the memory of the ids that were given out.",
        places: &[Place::Minter(Minter::forget)],
    },
    Fault {
        name: "ids-swapped",
        what: "The newest library records have got each other's ids.",
        stands_for: "Ids that are given out in another order than before: each address leads to some work, but not \
                     to its own.",
        places: &[Place::Minted(swap_newest)],
    },
];

/// Gives the newest records of the library, those of the highest numbers, each other's ids, pair by pair; whatever
/// refers to one of them goes along, as it would.
fn swap_newest(records: &mut [Record]) {
    let library = records.iter().filter(|record| record.system == Some(System::Sierra));
    let mut newest: Vec<(&str, &str)> =
        library.filter(|record| record.state.is_none()).map(|it| (&*it.id, &*it.canonical)).collect();
    newest.sort_unstable();
    let newest = newest.iter().rev().take(SWAPPED).map(|(_, id)| (*id).to_owned()).collect::<Vec<_>>();
    let pairs = newest.chunks_exact(2).flat_map(|pair| [(&pair[0], &pair[1]), (&pair[1], &pair[0])]);
    let other: BTreeMap<&str, &str> = pairs.map(|(one, other)| (&**one, &**other)).collect();
    for record in records {
        let links = record.links.iter_mut().map(|link| &mut link.2);
        for id in links.chain(&mut record.within).chain([&mut record.canonical]) {
            if let Some(swapped) = other.get(id.as_str()) {
                (*swapped).clone_into(id);
            }
        }
    }
}
