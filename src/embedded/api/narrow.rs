//! Narrowing records by filters, in one pass for the results and for every facet.

use serde_json::Value;

use super::filters::Filter;

/// What the filters let through.
pub struct Narrowed<'a> {
    /// Records that pass every filter.
    pub passing: Vec<&'a Value>,
    /// Records that fail the filters of one facet only, with that facet: they count in its own buckets.
    pub but_for: Vec<(&'static str, &'a Value)>,
}

impl<'a> Narrowed<'a> {
    /// Tries `filters` on `records`, keeping their order.
    pub fn new(records: impl Iterator<Item = &'a Value>, filters: &[Filter]) -> Self {
        let mut narrowed = Self { passing: vec![], but_for: vec![] };
        for record in records {
            match failing(record, filters) {
                Failing::None => narrowed.passing.push(record),
                Failing::Facet(facet) => narrowed.but_for.push((facet, record)),
                Failing::Several => {}
            }
        }
        narrowed
    }

    /// The same where no facet is asked for: what fails one filter is not tried on the others.
    pub fn without_facets(records: impl Iterator<Item = &'a Value>, filters: &[Filter]) -> Self {
        let passing = records.filter(|record| filters.iter().all(|filter| filter.accepts(record)));
        Self { passing: passing.collect(), but_for: vec![] }
    }

    /// The records that count in the buckets of `facet`: a facet is not narrowed by its own filter.
    pub fn for_facet(&self, facet: &str) -> impl Iterator<Item = &'a Value> {
        let others = self.but_for.iter().filter(move |(but_for, _)| *but_for == facet);
        self.passing.iter().copied().chain(others.map(|(_, record)| *record))
    }
}

/// The facet that a field belongs to: filters by label and by id narrow the same one.
#[must_use]
pub fn facet(field: &str) -> &str {
    field.strip_suffix(".label").unwrap_or(field)
}

enum Failing {
    None,
    Facet(&'static str),
    Several,
}

fn failing(record: &Value, filters: &[Filter]) -> Failing {
    let mut failing = Failing::None;
    for filter in filters.iter().filter(|filter| !filter.accepts(record)) {
        let field = facet(filter.field);
        failing = match failing {
            Failing::None => Failing::Facet(field),
            Failing::Facet(other) if other == field => Failing::Facet(field),
            _ => return Failing::Several,
        };
    }
    failing
}
