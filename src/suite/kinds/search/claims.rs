//! What is said of the results of a search, as the gate sees it: claims, each of which can fail.

use crate::catalogue::WorkId;
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
    Facet(Facet),
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

/// A facet whose buckets hold every value that there is, so that its counts can be compared with the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The formats of works.
    WorkType,
    /// Where works can be seen.
    Availabilities,
    /// The licences of digitised works.
    ItemLicence,
    /// The licences of images.
    ImageLicence,
}

impl Facet {
    /// Every facet that can be compared.
    pub const ALL: [Self; 4] = [Self::WorkType, Self::Availabilities, Self::ItemLicence, Self::ImageLicence];

    /// What the API calls it when it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WorkType => "workType",
            Self::Availabilities => "availabilities",
            Self::ItemLicence => "items.locations.license",
            Self::ImageLicence => "locations.license",
        }
    }

    /// What the API calls it when it answers.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ImageLicence => "license",
            other => other.name(),
        }
    }

    /// The fields that lead from a record to the ids that are counted.
    #[must_use]
    pub fn path(self) -> &'static [&'static str] {
        match self {
            Self::WorkType => &["workType", "id"],
            Self::Availabilities => &["availabilities", "id"],
            Self::ItemLicence => &["items", "locations", "license", "id"],
            Self::ImageLicence => &["locations", "license", "id"],
        }
    }
}
