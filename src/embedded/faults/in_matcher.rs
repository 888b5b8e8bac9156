//! Faults of the matcher: it does not see that some records belong together, so that they are not merged.

use super::{Fault, Place};
use crate::source::{Record, System};

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "unmerged",
        what: "Archives have no digitised copy: nothing to view, no thumbnail, not available online; the library \
               record that used to lead to the archive is a work of its own.",
        stands_for: "5 January 2021: for two hours, no digitised archive had a View button.",
        places: &[Place::Matcher(|record| record.links.retain(|link| link.0 != System::Calm))],
    },
    Fault {
        name: "unmerged-books",
        what: "A book and its digitised copy are two works, one on the shelf and one online.",
        stands_for: "The promise that a reader finds both copies of a book in one place.",
        places: &[Place::Matcher(|record| {
            if record.system == Some(System::Sierra) {
                record.links.retain(|link| link.0 != System::Sierra);
            }
        })],
    },
    Fault {
        name: "unmerged-pictures",
        what: "A picture and its photograph are two works: one cannot be seen, the other says nothing.",
        stands_for: "January 2021: the photographs of the old image library were lost from their works.",
        places: &[Place::Matcher(|record| unlink(record, System::Miro))],
    },
    Fault {
        name: "unmerged-digital-copies",
        what: "No digitised copy is joined to any work.",
        stands_for: "As on 5 January 2021, but for every work and not only archives.",
        places: &[Place::Matcher(|record| unlink(record, System::Mets))],
    },
];

/// A record of this system no longer asks to be merged with anything.
fn unlink(record: &mut Record, system: System) {
    if record.system == Some(system) {
        record.links.clear();
    }
}
