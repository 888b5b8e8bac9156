//! The workflows, read as GitHub reads them, and their scripts, run: no job may pass what failed, was skipped or was
//! never judged.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use pretty_assertions::assert_eq;
use rstest::rstest;
use saphyr::{LoadableYamlNode, Yaml};

use crate::support::{NOT_INHERITED, project, read};

type Map<'y> = saphyr::Mapping<'y>;

/// What a lint looks at: every workflow, by its name.
fn each_workflow(look: impl Fn(&str, &Yaml<'_>)) {
    let folder = project().join(".github/workflows");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("workflows")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        let text = read(&format!(".github/workflows/{name}"));
        look(&name, &Yaml::load_from_str(&text).expect("YAML")[0]);
    }
}

fn get<'y>(yaml: &'y Yaml<'y>, key: &str) -> Option<&'y Yaml<'y>> {
    yaml.as_mapping()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

fn text<'y>(yaml: &'y Yaml<'y>, key: &str) -> &'y str {
    get(yaml, key).and_then(Yaml::as_str).unwrap_or_default()
}

fn jobs<'y>(workflow: &'y Yaml<'y>) -> impl Iterator<Item = (&'y str, &'y Yaml<'y>)> {
    let jobs: &Map<'y> = get(workflow, "jobs").and_then(Yaml::as_mapping).expect("jobs");
    jobs.iter().map(|(name, job)| (name.as_str().expect("a name"), job))
}

fn steps<'y>(job: &'y Yaml<'y>) -> impl Iterator<Item = &'y Yaml<'y>> {
    get(job, "steps").and_then(Yaml::as_sequence).into_iter().flatten()
}

fn each_step(look: impl Fn(&str, &Yaml<'_>)) {
    each_workflow(|name, workflow| {
        for (job, yaml) in jobs(workflow) {
            steps(yaml).for_each(|step| look(&format!("{name}, {job}"), step));
        }
    });
}

#[rstest]
fn no_step_and_no_job_goes_on_after_a_failure() {
    each_workflow(|name, workflow| {
        for (job, yaml) in jobs(workflow) {
            let all = steps(yaml).chain([yaml]);
            assert!(all.into_iter().all(|it| get(it, "continue-on-error").is_none()), "{name}, {job}");
        }
    });
}

#[rstest]
fn every_shell_is_bash_which_ends_at_the_first_failure_also_of_a_pipe() {
    each_workflow(|name, workflow| {
        let shell =
            get(workflow, "defaults").and_then(|it| get(it, "run")).map(|it| text(it, "shell").to_owned());
        assert_eq!(shell.as_deref(), Some("bash"), "{name}");
    });
    each_step(|place, step| assert!(get(step, "shell").is_none(), "{place}: the default is not changed"));
    for script in scripts() {
        let code = fs::read_to_string(&script).expect("a script");
        assert!(code.starts_with("#!/usr/bin/env bash\n#"), "{}: says what it does", script.display());
        assert!(code.contains("\nset -euo pipefail\n"), "{}", script.display());
    }
}

fn scripts() -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(project().join("scripts")).expect("scripts");
    all.map(|entry| entry.expect("an entry").path()).collect()
}

/// A workflow runs one command a step, so that everything longer can be run and tested elsewhere.
#[rstest]
fn what_a_step_runs_is_one_line_into_which_nothing_is_pasted() {
    each_step(|place, step| {
        let run = text(step, "run").trim();
        assert!(!run.contains("${{") && !run.contains('\n'), "{place}: {run}");
        let own = run.starts_with("scripts/") || run.starts_with(".ci/") || run.is_empty();
        assert!(own || run.starts_with("test ") || run.starts_with("echo \"Here stands"), "{place}: {run}");
        if let Some(script) = run.split(' ').next().filter(|it| it.starts_with("scripts/")) {
            let mode = fs::metadata(project().join(script)).expect(script).permissions().mode();
            assert!(mode & 0o100 != 0, "{script} can be run");
        }
    });
}

#[rstest]
fn an_upload_happens_whatever_the_outcome_and_fails_if_there_is_nothing() {
    let uploads = std::cell::Cell::new(0);
    each_step(|place, step| {
        if !text(step, "uses").starts_with("actions/upload-artifact@") {
            return;
        }
        uploads.set(uploads.get() + 1);
        assert_eq!(text(step, "if"), "always()", "{place}");
        let with = get(step, "with").expect("with");
        assert_eq!(text(with, "if-no-files-found"), "error", "{place}");
    });
    assert_eq!(uploads.get(), 2);
}

#[rstest]
fn actions_are_pinned_to_a_commit_and_take_no_credentials_along() {
    each_step(|place, step| {
        let uses = text(step, "uses");
        if uses.is_empty() {
            return;
        }
        let commit = uses.split_once('@').expect("a pin").1;
        assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{place}: {uses}");
        if uses.starts_with("actions/checkout@") {
            let kept =
                get(step, "with").and_then(|with| get(with, "persist-credentials")).and_then(Yaml::as_bool);
            assert_eq!(kept, Some(false), "{place}");
        }
    });
}

/// Which rights a job may have beyond reading the repository.
const RIGHTS: [(&str, &str, &[&str]); 2] = [
    ("snapshots.yml", "take", &["contents: write", "pull-requests: write"]),
    ("upkeep.yml", "look", &["contents: read", "issues: write"]),
];

#[rstest]
fn rights_are_the_least() {
    let granted = |yaml: &Yaml<'_>| -> Vec<String> {
        let rights = get(yaml, "permissions").map(|it| it.as_mapping().expect("rights by name"));
        let right = |(name, right): (&Yaml<'_>, &Yaml<'_>)| {
            format!("{}: {}", name.as_str().unwrap(), right.as_str().unwrap())
        };
        rights.into_iter().flatten().map(right).collect()
    };
    each_workflow(|name, workflow| {
        assert_eq!(granted(workflow), ["contents: read"], "{name}");
        for (job, yaml) in jobs(workflow) {
            let expected = RIGHTS.iter().find(|(file, id, _)| (*file, *id) == (name, job));
            assert_eq!(
                granted(yaml),
                expected.map(|(_, _, rights)| *rights).unwrap_or_default(),
                "{name}, {job}"
            );
        }
    });
}

#[rstest]
fn a_job_that_hangs_ends() {
    each_workflow(|name, workflow| {
        for (job, yaml) in jobs(workflow) {
            let calls_another = get(yaml, "uses").is_some();
            assert!(calls_another || get(yaml, "timeout-minutes").is_some(), "{name}, {job}");
        }
    });
}

#[rstest]
fn one_gate_for_an_environment_runs_at_a_time_and_none_is_cut_off() {
    let file = read(".github/workflows/release-gate.yml");
    let workflow = &Yaml::load_from_str(&file).expect("YAML")[0];
    let (_, gate) = jobs(workflow).next().expect("a gate");
    let concurrency = get(gate, "concurrency").expect("concurrency");
    assert_eq!(
        text(concurrency, "group"),
        "release-gate ${{ inputs.stage-url }} ${{ inputs.elastic-cluster }}"
    );
    assert_eq!(get(concurrency, "cancel-in-progress").and_then(Yaml::as_bool), Some(false));
}

#[rstest]
fn the_gate_tells_its_callers_all_that_the_step_tells() {
    let file = read(".github/workflows/release-gate.yml");
    let workflow = &Yaml::load_from_str(&file).expect("YAML")[0];
    let (name, gate) = jobs(workflow).next().expect("a gate");
    let outputs = |yaml: &Yaml<'_>| -> BTreeMap<String, String> {
        let outputs = get(yaml, "outputs").and_then(Yaml::as_mapping).expect("outputs");
        let text = |value: &Yaml<'_>| {
            value.as_str().map_or_else(|| self::text(value, "value").to_owned(), str::to_owned)
        };
        outputs.iter().map(|(name, value)| (name.as_str().unwrap().to_owned(), text(value))).collect()
    };
    let names = ["failed", "index", "may-be-released", "release", "undecided", "verdict"];
    let expected =
        |of: &str| names.map(|name| (name.to_owned(), format!("${{{{ {of}.outputs.{name} }}}}"))).into();
    assert_eq!(outputs(gate), expected("steps.gate"));
    let call = get(workflow, "on").and_then(|on| get(on, "workflow_call")).expect("it can be called");
    assert_eq!(outputs(call), expected(&format!("jobs.{name}")));
}

#[rstest]
fn by_hand_and_by_a_workflow_the_gate_is_asked_the_same() {
    let file = read(".github/workflows/release-gate.yml");
    let workflow = &Yaml::load_from_str(&file).expect("YAML")[0];
    let inputs = |how| {
        let on =
            get(workflow, "on").and_then(|on| get(on, how)).and_then(|it| get(it, "inputs")).expect("inputs");
        let inputs = on.as_mapping().expect("a mapping").iter();
        inputs
            .map(|(name, input)| (name.as_str().unwrap().to_owned(), format!("{input:?}")))
            .collect::<BTreeMap<_, _>>()
    };
    let (mut called, by_hand) = (inputs("workflow_call"), inputs("workflow_dispatch"));
    called.remove("artifact");
    assert_eq!(called, by_hand);
}

#[rstest]
#[case::of_the_api("deploy-example.yml", "deploy")]
#[case::of_an_index("reindex-example.yml", "switch")]
fn a_release_starts_only_after_a_gate_that_ended_well_and_said_yes(
    #[case] file: &str,
    #[case] releasing: &str,
) {
    let file = read(&format!(".github/workflows/{file}"));
    let workflow = &Yaml::load_from_str(&file).expect("YAML")[0];
    let jobs: BTreeMap<&str, &Yaml<'_>> = jobs(workflow).collect();
    assert_eq!(text(jobs["gate"], "uses"), "./.github/workflows/release-gate.yml");
    assert!(get(jobs["gate"], "if").is_none(), "the gate is never skipped");
    let job = jobs[releasing];
    assert_eq!(text(job, "needs"), "gate");
    assert_eq!(
        text(job, "if"),
        "needs.gate.result == 'success' && needs.gate.outputs.may-be-released == 'true'"
    );
    assert_eq!(text(job, "environment"), "production");
    let runs: Vec<&str> = steps(job).map(|step| text(step, "run")).filter(|run| !run.is_empty()).collect();
    assert_eq!(runs[0], "scripts/refuse-unless-judged");
    let last = jobs["released"];
    assert_eq!(text(last, "if"), "always()");
    let needs: Vec<&str> = get(last, "needs")
        .and_then(Yaml::as_sequence)
        .expect("needs")
        .iter()
        .filter_map(Yaml::as_str)
        .collect();
    assert_eq!(needs, ["gate", releasing]);
}

#[rstest]
fn product_is_asked_for_what_decides() {
    let owners = read(".github/CODEOWNERS");
    for path in ["/works-examples.yaml", "/permalinks.txt", "/snapshots/", "/docs/"] {
        let line = owners.lines().find(|line| line.starts_with(path)).unwrap_or_else(|| panic!("{path}"));
        assert!(line.contains("/product"), "{line}");
    }
    let template = read(".github/pull_request_template.md");
    assert!(template.contains("works-examples.yaml") && template.contains("snapshots/"), "{template}");
}

/// A script, with nothing inherited that matters, and with these variables.
fn script(name: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(project().join("scripts").join(name));
    NOT_INHERITED.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.current_dir(project()).envs(variables.iter().copied());
    command
}

fn says(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[rstest]
#[case::what_was_judged(&[], None)]
#[case::a_gate_that_failed(&[("GATE_RESULT", "failure")], Some("ended with \"failure\""))]
#[case::a_gate_that_was_skipped(&[("GATE_RESULT", "skipped")], Some("ended with \"skipped\""))]
#[case::a_gate_that_was_cancelled(&[("GATE_RESULT", "cancelled")], Some("ended with \"cancelled\""))]
#[case::no_word_of_it(&[("MAY_BE_RELEASED", "")], Some("did not say"))]
#[case::another_index(&[("INDEX", "works-indexed-2026-12-01")], Some("not \"works-indexed-2026-12-01\""))]
#[case::no_index(&[("INDEX", ""), ("JUDGED_INDEX", "")], Some("INDEX does not say"))]
#[case::another_release(&[("RELEASE_ID", "8")], Some("judged the release \"7\", not \"8\""))]
fn only_what_was_judged_is_deployed(#[case] told: &[(&str, &str)], #[case] refusal: Option<&str>) {
    let judged = [
        ("GATE_RESULT", "success"),
        ("MAY_BE_RELEASED", "true"),
        ("JUDGED_INDEX", "works-indexed-2026-11-01"),
        ("JUDGED_RELEASE", "7"),
        ("INDEX", "works-indexed-2026-11-01"),
        ("RELEASE_ID", "7"),
    ];
    let output = script("refuse-unless-judged", &[&judged[..], told].concat()).output().expect("it runs");
    assert_eq!(output.status.success(), refusal.is_none(), "{}", says(&output));
    assert!(says(&output).contains(refusal.unwrap_or_default()), "{}", says(&output));
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
    let out = folder.path().join("gate");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("verdict.json"), YES).expect("the verdict of an earlier run");
    let write = verdict
        .map(|text| format!("cat > \"$GATE_OUT/verdict.json\" <<'END'\n{text}\nEND"))
        .unwrap_or_default();
    let path = stand_in(
        folder.path(),
        "cargo",
        &format!("env > \"$GATE_OUT/../env\"\necho \"$@\" > \"$GATE_OUT/../args\"\n{write}\nexit {ends}"),
    );
    stand_in(folder.path(), "git", "exit 0");
    let variables = [
        ("PATH", path.as_str()),
        ("GATE_OUT", out.to_str().expect("text")),
        ("STAGE_URL", "https://stage.example.org"),
        ("ELASTIC_CLUSTER", ""),
        ("EXPECT_INDEX", "works-indexed-2026-11-01"),
        ("WANT_WAIT", "true"),
    ];
    let output = script("run-gate", &variables).output().expect("it runs");
    assert_eq!(output.status.code(), Some(code), "{}", says(&output));
    let told = fs::read_to_string(folder.path().join("env")).expect("what the gate was told");
    let has = |line: &str| told.lines().any(|it| it == line);
    assert!(has("CI=true") && has("WAIT_FOR_INDEX=works-indexed-2026-11-01"), "{told}");
    assert!(!told.contains("ELASTIC_CLUSTER") && !told.contains("PROD_URL"), "{told}");
    let args = fs::read_to_string(folder.path().join("args")).expect("arguments");
    assert_eq!(args.trim(), "test --locked --test gate", "no filter");
}

#[rstest]
fn a_yes_by_a_snapshot_that_nobody_committed_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = format!("cat > \"$GATE_OUT/verdict.json\" <<'END'\n{YES}\nEND");
    let path = stand_in(folder.path(), "cargo", &write);
    stand_in(folder.path(), "git", "echo '?? snapshots/stage/a222zvge.snap'");
    let out = folder.path().to_str().expect("text");
    let variables = [("PATH", path.as_str()), ("GATE_OUT", out), ("STAGE_URL", "https://stage.example.org")];
    let output = script("run-gate", &variables).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", says(&output));
    assert!(says(&output).contains("?? snapshots/stage/a222zvge.snap"), "{}", says(&output));
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
        "if [ \"$1\" = run ]; then echo 'what has changed'; exit 0; fi\nenv > ../env\n\
         printf 'info\\nassertion_line: 7\\nnew' > snapshots/stage/works.snap.new\nexit {ends}"
    );
    let path = stand_in(folder.path(), "cargo", &gate);
    let mut command = Command::new(here.join("scripts/take-snapshots"));
    command.env("PATH", path).env("STAGE_URL", "https://stage.example.org").env("CI", "true");
    let output = command.env("GITHUB_ACTIONS", "true").env("PROD_URL", "").output().expect("it runs");
    assert_eq!(output.status.success(), taken.is_some(), "{}", says(&output));
    let told = fs::read_to_string(folder.path().join("env")).expect("what the gate was told");
    let set = |name: &str| told.lines().any(|line| line.starts_with(&format!("{name}=")));
    assert!(!set("CI") && !set("GITHUB_ACTIONS") && !set("PROD_URL") && set("STAGE_URL"), "{told}");
    let snapshot = fs::read_to_string(here.join("snapshots/stage/works.snap")).ok();
    assert_eq!(snapshot.as_deref().map(str::trim_end), taken);
    let changes = fs::read_to_string(here.join("target/changes.md")).ok();
    assert_eq!(changes.as_deref(), taken.map(|_| "what has changed\n"));
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
fn checkout(folder: &Path) -> std::path::PathBuf {
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

#[rstest]
#[case::the_first("", "pr create --head gate/fresh-snapshots --base main")]
#[case::again("7", "pr edit 7 --body-file")]
fn changed_snapshots_become_one_pull_request_whose_text_tells_what_changed(
    #[case] there: &str,
    #[case] expected: &str,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = checkout(folder.path());
    let path = gh(folder.path(), there);
    fs::write(
        here.join("snapshots/stage/population-works.snap"),
        "---\ninfo:\n  counted: works\n---\n900  a  Books\n",
    )
    .expect("a snapshot");
    let told = Command::new(env!("CARGO_BIN_EXE_suite"))
        .arg("changes")
        .current_dir(&here)
        .output()
        .expect("it runs");
    let body = says(&told);
    assert!(
        body.contains("# 1 count has changed") && body.contains("a Books: 900, which was 1,073 (−173)"),
        "{body}"
    );

    let mut command = Command::new(here.join("scripts/open-pull-request"));
    let output =
        command.arg("body.md").env("PATH", path).env_remove("GITHUB_ACTIONS").output().expect("it runs");
    assert!(output.status.success(), "{}", says(&output));
    let asked = fs::read_to_string(folder.path().join("asked")).expect("it was asked");
    assert!(asked.lines().any(|line| line.starts_with(expected)), "{asked}");
    let pushed = git(&folder.path().join("there"), &["show", "--stat", "gate/fresh-snapshots"]);
    assert!(pushed.contains("snapshots/stage/population-works.snap"), "{pushed}");
}

#[rstest]
fn without_a_change_there_is_no_pull_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = checkout(folder.path());
    let path = gh(folder.path(), "");
    let mut command = Command::new(here.join("scripts/open-pull-request"));
    let output = command.arg("body.md").env("PATH", path).output().expect("it runs");
    assert!(
        output.status.success() && says(&output).contains("No snapshot has changed."),
        "{}",
        says(&output)
    );
    assert!(!folder.path().join("asked").exists());
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
    NOT_INHERITED.iter().for_each(|name| {
        command.env_remove(name);
    });
    let told = command.arg("upkeep").current_dir(project()).output().expect("it runs");
    assert!(told.status.success(), "{}", says(&told));
    assert!(says(&told).contains("the embedded catalogue, and at `works-examples.yaml`"), "{}", says(&told));
    assert!(!says(&told).contains("Examples that are not there any more"), "{}", says(&told));
}
