//! How checks are counted, and what follows from the counts.

use rstest::rstest;

use super::*;

const WHOLE: Circumstances =
    Circumstances { inconclusive: None, for_release: true, called_for: 10, missing: 0 };
const ALL_PASS: Tally = Tally {
    passed: 10,
    failed: 0,
    failing_criteria: 0,
    undecided: 0,
    waived: 0,
    overridden: 0,
    proposed: 0,
    proposed_not_passing: 0,
};

#[rstest]
#[case::everything_passes(ALL_PASS, WHOLE, Decision::MayBeReleased)]
#[case::one_fails(Tally { passed: 9, failed: 1, ..ALL_PASS }, WHOLE, Decision::Blocked)]
#[case::one_is_undecided(Tally { passed: 9, undecided: 1, ..ALL_PASS }, WHOLE, Decision::Undecided)]
#[case::a_failure_outweighs_what_is_undecided(
    Tally { passed: 8, failed: 1, undecided: 1, ..ALL_PASS }, WHOLE, Decision::Blocked
)]
#[case::a_part_is_never_released(ALL_PASS, Circumstances { missing: 1, ..WHOLE }, Decision::Undecided)]
#[case::a_part_at_a_desk_concludes_nothing(
    ALL_PASS,
    Circumstances { missing: 1, for_release: false, inconclusive: Some("no stage was asked"), ..WHOLE },
    Decision::NothingConcluded
)]
#[case::a_live_part_concludes_nothing_either(
    ALL_PASS, Circumstances { missing: 1, for_release: false, ..WHOLE }, Decision::NothingConcluded
)]
#[case::the_embedded_catalogue_releases_nothing(
    ALL_PASS, Circumstances { inconclusive: Some("no stage was asked"), ..WHOLE }, Decision::NothingConcluded
)]
#[case::waivers_alone_release_nothing(
    Tally { passed: 0, waived: 10, ..ALL_PASS }, WHOLE, Decision::Undecided
)]
#[case::an_override_lets_it_go_on(Tally { passed: 9, overridden: 1, ..ALL_PASS }, WHOLE, Decision::MayBeReleased)]
#[case::an_override_never_covers_what_is_undecided(
    Tally { passed: 8, overridden: 1, undecided: 1, ..ALL_PASS }, WHOLE, Decision::Undecided
)]
#[case::an_override_covers_no_other_failure(
    Tally { passed: 8, overridden: 1, failed: 1, ..ALL_PASS }, WHOLE, Decision::Blocked
)]
#[case::overrides_alone_release_nothing(
    Tally { passed: 0, overridden: 10, ..ALL_PASS }, WHOLE, Decision::Undecided
)]
#[case::nothing_judged_is_not_a_pass(Tally { passed: 0, ..ALL_PASS }, Circumstances { called_for: 0, ..WHOLE }, Decision::Undecided)]
#[case::proposed_checks_never_block(
    Tally { proposed: 1, proposed_not_passing: 1, ..ALL_PASS }, WHOLE, Decision::MayBeReleased
)]
fn the_decision_follows(
    #[case] tally: Tally,
    #[case] circumstances: Circumstances,
    #[case] expected: Decision,
) {
    assert_eq!(decide(tally, circumstances).0, expected);
}

fn judged(standing: Standing, verdict: Verdict, is_waived: bool) -> Judged {
    let about = About::default();
    let waiver = Waiver {
        link: "https://example.org/1".to_owned(),
        until: jiff::civil::date(2026, 12, 1),
        findings: Vec::new(),
    };
    Judged {
        name: "check".to_owned(),
        about,
        standing,
        verdict,
        values: 1,
        remarks: Vec::new(),
        compared: None,
        waived: is_waived.then_some(waiver),
        overridden: None,
    }
}

const NONE: Tally = Tally { passed: 0, ..ALL_PASS };

#[rstest]
#[case::passed(Standing::Approved, Verdict::Pass, false, Tally { passed: 1, ..NONE }, 1)]
#[case::waived(Standing::Approved, Verdict::Pass, true, Tally { waived: 1, ..NONE }, 1)]
#[case::failed(
    Standing::Approved, Verdict::Fail { findings: Vec::new() }, false, Tally { failed: 1, failing_criteria: 1, ..NONE }, 1
)]
#[case::undecided(
    Standing::Approved, Verdict::Undecided { because: String::new() }, false, Tally { undecided: 1, ..NONE }, 1
)]
#[case::proposed(Standing::Proposed, Verdict::Pass, false, Tally { proposed: 1, ..NONE }, 0)]
#[case::proposed_and_not_passing(
    Standing::Proposed, Verdict::Fail { findings: Vec::new() }, false,
    Tally { proposed: 1, proposed_not_passing: 1, ..NONE }, 0
)]
fn a_check_is_counted_by_how_it_ended(
    #[case] standing: Standing,
    #[case] verdict: Verdict,
    #[case] waived: bool,
    #[case] expected: Tally,
    #[case] approved: usize,
) {
    let tally = Tally::of(&[judged(standing, verdict, waived)]);
    assert_eq!((tally, tally.approved()), (expected, approved));
}

#[rstest]
#[case::in_one_criterion(["a", "a"], 1)]
#[case::in_two(["a", "b"], 2)]
fn failures_are_counted_by_their_criteria_too(#[case] criteria: [&str; 2], #[case] expected: usize) {
    let fails = |criterion: &str| {
        let mut check = judged(Standing::Approved, Verdict::Fail { findings: Vec::new() }, false);
        criterion.clone_into(&mut check.about.criterion);
        check
    };
    let holds = judged(Standing::Approved, Verdict::Pass, false);
    let [one, other] = criteria.map(fails);
    assert_eq!(Tally::of(&[one, holds, other]).failing_criteria, expected);
}

#[rstest]
#[case::a_failure(Verdict::Fail { findings: Vec::new() }, Tally { overridden: 1, ..NONE })]
#[case::not_what_nobody_knows(Verdict::Undecided { because: String::new() }, Tally { undecided: 1, ..NONE })]
#[case::not_what_holds(Verdict::Pass, Tally { passed: 1, ..NONE })]
fn a_check_is_counted_as_overridden(#[case] verdict: Verdict, #[case] expected: Tally) {
    let day = jiff::civil::date(2026, 12, 1);
    let it = Override {
        criterion: "check".to_owned(),
        by: "J. Doe".to_owned(),
        on: day,
        why: "It must go out.".to_owned(),
        until: day,
    };
    let check = Judged { overridden: Some(it), ..judged(Standing::Approved, verdict, false) };
    assert!(!check.blocks());
    let tally = Tally::of(&[check]);
    assert_eq!((tally, tally.approved()), (expected, 1));
}

#[rstest]
#[case::nothing_more_to_say(ALL_PASS, WHOLE, &[])]
#[case::what_fails_and_what_nobody_knows(
    Tally { passed: 7, failed: 2, failing_criteria: 2, undecided: 1, ..ALL_PASS },
    WHOLE,
    &["2 of 10 checks fail in 2 criteria", "1 of 10 checks could not be decided"]
)]
#[case::one_of_each(
    Tally { passed: 8, failed: 1, failing_criteria: 1, overridden: 1, ..ALL_PASS },
    WHOLE,
    &["1 of 10 checks fails in 1 criterion", "1 of 10 checks fails and is overridden"]
)]
#[case::what_is_overridden(
    Tally { passed: 8, overridden: 2, ..ALL_PASS }, WHOLE, &["2 of 10 checks fail and are overridden"]
)]
#[case::a_part(
    Tally { passed: 4, ..ALL_PASS },
    Circumstances { missing: 6, ..WHOLE },
    &["only 4 of the 10 checks that the suite calls for reported"]
)]
#[case::only_waivers(
    Tally { waived: 10, ..NONE }, WHOLE, &["no approved check was shown to hold"]
)]
#[case::no_stage(ALL_PASS, Circumstances { inconclusive: Some("no stage was asked"), for_release: false, ..WHOLE }, &["no stage was asked"])]
fn a_decision_gives_its_reasons(
    #[case] tally: Tally,
    #[case] circumstances: Circumstances,
    #[case] reasons: &[&str],
) {
    assert_eq!(decide(tally, circumstances).1, reasons);
}
