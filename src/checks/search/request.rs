//! What a search asks the API for: its words and filters, with all that is needed to judge what comes back.

use std::collections::BTreeSet;

use super::super::WorkRequests;
use super::super::work::includes_of;
use crate::catalogue::{Endpoint, Facet, Include, Resource};
use crate::suite::{Claim, Look, Search, Shape};

/// The pages that the API has: small ones where only the first results count, otherwise the largest that there are.
const SMALL: usize = 10;
const LARGE: usize = 100;

/// The requests of one search.
pub(super) struct Request {
    search: Search,
    /// How many results are asked for at a time.
    pub(super) size: usize,
    /// How many pages are read at most.
    farthest: usize,
    works: BTreeSet<Include>,
    images: BTreeSet<&'static str>,
    facets: Vec<&'static Facet>,
}

impl Request {
    pub(super) fn new(search: Search, claims: &[Claim], look: Look) -> Self {
        let depth = claims.iter().map(|claim| depth(claim, look)).max().unwrap_or(SMALL);
        let size = if depth <= SMALL { SMALL } else { LARGE };
        let mut request = Self {
            size,
            farthest: depth.div_ceil(size),
            works: BTreeSet::new(),
            images: BTreeSet::new(),
            facets: Vec::new(),
            search,
        };
        for claim in claims {
            request.include_for(claim);
        }
        request
    }

    fn include_for(&mut self, claim: &Claim) {
        match (claim, self.endpoint()) {
            (Claim::Every(shape), Endpoint::Works) => self.works.extend(includes_of(shape)),
            (Claim::Every(shape), Endpoint::Images) => self.images.extend(image_includes(shape)),
            (Claim::Sorted { .. }, Endpoint::Works) => drop(self.works.insert(Include::Production)),
            (Claim::Facet(facet), _) => {
                self.facets.push(facet);
                self.works.extend(facet.name.split('.').next().and_then(Include::for_field));
            }
            _ => {}
        }
    }

    /// Whether it looks farther down than to what must come first.
    pub(super) fn looks_down(&self) -> bool {
        self.size == LARGE
    }

    /// What the records of works must include.
    pub(super) fn includes(&self) -> &BTreeSet<Include> {
        &self.works
    }

    pub(super) fn is_for_works(&self) -> bool {
        self.endpoint() == Endpoint::Works
    }

    pub(super) fn endpoint(&self) -> Endpoint {
        self.search.within.endpoint()
    }

    /// One page of the results, counted from 1, with the includes that this stage accepts.
    pub(super) fn page(&self, nr: usize, requests: &WorkRequests) -> Resource {
        let accepted = requests.accepted();
        let works =
            self.works.iter().filter(|include| accepted.contains(include)).map(|include| include.as_str());
        self.resource(nr, &works.chain(self.images.iter().copied()).collect::<Vec<_>>())
    }

    /// The first page, with all includes, for people.
    pub(super) fn shown(&self) -> Resource {
        self.resource(1, &self.works.iter().map(|include| include.as_str()).collect::<Vec<_>>())
    }

    fn resource(&self, nr: usize, includes: &[&str]) -> Resource {
        let mut parameters = parameters(&self.search);
        let facets: Vec<&str> = self.facets.iter().map(|facet| facet.name).collect();
        let of_page = if nr > 1 { nr.to_string() } else { String::new() };
        let rest = [
            ("include", includes.join(",")),
            ("aggregations", facets.join(",")),
            ("pageSize", self.size.to_string()),
            ("page", of_page),
        ];
        let rest = rest.into_iter().filter(|(_, value)| !value.is_empty());
        parameters.extend(rest.map(|(name, value)| (name.to_owned(), value)));
        at(&self.search, &parameters)
    }

    /// The pages after the first that are read, if the search finds so many results.
    pub(super) fn pages(&self, total: u64) -> std::ops::RangeInclusive<usize> {
        let there = usize::try_from(total).unwrap_or(usize::MAX).div_ceil(self.size);
        2..=there.min(self.farthest)
    }
}

/// The search as it is typed, without pages and includes.
pub(super) fn typed(search: &Search) -> Resource {
    at(search, &parameters(search))
}

fn at(search: &Search, parameters: &[(String, String)]) -> Resource {
    let path = search.within.endpoint().path();
    Resource::query(path, parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn parameters(search: &Search) -> Vec<(String, String)> {
    let named = |name: &str, value: &Option<String>| value.clone().map(|value| (name.to_owned(), value));
    let mut parameters: Vec<(String, String)> = named("query", &search.query).into_iter().collect();
    parameters.extend(search.within.parameters().map(|(name, value)| (name.to_owned(), value)));
    parameters.extend(named("sort", &search.sort));
    parameters.extend(named("sortOrder", &search.sort_order));
    parameters
}

/// How many results a claim looks at.
fn depth(claim: &Claim, look: Look) -> usize {
    match claim {
        Claim::First(ids) | Claim::FirstInOrder(ids) | Claim::Only(ids) => ids.len(),
        Claim::Results(_) => 1,
        Claim::Finds(_)
        | Claim::Ranks { .. }
        | Claim::Never(_)
        | Claim::Every(_)
        | Claim::Sorted { .. }
        | Claim::Facet(_) => look.results,
    }
}

/// The includes of images, all of which are about the work that the image is from.
fn image_includes(shape: &Shape) -> BTreeSet<&'static str> {
    const ALL: [&str; 4] = ["source.contributors", "source.genres", "source.languages", "source.subjects"];
    let Shape::Object(fields) = shape else { return BTreeSet::new() };
    let sources = fields.iter().filter(|(name, _)| name == "source");
    let of_source = sources.flat_map(|(_, shape)| includes_of(shape));
    let names: BTreeSet<String> = of_source.map(|include| format!("source.{include}")).collect();
    ALL.into_iter().filter(|include| names.contains(*include)).collect()
}
