//! The repository itself: README, CI, rooms.

use std::fs;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{project, read};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry, ending));
        } else if entry.to_string_lossy().ends_with(ending) {
            found.push(entry);
        }
    }
    found.sort();
    found
}

#[rstest]
fn ci_runs_the_two_commands_of_the_readme() {
    let (readme, ci) = (read("README.md"), read(".ci/run"));
    for command in ["cargo test --test gate", "cargo test"] {
        assert!(readme.lines().any(|line| line == command), "README.md: {command}");
        assert!(ci.lines().any(|line| line == command), ".ci/run: {command}");
    }
}

#[rstest]
fn every_file_says_what_lives_in_it() {
    let folders = ["src", "tests", "benches"].map(|name| project().join(name));
    for file in folders.iter().filter(|folder| folder.exists()).flat_map(|folder| files(folder, ".rs")) {
        let text = fs::read_to_string(&file).expect("a file");
        assert!(text.starts_with("//! "), "{}", file.display());
    }
}

/// Which rooms a room may import from.
#[rstest]
#[case::catalogue("catalogue", &[])]
#[case::verdict("verdict.rs", &[])]
#[case::decision("decision.rs", &["numbers", "verdict"])]
#[case::evidence("evidence", &["catalogue"])]
#[case::browser("browser", &["catalogue", "evidence"])]
#[case::suite("suite", &["catalogue", "comparison"])]
#[case::numbers("numbers.rs", &[])]
#[case::estimate("estimate.rs", &[])]
#[case::comparison("comparison", &["catalogue", "estimate", "numbers"])]
#[case::checks("checks", &["catalogue", "comparison", "estimate", "evidence", "numbers", "suite", "verdict"])]
#[case::report("report", &["catalogue", "comparison", "decision", "evidence", "numbers", "verdict"])]
fn imports_point_one_way(#[case] room: &str, #[case] allowed: &[&str]) {
    let path = project().join("src").join(room);
    let sources = if path.is_dir() { files(&path, ".rs") } else { vec![path] };
    let own = room.trim_end_matches(".rs");
    for file in sources {
        for line in fs::read_to_string(&file).expect("a file").lines() {
            let Some(import) = line.trim_start().strip_prefix("use crate::") else { continue };
            let from = import.split(&[':', ';', ' '][..]).next().expect("a room");
            assert!(from == own || allowed.contains(&from), "{}: {line}", file.display());
        }
    }
}

/// It stands at the top of the street, beside the gate, and judges nothing for a release.
#[rstest]
fn no_room_knows_of_the_survey() {
    for file in files(&project().join("src"), ".rs") {
        let text = fs::read_to_string(&file).expect("a file");
        let outside = !file.starts_with(project().join("src/sensitivity"));
        assert!(!(outside && text.contains("crate::sensitivity")), "{}", file.display());
    }
}

/// One mistake must not hide in both, so the compiler must not be able to lend the one the other's code.
#[rstest]
fn the_embedded_catalogue_shares_no_code_with_its_judge() {
    let manifest = read("src/embedded/Cargo.toml");
    assert!(!manifest.contains("path = \"..") && !manifest.contains("catalogue-release-gate"), "{manifest}");
}

#[rstest]
fn the_aggregate_job_of_ci_never_counts_a_skipped_job_as_success() {
    let ci = read(".github/workflows/ci.yml");
    let green = ci.split("\n  green:").nth(1).expect("an aggregate job");
    assert!(green.contains("if: always()"), "{green}");
    assert!(green.contains("join(needs.*.result, ' ')"), "{green}");
    let needs = green.split("needs: [").nth(1).and_then(|rest| rest.split(']').next()).expect("needs");
    let jobs = ci.split("\njobs:").nth(1).expect("jobs").lines();
    let jobs: Vec<&str> = jobs
        .filter(|line| line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':'))
        .map(|line| line.trim().trim_end_matches(':'))
        .filter(|job| *job != "green")
        .collect();
    assert_eq!(needs.split(", ").collect::<Vec<_>>(), jobs);
}

#[rstest]
fn the_exit_codes_in_the_readme_are_the_real_ones() {
    use release_gate::decision::Decision;
    let readme = read("README.md");
    for (decision, words) in [
        (Decision::MayBeReleased, "may be released"),
        (Decision::Blocked, "blocked"),
        (Decision::Undecided, "undecided"),
        (Decision::SuiteRefused, "suite file refused"),
        (Decision::Misused, "gate misused"),
    ] {
        let row = format!("| {} | {words}", decision.exit_code());
        assert!(readme.contains(&row), "README.md: {row}");
    }
}

#[rstest]
fn nothing_is_left_open() {
    for file in files(&project().join("src"), ".rs").into_iter().chain(files(&project().join("tests"), ".rs"))
    {
        let text = fs::read_to_string(&file).expect("a file");
        for open in [
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
            concat!("#[", "ignore"),
            concat!("#[", "allow("),
        ] {
            assert!(!text.contains(open), "{}: {open}", file.display());
        }
    }
}

/// The YAML blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    page.split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The YAML blocks of the guide for Product: what every criterion has, a waiver, then one for each kind; on the pages
/// that it links to, each block is an example of a kind.
fn blocks_of_the_guide() -> Vec<String> {
    let guide = read("docs/writing-criteria.md");
    let mut all = blocks(&guide);
    for page in files(&project().join("docs"), ".md")
        .iter()
        .filter(|page| page.parent().is_some_and(|it| it.ends_with("criteria")))
    {
        let name = page.file_name().expect("a name").to_string_lossy();
        assert!(guide.contains(&format!("(criteria/{name})")), "docs/writing-criteria.md links to {name}");
        let examples = blocks(&fs::read_to_string(page).expect("a page"));
        assert!(!examples.is_empty(), "{name} has an example to copy");
        all.extend(examples);
    }
    all
}

#[rstest]
fn every_example_to_copy_from_the_guide_is_accepted() {
    let blocks = blocks_of_the_guide();
    let [header, waiver, kinds @ ..] = blocks.as_slice() else { panic!("the guide has no examples") };
    let mut suite = "criteria:\n".to_owned();
    for (nr, kind) in kinds.iter().enumerate() {
        suite.push_str(&header.replace("digitised-archives-can-be-viewed", &format!("example-{nr}")));
        suite.push_str(waiver);
        suite.push_str(kind);
    }
    let parsed = release_gate::suite::Suite::parse(Path::new("guide.yaml"), &suite);
    assert_eq!(parsed.unwrap_or_else(|refusal| panic!("{refusal}")).criteria.len(), kinds.len());
}
