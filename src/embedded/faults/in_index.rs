//! Faults of the indexes as a whole: too little in them, the wrong things, or an index that nobody meant.

use jiff::ToSpan;
use serde_json::Value;

use super::{Fault, Place};
use crate::catalogue::{Catalogue, Work};

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "half-index",
        what: "Every second work is missing.",
        stands_for: "A reindex that was switched to before it was through.",
        places: &[Place::Index(|catalogue| {
            let mut keep = false;
            catalogue.works.retain(|_, work| {
                keep = !keep;
                keep || !matches!(work, Work::Visible(_))
            });
        })],
    },
    Fault {
        name: "empty-index",
        what: "There is nothing in the catalogue: no work, no image, no concept.",
        stands_for: "An API that reads an index nobody has filled. It answers everything, and quickly.",
        places: &[Place::Index(|catalogue| {
            catalogue.works.clear();
            catalogue.images.clear();
            catalogue.concepts.clear();
        })],
    },
    Fault {
        name: "images-mostly-missing",
        what: "Of ten images that can be searched for, nine are missing.",
        stands_for: "An images index that was built from a part of the works.",
        places: &[Place::Index(|catalogue| {
            let mut at = 0;
            catalogue.images.retain(|_, _| {
                at += 1;
                at % 10 == 0
            });
        })],
    },
    Fault {
        name: "one-format-missing",
        what: "No work is listed as a sound recording.",
        stands_for: "A source, or a part of one, that was left out of a reindex. The total hardly moves.",
        places: &[Place::Index(|catalogue| {
            catalogue.works.retain(|_, work| !is_of_format(work, "i"));
        })],
    },
    Fault {
        name: "swapped-with-equal-totals",
        what: "What is listed as a film is missing, and as many books stand there twice under another id.",
        stands_for: "Losses that are made up for by gains: the total is as it was.",
        places: &[Place::Index(films_for_books)],
    },
    Fault {
        name: "stale-index",
        what: "The API reads the index of the pipeline before.",
        stands_for: "A deploy of the release that was meant to be replaced: all is well, but with something else.",
        places: &[Place::Index(|catalogue| catalogue.index = catalogue.index.before())],
    },
    Fault {
        name: "images-of-another-pipeline",
        what: "The API reads the works that it was built for, and the images of the pipeline before.",
        stands_for: "An index that was switched for one kind of record and forgotten for the other.",
        places: &[Place::Index(|catalogue| {
            catalogue.index.images_index = catalogue.index.before().images_index;
        })],
    },
    Fault {
        name: "frozen",
        what: "Nothing has reached the index for two months.",
        stands_for: "A pipeline that stopped in silence: every answer is as good as it was then.",
        places: &[Place::Index(|catalogue| {
            catalogue.index.updated = catalogue.index.updated.saturating_sub(60.days());
        })],
    },
];

fn is_of_format(work: &Work, code: &str) -> bool {
    matches!(work, Work::Visible(document) if document["workType"]["id"] == code)
}

/// For each film, a book once more.
fn films_for_books(catalogue: &mut Catalogue) {
    let books: Vec<Value> = catalogue.works.values().filter_map(|work| book(work).cloned()).collect();
    let before = catalogue.works.len();
    catalogue.works.retain(|_, work| !is_of_format(work, "g"));
    for mut book in books {
        if catalogue.works.len() == before {
            break;
        }
        let id = another_id(&book);
        book["id"] = Value::String(id.clone());
        catalogue.works.entry(id).or_insert_with(|| Work::Visible(book.into()));
    }
}

fn book(work: &Work) -> Option<&Value> {
    match work {
        Work::Visible(document) if is_of_format(work, "a") => Some(document),
        _ => None,
    }
}

/// An id that looks like any other: the same, read backwards after its first sign.
fn another_id(document: &Value) -> String {
    let id = document["id"].as_str().unwrap_or_default();
    let (first, rest) = id.split_at(1);
    format!("{first}{}", rest.chars().rev().collect::<String>())
}
