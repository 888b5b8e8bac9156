//! The pages of the website by their addresses, and what each asks the API.

use form_urlencoded::Serializer;

use super::assets::{SCRIPT, STYLESHEET};
use crate::api::BASE_PATH;
use crate::stand_ins::STAND_INS;

/// Where the website passes on pictures and manifests of other hosts; a whole address follows.
const LINKED: &str = "/linked/";

/// What a work's page is made of; both releases of the API accept these.
const INCLUDES: &str = "identifiers,items,holdings,subjects,genres,contributors,production,languages,notes,\
                        formerFrequency,designation,images,parts,partOf";

/// What the website has at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// A work.
    Work(String),
    /// The viewer, in which a digitised work is looked at.
    Viewer(String),
    /// Works that a search has found.
    Search {
        /// What was searched for.
        query: String,
        /// Which page of the results; nothing for the first.
        page: String,
    },
    /// A picture or a manifest of another host.
    Linked(String),
    /// The stylesheet.
    Stylesheet,
    /// The script.
    Script,
    /// Nothing.
    Unknown,
}

impl Page {
    /// The page at an address: a path, perhaps with a query.
    pub fn at(address: &str) -> Self {
        if let Some(linked) = address.strip_prefix(LINKED) {
            return Self::Linked(linked.to_owned());
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if path == STYLESHEET {
            return Self::Stylesheet;
        }
        if path == SCRIPT {
            return Self::Script;
        }
        match path.split('/').skip(1).collect::<Vec<_>>()[..] {
            ["works", id] => Self::Work(id.to_owned()),
            ["works", id, "items"] => Self::Viewer(id.to_owned()),
            ["search", "works"] => {
                Self::Search { query: parameter(query, "query"), page: parameter(query, "page") }
            }
            _ => Self::Unknown,
        }
    }

    /// The address of the API, or of a stand-in, from whose answer the page is made.
    pub fn asks(&self) -> Option<String> {
        match self {
            Self::Work(id) | Self::Viewer(id) => Some(format!("{BASE_PATH}/works/{id}?include={INCLUDES}")),
            Self::Search { query, page } => {
                let includes = ("include", "contributors,production");
                Some(format!("{BASE_PATH}/works?{}", queried(&[("query", query), ("page", page), includes])))
            }
            Self::Linked(address) => Some(format!("{STAND_INS}{address}")),
            Self::Stylesheet | Self::Script | Self::Unknown => None,
        }
    }

    /// The address of the same page of another work.
    pub fn of_work(&self, id: &str) -> String {
        match self {
            Self::Viewer(_) => viewer(id),
            _ => work(id),
        }
    }
}

/// The address of a work's page.
pub fn work(id: &str) -> String {
    format!("/works/{id}")
}

/// The address of a work's viewer.
pub fn viewer(id: &str) -> String {
    format!("/works/{id}/items")
}

/// The address of the works that a search finds.
pub fn search(query: &str, page: &str) -> String {
    format!("/search/works?{}", queried(&[("query", query), ("page", page)]))
}

/// The address at which the website passes on what is at an address elsewhere.
pub fn linked(address: &str) -> String {
    format!("{LINKED}{address}")
}

/// A query of those parameters that have a value.
fn queried(parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    Serializer::new(String::new()).extend_pairs(given).finish()
}

fn parameter(query: &str, name: &str) -> String {
    let found = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
