//! Fields that are missing, and fields that nobody expected.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::json;

use super::{fixture, remove, told};
use crate::checks::contract::{BodyKind, Severity};
use BodyKind::{Concept, ConceptList, Error, Image, Work, WorkList};

#[rstest]
#[case::the_id_of_a_work(Work, "/id", "`id` is missing in Work, where it always is")]
#[case::the_title(Work, "/title", "`title` is missing in Work, where it always is")]
#[case::the_availabilities(
    Work,
    "/availabilities",
    "`availabilities` is missing in Work, where it always is"
)]
#[case::the_ontology_type(Work, "/items/0/type", "`type` is missing in Item, where it always is")]
#[case::the_locations_of_an_item(
    Work,
    "/items/0/locations",
    "`locations` is missing in Item, where it always is"
)]
#[case::the_address_of_a_digital_location(
    Work,
    "/items/1/locations/0/url",
    "`url` is missing in DigitalLocation, where it always is"
)]
#[case::the_label_of_a_physical_location(
    Work,
    "/items/0/locations/0/label",
    "`label` is missing in PhysicalLocation, where it always is"
)]
#[case::the_id_of_a_part(Work, "/parts/0/id", "`id` is missing in Work, where it always is")]
#[case::the_id_of_a_section(Work, "/partOf/0/id", "`id` is missing in Section, where it always is")]
#[case::the_id_of_a_collection(
    Work,
    "/partOf/0/partOf/0/id",
    "`id` is missing in Collection, where it always is"
)]
#[case::the_root_of_a_collection(
    Work,
    "/collection/root",
    "`root` is missing in Collection of a work, where it always is"
)]
#[case::the_id_of_an_availability(
    Work,
    "/availabilities/0/id",
    "`id` is missing in Availability, where it always is"
)]
#[case::the_source_of_an_image(Image, "/source", "`source` is missing in Image, where it always is")]
#[case::the_identifiers_of_a_concept(
    Concept,
    "/identifiers",
    "`identifiers` is missing in Subject, where it always is"
)]
#[case::the_results(WorkList, "/results", "`results` is missing in ResultList, where it always is")]
#[case::the_total(WorkList, "/totalResults", "`totalResults` is missing in ResultList, where it always is")]
#[case::the_title_of_a_result(WorkList, "/results/1/title", "`title` is missing in Work, where it always is")]
#[case::the_status_of_an_error(Error, "/httpStatus", "`httpStatus` is missing in Error, where it always is")]
fn a_missing_field_is_a_failure_of_the_object_that_lacks_it(
    #[case] kind: BodyKind,
    #[case] pointer: &str,
    #[case] says: &str,
) {
    let mut body = fixture(kind);
    remove(&mut body, pointer);
    let (parent, _) = pointer.rsplit_once('/').unwrap();
    assert_eq!(told(kind, &body), [(parent.to_owned(), Severity::Failure, says.to_owned())]);
}

#[rstest]
#[case::of_a_work(Work, "/shelf", "`shelf` is a field that the contract does not know in Work")]
#[case::of_an_item(Work, "/items/0/shelf", "`shelf` is a field that the contract does not know in Item")]
#[case::of_an_object_without_type(
    Work,
    "/archive/shelf",
    "`shelf` is a field that the contract does not know in Archive"
)]
#[case::with_a_name_that_pointers_escape(
    Work,
    "/a~1b",
    "`a/b` is a field that the contract does not know in Work"
)]
#[case::of_a_list(
    WorkList,
    "/@context",
    "`@context` is a field that the contract does not know in ResultList"
)]
#[case::an_aggregation(
    WorkList,
    "/aggregations/genres",
    "`genres` is a field that the contract does not know in Aggregations"
)]
#[case::of_a_result(
    ConceptList,
    "/results/0/shelf",
    "`shelf` is a field that the contract does not know in Concept"
)]
#[case::of_an_error(Error, "/traceId", "`traceId` is a field that the contract does not know in Error")]
#[case::known_elsewhere_only(
    Work,
    "/items/1/locations/0/shelfmark",
    "`shelfmark` is a field that the contract does not know in DigitalLocation"
)]
#[case::known_for_digital_locations_only(
    Work,
    "/items/0/locations/0/credit",
    "`credit` is a field that the contract does not know in PhysicalLocation"
)]
fn a_field_that_the_contract_does_not_know_is_drift_and_nothing_else(
    #[case] kind: BodyKind,
    #[case] pointer: &str,
    #[case] says: &str,
) {
    let mut body = fixture(kind);
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let field = field.replace("~1", "/");
    body.pointer_mut(parent).unwrap()[field.as_str()] = json!("new");
    assert_eq!(told(kind, &body), [(pointer.to_owned(), Severity::Drift, says.to_owned())]);
}
