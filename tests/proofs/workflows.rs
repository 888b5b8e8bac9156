//! The workflows, read as GitHub reads them: no job may pass what failed, was skipped or was never judged.

mod owners;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use pretty_assertions::assert_eq;
use rstest::rstest;
use saphyr::{LoadableYamlNode, Yaml};

use crate::support::{project, read};

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

/// The scripts of the shell. Those of other programs have a name that says so.
fn scripts() -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(project().join("scripts")).expect("scripts");
    let all = all.map(|entry| entry.expect("an entry").path());
    all.filter(|path| path.extension().is_none()).collect()
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

/// Build scripts and macros of every crate run while cargo compiles.
#[rstest]
fn nothing_is_compiled_where_the_key_of_the_stage_can_be_seen() {
    let holding = std::cell::Cell::new(0);
    each_workflow(|name, workflow| {
        assert!(get(workflow, "env").is_none(), "{name}: no variable of all steps");
        for (job, yaml) in jobs(workflow) {
            assert!(get(yaml, "env").is_none(), "{name}, {job}: no variable of all steps");
            let holds = |step: &Yaml<'_>| format!("{step:?}").contains("STAGE_API_KEY");
            let Some(first) = steps(yaml).position(holds) else { continue };
            holding.set(holding.get() + 1);
            let built = steps(yaml).position(|step| text(step, "run") == "scripts/build-gate");
            assert!(built.is_some_and(|built| built < first), "{name}, {job}");
        }
    });
    assert_eq!(holding.get(), 2);
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
    let names =
        ["ended-at", "failed", "index", "may-be-released", "release", "run-attempt", "undecided", "verdict"];
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
fn a_release_starts_only_from_the_default_branch_after_a_gate_that_ended_well_and_said_yes(
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
        "github.ref == format('refs/heads/{0}', github.event.repository.default_branch) && \
         needs.gate.result == 'success' && needs.gate.outputs.may-be-released == 'true'"
    );
    assert_eq!(text(job, "environment"), "production");
    let refusing = steps(job).find(|step| !text(step, "run").is_empty()).expect("a step that runs something");
    assert_eq!(text(refusing, "run"), "scripts/refuse-unless-judged");
    let told = get(refusing, "env").expect("what it is told");
    for (name, value) in [
        ("GATE_RESULT", "needs.gate.result"),
        ("MAY_BE_RELEASED", "needs.gate.outputs.may-be-released"),
        ("JUDGED_INDEX", "needs.gate.outputs.index"),
        ("JUDGED_RELEASE", "needs.gate.outputs.release"),
        ("JUDGED_ATTEMPT", "needs.gate.outputs.run-attempt"),
        ("JUDGED_AT", "needs.gate.outputs.ended-at"),
        ("DEFAULT_BRANCH", "github.event.repository.default_branch"),
        ("INDEX", "inputs.index"),
        ("RELEASE_ID", "inputs.release-id"),
    ] {
        assert_eq!(text(told, name), format!("${{{{ {value} }}}}"), "{name}");
    }
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
