//! Which pages a sample is drawn from: by work type, by availability, of the whole catalogue, and the newest.
//!
//! Lists are ordered by id, and ids are random, so that a page of a list is a random handful of works. The API shows
//! only the first 10,000 results of any list; each work type and each availability has a list of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::random::Random;
use crate::suite::SampleOf;

/// Results beyond this one cannot be reached by paging.
const WINDOW: usize = 10_000;

/// The most that a page may hold.
const LARGEST_PAGE: usize = 100;

/// The facets that works are drawn from, each of whose buckets is a list of its own.
const FACETS: [&str; 2] = ["workType", "availabilities"];

/// The orders whose first page holds the newest: what was published last, and what was digitised last.
const NEWEST: [&str; 2] = ["production.dates", "items.locations.createdDate"];

/// How many works there are, and how many of each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strata {
    /// How many works the catalogue lists.
    pub total: usize,
    /// How many of each work type, by its id.
    pub of_type: BTreeMap<String, usize>,
    lists: Vec<List>,
}

/// A list that works are drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct List {
    /// What narrows or orders it.
    parameters: Vec<(&'static str, String)>,
    /// How many works it holds.
    holds: usize,
    /// Whether only its first page is of interest.
    first_only: bool,
}

/// A page that works are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Page<'s> {
    list: &'s List,
    number: usize,
    size: usize,
}

impl Strata {
    /// The request that tells them.
    #[must_use]
    pub fn request() -> Resource {
        Resource::new(format!("/works?aggregations={}&pageSize=1", FACETS.join(",")))
    }

    /// Reads its answer; `None` if it does not tell them.
    #[must_use]
    pub fn read(answer: &Value) -> Option<Self> {
        let total = count(answer.get("totalResults")?)?;
        let whole = List { parameters: Vec::new(), holds: total, first_only: false };
        let newest = NEWEST.map(|sort| List {
            parameters: vec![("sort", sort.to_owned()), ("sortOrder", "desc".to_owned())],
            holds: total,
            first_only: true,
        });
        let mut lists: Vec<List> = std::iter::once(whole).chain(newest).collect();
        for facet in FACETS {
            lists.extend(buckets(answer, facet)?.into_iter().map(|(id, holds)| List {
                parameters: vec![(facet, id)],
                holds,
                first_only: false,
            }));
        }
        lists.retain(|list| list.holds > 0);
        Some(Self { total, of_type: buckets(answer, FACETS[0])?.into_iter().collect(), lists })
    }

    /// Every page that the sample may be drawn from, in the order in which they are: one of each list, then another
    /// of each that has more, and so on.
    #[must_use]
    pub fn pages(&self, sample: SampleOf) -> Vec<Page<'_>> {
        let size = (sample.size / self.lists.len().max(1)).clamp(1, LARGEST_PAGE);
        let numbers: Vec<Vec<usize>> =
            self.lists.iter().map(|list| list.page_numbers(sample.seed, size)).collect();
        let rounds = numbers.iter().map(Vec::len).max().unwrap_or_default();
        let pages = (0..rounds).flat_map(|round| {
            let lists = self.lists.iter().zip(&numbers);
            lists.filter_map(move |(list, numbers)| Some(Page { list, number: *numbers.get(round)?, size }))
        });
        pages.collect()
    }

    /// How many lists there are: so many pages at least make a sample.
    #[must_use]
    pub fn lists(&self) -> usize {
        self.lists.len()
    }
}

impl List {
    /// The numbers of its pages, in the order in which they are drawn.
    fn page_numbers(&self, seed: u64, page_size: usize) -> Vec<usize> {
        if self.first_only {
            return vec![1];
        }
        let within_reach = (WINDOW / page_size).max(1);
        let mut numbers: Vec<usize> = (1..=self.holds.div_ceil(page_size).min(within_reach)).collect();
        let purpose: Vec<String> =
            self.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Random::new(seed, &purpose.concat()).shuffle(&mut numbers);
        numbers
    }
}

impl Page<'_> {
    /// The request for it.
    #[must_use]
    pub fn request(&self, includes: &BTreeSet<Include>) -> Resource {
        let (number, size) = (self.number.to_string(), self.size.to_string());
        let parameters = self.list.parameters.iter().map(|(name, value)| (*name, value.as_str()));
        Resource::query("/works", parameters.chain([("page", &*number), ("pageSize", &*size)]))
            .including(includes)
    }

    /// How many works it should hold.
    #[must_use]
    pub fn holds(&self) -> usize {
        self.list.holds.saturating_sub((self.number - 1) * self.size).min(self.size)
    }
}

/// The buckets of a facet: id and count. `None` if one has neither.
fn buckets(answer: &Value, facet: &str) -> Option<Vec<(String, usize)>> {
    let buckets = answer.pointer(&format!("/aggregations/{facet}/buckets"))?.as_array()?;
    buckets
        .iter()
        .map(|bucket| Some((bucket.pointer("/data/id")?.as_str()?.to_owned(), count(bucket.get("count")?)?)))
        .collect()
}

fn count(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}
