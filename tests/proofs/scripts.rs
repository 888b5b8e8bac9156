//! The scripts of the workflows, run with stand-ins for what they call, and the words that they put into texts.
//!
//! `release` runs those that let a release go on, `offers` those that offer fresh snapshots; the others stand here.

mod offers;
mod release;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{NOT_INHERITED, project};

/// A script, with nothing inherited that matters, and with these variables.
fn script(name: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(project().join("scripts").join(name));
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command.current_dir(project()).envs(variables.iter().copied());
    command
}

fn says(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder with a program of this name that does this, first on the path of what is run there.
fn stand_in(folder: &Path, name: &str, does: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, format!("#!/usr/bin/env bash\n{does}\n")).expect("a program");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it can be run");
    format!("{}:{}", folder.display(), std::env::var("PATH").expect("a path"))
}

#[rstest]
#[case::at_a_desk("", true)]
#[case::on_github("true", false)]
fn a_page_that_no_browser_looked_at_passes_nowhere_but_at_a_desk(
    #[case] actions: &str,
    #[case] passes: bool,
) {
    let folder = tempfile::tempdir().expect("a folder");
    // A path without a browser, on which nobody may install one either.
    stand_in(folder.path(), "id", "echo 1000");
    for name in ["bash", "dirname", "realpath"] {
        std::os::unix::fs::symlink(found(name), folder.path().join(name)).expect("a link");
    }
    let path = folder.path().to_str().expect("text");
    let variables = [("PATH", path), ("GITHUB_ACTIONS", actions)];
    let output = script("check-report", &variables).arg(folder.path()).output().expect("it runs");
    assert_eq!(output.status.success(), passes, "{}", says(&output));
    assert!(says(&output).contains("the page was not looked at"), "{}", says(&output));
}

#[rstest]
#[case::at_a_desk("", true)]
#[case::on_github("true", false)]
fn ci_goes_on_without_a_browser_nowhere_but_at_a_desk(#[case] actions: &str, #[case] goes_on: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    stand_in(folder.path(), "id", "echo 1000");
    // It ends with what comes next, whatever that says.
    stand_in(folder.path(), "cargo", r#"[ "$1" = fmt ] || { echo "the gate is run"; exit 1; }"#);
    for name in ["bash", "dirname"] {
        std::os::unix::fs::symlink(found(name), folder.path().join(name)).expect("a link");
    }
    let path = folder.path().to_str().expect("text");
    let variables = [("PATH", path), ("GITHUB_ACTIONS", actions)];
    let output = script("../.ci/run", &variables).output().expect("it runs");
    assert_eq!(says(&output).contains("the gate is run"), goes_on, "{}", says(&output));
}

#[rstest]
#[case::chrome_first(&["chromium", "google-chrome"], "google-chrome")]
#[case::else_chromium(&["chromium-browser", "chromium"], "chromium")]
fn the_browser_of_the_scripts_is_the_one_of_the_gate(#[case] installed: &[&str], #[case] told: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in installed {
        stand_in(folder.path(), name, "exit 1");
    }
    std::os::unix::fs::symlink(found("bash"), folder.path().join("bash")).expect("a link");
    let path = folder.path().to_str().expect("text");
    let output = script("find-browser", &[("PATH", path)]).output().expect("it runs");
    assert_eq!(says(&output), format!("{}\n", folder.path().join(told).display()));
}

/// Where a program is.
fn found(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("a path");
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    places.find(|place| place.exists()).unwrap_or_else(|| panic!("no {name}"))
}

#[rstest]
fn what_a_script_fetches_has_an_exact_version() {
    let code = fs::read_to_string(project().join("scripts/check-report")).expect("a script");
    let packages = code.lines().find_map(|line| line.strip_prefix("npm install ")).expect("npm is asked");
    let packages = packages.split(' ').filter(|word| !word.starts_with("--"));
    let is_exact =
        |package: &str| package.rsplit_once('@').is_some_and(|(_, version)| version.split('.').count() == 3);
    assert!(packages.into_iter().all(is_exact), "{code}");
}

/// `gh`, which writes down what it is asked, and lists this.
fn gh(folder: &Path, list: &str) -> String {
    stand_in(
        folder,
        "gh",
        &format!("echo \"$*\" >> '{}/asked'\ncase \"$2\" in list) echo '{list}';; esac", folder.display()),
    )
}

#[rstest]
#[case::the_first("", "## Reviews (1)\n", &["label create", "issue create"])]
#[case::again("7", "## Reviews (1)\n", &["issue edit 7"])]
#[case::nothing_any_more("7", "Nothing needs a hand.\n", &["issue close 7"])]
#[case::nothing_at_all("", "Nothing needs a hand.\n", &[])]
fn upkeep_is_one_issue(#[case] there: &str, #[case] body: &str, #[case] expected: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("body.md");
    fs::write(&file, body).expect("a body");
    let path = gh(folder.path(), there);
    let output = script("update-issue", &[("PATH", path.as_str())]).arg(&file).output().expect("it runs");
    assert!(output.status.success(), "{}", says(&output));
    let asked = fs::read_to_string(folder.path().join("asked")).expect("it was asked");
    let changes: Vec<&str> = asked.lines().filter(|line| !line.starts_with("issue list")).collect();
    assert_eq!(changes.len(), expected.len(), "{asked}");
    assert!(changes.iter().zip(expected).all(|(line, start)| line.starts_with(start)), "{asked}");
}

#[rstest]
fn what_needs_a_hand_is_told_of_the_shipped_suite() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suite"));
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    let told = command.arg("upkeep").current_dir(project()).output().expect("it runs");
    assert!(told.status.success(), "{}", says(&told));
    assert!(says(&told).contains("the embedded catalogue, and at `works-examples.yaml`"), "{}", says(&told));
    assert!(!says(&told).contains("Examples that are not there any more"), "{}", says(&told));
}
