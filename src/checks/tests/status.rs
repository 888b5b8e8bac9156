//! An error must be the one that is called for: in its status, in its body, and in what it says.

use pretty_assertions::assert_eq;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Outcome, answered, answered_in_text, evidence, judge, told, unanswered};
use crate::catalogue::Resource;
use crate::checks::StatusCheck;

fn error(status: u16, label: &str, description: &str) -> Value {
    json!({"httpStatus": status, "label": label, "description": description, "type": "Error"})
}

fn gone() -> StatusCheck {
    StatusCheck::gone(Resource::new("/works/asked"))
}

fn not_found() -> StatusCheck {
    StatusCheck::not_found(Resource::new("/works/asked"))
}

fn refused() -> StatusCheck {
    StatusCheck::refused(Resource::new("/works/asked"), Some("include".to_owned()))
}

#[rstest]
#[case::gone(gone(), answered(410, error(410, "Gone", "This work has been deleted")), "pass")]
#[case::not_found(not_found(), answered(404, error(404, "Not Found", "")), "pass")]
#[case::refused(refused(), answered(400, error(400, "Bad Request", "include: what?")), "pass")]
#[case::another_status(
    not_found(),
    answered(410, error(404, "Not Found", "")),
    "the API answers 410 (the record has been deleted)"
)]
#[case::the_record_after_all(
    gone(),
    answered(200, error(410, "Gone", "deleted")),
    "the API answers 200 (the record is there)"
)]
#[case::a_fault_of_the_server(
    gone(),
    answered(500, error(410, "Gone", "deleted")),
    "the API answers 500 (the API itself fails)"
)]
#[case::another_status_in_its_body(
    not_found(),
    answered(404, error(400, "Not Found", "")),
    "the error's own status is another"
)]
#[case::another_label(not_found(), answered(404, error(404, "Gone", "")), "the error has another label")]
#[case::gone_but_not_deleted(
    gone(),
    answered(410, error(410, "Gone", "hidden")),
    "the error does not say why"
)]
#[case::refused_for_something_else(
    refused(),
    answered(400, error(400, "Bad Request", "pageSize: what?")),
    "the error does not say why"
)]
#[case::a_page_instead_of_an_error(
    not_found(),
    answered_in_text(404),
    "the API answers 404 (there is no such record)"
)]
#[case::no_answer(not_found(), unanswered(), "undecided")]
fn an_error_is_the_one_that_is_called_for(
    #[case] check: StatusCheck,
    #[case] outcome: Outcome,
    #[case] says: &str,
) {
    assert_eq!(told(&judge(&check, &evidence([("/works/asked", outcome)]))), [says]);
}
