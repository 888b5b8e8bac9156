//! What lists can be narrowed and broken down by: every documented filter and facet, endpoint by endpoint.
//!
//! The API ignores a parameter that it does not know, so a misspelt filter lets everything through. Whoever writes a
//! filter is therefore held to this table, which is that of the API's published descriptions of July and August 2026.

/// A list of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// `/works`.
    Works,
    /// `/images`.
    Images,
    /// `/concepts`.
    Concepts,
}

/// A parameter that narrows a list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filter {
    /// The parameter's name.
    pub name: &'static str,
    /// What its values are.
    pub takes: Takes,
    /// Whether only the description of August 2026 has it, so that a stage may still ignore it.
    pub is_new: bool,
}

/// What the values of a filter are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    /// Ids and codes, none of which holds a comma.
    Ids,
    /// Labels: text that may hold a comma, and is quoted then.
    Labels,
    /// One title, taken as it stands.
    Title,
    /// A day.
    Day,
    /// `true` or `false`.
    Flag,
}

/// A breakdown of a list: how many of its records have each value of a field (an *aggregation*, as the API calls it).
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet {
    /// Its name, which is that of the filter by the same field, if there is one.
    pub name: &'static str,
    /// The key that its buckets are answered under.
    pub key: &'static str,
    /// How many values a record can have.
    pub values: Values,
    /// Which of its buckets the API shows.
    pub shows: Shows,
    /// Whether only the description of August 2026 has it, so that a stage may refuse it.
    pub is_new: bool,
}

/// How many values of a facet a record can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Values {
    /// One at most, so that each record counts in one bucket at most.
    One,
    /// Any number.
    Several,
}

/// Which buckets of a facet the API shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// All of them.
    All,
    /// This many at most, the fullest. Seen in recorded answers; no description tells.
    Fullest(usize),
}

const fn filter(name: &'static str, takes: Takes) -> Filter {
    Filter { name, takes, is_new: false }
}

const fn new_filter(name: &'static str, takes: Takes) -> Filter {
    Filter { name, takes, is_new: true }
}

const fn facet(name: &'static str, key: &'static str, values: Values, shows: Shows) -> Facet {
    Facet { name, key, values, shows, is_new: false }
}

const fn new_facet(name: &'static str, values: Values, shows: Shows) -> Facet {
    Facet { name, key: name, values, shows, is_new: true }
}

static WORKS: [Filter; 25] = [
    filter("workType", Takes::Ids),
    filter("type", Takes::Ids),
    filter("languages", Takes::Ids),
    filter("genres.label", Takes::Labels),
    filter("genres", Takes::Ids),
    filter("subjects.label", Takes::Labels),
    filter("subjects", Takes::Ids),
    filter("contributors.agent.label", Takes::Labels),
    filter("contributors.agent", Takes::Ids),
    filter("identifiers", Takes::Labels),
    filter("availabilities", Takes::Ids),
    filter("partOf", Takes::Ids),
    filter("partOf.title", Takes::Title),
    filter("items", Takes::Ids),
    filter("items.identifiers", Takes::Labels),
    filter("items.locations.locationType", Takes::Ids),
    filter("items.locations.license", Takes::Ids),
    filter("items.locations.accessConditions.status", Takes::Ids),
    filter("production.dates.from", Takes::Day),
    filter("production.dates.to", Takes::Day),
    filter("items.locations.createdDate.from", Takes::Day),
    filter("items.locations.createdDate.to", Takes::Day),
    new_filter("archive.category", Takes::Ids),
    new_filter("collection.root", Takes::Ids),
    new_filter("collection.isRoot", Takes::Flag),
];

static IMAGES: [Filter; 10] = [
    filter("color", Takes::Ids),
    filter("locations.license", Takes::Ids),
    filter("source.contributors.agent.label", Takes::Labels),
    filter("source.contributors.agent", Takes::Ids),
    filter("source.genres.label", Takes::Labels),
    filter("source.genres", Takes::Ids),
    filter("source.subjects.label", Takes::Labels),
    filter("source.subjects", Takes::Ids),
    filter("source.production.dates.from", Takes::Day),
    filter("source.production.dates.to", Takes::Day),
];

static CONCEPTS: [Filter; 2] = [filter("identifiers.identifierType", Takes::Ids), filter("id", Takes::Ids)];

/// A facet with an open vocabulary shows this many buckets.
const OPEN: Shows = Shows::Fullest(20);
/// As many languages as were ever shown.
const LANGUAGES: Shows = Shows::Fullest(200);

static FACETS_OF_WORKS: [Facet; 13] = [
    facet("workType", "workType", Values::One, Shows::All),
    facet("genres.label", "genres.label", Values::Several, OPEN),
    facet("genres", "genres.label", Values::Several, OPEN),
    facet("production.dates", "production.dates", Values::Several, Shows::All),
    facet("subjects.label", "subjects.label", Values::Several, OPEN),
    facet("subjects", "subjects.label", Values::Several, OPEN),
    facet("languages", "languages", Values::Several, LANGUAGES),
    facet("contributors.agent.label", "contributors.agent.label", Values::Several, OPEN),
    facet("contributors.agent", "contributors.agent.label", Values::Several, OPEN),
    facet("items.locations.license", "items.locations.license", Values::Several, Shows::All),
    facet("availabilities", "availabilities", Values::Several, Shows::All),
    new_facet("archive.category", Values::One, Shows::All),
    new_facet("collection.root", Values::One, OPEN),
];

static FACETS_OF_IMAGES: [Facet; 7] = [
    facet("locations.license", "license", Values::Several, Shows::All),
    facet("source.contributors.agent.label", "source.contributors.agent.label", Values::Several, OPEN),
    facet("source.contributors.agent", "source.contributors.agent.label", Values::Several, OPEN),
    facet("source.genres.label", "source.genres.label", Values::Several, OPEN),
    facet("source.genres", "source.genres.label", Values::Several, OPEN),
    facet("source.subjects.label", "source.subjects.label", Values::Several, OPEN),
    facet("source.subjects", "source.subjects.label", Values::Several, OPEN),
];

impl Endpoint {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Works, Self::Images, Self::Concepts];

    /// Its name, in the plural, as people say it: `works`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Images => "images",
            Self::Concepts => "concepts",
        }
    }

    /// So many of its records, in words: `1 work`.
    #[must_use]
    pub fn noun(self, number: u64) -> &'static str {
        let many = self.name();
        if number == 1 { &many[..many.len() - 1] } else { many }
    }

    /// Its path below the API's root.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Works => "/works",
            Self::Images => "/images",
            Self::Concepts => "/concepts",
        }
    }

    /// The list of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name)
    }

    /// Every parameter that narrows it.
    #[must_use]
    pub fn filters(self) -> &'static [Filter] {
        match self {
            Self::Works => &WORKS,
            Self::Images => &IMAGES,
            Self::Concepts => &CONCEPTS,
        }
    }

    /// What it can be sorted by.
    #[must_use]
    pub fn sorts(self) -> &'static [&'static str] {
        match self {
            Self::Works => &["production.dates", "items.locations.createdDate", "collectionPath"],
            Self::Images => &["source.production.dates"],
            Self::Concepts => &[],
        }
    }

    /// Every breakdown of it.
    #[must_use]
    pub fn facets(self) -> &'static [Facet] {
        match self {
            Self::Works => &FACETS_OF_WORKS,
            Self::Images => &FACETS_OF_IMAGES,
            Self::Concepts => &[],
        }
    }

    /// The filter of this name.
    #[must_use]
    pub fn filter(self, name: &str) -> Option<&'static Filter> {
        self.filters().iter().find(|filter| filter.name == name)
    }

    /// The facet of this name.
    #[must_use]
    pub fn facet(self, name: &str) -> Option<&'static Facet> {
        self.facets().iter().find(|facet| facet.name == name)
    }
}

impl Facet {
    /// Whether it can be asked for together with others: one that a stage may refuse would spoil their answer, and of
    /// the two that are answered under one key, only one can be.
    #[must_use]
    pub fn shares(&self) -> bool {
        !self.is_new && self.name.strip_suffix(".label").is_none()
    }
}
