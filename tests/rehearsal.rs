//! The rehearsal: the gate, with the suite as it is committed, against a stage with every fault in turn.
//!
//! A green gate is worth nothing until it has been seen red for the right reason. Each fault must block, and be caught
//! by the criteria that are there for it; a hiccup must not block; a healthy catalogue must pass. What comes of it is
//! written down for Product in `docs/rehearsal.md`.

#[path = "rehearsal/document.rs"]
mod document;
#[path = "rehearsal/outcome.rs"]
mod outcome;
#[path = "rehearsal/readme.rs"]
mod readme;
#[path = "proofs/support.rs"]
#[expect(dead_code, reason = "shared with the proofs, which use all of it")]
mod support;
#[path = "rehearsal/vacuous.rs"]
mod vacuous;

use std::collections::BTreeSet;
use std::path::Path;

use pretty_assertions::assert_eq;
use release_gate::embedded::faults;
use release_gate::gate::{Plan, Role};
use release_gate::sensitivity;
use release_gate::suite::Suite;
use rstest::rstest;

use outcome::Ends;

#[test]
fn a_healthy_catalogue_passes() {
    let outcome = outcome::of(&faults::NONE);
    assert_eq!(outcome.ends, Ends::Passed, "{}", outcome.says);
}

/// Each fault, and the criteria that are there for it. More may catch it: docs/rehearsal.md lists all.
#[rstest]
#[case::restricted_becomes_open("restricted-becomes-open", &["restricted-works-are-not-offered", "access-is-not-lost"])]
#[case::open_becomes_closed("open-becomes-closed", &["open-works-can-be-viewed-by-everybody", "access-is-not-lost"])]
#[case::deleted_visible_again("deleted-visible-again", &["deleted-works-are-gone", "works-are-not-lost"])]
#[case::wrong_licence("wrong-licence", &["licences-are-told", "licences-are-not-mixed-up"])]
#[case::unknown_licence("unknown-licence", &["whatever-is-asked-is-answered", "records-are-whole"])]
#[case::mojibake("mojibake", &["text-can-be-read", "accents-are-kept", "accents-do-not-matter"])]
#[case::entities("entities", &["text-can-be-read"])]
#[case::reminted_ids("reminted-ids", &["library-numbers-find-their-work", "known-addresses-still-lead-to-a-work"])]
#[case::ids_swapped("ids-swapped", &["library-numbers-find-their-work"])]
#[case::unmerged("unmerged", &["digitised-archives-can-be-viewed", "old-addresses-redirect"])]
#[case::unmerged_books("unmerged-books", &["digitised-books-show-both-copies", "two-library-records-of-a-book-are-one"])]
#[case::unmerged_pictures("unmerged-pictures", &["pictures-keep-their-photograph", "works-keep-their-images"])]
#[case::unmerged_digital_copies("unmerged-digital-copies", &["digitised-archives-can-be-viewed", "digitised-books-show-both-copies"])]
#[case::redirects_lost("redirects-lost", &["old-addresses-redirect", "known-addresses-still-lead-to-a-work"])]
#[case::hierarchy_lost("hierarchy-lost", &["archives-hang-together", "archive-files-know-their-place"])]
#[case::hierarchy_partial("hierarchy-partial", &["archives-hang-together"])]
#[case::siblings_collapsed("siblings-collapsed", &["archives-hang-together", "albums-hang-together"])]
#[case::children_orphaned("children-orphaned", &["archives-hang-together", "relatives-agree"])]
#[case::cycle("cycle", &["archives-hang-together"])]
#[case::missing_types("missing-types", &["digitised-archives-can-be-viewed", "contract"])]
#[case::renamed_field("renamed-field", &["digitised-archives-can-be-viewed", "contract"])]
#[case::type_changed("type-changed", &["kinds-of-material-are-told", "contract"])]
#[case::wrong_availability("wrong-availability", &["works-on-paper-are-not-offered-online", "available-online-is-true"])]
#[case::labels_are_ids("labels-are-ids", &["codes-have-their-labels"])]
#[case::half_index("half-index", &["works-are-not-lost", "known-works-keep-their-address"])]
#[case::empty_index("empty-index", &["works-are-not-lost"])]
#[case::images_mostly_missing("images-mostly-missing", &["pictures-are-found", "images-belong-to-works"])]
#[case::one_format_missing("one-format-missing", &["works-are-not-lost"])]
#[case::swapped_with_equal_totals("swapped-with-equal-totals", &["works-are-not-lost", "one-number-one-work"])]
#[case::stale_index("stale-index", &["stage-serves-this-release"])]
#[case::frozen("frozen", &["digitisation-reaches-the-index"])]
#[case::redirects_to_prod_host("redirects-to-prod-host", &["old-addresses-redirect"])]
#[case::search_unranked("search-unranked", &["titles-find-their-works"])]
#[case::search_ignores_filter("search-ignores-filter", &["filters-filter"])]
#[case::totals_capped("totals-capped", &["works-are-not-lost"])]
#[case::facet_ignores_query("facet-ignores-query", &["counts-follow-the-search"])]
#[case::mixed_tasks("mixed-tasks", &["stage-serves-this-release"])]
#[case::accepts_anything("accepts-anything", &["bad-requests-are-refused"])]
#[case::search_finds_anything("search-finds-anything", &["nonsense-finds-nothing"])]
#[case::unknown_works_break_it("unknown-works-break-it", &["unknown-works-are-not-found"])]
#[case::images_of_another_pipeline("images-of-another-pipeline", &["stage-serves-this-release"])]
#[case::stale_cache("stale-cache", &["stage-serves-this-release"])]
#[case::slow("slow", &["whatever-is-asked-is-answered"])]
#[case::links_broken("links-broken", &["manifests-can-be-opened", "pictures-can-be-looked-at"])]
fn a_fault_blocks_and_is_caught_by_the_criteria_that_are_there_for_it(
    #[case] fault: &str,
    #[case] criteria: &[&str],
) {
    let outcome = outcome::of(faults::named(fault).expect("a fault of that name"));
    assert_eq!(outcome.ends, Ends::Blocked, "{}", outcome.says);
    let caught: Vec<&str> = outcome.failed.iter().map(String::as_str).collect();
    let missed: Vec<&&str> = criteria.iter().filter(|criterion| !caught.contains(criterion)).collect();
    assert!(missed.is_empty(), "{fault} is not caught by {missed:?}, but by {caught:?}");
}

/// What stands at the top of the comparison with a healthy prod: the change that describes the fault.
#[rstest]
#[case::restricted(
    "restricted-becomes-open",
    "wrong works changed items[].locations[type=DigitalLocation].accessConditions[].status"
)]
#[case::closed("open-becomes-closed", "cannot-find works lost availabilities[id=online]")]
#[case::deleted("deleted-visible-again", "wrong works returned status")]
#[case::licence("wrong-licence", "wrong works changed items[].locations[type=DigitalLocation].license")]
#[case::mojibake("mojibake", "wrong works changed title")]
#[case::entities("entities", "wrong works changed title")]
#[case::reminted("reminted-ids", "cannot-find works lost status")]
#[case::unmerged("unmerged", "cannot-see works lost items[].locations[type=DigitalLocation]")]
#[case::unmerged_pictures(
    "unmerged-pictures",
    "cannot-see works lost items[].locations[type=DigitalLocation]"
)]
#[case::redirects_lost("redirects-lost", "cannot-find works lost status")]
#[case::redirects("redirects-to-prod-host", "cannot-cite works changed location")]
#[case::hierarchy("hierarchy-lost", "cannot-find works lost partOf[]")]
#[case::siblings("siblings-collapsed", "cannot-find works lost parts[]")]
#[case::types("missing-types", "cannot-see works lost items[].locations[type=DigitalLocation].type")]
#[case::renamed("renamed-field", "cannot-find works lost availabilities")]
#[case::other_type("type-changed", "wrong works changed workType")]
#[case::labels("labels-are-ids", "wrong works changed workType.label")]
#[case::half("half-index", "cannot-find works lost status")]
#[case::empty("empty-index", "cannot-find works lost status")]
#[case::images("images-mostly-missing", "cannot-find images lost status")]
#[case::format("one-format-missing", "cannot-find works lost status")]
#[case::unranked("search-unranked", "cosmetic answers moved results[]")]
#[case::broken("unknown-works-break-it", "cannot-cite answers changed status")]
fn the_comparison_says_first_what_the_fault_does(#[case] fault: &str, #[case] change: &str) {
    let outcome = outcome::of(faults::named(fault).expect("a fault of that name"));
    let first = outcome.change.as_ref().map(|change| change.is.as_str());
    assert_eq!(first, Some(change), "{}", outcome.says);
}

#[test]
fn between_two_healthy_catalogues_nothing_changes() {
    assert_eq!(outcome::of(&faults::NONE).change, None);
}

#[test]
fn a_hiccup_does_not_block() {
    let outcome = outcome::of(faults::named("flaky-5xx").expect("the fault"));
    assert_eq!(outcome.ends, Ends::Passed, "{}", outcome.says);
}

#[test]
fn of_a_stage_that_is_down_nothing_is_shown() {
    let outcome = outcome::of(faults::named("down").expect("the fault"));
    assert_eq!(outcome.ends, Ends::Undecided, "{}", outcome.says);
    assert!(outcome.says.contains("Stages are switched off outside office hours"), "{}", outcome.says);
}

#[test]
fn every_fault_is_rehearsed() {
    let lines = || include_str!("rehearsal.rs").lines().map(str::trim);
    let is_case = |line: &str, name: &str| {
        let alone = format!("let outcome = outcome::of(faults::named(\"{name}\")");
        line.starts_with(&alone) || (line.starts_with("#[case::") && line.contains(&format!("(\"{name}\"")))
    };
    let names = faults::of_catalogue().map(|fault| fault.name);
    let missing: Vec<&str> = names.filter(|name| !lines().any(|line| is_case(line, name))).collect();
    assert_eq!(missing, [""; 0], "faults without a case");
}

/// What fails where nothing is wrong shows nothing by failing elsewhere; only proposed criteria may.
#[test]
fn every_criterion_can_fail() {
    let suite = suite();
    let mut failing: BTreeSet<String> =
        document::faults_by_criterion(&outcome::of_all()).into_keys().collect();
    failing.extend(outcome::of(&faults::NONE).proposed.iter().cloned());
    // One with a known issue is let fail for a while.
    // What is said of pages alone is rehearsed where there is a browser (tests/proofs/pages.rs).
    let looks_at_the_api = of_the_api(&suite);
    let binding = suite.criteria.iter().filter(|criterion| criterion.known_issue.is_none());
    let binding = binding.filter(|criterion| looks_at_the_api.contains(&criterion.id));
    let vacuous = vacuous::vacuous(binding.map(|criterion| &*criterion.id), &failing, || {
        let plan = Plan::of_the_api(&suite);
        let recorded = support::project().join("snapshots/embedded");
        let gathered = sensitivity::gather(&suite, &plan, &recorded).expect("the examples' records");
        let survey = sensitivity::survey(&suite, &plan, &gathered.bench, &gathered.evidence);
        survey.expect("an answer to every example").noticing
    });
    assert!(vacuous.is_empty(), "criteria that nothing can make fail:\n- {}", vacuous.join("\n- "));
}

/// The criteria that look at anything but pages.
fn of_the_api(suite: &Suite) -> BTreeSet<String> {
    let checks = Plan::of(suite).checks.into_iter();
    let others = checks.filter(|check| !matches!(check.role, Role::Page(_)));
    others.map(|check| check.about.criterion).collect()
}

#[test]
fn the_document_tells_what_comes_of_every_fault() {
    keep_fresh(document::PATH, |_| document::content(&suite()));
}

#[test]
fn the_readme_shows_what_the_gate_says_of_5_january_2021() {
    keep_fresh(readme::PATH, readme::with_the_demonstration);
}

/// Holds a file against what it would say now, and writes it anew if asked to.
fn keep_fresh(path: &str, content: impl FnOnce(&str) -> String) {
    let file = support::project().join(path);
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let now = content(&written);
    if std::env::var("UPDATE_DOCS").is_ok_and(|update| update == "1") {
        std::fs::write(&file, now).expect("the file is written");
        return;
    }
    assert!(written == now, "{path} is out of date; write it anew: {}", document::COMMAND);
}

fn suite() -> Suite {
    Suite::load(&support::project().join(Path::new("works-examples.yaml"))).expect("the suite")
}
