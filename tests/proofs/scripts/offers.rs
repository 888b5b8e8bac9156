//! The scripts that take fresh snapshots and offer them to Product, with a real git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{gh, says, stand_in};
use crate::support::project;

#[rstest]
#[case::with_new_records(2, Some("info\nnew"))]
#[case::with_a_block(1, Some("info\nnew"))]
#[case::that_did_not_run(4, None)]
fn snapshots_are_taken_as_at_a_desk(#[case] ends: i32, #[case] taken: Option<&str>) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = checkout(folder.path());
    fs::copy(project().join("scripts/take-snapshots"), here.join("scripts/take-snapshots"))
        .expect("a script");
    let gate = format!(
        "if [ \"$1\" = run ]; then test -z \"${{STAGE_API_KEY:-}}\" || exit 9; echo 'what has changed'; exit 0; fi\nenv > ../env\n\
         printf 'info\\nassertion_line: 7\\nnew' > snapshots/stage/works.snap.new\nexit {ends}"
    );
    let path = stand_in(folder.path(), "cargo", &gate);
    let mut command = Command::new(here.join("scripts/take-snapshots"));
    command.env("PATH", path).env("STAGE_URL", "https://stage.example.org").env("CI", "true");
    command.env("STAGE_API_KEY", "secret");
    let output = command.env("GITHUB_ACTIONS", "true").env("PROD_URL", "").output().expect("it runs");
    assert_eq!(output.status.success(), taken.is_some(), "{}", says(&output));
    let told = fs::read_to_string(folder.path().join("env")).expect("what the gate was told");
    let set = |name: &str| told.lines().any(|line| line.starts_with(&format!("{name}=")));
    assert!(!set("CI") && !set("GITHUB_ACTIONS") && !set("PROD_URL") && set("STAGE_URL"), "{told}");
    assert!(set("STAGE_API_KEY"), "{told}");
    let snapshot = fs::read_to_string(here.join("snapshots/stage/works.snap")).ok();
    assert_eq!(snapshot.as_deref().map(str::trim_end), taken);
    let changes = fs::read_to_string(here.join("target/changes.md")).ok();
    assert_eq!(changes.as_deref(), taken.map(|_| "what has changed\n"));
}

/// Runs git in this folder.
fn git(folder: &Path, args: &[&str]) -> String {
    let identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    let output =
        Command::new("git").arg("-C").arg(folder).args(identity).args(args).output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", says(&output));
    String::from_utf8(output.stdout).expect("text")
}

/// A checkout with a recorded count and the scripts, and a place to push to.
fn checkout(folder: &Path) -> PathBuf {
    let (here, there) = (folder.join("here"), folder.join("there"));
    fs::create_dir_all(here.join("snapshots/stage")).expect("a folder");
    fs::create_dir(here.join("scripts")).expect("a folder");
    fs::copy(project().join("scripts/open-pull-request"), here.join("scripts/open-pull-request"))
        .expect("a script");
    fs::write(
        here.join("snapshots/stage/population-works.snap"),
        "---\ninfo:\n  counted: works\n---\n1,073  a  Books\n",
    )
    .expect("a snapshot");
    git(folder, &["init", "--quiet", "--bare", "there"]);
    git(&here, &["init", "--quiet", "--initial-branch", "main"]);
    git(&here, &["add", "."]);
    git(&here, &["commit", "--quiet", "--message", "begin"]);
    git(&here, &["remote", "add", "origin", there.to_str().expect("text")]);
    here
}

/// Another number than the recorded one is there now.
fn change_the_count(here: &Path) {
    let is = "---\ninfo:\n  counted: works\n---\n900  a  Books\n";
    fs::write(here.join("snapshots/stage/population-works.snap"), is).expect("a snapshot");
}

/// Offers what has changed in this checkout, where the pull request with this number is open.
fn offer(folder: &Path, number: &str) -> Output {
    let path = gh(folder, number);
    let mut command = Command::new(folder.join("here/scripts/open-pull-request"));
    command.arg("body.md").env("PATH", path).env_remove("GITHUB_ACTIONS").output().expect("it runs")
}

#[rstest]
#[case::the_first("", "pr create --head gate/fresh-snapshots --base main")]
#[case::again("7", "pr edit 7 --body-file")]
fn changed_snapshots_become_one_pull_request_whose_text_tells_what_changed(
    #[case] there: &str,
    #[case] expected: &str,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = checkout(folder.path());
    change_the_count(&here);
    let verdict = here.join("verdict.json");
    let stage = "{\"url\": \"https://stage.example.org\"}";
    fs::write(&verdict, format!("{{\"decision\": \"blocked\", \"stage\": {stage}}}")).expect("a verdict");
    let mut suite = Command::new(env!("CARGO_BIN_EXE_suite"));
    let told = suite.args(["changes", "--verdict"]).arg(&verdict).current_dir(&here).output();
    let body = says(&told.expect("it runs"));
    assert!(
        body.starts_with("Taken of https://stage.example.org, ") && body.contains("**blocked**"),
        "{body}"
    );
    assert!(
        body.contains("# 1 count has changed") && body.contains("a Books: 900, which was 1,073 (−173)"),
        "{body}"
    );

    let output = offer(folder.path(), there);
    assert!(output.status.success(), "{}", says(&output));
    let asked = fs::read_to_string(folder.path().join("asked")).expect("it was asked");
    assert!(asked.lines().any(|line| line.starts_with(expected)), "{asked}");
    let pushed = git(&folder.path().join("there"), &["show", "--stat", "gate/fresh-snapshots"]);
    assert!(pushed.contains("snapshots/stage/population-works.snap"), "{pushed}");
}

#[rstest]
#[case::where_none_is_open("", None)]
#[case::where_one_is_open("7", Some("pr close 7 --comment"))]
fn without_a_change_there_is_no_pull_request(#[case] number: &str, #[case] closed: Option<&str>) {
    let folder = tempfile::tempdir().expect("a folder");
    checkout(folder.path());
    let output = offer(folder.path(), number);
    assert!(
        output.status.success() && says(&output).contains("No snapshot has changed."),
        "{}",
        says(&output)
    );
    let asked = fs::read_to_string(folder.path().join("asked")).expect("it was asked");
    let changes: Vec<&str> = asked.lines().filter(|line| !line.starts_with("pr list")).collect();
    assert_eq!(changes.len(), closed.iter().count(), "{asked}");
    assert!(changes.iter().zip(closed).all(|(line, start)| line.starts_with(start)), "{asked}");
}

#[rstest]
fn an_earlier_offer_is_replaced_but_no_commit_of_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = checkout(folder.path());
    let tip = || git(&folder.path().join("there"), &["rev-parse", "gate/fresh-snapshots"]);
    change_the_count(&here);
    assert!(offer(folder.path(), "").status.success());
    let first = tip();
    git(&here, &["switch", "--quiet", "main"]);
    fs::write(here.join("snapshots/stage/another.snap"), "---\n---\nx\n").expect("a snapshot");
    let output = offer(folder.path(), "7");
    assert!(output.status.success() && tip() != first, "{}", says(&output));

    git(&here, &["commit", "--quiet", "--allow-empty", "--message", "of somebody"]);
    git(&here, &["push", "--quiet", "origin", "gate/fresh-snapshots"]);
    let of_others = tip();
    git(&here, &["switch", "--quiet", "main"]);
    change_the_count(&here);
    let output = offer(folder.path(), "7");
    assert!(
        !output.status.success() && says(&output).contains("a commit of t@example.org"),
        "{}",
        says(&output)
    );
    assert_eq!(tip(), of_others);
}

#[rstest]
fn a_revision_that_is_none_is_refused() {
    let told =
        Command::new(env!("CARGO_BIN_EXE_suite")).args(["changes", "--since", "no-such-revision"]).output();
    let told = told.expect("it runs");
    assert!(
        !told.status.success() && says(&told).contains("is this a checkout that holds it?"),
        "{}",
        says(&told)
    );
}
