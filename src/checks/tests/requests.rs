//! One request for each work, which no stage refuses.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{evidence, id};
use crate::catalogue::Include;
use crate::checks::{WorkCheck, WorkRequests};
use crate::suite::Shape;

fn check(field: &str) -> WorkCheck {
    WorkCheck::new(id("a222zvge"), Shape::Object(vec![(field.to_owned(), Shape::Present)]))
}

#[rstest]
fn a_work_is_asked_for_once_with_the_needs_of_all_its_checks() {
    let requests = WorkRequests::of([&check("items") as _, &check("notes") as _]);
    assert_eq!(requests.resource(&id("a222zvge")).as_str(), "/works/a222zvge?include=items,notes");
}

#[rstest]
#[case::accepted(&[Include::Archive], &[], "/works/a222zvge?include=archive", false)]
#[case::refused(&[], &[], "/works/a222zvge", true)]
#[case::unknown(&[], &[Include::Archive], "/works/a222zvge", false)]
fn an_include_is_asked_for_only_where_it_is_accepted(
    #[case] accepted: &[Include],
    #[case] unknown: &[Include],
    #[case] asked: &str,
    #[case] refused: bool,
) {
    let mut evidence = evidence([]);
    evidence.accepted_includes = accepted.iter().copied().collect();
    evidence.unknown_includes = unknown.iter().copied().collect::<BTreeSet<_>>();
    let requests = WorkRequests::of([&check("archive") as _]).for_stage(&evidence);
    assert_eq!(requests.resource(&id("a222zvge")).as_str(), asked);
    assert_eq!(requests.refused().contains(&Include::Archive), refused);
}
