//! The faults: ways in which a catalogue can be wrong, which the embedded catalogue can put on to show that the gate
//! notices.
//!
//! Each is a small transformation at the place where the real failure happened, or would happen; there is a file for
//! each place, in the order of the pipeline. The API then serves what the spoiled pipeline has made, as the real one
//! would: nobody paints a fault onto its answers.

mod at_source;
mod in_api;
mod in_index;
mod in_ingestor;
mod in_matcher;
mod in_merger;
mod in_minter;
mod in_relations;
mod on_the_site;
mod on_the_wire;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::Slip;
use super::catalogue::Catalogue;
use super::merger::Outcome;
use super::minter::Minter;
use super::relations::Relations;
use super::script::Scripted;
use super::site::Lapse;
use super::source::Record;

pub(super) use on_the_wire::turn;

/// A way in which a catalogue can be wrong.
#[derive(Debug)]
pub struct Fault {
    /// What it is called: `unmerged`.
    pub name: &'static str,
    /// What is wrong under it, in a sentence for people who read no code.
    pub what: &'static str,
    /// The incident it repeats, or the promise it breaks.
    pub stands_for: &'static str,
    places: &'static [Place],
}

/// Where something goes wrong, and how.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In what the source systems deliver, or in how it is read.
    Source(fn(&mut Record)),
    /// In the id minter.
    Minter(fn(&mut Minter)),
    /// In what the id minter hands out.
    Minted(fn(&mut [Record])),
    /// In what the matcher sees.
    Matcher(fn(&mut Record)),
    /// In what the merger puts out.
    Merger(fn(&mut Vec<Outcome>)),
    /// In the relation embedder.
    Relations(fn(&mut BTreeMap<String, Relations>)),
    /// In the documents that the ingestor writes, of works and of images.
    Ingestor(fn(&mut Value)),
    /// In the indexes as a whole.
    Index(fn(&mut Catalogue)),
    /// In the API.
    Api(Slip),
    /// Between the API and its clients: what is answered instead, as a `Script` says.
    Wire(fn(&str, usize) -> Option<Scripted>),
    /// Behind the load balancer: of each four answers, one comes from a task of the release before.
    OldTask,
    /// On the website, whichever API its pages are made from.
    Site(Lapse),
}

/// Nothing is wrong.
pub static NONE: Fault = Fault { name: "none", what: "Nothing is wrong.", stands_for: "", places: &[] };

/// Every fault, in the order of the pipeline; those of the website come last.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    of_catalogue().chain(of_site())
}

/// The faults that show in what the API answers.
pub fn of_catalogue() -> impl Iterator<Item = &'static Fault> {
    [
        at_source::FAULTS,
        in_minter::FAULTS,
        in_matcher::FAULTS,
        in_merger::FAULTS,
        in_relations::FAULTS,
        in_ingestor::FAULTS,
        in_index::FAULTS,
        in_api::FAULTS,
        on_the_wire::FAULTS,
    ]
    .into_iter()
    .flatten()
}

/// The faults that show on the website's pages only.
pub fn of_site() -> impl Iterator<Item = &'static Fault> {
    on_the_site::FAULTS.iter()
}

/// The fault of that name, if there is one.
#[must_use]
pub fn named(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

impl Fault {
    /// Spoils a source record.
    pub(super) fn at_source(&self, record: &mut Record) {
        for place in self.places {
            if let Place::Source(spoil) = place {
                spoil(record);
            }
        }
    }

    /// Spoils the id minter.
    pub(super) fn in_minter(&self, minter: &mut Minter) {
        for place in self.places {
            if let Place::Minter(spoil) = place {
                spoil(minter);
            }
        }
    }

    /// Spoils records that have got their ids, before they are matched.
    pub(super) fn before_matching(&self, records: &mut [Record]) {
        for place in self.places {
            match place {
                Place::Minted(spoil) => spoil(records),
                Place::Matcher(spoil) => records.iter_mut().for_each(spoil),
                _ => {}
            }
        }
    }

    /// Spoils what has come of merging.
    pub(super) fn in_merger(&self, outcomes: &mut Vec<Outcome>) {
        for place in self.places {
            if let Place::Merger(spoil) = place {
                spoil(outcomes);
            }
        }
    }

    /// Spoils what works are told of their relatives.
    pub(super) fn in_relations(&self, relations: &mut BTreeMap<String, Relations>) {
        for place in self.places {
            if let Place::Relations(spoil) = place {
                spoil(relations);
            }
        }
    }

    /// Spoils a document, of a work or an image.
    pub(super) fn in_ingestor(&self, document: &mut Value) {
        for place in self.places {
            if let Place::Ingestor(spoil) = place {
                spoil(document);
            }
        }
    }

    /// Spoils the indexes.
    pub(super) fn in_index(&self, catalogue: &mut Catalogue) {
        for place in self.places {
            if let Place::Index(spoil) = place {
                spoil(catalogue);
            }
        }
    }

    /// Whether the API makes this slip.
    pub(super) fn slips(&self, slip: Slip) -> bool {
        self.places.iter().any(|place| matches!(place, Place::Api(one) if *one == slip))
    }

    /// Whether the website makes this lapse.
    pub(super) fn lapses(&self, lapse: Lapse) -> bool {
        self.places.iter().any(|place| matches!(place, Place::Site(one) if *one == lapse))
    }

    /// What is answered instead of what the API says, if anything.
    pub(super) fn on_the_wire(&self, path: &str, times_before: usize) -> Option<Scripted> {
        self.places.iter().find_map(|place| match place {
            Place::Wire(script) => script(path, times_before),
            _ => None,
        })
    }

    /// Whether a task of the release before still answers beside the new ones.
    pub(super) fn has_old_task(&self) -> bool {
        self.places.iter().any(|place| matches!(place, Place::OldTask))
    }
}
