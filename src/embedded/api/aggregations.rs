//! Aggregations: how often each value of a field occurs among the results.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::dates;
use super::filters::Filter;
use super::includes::Includes;
use super::narrow::{Narrowed, facet};
use super::paths::{self, Path};
use super::query::{Mistakes, Params};

/// Facets with an open vocabulary show this many buckets.
const OPEN: usize = 20;
/// Facets with a closed vocabulary show all.
const CLOSED: usize = 1000;

/// An aggregation: its name, the key it is answered under, and where its values are.
struct Aggregation {
    name: &'static str,
    key: &'static str,
    path: Path,
    by: By,
    limit: usize,
}

/// What makes two values fall into the same bucket.
#[derive(Clone, Copy)]
enum By {
    /// Their id, with this way to it and to the label.
    Id(Path, &'static str),
    /// Their label.
    Label,
    /// The year that their label begins with.
    Year,
}

const ID: By = By::Id(&["id"], "label");
const CONCEPT: By = By::Id(&["concepts", "id"], "label");
const WORK: By = By::Id(&["id"], "title");

const fn facet_of(name: &'static str, key: &'static str, path: Path, by: By, limit: usize) -> Aggregation {
    Aggregation { name, key, path, by, limit }
}

const WORKS: [Aggregation; 11] = [
    facet_of("workType", "workType", &["workType"], ID, CLOSED),
    facet_of("genres.label", "genres.label", &["genres"], By::Label, OPEN),
    facet_of("genres", "genres.label", &["genres"], CONCEPT, OPEN),
    facet_of("production.dates", "production.dates", &["production", "dates"], By::Year, CLOSED),
    facet_of("subjects.label", "subjects.label", &["subjects"], By::Label, OPEN),
    facet_of("subjects", "subjects.label", &["subjects"], ID, OPEN),
    facet_of("languages", "languages", &["languages"], ID, CLOSED),
    facet_of("contributors.agent.label", "contributors.agent.label", AGENTS, By::Label, OPEN),
    facet_of("contributors.agent", "contributors.agent.label", AGENTS, ID, OPEN),
    facet_of(
        "items.locations.license",
        "items.locations.license",
        &["items", "locations", "license"],
        ID,
        CLOSED,
    ),
    facet_of("availabilities", "availabilities", &["availabilities"], ID, CLOSED),
];
const WORKS_SINCE_AUGUST: [Aggregation; 2] = [
    facet_of("archive.category", "archive.category", &["archive", "category"], ID, CLOSED),
    facet_of("collection.root", "collection.root", &["collection", "root"], WORK, OPEN),
];
const IMAGES: [Aggregation; 7] = [
    facet_of("locations.license", "license", &["locations", "license"], ID, CLOSED),
    facet_of(
        "source.contributors.agent.label",
        "source.contributors.agent.label",
        SOURCE_AGENTS,
        By::Label,
        OPEN,
    ),
    facet_of("source.contributors.agent", "source.contributors.agent.label", SOURCE_AGENTS, ID, OPEN),
    facet_of("source.genres.label", "source.genres.label", &["source", "genres"], By::Label, OPEN),
    facet_of("source.genres", "source.genres.label", &["source", "genres"], CONCEPT, OPEN),
    facet_of("source.subjects.label", "source.subjects.label", &["source", "subjects"], By::Label, OPEN),
    facet_of("source.subjects", "source.subjects.label", &["source", "subjects"], ID, OPEN),
];
const AGENTS: Path = &["contributors", "agent"];
const SOURCE_AGENTS: Path = &["source", "contributors", "agent"];

/// The aggregations that a request asks for.
pub struct Asked(Vec<&'static Aggregation>);

impl Asked {
    /// Of works.
    pub fn of_works(params: &Params, includes: Includes, mistakes: &mut Mistakes) -> Self {
        let own = if includes == Includes::August { &WORKS_SINCE_AUGUST[..] } else { &[] };
        Self::read(params, WORKS.iter().chain(own).collect(), mistakes)
    }

    /// Of images.
    pub fn of_images(params: &Params, mistakes: &mut Mistakes) -> Self {
        Self::read(params, IMAGES.iter().collect(), mistakes)
    }

    fn read(params: &Params, known: Vec<&'static Aggregation>, mistakes: &mut Mistakes) -> Self {
        let names: Vec<_> = known.iter().map(|aggregation| aggregation.name).collect();
        let asked = params.choices("aggregations", &names, mistakes);
        Self(known.into_iter().filter(|aggregation| asked.contains(&aggregation.name)).collect())
    }

    /// Whether none is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answers, or nothing if nothing was asked.
    #[must_use]
    pub fn answer(&self, records: &Narrowed, filters: &[Filter]) -> Option<Value> {
        if self.0.is_empty() {
            return None;
        }
        let mut answers: Map<String, Value> = Map::new();
        for aggregation in &self.0 {
            let selected = filters.iter().filter(|filter| filter.field == aggregation.name);
            let selected: Vec<_> = selected.flat_map(Filter::values).map(String::as_str).collect();
            let counted = aggregation.count(records.for_facet(facet(aggregation.name)));
            let buckets = aggregation.buckets(counted, &selected);
            answers.insert(aggregation.key.to_owned(), json!({"buckets": buckets, "type": "Aggregation"}));
        }
        answers.insert("type".to_owned(), json!("Aggregations"));
        Some(Value::Object(answers))
    }
}

/// A bucket under way.
struct Bucket<'a> {
    id: Option<&'a str>,
    label: &'a str,
    count: usize,
}

impl Aggregation {
    /// How many of `records` have each value; a record counts once in a bucket, however often it has the value.
    fn count<'a>(&self, records: impl Iterator<Item = &'a Value>) -> HashMap<&'a str, Bucket<'a>> {
        let mut buckets = HashMap::new();
        for record in records {
            let mut seen = vec![];
            for value in paths::values(record, self.path) {
                let Some((key, id, label)) = self.by.key(value) else { continue };
                if !seen.contains(&key) {
                    seen.push(key);
                    buckets.entry(key).or_insert(Bucket { id, label, count: 0 }).count += 1;
                }
            }
        }
        buckets
    }

    /// The buckets in order, fullest first; a value that is filtered by is shown wherever it stands.
    fn buckets(&self, counted: HashMap<&str, Bucket>, selected: &[&str]) -> Vec<Value> {
        let mut ordered: Vec<_> = counted.into_iter().collect();
        ordered.sort_by(|(one, a), (other, b)| b.count.cmp(&a.count).then_with(|| one.cmp(other)));
        let shown = ordered
            .iter()
            .enumerate()
            .filter(|(place, (key, _))| *place < self.limit || selected.contains(key));
        shown.map(|(_, (_, bucket))| bucket.json()).collect()
    }
}

impl Bucket<'_> {
    fn json(&self) -> Value {
        let data = match self.id {
            Some(id) => json!({"id": id, "label": self.label}),
            None => json!({"label": self.label}),
        };
        json!({"data": data, "count": self.count, "type": "AggregationBucket"})
    }
}

impl By {
    /// The key of the bucket that a value falls into, with the id and the label to show.
    fn key(self, value: &Value) -> Option<(&str, Option<&str>, &str)> {
        match self {
            Self::Id(path, label) => {
                let id = *paths::texts(value, path).first()?;
                Some((id, Some(id), value.get(label)?.as_str()?))
            }
            Self::Label => {
                let label = value.get("label")?.as_str()?;
                Some((label, None, label))
            }
            Self::Year => {
                let label = value.get("label")?.as_str()?;
                let year = dates::first_year(label)?.to_string();
                let year = &label[label.find(&year)?..][..year.len()];
                Some((year, None, year))
            }
        }
    }
}
