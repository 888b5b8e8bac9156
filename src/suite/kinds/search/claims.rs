//! What is said of the results of a search, as the gate sees it: claims, each of which can fail.

use crate::catalogue::{Facet, WorkId};
use crate::suite::Shape;

/// What must be answered.
#[derive(Debug, Clone)]
pub enum Expected {
    /// 400, with an error that contains this text.
    Refused(String),
    /// Results of which all this holds. Never empty.
    Results(Vec<Claim>, Look),
}

/// Something that is said of the results. No list of ids is empty, and none names an id twice.
#[derive(Debug, Clone)]
pub enum Claim {
    /// The first results are these, in any order.
    First(Vec<WorkId>),
    /// The first results are these, in this order.
    FirstInOrder(Vec<WorkId>),
    /// These are all the results, in any order.
    Only(Vec<WorkId>),
    /// These are among the results.
    Finds(Vec<WorkId>),
    /// These are found, and each before each of the others, which are found too.
    Ranks {
        /// The ones to come first.
        these: Vec<WorkId>,
        /// The ones to come later.
        before: Vec<WorkId>,
    },
    /// These exist, and are not among the results.
    Never(Vec<WorkId>),
    /// The number of all results is this (`Equals`, `AtLeast`, `AtMost` or `All` of these).
    Results(Shape),
    /// Each result has this shape.
    Every(Shape),
    /// The results stand in the order of their production dates.
    Sorted {
        /// The newest first.
        descending: bool,
    },
    /// The counts of this facet are those of this search.
    Facet(&'static Facet),
}

/// How far down the results are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// So many results, from the first.
    pub results: usize,
    /// Whether the file says so. If it does not, more results than that leave open what is below them.
    pub said: bool,
}

/// So many results are looked at where the file does not say how many: as many as the API puts on one page.
pub const LOOKED_AT: usize = 100;

/// The facets that can be compared with results: their buckets hold every value that there is, each by its id.
pub(super) const COMPARABLE: [&str; 4] =
    ["workType", "availabilities", "items.locations.license", "locations.license"];
