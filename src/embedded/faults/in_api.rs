//! Faults of the API itself, over a catalogue in which nothing is wrong.

use super::{Fault, Place};
use crate::api::Slip;

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "redirects-to-prod-host",
        what: "The old addresses of merged records lead to prod, whichever host was asked.",
        stands_for: "Whoever looks at stage is led to prod unawares, and finds everything in order.",
        places: &[Place::Api(Slip::RedirectsToProd)],
    },
    Fault {
        name: "search-unranked",
        what: "Results come in the order of their ids, not with the best first.",
        stands_for: "A query whose scores are lost: the work that was searched for is on page nine.",
        places: &[Place::Api(Slip::IgnoresRank)],
    },
    Fault {
        name: "search-ignores-filter",
        what: "A search with a filter finds what it finds without.",
        stands_for: "A filter that is quietly ignored turns a search for open pictures into a search for all.",
        places: &[Place::Api(Slip::IgnoresFilters)],
    },
    Fault {
        name: "totals-capped",
        what: "No search says that it has found more than a thousand works, however many there are.",
        stands_for: "Elasticsearch counts no further than it is told to, and says so to nobody.",
        places: &[Place::Api(Slip::CapsTotals)],
    },
    Fault {
        name: "facet-ignores-query",
        what: "The counts beside a search are those of the whole catalogue.",
        stands_for: "A filter of the website that promises hundreds of works and shows none.",
        places: &[Place::Api(Slip::CountsEverything)],
    },
    Fault {
        name: "accepts-anything",
        what: "A request that makes no sense is answered as if it made some.",
        stands_for: "A misspelt filter that is answered without it, so that nobody finds the mistake.",
        places: &[Place::Api(Slip::AcceptsAnything)],
    },
    Fault {
        name: "search-finds-anything",
        what: "A search for what is not there finds the whole catalogue.",
        stands_for: "A query that falls back on something else, and tells nobody that nothing was found.",
        places: &[Place::Api(Slip::FindsAnything)],
    },
    Fault {
        name: "unknown-works-break-it",
        what: "The API fails with 500 where it should say that there is no such work.",
        stands_for: "A mistyped address looks like a breakdown, and readers are told to try again later.",
        places: &[Place::Api(Slip::BreaksAtUnknownWorks)],
    },
];
