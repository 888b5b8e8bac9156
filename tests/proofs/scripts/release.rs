//! The scripts between a stage and prod: that which runs the gate, and that without which nothing is deployed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{says, script, stand_in};

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
fn without_a_stage_the_job_runs_nothing() {
    let output = script("run-gate", &[]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(4), "{}", says(&output));
}
