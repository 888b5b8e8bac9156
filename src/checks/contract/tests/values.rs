//! One wrong value at a time, in bodies that are otherwise right: it is named at its place, and nothing
//! else is.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{fixture, set, told};
use crate::checks::contract::{BodyKind, Severity};
use BodyKind::{Concept, ConceptList, Error, Image, ImageList, Work, WorkList};

#[rstest]
#[case::an_unknown_licence(Work, "/thumbnail/license/id", json!("cc-pay"), "`id` must be one of")]
fn the_list_of_known_values_is_told(
    #[case] kind: BodyKind,
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] start: &str,
) {
    let mut body = fixture(kind);
    set(&mut body, pointer, value);
    let [(at, severity, says)] = &told(kind, &body)[..] else { panic!("{:?}", told(kind, &body)) };
    assert_eq!((at.as_str(), *severity), (pointer, Severity::Failure));
    assert!(
        says.starts_with(start) && says.contains("\"pdm\"") && says.ends_with("and is \"cc-pay\""),
        "{says}"
    );
}

#[rstest]
#[case::a_wrong_type(Work, "/items", json!("none"), "`items` must be a list, and is text")]
#[case::null_is_not_nothing(
    Work, "/description", json!(null),
    "`description` must be text, and is nothing (null)"
)]
#[case::text_instead_of_an_object(
    Work, "/workType", json!("Books"), "`workType` must be a group of named fields, and is text"
)]
#[case::an_object_instead_of_text(
    Work, "/title", json!({}), "`title` must be text, and is a group of named fields"
)]
#[case::a_number_instead_of_a_licence_label(
    Work, "/thumbnail/license/label", json!(7), "the `label` of \"pdm\" must be text, and is a whole number"
)]
#[case::a_wrong_type_in_a_list(
    Work, "/formerFrequency/0", json!(7),
    "entry 1 of `formerFrequency` must be text, and is a whole number"
)]
#[case::text_instead_of_true(
    Work, "/contributors/0/primary", json!("true"), "`primary` must be true or false, and is text"
)]
#[case::half_a_second(
    Work, "/duration", json!(0.5), "`duration` must be a whole number, and is a number with a fraction"
)]
#[case::a_negative_count(
    Work, "/parts/0/totalParts", json!(-1),
    "`totalParts` must be at least 0, and is -1"
)]
#[case::a_negative_duration(Work, "/duration", json!(-1), "`duration` must be at least 0, and is -1")]
#[case::a_blank_title(Work, "/title", json!(" "), "`title` must be text that is not blank, and is \" \"")]
#[case::a_bad_id(
    Work,
    "/id",
    json!("ABCD2345"),
    "`id` must be a record id (eight of a–z and 2–9 without i, l and o, the first a letter), and is \"ABCD2345\""
)]
#[case::a_bad_id_below(
    Work,
    "/items/0/id",
    json!("1bcd2345"),
    "`id` must be a record id (eight of a–z and 2–9 without i, l and o, the first a letter), and is \"1bcd2345\""
)]
#[case::a_wrong_ontology_type(
    Work, "/items/0/type", json!("Object"),
    "`type` must be \"Item\", and is \"Object\""
)]
#[case::a_work_of_no_known_type(
    Work,
    "/type",
    json!("Image"),
    "`type` must be one of \"Work\", \"Collection\", \"Series\" or \"Section\", and is \"Image\""
)]
#[case::a_location_of_no_known_type(
    Work,
    "/items/0/locations/0/type",
    json!("Location"),
    "`type` must be one of \"DigitalLocation\" or \"PhysicalLocation\", and is \"Location\""
)]
#[case::a_physical_thumbnail(
    Work, "/thumbnail/type", json!("PhysicalLocation"),
    "`type` must be \"DigitalLocation\", and is \"PhysicalLocation\""
)]
#[case::an_agent_that_is_no_agent(
    Work,
    "/contributors/0/agent/type",
    json!("Place"),
    "`type` must be one of \"Agent\", \"Person\", \"Organisation\" or \"Meeting\", and is \"Place\""
)]
#[case::an_unknown_availability(
    Work,
    "/availabilities/0/id",
    json!("on-loan"),
    "`id` must be one of \"online\", \"open-shelves\" or \"closed-stores\", and is \"on-loan\""
)]
#[case::an_unknown_access_method(
    Work,
    "/items/0/locations/0/accessConditions/0/method/id",
    json!("by-post"),
    "`id` must be one of \"online-request\", \"manual-request\", \"not-requestable\", \"view-online\" or \
     \"open-shelves\", and is \"by-post\""
)]
#[case::an_unknown_access_status(
    Work,
    "/items/0/locations/0/accessConditions/0/status/id",
    json!("opne"),
    "`id` must be one of \"open\", \"open-with-advisory\", \"restricted\", \"closed\", \"licensed-resources\", \
     \"unavailable\", \"permission-required\" or \"temporarily-unavailable\", and is \"opne\""
)]
#[case::the_label_of_another_licence(
    Work, "/thumbnail/license/label", json!("In copyright"),
    "the `label` of \"pdm\" must be \"Public Domain Mark\", and is \"In copyright\""
)]
#[case::the_label_of_another_availability(
    Work, "/availabilities/1/label", json!("Open shelves"),
    "the `label` of \"online\" must be \"Online\", and is \"Open shelves\""
)]
#[case::the_label_of_another_format(
    Work, "/workType/label", json!("Books"),
    "the `label` of \"h\" must be \"Archives and manuscripts\", and is \"Books\""
)]
#[case::the_label_of_another_status(
    Work, "/items/0/locations/0/accessConditions/0/status/label", json!("Closed"),
    "the `label` of \"open\" must be \"Open\", and is \"Closed\""
)]
#[case::the_label_of_another_method(
    Work, "/items/0/locations/0/accessConditions/0/method/label", json!("View online"),
    "the `label` of \"online-request\" must be \"Online request\", and is \"View online\""
)]
#[case::the_label_of_another_location_type(
    Work, "/items/1/locations/0/locationType/label", json!("IIIF Image API"),
    "the `label` of \"iiif-presentation\" must be \"IIIF Presentation API\", and is \"IIIF Image API\""
)]
#[case::the_label_of_another_identifier_type(
    Work, "/identifiers/0/identifierType/label", json!("METS"),
    "the `label` of \"calm-ref-no\" must be \"Calm RefNo\", and is \"METS\""
)]
#[case::the_label_of_another_note_type(
    Work, "/notes/0/noteType/label", json!("Contents"),
    "the `label` of \"general-note\" must be \"Notes\", and is \"Contents\""
)]
#[case::the_address_of_another_licence(
    Work, "/thumbnail/license/url", json!("http://creativecommons.org/licenses/by/4.0/"),
    "`url` must be the address of the Public Domain Mark, and is \"http://creativecommons.org/licenses/by/4.0/\""
)]
#[case::an_address_that_is_no_statement_of_copyright(
    Work, "/items/0/locations/0/license/url", json!("https://example.org/"),
    "`url` must be the address of the statement In Copyright, and is \"https://example.org/\""
)]
#[case::a_format_that_is_no_code(
    Work, "/workType/id", json!("Books"),
    "`id` must be a code (lower-case letters and digits, in parts joined by -), and is \"Books\""
)]
#[case::a_language_that_is_no_code(
    Work, "/languages/0/id", json!("en"), "`id` must be a language code of three letters, and is \"en\""
)]
#[case::an_address_with_a_space(
    Work, "/items/1/locations/0/url", json!("https://iiif.example.org/a manifest"),
    "`url` must be a whole web address, and is \"https://iiif.example.org/a manifest\""
)]
#[case::half_an_address(
    Work, "/items/1/locations/0/url", json!("iiif.example.org/manifest"),
    "`url` must be a whole web address, and is \"iiif.example.org/manifest\""
)]
#[case::an_address_of_no_web(
    Work, "/items/1/locations/0/url", json!("s3://bucket/manifest"),
    "`url` must be a whole web address, and is \"s3://bucket/manifest\""
)]
#[case::the_same_availability_twice(
    Work,
    "/availabilities",
    json!([{"id": "online", "label": "Online", "type": "Availability"},
           {"id": "online", "label": "Online", "type": "Availability"}]),
    "`availabilities` must be a list that says nothing twice, and is \
     [{\"id\":\"online\",\"label\":\"Online\",\"type\":\"Availability\"},\
     {\"id\":\"online\",\"label\":\"Online\",\"type\":\"Availability\"}]"
)]
#[case::an_image_without_width(
    Image, "/aspectRatio", json!(0),
    "`aspectRatio` must be more than 0, and is 0"
)]
#[case::a_colour_in_words(
    Image, "/averageColor", json!("red"),
    "`averageColor` must be a colour as # and six hexadecimal digits, and is \"red\""
)]
#[case::a_similar_image_is_an_image(
    Image, "/withSimilarFeatures/0/type", json!("Work"), "`type` must be \"Image\", and is \"Work\""
)]
#[case::a_concept_of_no_known_type(
    Concept,
    "/type",
    json!("Idea"),
    "`type` must be one of \"Agent\", \"Concept\", \"Genre\", \"Meeting\", \"Organisation\", \"Period\", \"Person\", \
     \"Place\" or \"Subject\", and is \"Idea\""
)]
#[case::results_that_are_no_list(
    WorkList, "/results", json!({}),
    "`results` must be a list, and is a group of named fields"
)]
#[case::a_total_in_words(
    WorkList, "/totalResults", json!("11"),
    "`totalResults` must be a whole number, and is text"
)]
#[case::a_list_of_another_type(
    ImageList, "/type", json!("Results"), "`type` must be \"ResultList\", and is \"Results\""
)]
#[case::a_next_page_without_host(
    ConceptList, "/nextPage", json!("/catalogue/v2/concepts?page=3"),
    "`nextPage` must be a whole web address, and is \"/catalogue/v2/concepts?page=3\""
)]
#[case::a_bucket_without_count(
    WorkList, "/aggregations/workType/buckets/0/count", json!(null),
    "`count` must be a whole number, and is nothing (null)"
)]
#[case::an_error_with_a_good_status(
    Error, "/httpStatus", json!(200), "`httpStatus` must be one of 400, 404, 410, 500 or 503, and is 200"
)]
#[case::an_error_of_another_type(
    Error, "/errorType", json!("tcp"),
    "`errorType` must be \"http\", and is \"tcp\""
)]
fn a_wrong_value_is_a_failure(
    #[case] kind: BodyKind,
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] says: &str,
) {
    let mut body = fixture(kind);
    set(&mut body, pointer, value);
    assert_eq!(told(kind, &body), [(pointer.to_owned(), Severity::Failure, says.to_owned())]);
}
