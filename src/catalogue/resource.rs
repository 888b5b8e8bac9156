//! A resource: one thing that can be asked for with a GET, named by its path and query below the API's root.

use std::collections::BTreeSet;
use std::fmt;

use super::{Include, WorkId};

/// A path and query below the API's root, such as `/works/a222zvge?include=identifiers,items`.
///
/// Two checks that need the same resource hold equal values, so that it is fetched once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource(String);

impl Resource {
    /// The resource at this path and query; they start with `/` and are encoded already.
    #[must_use]
    pub fn new(path_and_query: impl Into<String>) -> Self {
        Self(path_and_query.into())
    }

    /// A single work, with these includes.
    #[must_use]
    pub fn work(id: &WorkId, includes: &BTreeSet<Include>) -> Self {
        Self::new(with_includes(&format!("/works/{id}?"), includes))
    }

    /// The works that carry this identifier value, with their identifiers.
    #[must_use]
    pub fn works_with_identifier(value: &str) -> Self {
        Self::new(format!("/works?identifiers={}&include=identifiers", encode(value)))
    }

    /// Which index the stage reads: `worksIndex`, `pipelineDate`, `clusterName` (undocumented).
    #[must_use]
    pub fn elastic_config() -> Self {
        Self::new("/_elasticConfig")
    }

    /// The path and query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn with_includes(start: &str, includes: &BTreeSet<Include>) -> String {
    if includes.is_empty() {
        return start.trim_end_matches(['?', '&']).to_owned();
    }
    let list: Vec<&str> = includes.iter().map(|include| include.as_str()).collect();
    format!("{start}include={}", list.join(","))
}

/// A value as it stands in a query.
fn encode(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
