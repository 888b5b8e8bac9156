//! Each fault of the embedded catalogue yields the one change that describes it, at the top.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::fixture::{compared, rules};
use crate::comparison::{Counts, Kind, Severity, Subject, headline, notes};

use Kind::{Changed, Lost};
use Severity::{CannotFind, CannotSee, Wrong};
use Subject::{Images, Works};

#[rstest]
#[case::unmerged("unmerged", CannotSee, Works, "items[].locations[type=DigitalLocation]", Lost)]
#[case::no_hierarchy("hierarchy-lost", CannotFind, Works, "partOf[]", Lost)]
#[case::licence("wrong-licence", Wrong, Works, "items[].locations[type=DigitalLocation].license", Changed)]
#[case::garbled("mojibake", Wrong, Works, "title", Changed)]
#[case::opened(
    "restricted-becomes-open",
    Wrong,
    Works,
    "items[].locations[type=DigitalLocation].accessConditions[].status",
    Changed
)]
#[case::no_types("missing-types", CannotSee, Works, "items[].locations[type=DigitalLocation].type", Lost)]
#[case::renamed("renamed-field", CannotFind, Works, "availabilities", Lost)]
#[case::codes("labels-are-ids", Wrong, Works, "workType.label", Changed)]
#[case::half("half-index", CannotFind, Works, "status", Lost)]
#[case::reminted("reminted-ids", CannotFind, Works, "status", Lost)]
#[case::pictures("images-mostly-missing", CannotFind, Images, "status", Lost)]
fn the_change_at_the_top_describes_the_fault(
    #[case] fault: &str,
    #[case] severity: Severity,
    #[case] subject: Subject,
    #[case] path: &str,
    #[case] kind: Kind,
) {
    let changes = compared(fault).changes(&rules());
    let top = &changes[0];
    assert_eq!((top.severity, top.subject, top.path.as_str(), top.kind), (severity, subject, path, kind));
    assert!((1..=3).contains(&top.examples.len()), "{:?}", top.examples);
    assert!(notes(&changes, &[]).contains(&headline(&changes).unwrap()));
}

#[test]
fn a_healthy_pair_yields_no_change() {
    let comparison = compared("none");
    let Counts { matched, ignored, changed, unanswered } = comparison.counts();
    assert!(matched > 500, "{matched} were compared");
    assert_eq!((ignored, changed, unanswered), (0, 0, 0));
    assert_eq!(comparison.changes(&rules()), []);
    assert_eq!(headline(&[]), None);
}

#[rstest]
#[case::unmerged("unmerged", "availabilities[id=online]")]
#[case::renamed("renamed-field", "availableAs")]
#[case::licence("wrong-licence", "thumbnail.license")]
#[case::opened("restricted-becomes-open", "availabilities[id=online]")]
fn what_the_same_works_show_besides_stands_under_the_change_at_the_top(
    #[case] fault: &str,
    #[case] companion: &str,
) {
    let changes = compared(fault).changes(&rules());
    assert!(changes[0].with.iter().any(|it| it.path == companion), "{:?}", changes[0].with);
    assert!(changes.iter().all(|change| change.path != companion));
}

#[test]
fn records_that_only_stage_has_are_told_with_their_titles_and_an_estimate() {
    let changes = compared("reminted-ids").changes(&rules());
    let gained = changes.iter().find(|it| it.kind == Kind::Gained && it.path == "status").unwrap();
    assert_eq!(gained.statuses, Some(("404".to_owned(), "200".to_owned())));
    assert!(!gained.examples[0].title.is_empty());
    assert!(gained.types.iter().any(|it| it.label == "Books"));
    assert!(gained.estimate.unwrap().about > gained.of_drawn);
}

#[test]
fn half_of_the_catalogue_is_estimated_from_the_sample() {
    let changes = compared("half-index").changes(&rules());
    let estimate = changes[0].estimate.unwrap();
    assert!(estimate.low < 1_200 && estimate.high > 1_150, "{estimate:?}");
    let about = crate::numbers::grouped((estimate.about + 5) / 10 * 10);
    assert_eq!(headline(&changes).unwrap(), format!("Readers could no longer find about {about} works."));
}

#[test]
fn what_is_new_is_estimated_from_all_that_was_drawn_from_stage() {
    let changes = compared("swapped-with-equal-totals").changes(&rules());
    let gained = changes.iter().find(|it| it.kind == Kind::Gained && it.path == "status").unwrap();
    let estimate = gained.estimate.unwrap();
    // A hundred films are missing, and as many books are new.
    assert!(estimate.low <= 110 && estimate.high >= 90 && estimate.high < 300, "{estimate:?}");
}

#[test]
fn what_was_taken_down_and_is_shown_again_is_not_cosmetic() {
    let changes = compared("deleted-visible-again").changes(&rules());
    let back = changes.iter().find(|it| it.kind == Kind::Returned).unwrap();
    assert_eq!((back.path.as_str(), back.severity), ("status", Wrong));
    assert!(notes(&changes, &[]).contains("shown again, though they had been taken down"));
}
