//! How a search is called in `criterion-id::example`: by the letters and digits of what is asked.

use serde_json::Value;

use super::WrittenSearch;
use crate::catalogue::Endpoint;
use crate::suite::kinds::hyphenated;
use crate::suite::mistake::Mistake;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;

/// Long queries are cut after the word with which the name has become this long.
const LONG_ENOUGH: usize = 50;

/// The name, if what is asked has a letter or a digit in it.
pub(super) fn of(example: &WrittenSearch) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(query) = &example.query.value {
        parts.push(shortened(&hyphenated(&query.0)));
    }
    for (filter, values) in example.filters.value.iter().flat_map(|filters| &filters.0) {
        parts.push(format!("{filter}-{}", hyphenated(&said(values))));
    }
    parts.extend(example.sort.value.iter().map(|sort| format!("by-{}", hyphenated(&sort.0))));
    parts.extend(example.sort_order.value.iter().map(|order| hyphenated(&order.0)));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        return None;
    }
    match example.endpoint() {
        Endpoint::Works => {}
        other => parts.insert(0, other.name().to_owned()),
    }
    Some(parts.join("-"))
}

/// The values of a filter, one after the other.
fn said(values: &Value) -> String {
    match values {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn shortened(name: &str) -> String {
    let cut = name.match_indices('-').map(|(at, _)| at).find(|at| name[..*at].chars().count() >= LONG_ENOUGH);
    name[..cut.unwrap_or(name.len())].to_owned()
}

/// Complains if an example has no name, though something is asked.
pub(super) fn check(checker: &mut Checker<'_>, node: NodeId, example: &WrittenSearch) -> Option<()> {
    let asks_something = example.query.value.is_some();
    if example.name.is_given() || of(example).is_some() || !asks_something {
        return Some(());
    }
    let at = checker.value_span(example.query.node, node);
    checker.mistakes.push(
        Mistake::new(at, "no name can be made of this query, which has neither letters nor digits")
            .label("add a name for this example, such as `name: only-signs`"),
    );
    None
}
