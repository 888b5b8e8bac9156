//! What a search asks of the API: where, for which words, with which filters, in which order.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{WrittenSearch, filters};
use crate::suite::kinds::either;
use crate::suite::mistake::{Mistake, nearest};
use crate::suite::tree::{Content, NodeId};
use crate::suite::validate::Checker;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Search {
    /// Which of the API's lists is searched.
    pub endpoint: Endpoint,
    /// The words.
    pub query: Option<String>,
    /// Parameters that narrow the results, with their values as the API takes them.
    pub filters: Vec<(String, String)>,
    /// What the results are sorted by.
    pub sort: Option<String>,
    /// Which way they are sorted.
    pub sort_order: Option<String>,
}

/// A list of the API that can be searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, !try_from, rename_all = "kebab-case")]
pub enum Endpoint {
    /// Books, archives, pictures and everything else that has a page of its own.
    #[default]
    Works,
    /// The pictures out of works.
    Images,
    /// The people, places, subjects and genres that works are described with.
    Concepts,
}

impl TryFrom<String> for Endpoint {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name).ok_or("no list of the API")
    }
}

impl Endpoint {
    pub(super) const ALL: [Self; 3] = [Self::Works, Self::Images, Self::Concepts];

    /// Its name, which is also its path.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Images => "images",
            Self::Concepts => "concepts",
        }
    }

    fn sorts(self) -> &'static [&'static str] {
        match self {
            Self::Works => &["production.dates", "items.locations.createdDate", "collectionPath"],
            Self::Images => &["source.production.dates"],
            Self::Concepts => &[],
        }
    }
}

/// Reads what is asked; `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<Search> {
    let endpoint = endpoint(checker, example)?;
    let filters = filters::read(checker, endpoint, example);
    let sorted = sort(checker, node, endpoint, example);
    let asks = [example.query.is_given(), example.filters.is_given(), example.sort.is_given()];
    if !asks.contains(&true) && !example.facets.is_given() {
        checker.mistakes.push(
            Mistake::new(checker.tree.headline(node), "this does not say what is searched for")
                .label("add `query:`, `filters:` or both"),
        );
        return None;
    }
    sorted?;
    Some(Search {
        endpoint,
        query: if example.query.is_given() { Some(example.query.value.as_ref()?.0.clone()) } else { None },
        filters: filters?,
        sort: example.sort.value.as_ref().map(|sort| sort.0.clone()),
        sort_order: example.sort_order.value.as_ref().map(|order| order.0.clone()),
    })
}

/// Where it is searched.
fn endpoint(checker: &mut Checker<'_>, example: &WrittenSearch) -> Option<Endpoint> {
    let Some(node) = example.endpoint.node else { return Some(Endpoint::Works) };
    if example.endpoint.value.is_none() {
        let at = checker.tree.headline(node);
        let written =
            if let Content::Scalar(Value::String(text)) = checker.tree.content(node) { text } else { "" };
        let mistake = Mistake::new(at, "`in` says which list of the API is searched");
        checker.mistakes.push(or_nearest(mistake, written, &Endpoint::ALL.map(Endpoint::name)));
    }
    example.endpoint.value
}

/// What is wrong with the sort. A search that must be refused may ask for any.
fn sort(checker: &mut Checker<'_>, node: NodeId, endpoint: Endpoint, example: &WrittenSearch) -> Option<()> {
    if let (true, false) = (example.sort_order.is_given(), example.sort.is_given()) {
        checker.mistakes.push(
            Mistake::new(checker.key_span(node, "sort-order"), "`sort-order` without `sort` changes nothing")
                .label("add `sort:`, or remove this"),
        );
        return None;
    }
    if example.refused.is_given() {
        return Some(());
    }
    let kinds =
        [("sort", &example.sort, endpoint.sorts()), ("sort-order", &example.sort_order, &["asc", "desc"])];
    let mut fits = Some(());
    for (key, at, known) in kinds {
        let (Some(value_node), Some(written)) = (at.node, &at.value) else { continue };
        if !known.contains(&written.0.as_str()) {
            let says = format!("{} cannot be sorted by `{}`", endpoint.name(), written.0);
            let says = if key == "sort" { says } else { format!("`{key}` cannot be `{}`", written.0) };
            let mistake = Mistake::new(checker.tree.node(value_node).span, says);
            checker.mistakes.push(or_nearest(mistake, &written.0, known));
            fits = None;
        }
    }
    fits
}

fn or_nearest(mistake: Mistake, written: &str, known: &[&str]) -> Mistake {
    match nearest(written, known.iter().copied()) {
        Some(meant) => mistake.label(format!("did you mean `{meant}`?")),
        None if known.is_empty() => mistake.label("remove this"),
        None => mistake.label(format!("write {}", either(known))),
    }
}
