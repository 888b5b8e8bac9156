//! The scripts of the workflows, run with stand-ins for what they call, and the words that they put into texts.

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

#[rstest]
#[case::what_was_judged(&[], None)]
#[case::a_release_with_blanks_about_it(&[("RELEASE_ID", " 7\n")], None)]
#[case::a_gate_that_failed(&[("GATE_RESULT", "failure")], Some("ended with \"failure\""))]
#[case::a_gate_that_was_skipped(&[("GATE_RESULT", "skipped")], Some("ended with \"skipped\""))]
#[case::a_gate_that_was_cancelled(&[("GATE_RESULT", "cancelled")], Some("ended with \"cancelled\""))]
#[case::no_word_of_it(&[("MAY_BE_RELEASED", "")], Some("did not say"))]
#[case::another_index(&[("INDEX", "works-indexed-2026-12-01")], Some("not \"works-indexed-2026-12-01\""))]
#[case::no_index(&[("INDEX", ""), ("JUDGED_INDEX", "")], Some("INDEX does not say"))]
#[case::another_release(&[("RELEASE_ID", "8")], Some("judged the release \"7\", not \"8\""))]
#[case::no_release(&[("RELEASE_ID", " "), ("JUDGED_RELEASE", "")], Some("RELEASE_ID does not say"))]
#[case::another_branch(&[("GITHUB_REF", "refs/heads/mine")], Some("started from \"refs/heads/mine\""))]
#[case::a_tag_of_that_name(&[("GITHUB_REF", "refs/tags/main")], Some("started from \"refs/tags/main\""))]
#[case::no_branch_to_deploy_from(&[("DEFAULT_BRANCH", "")], Some("DEFAULT_BRANCH does not say"))]
#[case::an_earlier_attempt(&[("GITHUB_RUN_ATTEMPT", "2")], Some("in attempt 1 of this run, and this is attempt 2"))]
#[case::no_attempt(&[("JUDGED_ATTEMPT", ""), ("GITHUB_RUN_ATTEMPT", "")], Some("in which attempt"))]
#[case::no_time(&[("JUDGED_AT", "")], Some("did not say when"))]
#[case::a_time_in_other_words(&[("JUDGED_AT", "now")], Some("did not say when"))]
#[case::a_time_that_is_none(&[("JUDGED_AT", "2026-13-01T00:00:00Z")], Some("is no time"))]
#[case::no_number_of_hours(&[("MAX_AGE_HOURS", "0")], Some("no number of hours"))]
fn only_what_was_judged_is_deployed(#[case] told: &[(&str, &str)], #[case] refusal: Option<&str>) {
    refuses_unless_judged(&[&[("JUDGED_AT", ago(1).as_str())], told].concat(), refusal);
}

#[rstest]
#[case::of_just_now(0, "", None)]
#[case::of_almost_two_hours_ago(115, "", None)]
#[case::too_old(121, "", Some("more than 2 hours ago"))]
#[case::older_where_that_is_allowed(300, "6", None)]
#[case::yet_to_come(-60, "", Some("yet to come"))]
fn only_what_was_judged_lately_is_deployed(
    #[case] minutes_ago: i64,
    #[case] hours: &str,
    #[case] refusal: Option<&str>,
) {
    refuses_unless_judged(&[("JUDGED_AT", &ago(minutes_ago)), ("MAX_AGE_HOURS", hours)], refusal);
}

/// Whether what was judged is deployed, told this as well.
fn refuses_unless_judged(told: &[(&str, &str)], refusal: Option<&str>) {
    let judged = [
        ("GATE_RESULT", "success"),
        ("MAY_BE_RELEASED", "true"),
        ("JUDGED_INDEX", "works-indexed-2026-11-01"),
        ("JUDGED_RELEASE", "7"),
        ("JUDGED_ATTEMPT", "1"),
        ("GITHUB_RUN_ATTEMPT", "1"),
        ("GITHUB_REF", "refs/heads/main"),
        ("DEFAULT_BRANCH", "main"),
        ("INDEX", "works-indexed-2026-11-01"),
        ("RELEASE_ID", "7"),
    ];
    let output = script("refuse-unless-judged", &[&judged[..], told].concat()).output().expect("it runs");
    assert_eq!(output.status.success(), refusal.is_none(), "{}", says(&output));
    assert!(says(&output).contains(refusal.unwrap_or_default()), "{}", says(&output));
}

/// The time so many minutes ago, as the gate tells it.
fn ago(minutes: i64) -> String {
    (jiff::Timestamp::now() - jiff::SignedDuration::from_mins(minutes)).to_string()
}

/// A folder with a program of this name that does this, first on the path of what is run there.
fn stand_in(folder: &Path, name: &str, does: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, format!("#!/usr/bin/env bash\n{does}\n")).expect("a program");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it can be run");
    format!("{}:{}", folder.display(), std::env::var("PATH").expect("a path"))
}

const YES: &str = "{\n  \"decision\": \"may-be-released\",\n  \"mayBeReleased\": true,\n  \"because\": []\n}";
const NO: &str = "{\n  \"decision\": \"nothing-concluded\",\n  \"mayBeReleased\": false,\n  \"because\": [\"\\n  \\\"mayBeReleased\\\": true,\\n\"]\n}";

#[rstest]
#[case::a_yes(0, Some(YES), 0)]
#[case::a_run_that_concludes_nothing(0, Some(NO), 2)]
#[case::a_gate_that_wrote_nothing(0, None, 2)]
#[case::a_block(1, Some(NO), 1)]
#[case::an_exit_code_against_the_verdict(1, Some(YES), 1)]
#[case::a_misuse(4, None, 4)]
fn the_job_fails_unless_the_verdict_is_yes(
    #[case] ends: i32,
    #[case] verdict: Option<&str>,
    #[case] code: i32,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let job = Job::of(folder.path(), &gate_that(verdict, ends), "exit 0");
    fs::write(job.out.join("verdict.json"), YES).expect("the verdict of an earlier run");
    let variables =
        [("ELASTIC_CLUSTER", ""), ("EXPECT_INDEX", "works-indexed-2026-11-01"), ("WANT_WAIT", "true")];
    let output = job.run(&variables);
    assert_eq!(output.status.code(), Some(code), "{}", says(&output));
    assert_eq!(job.told("may-be-released"), if code == 0 { "true" } else { "false" });
    assert_eq!(job.told("run-attempt"), "3");
    let told = fs::read_to_string(job.out.join("../env")).expect("what the gate was told");
    let has = |line: &str| told.lines().any(|it| it == line);
    assert!(has("CI=true") && has("WAIT_FOR_INDEX=works-indexed-2026-11-01"), "{told}");
    assert!(!told.contains("ELASTIC_CLUSTER") && !told.contains("PROD_URL"), "{told}");
    let args = fs::read_to_string(job.out.join("../args")).expect("arguments");
    assert_eq!(args.trim(), "test --locked --test gate", "no filter");
}

/// A snapshot that is there, and that git does not know.
const NOT_COMMITTED: &str = "echo '?? snapshots/stage/a222zvge.snap'";

#[rstest]
#[case::before_the_gate_runs(NOT_COMMITTED, "not as it was committed: ?? snapshots/stage/a222zvge.snap")]
#[case::while_it_ran(
    "if [ -e \"$GATE_OUT/verdict.json\" ]; then echo ' M schemas/work.json'; fi",
    " M schemas/work.json"
)]
#[case::and_git_does_not_tell("exit 128", "Git does not tell")]
fn a_yes_by_a_snapshot_that_nobody_committed_is_none(#[case] git: &str, #[case] refusal: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let job = Job::of(folder.path(), &gate_that(Some(YES), 0), git);
    let output = job.run(&[]);
    assert_eq!(output.status.code(), Some(2), "{}", says(&output));
    assert!(says(&output).contains(refusal), "{}", says(&output));
    assert_eq!((job.told("verdict"), job.told("may-be-released")), ("undecided".into(), "false".into()));
    assert!(!job.out.join("verdict.json").exists(), "no file says yes");
    let summary = fs::read_to_string(folder.path().join("summary")).expect("a summary");
    assert!(summary.contains("Undecided: nothing may be released") && summary.contains(refusal), "{summary}");
}

#[rstest]
fn what_nobody_committed_is_not_even_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let job = Job::of(folder.path(), &gate_that(Some(YES), 0), NOT_COMMITTED);
    assert_eq!(job.run(&[]).status.code(), Some(2));
    assert!(!folder.path().join("args").exists(), "cargo was not called");
}

/// What cargo does in the place of the gate: it writes down what it was told, says this, and ends with this.
fn gate_that(verdict: Option<&str>, ends: i32) -> String {
    let write = verdict.map_or_else(String::new, |text| {
        let yes = text.contains("\n  \"mayBeReleased\": true,\n");
        format!(
            "cat > \"$GATE_OUT/verdict.json\" <<'END'\n{text}\nEND\n\
             echo may-be-released={yes} >> \"$GITHUB_OUTPUT\"\necho verdict=of-the-gate >> \"$GITHUB_OUTPUT\""
        )
    });
    format!("env > \"$GATE_OUT/../env\"\necho \"$@\" > \"$GATE_OUT/../args\"\n{write}\nexit {ends}")
}

/// The job of the gate, with stand-ins for cargo and git in its folder.
struct Job {
    out: PathBuf,
    variables: Vec<(&'static str, String)>,
}

impl Job {
    fn of(folder: &Path, cargo: &str, git: &str) -> Self {
        let out = folder.join("gate");
        fs::create_dir(&out).expect("a folder");
        stand_in(folder, "git", git);
        let at = |name: &str| folder.join(name).to_str().expect("text").to_owned();
        let variables = vec![
            ("PATH", stand_in(folder, "cargo", cargo)),
            ("GATE_OUT", at("gate")),
            ("GITHUB_OUTPUT", at("output")),
            ("GITHUB_STEP_SUMMARY", at("summary")),
            ("GITHUB_RUN_ATTEMPT", "3".to_owned()),
            ("STAGE_URL", "https://stage.example.org".to_owned()),
        ];
        Self { out, variables }
    }

    fn run(&self, more: &[(&str, &str)]) -> Output {
        let variables: Vec<(&str, &str)> =
            self.variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        script("run-gate", &[&variables[..], more].concat()).output().expect("it runs")
    }

    /// An output of the job as GitHub reads it: of several lines, the last.
    fn told(&self, name: &str) -> String {
        let text = fs::read_to_string(self.out.join("../output")).expect("outputs");
        let told = text.lines().filter_map(|line| line.strip_prefix(&format!("{name}="))).next_back();
        told.unwrap_or_default().to_owned()
    }
}

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

#[rstest]
#[case::without_the_key("", Some("test --locked --test gate --no-run"))]
#[case::with_it("secret", None)]
fn the_gate_is_compiled_where_no_key_is(#[case] key: &str, #[case] args: Option<&str>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = stand_in(folder.path(), "cargo", &format!("echo \"$@\" > '{}/args'", folder.path().display()));
    let output =
        script("build-gate", &[("PATH", path.as_str()), ("STAGE_API_KEY", key)]).output().expect("it runs");
    assert_eq!(output.status.success(), args.is_some(), "{}", says(&output));
    let called = fs::read_to_string(folder.path().join("args")).ok();
    assert_eq!(called.as_deref().map(str::trim), args);
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

#[rstest]
fn without_a_stage_the_job_runs_nothing() {
    let output = script("run-gate", &[]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(4), "{}", says(&output));
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
