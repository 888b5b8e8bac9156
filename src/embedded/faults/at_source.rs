//! Faults in what the source systems deliver, or in how the transformer reads it.

use super::{Fault, Place};
use crate::api::Slip;
use crate::source::{Location, Record, Text};

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "restricted-becomes-open",
        what: "Digitised copies that are restricted or closed are offered as open.",
        stands_for: "The promise to depositors and families that what is closed stays closed.",
        places: &[Place::Source(|record| statuses(record, &["restricted", "closed"], "open"))],
    },
    Fault {
        name: "open-becomes-closed",
        what: "Digitised copies that are open are said to be closed.",
        stands_for: "The promise that what was digitised for everybody can be looked at by everybody.",
        places: &[Place::Source(|record| statuses(record, &["open"], "closed"))],
    },
    Fault {
        name: "deleted-visible-again",
        what: "Records that their source deleted or suppressed are shown again.",
        stands_for: "A reindex that reads old data: what was taken down for a reason comes back.",
        places: &[Place::Source(|record| record.state = None)],
    },
    Fault {
        name: "wrong-licence",
        what: "Digitised copies that are in copyright are offered under a free licence.",
        stands_for: "The promise to those who hold the rights, and to those who rely on what we say of them.",
        places: &[Place::Source(|record| licences(record, "inc", "cc-by"))],
    },
    Fault {
        name: "unknown-licence",
        what: "Some copies have a licence that the API does not know: it answers 500 for each, and for every page \
               that it stands on.",
        stands_for: "A value that the sources may write and the API cannot show takes down whole searches.",
        places: &[
            Place::Source(|record| licences(record, "cc-by-nc", "cc-by-nc-unheard-of")),
            Place::Api(Slip::RefusesUnknownLicences),
        ],
    },
    Fault {
        name: "mojibake",
        what: "Letters with accents, and every other script, turn into signs without sense.",
        stands_for: "Text of one encoding that is read as another, as happens when a reader of sources is replaced.",
        places: &[Place::Source(|record| every_text(record, mojibake))],
    },
    Fault {
        name: "entities",
        what: "Ampersands, quotation marks and apostrophes are shown as the codes that web pages write them by.",
        stands_for: "Text that is escaped twice on its way to the index.",
        places: &[Place::Source(|record| every_text(record, escaped))],
    },
];

/// Every place where a record says that something is.
fn locations(record: &mut Record) -> impl Iterator<Item = &mut Location> {
    let of_items = record.items.iter_mut().flat_map(|item| &mut item.locations);
    of_items.chain(record.images.iter_mut().flat_map(|picture| &mut picture.locations))
}

fn statuses(record: &mut Record, of: &[&str], to: &'static str) {
    for access in locations(record).filter(|place| place.is_digital()).flat_map(|place| &mut place.access) {
        if access.status.as_deref().is_some_and(|status| of.contains(&status)) {
            access.status = Some(to.into());
        }
    }
}

fn licences(record: &mut Record, of: &str, to: &'static str) {
    for place in locations(record).filter(|place| place.license.as_deref() == Some(of)) {
        place.license = Some(to.into());
    }
}

/// Rewrites the titles, descriptions, notes, dates, names and subjects of a record.
fn every_text(record: &mut Record, rewrite: impl Fn(&str) -> String) {
    let Record { title, alternative, description, lettering, notes, production, .. } = record;
    let single = [title, description, lettering].into_iter().flatten();
    let notes = notes.iter_mut().flat_map(|(_, contents)| contents);
    let events = production.iter_mut().map(|event| &mut event.label);
    let agents = record.contributors.iter_mut().map(|contributor| &mut contributor.agent.label);
    let subjects = record.subjects.iter_mut().flat_map(|subject| {
        let concepts = subject.concepts.iter_mut().map(|concept| &mut concept.label);
        concepts.chain([&mut subject.label])
    });
    for text in single.chain(alternative).chain(notes).chain(events).chain(agents).chain(subjects) {
        *text = Text::Owned(rewrite(text));
    }
}

/// UTF-8 that is read as Latin-1.
fn mojibake(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// Text as web pages write it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;")
}
