//! What an example is called: the second half of `criterion-id::example`, by which a check is found and run again.

use super::model::{GoneExample, IdentityExample, RedirectExample, RequestExample, WorkExample};
use crate::catalogue::WorkId;

impl WorkExample {
    /// The example's name, unique within its criterion: the work's id.
    #[must_use]
    pub fn name(&self) -> String {
        self.work.to_string()
    }
}

impl RedirectExample {
    /// The example's name, unique within its criterion: the old id.
    #[must_use]
    pub fn name(&self) -> String {
        self.from.to_string()
    }
}

impl GoneExample {
    /// The example's name, unique within its criterion: the work's id.
    #[must_use]
    pub fn name(&self) -> String {
        self.work.to_string()
    }
}

impl RequestExample {
    /// The example's name, unique within its criterion: the id if it asks for a single work, otherwise the letters and
    /// digits of the request, such as `works-pageSize-101`.
    #[must_use]
    pub fn name(&self) -> String {
        request_name(&self.request)
    }
}

impl IdentityExample {
    /// The example's name, unique within its criterion: the identifier.
    #[must_use]
    pub fn name(&self) -> String {
        self.identifier.clone()
    }
}

/// The name of an example that consists of a request.
pub(super) fn request_name(request: &str) -> String {
    if let Some(id) = request.strip_prefix("/works/").and_then(WorkId::parse) {
        return id.to_string();
    }
    let words: Vec<&str> =
        request.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
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
