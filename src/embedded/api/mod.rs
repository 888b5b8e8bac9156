//! The API of the embedded catalogue: from a path and a query to a status and a body, without a socket.

mod aggregations;
mod concepts;
mod dates;
mod errors;
mod filters;
#[cfg(test)]
pub(super) mod fixture;
mod images;
mod includes;
mod management;
mod narrow;
mod paging;
pub(super) mod paths;
mod query;
mod search;
mod slip;
mod sort;
mod works;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

pub(super) use self::errors::Refusal;
pub use self::includes::Includes;
use self::query::Params;
use self::search::SearchIndex;
pub use self::slip::Slip;
use super::catalogue::Catalogue;
use super::faults::{self, Fault};
use super::stand_ins::StandIns;

/// Where the API lives on its host.
pub const BASE_PATH: &str = "/catalogue/v2";

/// Clusters that the real API serves works from, but no images.
const WORKS_ONLY: [&str; 2] = ["elser", "openai"];

/// A request, as far as an answer depends on it.
pub struct Asked {
    /// The path, as it came.
    pub path: String,
    /// The query string.
    pub params: Params,
    /// Scheme and host under which the client knows the API.
    pub origin: String,
}

impl Asked {
    /// A GET of `path` with the query string `query`, on `origin`.
    #[must_use]
    pub fn new(path: &str, query: &str, origin: &str) -> Self {
        Self { path: path.to_owned(), params: Params::parse(query), origin: origin.to_owned() }
    }
}

/// An answer, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// Where to go instead.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// 200 with a JSON body.
    fn ok(body: &impl Serialize) -> Self {
        let body = serde_json::to_string(body).expect("documents of the catalogue are always JSON");
        Self { status: 200, content_type: "application/json", location: None, body }
    }

    /// 302 to another path; as with the real API, the body is HTML.
    pub(super) fn redirect(to: String) -> Self {
        let link = to.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        let body = format!(
            "<!doctype html><title>Found</title><p>This now lives at <a href=\"{link}\">{link}</a>.</p>"
        );
        Self { status: 302, content_type: "text/html; charset=UTF-8", location: Some(to), body }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status,
            content_type: "application/json",
            location: None,
            body: refusal.body(),
        }
    }
}

/// The API over one catalogue.
pub struct Service {
    catalogue: Arc<Catalogue>,
    includes: Includes,
    cluster: Option<String>,
    fault: &'static Fault,
    // Built by the first search, so that starting stays quick.
    works: OnceLock<SearchIndex>,
    images: OnceLock<SearchIndex>,
    concepts: OnceLock<SearchIndex>,
    stand_ins: OnceLock<StandIns>,
}

impl Service {
    /// Serves `catalogue`; `cluster` is the one label besides `default` that `elasticCluster` accepts.
    #[must_use]
    pub fn new(catalogue: Arc<Catalogue>, includes: Includes, cluster: Option<String>) -> Self {
        let (works, images, concepts) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let fault = &faults::NONE;
        Self { catalogue, includes, cluster, fault, works, images, concepts, stand_ins: OnceLock::new() }
    }

    /// The API of the release before, of July, which reads its own index of the same works.
    #[must_use]
    pub fn of_the_release_before(catalogue: &Catalogue) -> Self {
        let index = catalogue.index.before();
        Self::new(Arc::new(Catalogue { index, ..catalogue.clone() }), Includes::July, None)
    }

    /// The same, where the API makes the slips of this fault.
    #[must_use]
    pub fn with(self, fault: &'static Fault) -> Self {
        Self { fault, ..self }
    }

    fn slips(&self, slip: Slip) -> bool {
        self.fault.slips(slip)
    }

    /// Answers a GET.
    #[must_use]
    pub fn answer(&self, asked: &Asked) -> Answer {
        self.route(asked).unwrap_or_else(Answer::from)
    }

    /// Answers a GET of what is at an address elsewhere, in place of the host that it names.
    #[must_use]
    pub fn stand_in(&self, address: &str) -> Answer {
        let stand_ins = self.stand_ins.get_or_init(|| StandIns::of(&self.catalogue));
        match stand_ins.at(address) {
            Some((content_type, body)) => Answer { status: 200, content_type, location: None, body },
            None => Refusal::not_found(format!("No work links to {address}")).into(),
        }
    }

    fn route(&self, asked: &Asked) -> Result<Answer, Refusal> {
        let unknown = || Refusal::not_found(format!("Page not found for URL {}", asked.path));
        let path =
            asked.path.strip_prefix(BASE_PATH).and_then(|rest| rest.strip_prefix('/')).ok_or_else(unknown)?;
        match path.split('/').collect::<Vec<_>>()[..] {
            ["works"] => works::list(self, asked),
            ["works", id] => works::single(self, id, asked),
            ["images"] => images::list(self, asked),
            ["images", id] => images::single(self, id, asked),
            ["concepts"] => concepts::list(self, asked),
            ["concepts", id] => concepts::single(self, id),
            ["_elasticConfig"] => management::elastic_config(self, asked),
            ["management", "_workTypes"] => Ok(management::work_types(self)),
            ["management", "healthcheck"] => Ok(management::healthcheck()),
            ["management", "clusterhealth"] => Ok(management::cluster_health(self)),
            _ => Err(unknown()),
        }
    }

    /// The cluster that `elasticCluster` picks, if it is not the default one.
    fn cluster(&self, asked: &Asked) -> Result<Option<&str>, Refusal> {
        let Some(name) = asked.params.get("elasticCluster").filter(|name| *name != "default") else {
            return Ok(None);
        };
        let configured = self.cluster.as_deref().filter(|configured| *configured == name);
        configured.map(Some).ok_or_else(|| not_configured(name))
    }

    /// The same, for what only some clusters serve.
    fn cluster_with_images(&self, asked: &Asked) -> Result<Option<&str>, Refusal> {
        match self.cluster(asked)? {
            Some(name) if WORKS_ONLY.contains(&name) => Err(not_configured(name)),
            cluster => Ok(cluster),
        }
    }
}

fn not_configured(cluster: &str) -> Refusal {
    Refusal::not_found(format!("Cluster {cluster} is not configured"))
}

/// Ids are lower-case letters and digits; nothing else can name a record.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
