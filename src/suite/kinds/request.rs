//! `not-found` and `refused`: requests that the API must answer with an error.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, hyphenated, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Request, Text, Work};

/// A work or an address that never existed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, extend("oneOf" = [{ "required": ["work"] }, { "required": ["request"] }]))]
pub(in crate::suite) struct NotFound {
    /// An id that no work has. Either this or `request`.
    #[serde(default)]
    pub work: At<Work>,
    /// What to ask the API for. Either this or `work`.
    #[serde(default)]
    pub request: At<Request>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
}

/// A request that makes no sense.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Refused {
    /// What to ask the API for.
    pub request: At<Request>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// Text that the API's explanation must contain.
    #[serde(default)]
    pub says: At<Text>,
}

/// A request that must be answered with an error.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// Path and query below the API's root.
    pub request: String,
    /// Text that the error's description must contain.
    pub says: Option<String>,
}

impl Named for NotFound {
    fn name(&self) -> Option<String> {
        match (&self.work.value, &self.request.value) {
            (Some(work), _) => Some(work.0.clone()),
            (None, Some(request)) => Some(request_name(&request.0)),
            (None, None) => None,
        }
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

impl Named for Refused {
    fn name(&self) -> Option<String> {
        Some(request_name(&self.request.value.as_ref()?.0))
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn not_found(
    checker: &mut Checker<'_>,
    node: NodeId,
    example: &NotFound,
) -> Option<RequestExample> {
    let given: Vec<&str> = [("work", example.work.is_given()), ("request", example.request.is_given())]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect();
    checker.exactly_one(node, &given, &["work", "request"], "what to ask for");
    let request = match given.first()? {
        &"work" => format!("/works/{}", work(&example.work)?),
        _ => example.request.value.as_ref()?.0.clone(),
    };
    Some(RequestExample { request, says: None })
}

pub(super) fn refused(_: &mut Checker<'_>, _: NodeId, example: &Refused) -> Option<RequestExample> {
    let says = if example.says.is_given() { Some(example.says.value.as_ref()?.0.clone()) } else { None };
    Some(RequestExample { request: example.request.value.as_ref()?.0.clone(), says })
}

/// The name of an example that consists of a request: the id if it asks for a single work, otherwise the letters and
/// digits of the request, such as `works-pageSize-101`.
fn request_name(request: &str) -> String {
    if let Some(id) = request.strip_prefix("/works/").and_then(WorkId::parse) {
        return id.to_string();
    }
    hyphenated(request)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::request_name;

    #[rstest]
    #[case::a_query("/works?pageSize=101", "works-pageSize-101")]
    #[case::a_work("/works/zzzzzzzz", "zzzzzzzz")]
    #[case::no_work("/works/ABC", "works-ABC")]
    #[case::a_trailing_sign("/works?query=", "works-query")]
    fn request_is_called(#[case] request: &str, #[case] name: &str) {
        assert_eq!(request_name(request), name);
    }
}
