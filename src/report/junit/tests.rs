//! Readers of such reports can read ours, whatever stands in it: it is held against the schema of Jenkins.

use std::fmt::Write;

use pretty_assertions::assert_eq;
use quick_junit::{Report, TestCase, TestCaseStatus};
use rstest::rstest;
use uppsala::{XsdValidator, parse};

use super::{MESSAGE, content};
use crate::report::{Run, fixture as runs};

const SCHEMA: &str = include_str!("../../../schemas/third-party/jenkins-junit-10.xsd");

/// Where a report is not as the schema says.
fn mistakes(xml: &str) -> Vec<String> {
    let validator = XsdValidator::from_schema(&parse(SCHEMA).unwrap()).unwrap();
    match parse(xml) {
        Ok(report) => validator.validate(&report).iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[rstest]
#[case::passing(runs::passing())]
#[case::failing(runs::failing())]
#[case::undecided(runs::undecided())]
#[case::mixed(runs::mixed())]
#[case::hostile(runs::hostile())]
fn every_report_is_as_the_schema_of_jenkins_says(#[case] run: Run) {
    assert_eq!(mistakes(&content(&run).unwrap()), Vec::<String>::new());
}

#[rstest]
#[case::an_element_that_it_does_not_know("<testcase ", "<case ")]
#[case::an_attribute_that_it_does_not_know("<testsuites ", "<testsuites skipped=\"1\" ")]
#[case::a_case_without_a_name("<testcase name=", "<testcase titel=")]
#[case::text_that_is_no_xml("<testsuites ", "<testsuites & ")]
fn the_schema_notices(#[case] sound: &str, #[case] spoilt: &str) {
    let xml = content(&runs::mixed()).unwrap();
    assert!(!mistakes(&xml.replacen(sound, spoilt, 1)).is_empty());
}

#[rstest]
#[case::passing("passing", runs::passing())]
#[case::failing("failing", runs::failing())]
#[case::undecided("undecided", runs::undecided())]
#[case::mixed("mixed", runs::mixed())]
fn a_report_reads_like_this(#[case] name: &str, #[case] run: Run) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("junit-{name}"), content(&run).unwrap());
    });
}

fn report(run: &Run) -> Report {
    Report::deserialize_from_str(&content(run).unwrap()).unwrap()
}

fn word(case: &TestCase) -> &'static str {
    match &case.status {
        TestCaseStatus::Success { .. } => "passed",
        TestCaseStatus::Skipped { .. } => "skipped",
        TestCaseStatus::NonSuccess { kind: quick_junit::NonSuccessKind::Failure, .. } => "failed",
        TestCaseStatus::NonSuccess { kind: quick_junit::NonSuccessKind::Error, .. } => "error",
    }
}

#[rstest]
fn only_what_was_shown_to_hold_passes_and_only_what_blocks_fails() {
    let mut told = String::new();
    for case in report(&runs::mixed()).test_suites.iter().flat_map(|suite| &suite.test_cases) {
        let class = case.classname.as_ref().map(quick_junit::XmlString::as_str).unwrap_or_default();
        writeln!(told, "{class} / {}: {}", case.name.as_str(), word(case)).unwrap();
    }
    let expected = "\
verdict / may be released: failed
digitised / a222zvge: failed
digitised / a2239muq: error
digitised / a222zvge::snapshot: passed
kept / works-by-worktype::baseline: skipped
known / a227dajt: skipped
labels / works: skipped
labels / images: skipped
linked / thumbnail: skipped
contract / work: passed
contract / work-list: skipped
";
    assert_eq!(told, expected);
}

#[rstest]
#[case::of_everything("mixed")]
#[case::of_hostile_text("hostile")]
fn the_numbers_agree_with_the_cases(#[case] name: &str) {
    let run = runs::all().into_iter().find(|(of, _)| *of == name).unwrap().1;
    let report = report(&run);
    for suite in &report.test_suites {
        let count = |kind: &str| suite.test_cases.iter().filter(|case| word(case) == kind).count();
        let told = [suite.tests, suite.failures, suite.errors, suite.skipped];
        let cases = [suite.test_cases.len(), count("failed"), count("error"), count("skipped")];
        assert_eq!(told, cases, "{}", suite.name.as_str());
    }
    let suites = report.test_suites.iter();
    assert_eq!(report.tests, suites.map(|suite| suite.tests).sum::<usize>());
    // The verdict's, every check's, the one that is turned off, and the one that is missing and has a criterion.
    assert_eq!(report.tests, 1 + run.judged.len() + 2);
}

#[rstest]
#[case::may(runs::passing(), "passed")]
#[case::blocked(runs::failing(), "failed")]
#[case::undecided(runs::undecided(), "error")]
#[case::a_part_in_which_all_pass(Run { decision: crate::decision::Decision::Undecided, ..runs::passing() }, "error")]
#[case::nothing_concluded(
    Run { decision: crate::decision::Decision::NothingConcluded, ..runs::passing() }, "skipped"
)]
fn the_verdict_stands_first(#[case] run: Run, #[case] expected: &str) {
    let report = report(&run);
    assert_eq!(word(&report.test_suites[0].test_cases[0]), expected);
}

#[rstest]
fn a_case_leads_to_its_line_and_tells_its_story() {
    let report = report(&runs::failing());
    let case = &report.test_suites[1].test_cases[0];
    let of = |name: &str| case.extra.get(name).map(quick_junit::XmlString::as_str);
    assert_eq!((of("file"), of("line")), (Some("works-examples.yaml"), Some("15")));
    let TestCaseStatus::NonSuccess { message, description, .. } = &case.status else { panic!("{case:?}") };
    let says = "nothing in `items` is as expected; the nearest is shown";
    assert_eq!(message.as_ref().map(quick_junit::XmlString::as_str), Some(says));
    let story = description.as_ref().unwrap().as_str();
    assert!(story.contains("The View button") || story.contains("the View button"), "{story}");
    assert!(story.contains("run it alone"), "{story}");
}

#[rstest]
fn a_message_that_nobody_would_read_to_its_end_is_cut() {
    let report = report(&runs::hostile());
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    for case in cases {
        let message = match &case.status {
            TestCaseStatus::Success { .. } => None,
            TestCaseStatus::NonSuccess { message, .. } | TestCaseStatus::Skipped { message, .. } => {
                message.as_ref()
            }
        };
        assert!(message.is_none_or(|it| it.as_str().chars().count() <= MESSAGE + 1), "{case:?}");
    }
}
