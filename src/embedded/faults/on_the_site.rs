//! Faults of the website, over an API that answers as it should.
//!
//! Only who looks at its pages can notice them, so they are listed apart from those of the catalogue.

use super::{Fault, Place};
use crate::site::Lapse;

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "site-script-error",
        what: "The script of the website's pages fails as soon as it runs.",
        stands_for: "A deploy of the website that is half through: its menu and its viewer do nothing.",
        places: &[Place::Site(Lapse::ScriptOfAnotherRelease)],
    },
    Fault {
        name: "site-asset-missing",
        what: "The stylesheet of the website's pages is not there.",
        stands_for: "Pages that name a resource of the release before, which is gone: all is there, and looks broken.",
        places: &[Place::Site(Lapse::LosesStylesheet)],
    },
    Fault {
        name: "site-crashes",
        what: "Pages of works say that something went wrong, with the status of pages that are in order.",
        stands_for: "April 2025: works could not be seen on the website, while every status said that all was well.",
        places: &[Place::Site(Lapse::Crashes)],
    },
];
