//! What a search asks of the API: where, for which words, with which filters, in which order.

use super::WrittenSearch;
use crate::catalogue::{Endpoint, Selection};
use crate::suite::filters;
use crate::suite::kinds::either;
use crate::suite::mistake::{Mistake, nearest};
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Search {
    /// Which of the API's lists is searched, and what narrows it.
    pub within: Selection,
    /// The words.
    pub query: Option<String>,
    /// What the results are sorted by.
    pub sort: Option<String>,
    /// Which way they are sorted.
    pub sort_order: Option<String>,
}

/// Reads what is asked; `None` if there is a mistake in it.
pub(super) fn read(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<Search> {
    let endpoint = example.endpoint();
    let within = filters::read(checker, &example.filters, endpoint);
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
        within: within?,
        query: if example.query.is_given() { Some(example.query.value.as_ref()?.0.clone()) } else { None },
        sort: example.sort.value.as_ref().map(|sort| sort.0.clone()),
        sort_order: example.sort_order.value.as_ref().map(|order| order.0.clone()),
    })
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
