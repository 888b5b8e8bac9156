//! The documented filters of works and images.

use jiff::civil::Date;
use serde_json::Value;

use super::dates::{Day, Days};
use super::includes::Includes;
use super::paths::{self, Path};
use super::query::{Mistakes, Params};

/// A filter parameter whose values are compared with what stands at a path: one of them must be there.
type ByValue = (&'static str, Path);

const WORKS: [ByValue; 15] = [
    ("workType", &["workType", "id"]),
    ("languages", &["languages", "id"]),
    ("genres.label", &["genres", "label"]),
    ("genres", &["genres", "concepts", "id"]),
    ("subjects.label", &["subjects", "label"]),
    ("subjects", &["subjects", "id"]),
    ("contributors.agent.label", &["contributors", "agent", "label"]),
    ("contributors.agent", &["contributors", "agent", "id"]),
    ("identifiers", &["identifiers", "value"]),
    ("availabilities", &["availabilities", "id"]),
    ("items", &["items", "id"]),
    ("items.identifiers", &["items", "identifiers", "value"]),
    ("items.locations.locationType", &["items", "locations", "locationType", "id"]),
    ("items.locations.license", &["items", "locations", "license", "id"]),
    ("partOf", &["partOf", "id"]),
];
const WORKS_SINCE_AUGUST: [ByValue; 2] = [
    ("archive.category", &["archive", "category", "id"]),
    ("collection.root", &["collection", "root", "id"]),
];
const IMAGES: [ByValue; 7] = [
    ("locations.license", &["locations", "license", "id"]),
    ("source.contributors.agent.label", &["source", "contributors", "agent", "label"]),
    ("source.contributors.agent", &["source", "contributors", "agent", "id"]),
    ("source.genres.label", &["source", "genres", "label"]),
    ("source.genres", &["source", "genres", "concepts", "id"]),
    ("source.subjects.label", &["source", "subjects", "label"]),
    ("source.subjects", &["source", "subjects", "id"]),
];
/// Fields that are filtered by date, each with its two parameters.
const PRODUCED: [&str; 3] = ["production.dates", "production.dates.from", "production.dates.to"];
const CREATED: [&str; 3] =
    ["items.locations.createdDate", "items.locations.createdDate.from", "items.locations.createdDate.to"];
const SOURCE_PRODUCED: [&str; 3] =
    ["source.production.dates", "source.production.dates.from", "source.production.dates.to"];
const TYPES: [&str; 3] = ["Collection", "Series", "Section"];
const ACCESS_STATUS: &str = "items.locations.accessConditions.status";
const ACCESS_STATUSES: [&str; 7] = [
    "open",
    "open-with-advisory",
    "restricted",
    "closed",
    "licensed-resources",
    "unavailable",
    "permission-required",
];

/// One filter of a request.
pub struct Filter {
    /// The parameter that it comes from.
    pub field: &'static str,
    test: Test,
}

enum Test {
    OneOf { path: Path, values: Vec<String> },
    Access { with: Vec<String>, without: Vec<String> },
    Between { days: Days, from: Option<Day>, to: Option<Day> },
    IsRoot(bool),
}

impl Filter {
    /// Whether a document passes.
    #[must_use]
    pub fn accepts(&self, document: &Value) -> bool {
        match &self.test {
            Test::OneOf { path, values } => {
                let mut found = false;
                paths::visit(document, path, &mut |value| {
                    found =
                        found || value.as_str().is_some_and(|text| values.iter().any(|value| value == text));
                });
                found
            }
            Test::Access { with, without } => {
                let statuses =
                    paths::texts(document, &["items", "locations", "accessConditions", "status", "id"]);
                let any_of =
                    |wanted: &[String]| wanted.iter().any(|wanted| statuses.contains(&wanted.as_str()));
                (with.is_empty() || any_of(with)) && !any_of(without)
            }
            Test::Between { days, from, to } => {
                days.of(document).into_iter().any(|day| is_between(day, *from, *to))
            }
            Test::IsRoot(wanted) => {
                (document.pointer("/collection/isRoot") == Some(&Value::Bool(true))) == *wanted
            }
        }
    }

    /// The values that the filter lets through, if it is one by value.
    #[must_use]
    pub fn values(&self) -> &[String] {
        if let Test::OneOf { values, .. } = &self.test { values } else { &[] }
    }
}

fn is_between(day: Day, from: Option<Day>, to: Option<Day>) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// The filters on works of an index that was last `updated` on this day.
pub fn of_works(params: &Params, includes: Includes, updated: Date, mistakes: &mut Mistakes) -> Vec<Filter> {
    let mut filters = by_value(params, &WORKS);
    filters.extend(title_of_ancestor(params));
    filters.extend(type_of_work(params, mistakes));
    filters.extend(access_status(params, mistakes));
    filters.extend(between(params, PRODUCED, Days::Produced, mistakes));
    filters.extend(between(params, CREATED, Days::Created { updated }, mistakes));
    if includes == Includes::August {
        filters.extend(by_value(params, &WORKS_SINCE_AUGUST));
        filters.extend(is_root(params, mistakes));
    }
    filters
}

/// The filters on images, but for the one on dates, which images do not carry.
pub fn of_images(params: &Params) -> Vec<Filter> {
    by_value(params, &IMAGES)
}

/// The filter on the dates of the works that images come from; it is to be tried on the works.
pub fn of_image_sources(params: &Params, mistakes: &mut Mistakes) -> Option<Filter> {
    between(params, SOURCE_PRODUCED, Days::Produced, mistakes)
}

fn by_value(params: &Params, known: &'static [ByValue]) -> Vec<Filter> {
    let filter = |&(field, path): &(&'static str, Path)| {
        let values = params.list(field)?;
        Some(Filter { field, test: Test::OneOf { path, values } })
    };
    known.iter().filter_map(filter).collect()
}

/// A title is taken whole: it may well hold a comma.
fn title_of_ancestor(params: &Params) -> Option<Filter> {
    let title = params.get("partOf.title")?;
    let title = title.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(title);
    let test = Test::OneOf { path: &["partOf", "title"], values: vec![title.to_owned()] };
    Some(Filter { field: "partOf.title", test })
}

fn type_of_work(params: &Params, mistakes: &mut Mistakes) -> Option<Filter> {
    let types = params.choices("type", &TYPES, mistakes);
    let values: Vec<_> = types.into_iter().map(str::to_owned).collect();
    (!values.is_empty()).then_some(Filter { field: "type", test: Test::OneOf { path: &["type"], values } })
}

fn access_status(params: &Params, mistakes: &mut Mistakes) -> Option<Filter> {
    let asked = params.list(ACCESS_STATUS)?;
    let is_known = |value: &str| ACCESS_STATUSES.contains(&value.trim_start_matches('!'));
    let unknown: Vec<_> = asked.iter().filter(|value| !is_known(value)).collect();
    mistakes.note_unknown(ACCESS_STATUS, &unknown, &ACCESS_STATUSES);
    let (without, with): (Vec<_>, Vec<_>) = asked.into_iter().partition(|value| value.starts_with('!'));
    let without = without.iter().map(|value| value.trim_start_matches('!').to_owned()).collect();
    Some(Filter { field: ACCESS_STATUS, test: Test::Access { with, without } })
}

fn is_root(params: &Params, mistakes: &mut Mistakes) -> Option<Filter> {
    let field = "collection.isRoot";
    let wanted = *params.choices(field, &["true", "false"], mistakes).first()?;
    Some(Filter { field, test: Test::IsRoot(wanted == "true") })
}

fn between(
    params: &Params,
    [field, from, to]: [&'static str; 3],
    days: Days,
    mistakes: &mut Mistakes,
) -> Option<Filter> {
    let (from, to) = (params.day(from, mistakes), params.day(to, mistakes));
    (from.is_some() || to.is_some()).then_some(Filter { field, test: Test::Between { days, from, to } })
}
