//! Results as small lists for people: id and title, with the place where it has one.

use serde_json::Value;

use super::super::{Context, describe_status};
use super::request::Request;
use super::results::{Hit, Results};
use crate::catalogue::{Endpoint, Resource, WorkId};

/// So many results are shown of a list that is not as expected, so that its reader sees what came instead.
pub(super) const SHOWN: usize = 5;
/// Titles are cut after so many letters.
const LONG: usize = 60;

/// A number of things: `1 result`, `5 results`.
pub(super) fn count(number: u64, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// Id and title of a record, whatever it is a record of.
pub(super) fn title_of(id: &str, record: &Value) -> String {
    let title = ["/title", "/source/title", "/label"].into_iter().find_map(|at| record.pointer(at)?.as_str());
    let title = title.unwrap_or("(no title)");
    match title.char_indices().nth(LONG) {
        Some((end, _)) => format!("{id} {}…", title[..end].trim_end()),
        None => format!("{id} {title}"),
    }
}

/// A line for each of these results.
pub(super) fn numbered<'h>(hits: impl IntoIterator<Item = &'h Hit<'h>>) -> String {
    let line = |hit: &Hit<'_>| format!("{}. {}", hit.place, title_of(hit.id, hit.record));
    hits.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The names of records, whether they were found or not.
pub(super) struct Names<'a> {
    pub request: &'a Request,
    pub context: &'a Context<'a>,
}

impl Names<'_> {
    /// The record itself, which tells its title, or what has become of it.
    pub(super) fn resource(&self, id: &WorkId) -> Resource {
        match self.request.endpoint() {
            Endpoint::Works => self.context.requests.resource(id),
            other => Resource::new(format!("/{}/{id}", other.name())),
        }
    }

    /// Id and title, as far as they are known.
    pub(super) fn of(&self, id: &WorkId, results: &Results<'_>) -> String {
        match results.hits.iter().find(|hit| hit.id == id.as_str()) {
            Some(hit) => title_of(hit.id, hit.record),
            None => self.with_fate(id),
        }
    }

    /// Id and title of a record that was not found; instead of the title, why it cannot be.
    pub(super) fn with_fate(&self, id: &WorkId) -> String {
        match self.record(id) {
            Ok(record) => title_of(id.as_str(), record),
            Err(fate) => format!("{id}: {fate}"),
        }
    }

    /// The record, or what has become of it.
    pub(super) fn record(&self, id: &WorkId) -> Result<&Value, String> {
        let resource = self.resource(id);
        let answer = self.context.evidence.get(&resource)?;
        match (answer.status, answer.json(), &answer.location) {
            (200, Some(record), _) if record.get("id").and_then(Value::as_str) == Some(id.as_str()) => {
                Ok(record)
            }
            (200, ..) => Err("the API answers with another record".to_owned()),
            (302, _, Some(to)) => {
                let path = to.split('?').next().unwrap_or(to);
                Err(format!(
                    "it now leads on to {}: name that one instead",
                    path.rsplit('/').next().unwrap_or(path)
                ))
            }
            _ => Err(format!("the API answers {}", describe_status(answer))),
        }
    }
}
