//! The summary, and what stands in the files of a job.

use std::collections::BTreeMap;
use std::fs;

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{Job, annotations, summary};
use crate::decision::{Decision, Standing};
use crate::report::Run;
use crate::report::fixture::{self as runs, check, fails};
use crate::verdict::Finding;

/// What GitHub reads from a file of outputs.
pub(super) fn read_outputs(text: &str) -> BTreeMap<String, String> {
    let mut outputs = BTreeMap::new();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next().filter(|line| !line.is_empty()) {
        let (name, delimiter) = line.split_once("<<").expect("a heredoc");
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != delimiter).collect();
        outputs.insert(name.to_owned(), value.join("\n"));
    }
    outputs
}

#[rstest]
fn each_run_is_told_as_it_was_reviewed() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, run) in runs::all() {
            insta::assert_snapshot!(format!("summary-{name}"), summary::of(&run, 0));
            insta::assert_snapshot!(format!("annotations-{name}"), annotations::of(&run));
        }
    });
}

/// So many checks fail, each with a long finding.
fn large(failing: usize) -> Run {
    let finding = || Finding {
        says: "it is wrong".to_owned(),
        expected: "x".to_owned(),
        found: "found 🩺 \n".repeat(400),
        ..Finding::default()
    };
    let of = |number: usize| {
        fails(check(&format!("digitised::{number}"), "digitised", Standing::Approved), vec![finding()])
    };
    runs::run((0..failing).map(of).collect())
}

#[rstest]
#[case::alone(0)]
#[case::after_what_is_there(900_000)]
#[case::where_no_room_is_left(1_048_000)]
fn a_summary_is_never_too_large_and_says_what_it_leaves_out(#[case] taken: usize) {
    let text = summary::of(&large(5000), taken);
    assert!(text.len() + taken < 1_048_576, "{}", text.len());
    assert!(text.starts_with("## ❌ Blocked: 5000 of 5000 checks fail in 1 criterion"), "{}", &text[..200]);
    let told = text.matches("<details>").count();
    let left = text.contains(&format!("… and {} more checks", crate::numbers::grouped(5000 - told)));
    assert!(left || text.contains("There is no room left here"), "{told}");
    assert_eq!(text.matches("</details>").count(), told);
}

#[rstest]
fn no_text_leaves_its_place_in_the_summary() {
    let text = summary::of(&runs::hostile(), 0);
    assert!(text.len() < 300_000, "{}", text.len());
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\0', '\r']));
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let ticks: String = line.chars().take_while(|character| *character == '`').collect();
        match &fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let own = ["<details><summary>", "</summary>", "</details>", "<b>", "</b>"];
                let plain = own.iter().fold(line.to_owned(), |line, tag| line.replace(tag, ""));
                assert!(!outside_code(&plain).contains("<script"), "{line}");
                assert!(!plain.starts_with("| a | b |") && !plain.starts_with("# heading"), "{line}");
            }
        }
    }
    assert_eq!(fence, None, "a block is left open");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}

/// A line without its spans of code: what stands between two runs of as many backticks.
fn outside_code(line: &str) -> String {
    let line = line.replace("\\`", "");
    let mut outside = String::new();
    let mut rest = line.as_str();
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let inside = &rest[start + run..];
        let end = inside
            .match_indices(&"`".repeat(run))
            .map(|(at, _)| at)
            .find(|at| !inside[at + run..].starts_with('`'));
        rest = &inside[end.unwrap_or_else(|| panic!("a span is left open: {line}")) + run..];
    }
    outside + rest
}

#[rstest]
fn what_is_there_already_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("summary"), "earlier\n").unwrap();
    let job = Job { annotates: false, summary: Some(file("summary")), output: Some(file("output")) };
    job.tell(&runs::passing());
    job.tell_end(Decision::SuiteRefused, "\u{1b}[31mline 7 is wrong\u{1b}[0m", &[]);
    let text = fs::read_to_string(file("summary")).unwrap();
    assert!(text.starts_with("earlier\n## ✅ May be released"), "{text}");
    assert!(text.contains("```\nline 7 is wrong\n```"), "{text}");
    let outputs = read_outputs(&fs::read_to_string(file("output")).unwrap());
    assert_eq!(outputs["verdict"], "suite-refused");
}

#[rstest]
fn a_job_is_told_by_its_variables() {
    let of = |name: &str| match name {
        "GITHUB_ACTIONS" => Some("true"),
        "GITHUB_OUTPUT" => Some("/out"),
        _ => Some(""),
    };
    assert_eq!(Job::of(of), Job { annotates: true, summary: None, output: Some("/out".into()) });
    assert_eq!(Job::of(|_| None), Job::default());
}
