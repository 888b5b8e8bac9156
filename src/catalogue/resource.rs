//! A resource: one thing that can be asked for with a GET, named by whom it is asked of and by its path and query.

use std::collections::BTreeSet;
use std::fmt;

use super::{Device, Include, WorkId};

/// What is asked, and of whom: a path and query below the stage's root, such as
/// `/works/a222zvge?include=identifiers,items`; the same of prod, `prod:/works/a222zvge`; a page of the website,
/// `page:desktop:/works/a222zvge`; or a whole address elsewhere.
/// `#2` at its end asks for the same a second time.
///
/// Two checks that need the same resource hold equal values, so that it is fetched once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource(String);

/// Whom a resource is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The API that is judged.
    Stage,
    /// The API that people use now, to compare with.
    Prod,
    /// Another host, which a record links to.
    Elsewhere,
    /// The website: a page, as a browser shows it.
    Site,
}

const OF_PROD: &str = "prod:";
const OF_SITE: &str = "page:";

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

    /// The resource at this path, with these parameters; their values are encoded here.
    #[must_use]
    pub fn query<'a>(path: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let query: Vec<String> =
            parameters.into_iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let separator = if query.is_empty() { "" } else { "?" };
        Self(format!("{path}{separator}{}", query.join("&")))
    }

    /// The same with these includes; it has a query already.
    #[must_use]
    pub fn including(&self, includes: &BTreeSet<Include>) -> Self {
        Self(with_includes(&format!("{}&", self.0), includes))
    }

    /// What a record links to: a whole address, with scheme and host.
    #[must_use]
    pub fn elsewhere(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// A page of the website, by its path, as it is seen with this device: `page:phone:/works/a222zvge`.
    #[must_use]
    pub fn page(path: &str, device: Device) -> Self {
        Self(format!("{OF_SITE}{device}:{path}"))
    }

    /// What a page is looked at with, if it is one.
    #[must_use]
    pub fn device(&self) -> Option<Device> {
        let (device, _) = self.0.strip_prefix(OF_SITE)?.split_once(':')?;
        Device::named(device)
    }

    /// The same, asked of prod.
    #[must_use]
    pub fn on_prod(&self) -> Self {
        Self(format!("{OF_PROD}{}", self.0))
    }

    /// The same, asked once more; `nr` is 2 for the second time. The answer to each is kept.
    #[must_use]
    pub fn again(&self, nr: usize) -> Self {
        Self(format!("{}#{nr}", self.0))
    }

    /// Whom it is asked of.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match &self.0 {
            name if name.starts_with(OF_PROD) => Origin::Prod,
            name if name.starts_with(OF_SITE) => Origin::Site,
            name if name.starts_with('/') => Origin::Stage,
            _ => Origin::Elsewhere,
        }
    }

    /// What is sent: path and query below the API's root or the website's, or the whole address.
    #[must_use]
    pub fn path(&self) -> &str {
        let of_site =
            self.0.strip_prefix(OF_SITE).and_then(|rest| rest.split_once(':')).map(|(_, path)| path);
        let path = of_site.or(self.0.strip_prefix(OF_PROD)).unwrap_or(&self.0);
        path.split('#').next().unwrap_or(path)
    }

    /// Its name, by which it is told from every other.
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
        match self.device() {
            Some(device) => write!(f, "the page {} on a {device}", self.path()),
            None => f.write_str(&self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;

    use super::{Device, Include, Origin, Resource};

    #[rstest]
    #[case::of_the_stage(Resource::new("/works?page=2"), Origin::Stage, "/works?page=2")]
    #[case::of_prod(Resource::new("/works?page=2").on_prod(), Origin::Prod, "/works?page=2")]
    #[case::once_more(Resource::new("/works?page=2").again(3), Origin::Stage, "/works?page=2")]
    #[case::of_prod_once_more(Resource::new("/works").again(2).on_prod(), Origin::Prod, "/works")]
    #[case::with_parameters(
        Resource::query("/works", [("query", "a & b"), ("page", "2")]), Origin::Stage, "/works?query=a+%26+b&page=2"
    )]
    #[case::with_includes(
        Resource::query("/works", [("page", "2")]).including(&BTreeSet::from([Include::Items, Include::Notes])),
        Origin::Stage,
        "/works?page=2&include=items,notes"
    )]
    #[case::with_no_includes(
        Resource::query("/works", [("page", "2")]).including(&BTreeSet::new()), Origin::Stage, "/works?page=2"
    )]
    #[case::without_parameters(Resource::query("/works", []), Origin::Stage, "/works")]
    #[case::a_page(Resource::page("/works/a222zvge", Device::Phone), Origin::Site, "/works/a222zvge")]
    #[case::elsewhere(
        Resource::elsewhere("https://iiif.example/a"),
        Origin::Elsewhere,
        "https://iiif.example/a"
    )]
    fn a_resource_says_whom_to_ask_and_what(
        #[case] resource: Resource,
        #[case] origin: Origin,
        #[case] path: &str,
    ) {
        assert_eq!((resource.origin(), resource.path()), (origin, path));
    }
}
