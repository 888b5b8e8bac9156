//! What was asked for with `include=` is there: a list may be empty, and is left out by no release that is known.
//!
//! The API's description requires none of these fields, so the rule rests on answers that were recorded: those of 2025
//! and 2026 have every field that was asked for, empty or not; one of 2022 lacks three (`UNSURE`). It is known besides
//! that includes only strip: they take away what was not asked for. So a missing field is a failure, and one of the
//! three is only told.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{BodyKind, Breach, Severity};
use crate::catalogue::{Include, Resource};

/// The fields that a recorded answer of 2022 (the work uk4kymkq) leaves out: their absence is told, and blocks nothing.
const UNSURE: [Include; 3] = [Include::Languages, Include::FormerFrequency, Include::Designation];

/// Each field that was asked for of a work, or of each work of a list, and is not there.
///
/// Not those that come and go between releases, nor what a filter or a search is included with.
pub(super) fn missing(resource: &Resource, kind: BodyKind, body: &Value) -> Vec<Breach> {
    let asked_for = asked_for(resource);
    let missing = |work: &Value, pointer: &str| {
        let lacks = |include: &&Include| work.is_object() && work.get(include.as_str()).is_none();
        let id = work.get("id").and_then(Value::as_str).map(str::to_owned);
        let breach = |include: &Include| breach(*include, id.clone(), pointer);
        asked_for.iter().filter(lacks).map(breach).collect::<Vec<_>>()
    };
    match kind {
        BodyKind::Work => missing(body, ""),
        BodyKind::WorkList => {
            let works = body.get("results").and_then(Value::as_array).into_iter().flatten().enumerate();
            works.flat_map(|(nr, work)| missing(work, &format!("/results/{nr}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// The includes of a request that every release knows.
fn asked_for(resource: &Resource) -> BTreeSet<Include> {
    // Decoded: a comma in a query may be written `%2C`.
    let query = resource.path().split_once('?').map_or("", |(_, query)| query);
    let lists = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "include");
    let named: BTreeSet<String> =
        lists.flat_map(|(_, list)| list.split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
    let lasting = Include::ALL.into_iter().filter(|include| !Include::MOVING.contains(include));
    lasting.filter(|include| named.contains(include.as_str())).collect()
}

fn breach(include: Include, record: Option<String>, pointer: &str) -> Breach {
    let severity = if UNSURE.contains(&include) { Severity::Drift } else { Severity::Failure };
    Breach {
        pointer: pointer.to_owned(),
        record,
        severity,
        says: format!("`{include}` was asked for with `include={include}`, and is missing"),
        expected: format!("`{include}`: a list, which may be empty"),
        found: "(nothing)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::{BodyKind, Severity, missing};
    use crate::catalogue::Resource;

    #[rstest]
    #[case::that_is_there("/works/a222zvge?include=items", json!({"id": "a222zvge", "items": []}), &[])]
    #[case::that_is_missing("/works/a222zvge?include=items", json!({"id": "a222zvge"}), &["items"])]
    #[case::of_several("/works/a222zvge?include=items,notes", json!({"id": "a222zvge", "items": []}), &["notes"])]
    #[case::that_was_not_asked_for("/works/a222zvge", json!({"id": "a222zvge"}), &[])]
    #[case::that_comes_and_goes("/works/a222zvge?include=archive", json!({"id": "a222zvge"}), &[])]
    fn what_was_asked_for_of_a_work_is_there(
        #[case] asked: &str,
        #[case] work: Value,
        #[case] lacks: &[&str],
    ) {
        let breaches = missing(&Resource::new(asked), BodyKind::Work, &work);
        let says: Vec<String> = lacks
            .iter()
            .map(|field| format!("`{field}` was asked for with `include={field}`, and is missing"))
            .collect();
        assert_eq!(breaches.into_iter().map(|breach| breach.says).collect::<Vec<_>>(), says);
    }

    #[rstest]
    #[case::in_every_recorded_answer("production", Severity::Failure)]
    #[case::not_in_that_of_2022("languages", Severity::Drift)]
    #[case::nor_this("formerFrequency", Severity::Drift)]
    #[case::nor_that("designation", Severity::Drift)]
    fn what_every_recorded_answer_has_blocks_if_it_is_missing(
        #[case] include: &str,
        #[case] severity: Severity,
    ) {
        let asked = Resource::new(format!("/works/uk4kymkq?include={include}"));
        let breaches = missing(&asked, BodyKind::Work, &json!({"id": "uk4kymkq"}));
        let severities: Vec<Severity> = breaches.into_iter().map(|breach| breach.severity).collect();
        assert_eq!(severities, [severity]);
    }

    #[rstest]
    fn a_comma_may_be_encoded() {
        let asked = Resource::query("/works", [("page", "2"), ("include", "items,notes")]);
        assert_eq!(asked.path(), "/works?page=2&include=items%2Cnotes");
        let breaches =
            missing(&asked, BodyKind::WorkList, &json!({"results": [{"id": "a222zvge", "items": []}]}));
        let says: Vec<String> = breaches.into_iter().map(|breach| breach.says).collect();
        assert_eq!(says, ["`notes` was asked for with `include=notes`, and is missing"]);
    }

    #[rstest]
    fn what_was_asked_for_of_a_list_is_there_in_each_of_its_works() {
        let list = json!({"results": [{"id": "a222zvge", "items": []}, {"id": "a2239muq"}]});
        let breaches = missing(&Resource::new("/works?page=2&include=items"), BodyKind::WorkList, &list);
        let places: Vec<_> = breaches.into_iter().map(|breach| (breach.pointer, breach.record)).collect();
        assert_eq!(places, [("/results/1".to_owned(), Some("a2239muq".to_owned()))]);
    }
}
