//! What a release changes: stage beside prod, from the suite file to every report.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pretty_assertions::assert_eq;
use release_gate::embedded::faults;
use release_gate::embedded::server::{Options, Scripted, Stage};
use rstest::rstest;
use serde_json::Value;

use crate::support::{self, Ended, Gate, SMALL, get, scripted, stage};

const SAMPLE: &str = "compare:\n  owner: Product\n  sample: { works: 600, images: 100, seed: 7 }\n";

const BOUNDS: &str = "  severities:
    - { path: \"items[].locations[type=DigitalLocation]\", kind: lost, severity: cannot-see, why: The View button hangs on it. }
  bounds:
    - { path: status, kind: lost, at-most: 0.5%, why: Works do not vanish. }
    - { path: \"items[].locations[type=DigitalLocation]\", kind: lost, at-most: 0.5%, why: Readers look at it. }
";

/// A small suite that compares by these rules.
fn suite(rules: &str) -> String {
    format!("{SMALL}{SAMPLE}{rules}")
}

/// A stage of the embedded catalogue that has this fault.
fn faulty(fault: &str) -> Stage {
    Stage::with(faults::named(fault).expect("a fault of that name"), Options::new()).expect("a stage")
}

/// The gate beside a healthy prod.
fn compared(suite: &str, stage: &Stage) -> Ended {
    Gate::with_suite(suite).stage(stage).env("PROD_URL", "embedded").run()
}

/// A file of the run.
fn read(ended: &Ended, name: &str) -> String {
    std::fs::read_to_string(ended.out().join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}\n{}", ended.text()))
}

fn comparison(ended: &Ended) -> Value {
    let report: Value = serde_json::from_str(&read(ended, "report.json")).expect("JSON");
    report["comparison"].clone()
}

/// The checks of the comparison that ended so.
fn checks(ended: &Ended, outcome: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(&read(ended, "report.json")).expect("JSON");
    let criteria = report["criteria"].as_array().expect("criteria").iter();
    let checks =
        criteria.filter(|it| it["id"] == "compare").flat_map(|it| it["checks"].as_array().expect("checks"));
    let such = checks.filter(|check| check["outcome"] == outcome);
    such.map(|check| check["name"].as_str().expect("a name").to_owned()).collect()
}

#[rstest]
fn an_unexpected_loss_blocks_and_every_report_says_first_what_readers_would_notice() {
    let summary = tempfile::NamedTempFile::new().expect("a file");
    let stage = faulty("unmerged");
    let gate = Gate::with_suite(&suite(BOUNDS)).stage(&stage).env("PROD_URL", "embedded");
    let ended = gate.env("GITHUB_STEP_SUMMARY", summary.path()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let copy = "compare::lost-items-locations-type-digitallocation";
    assert_eq!(checks(&ended, "failed"), [copy], "{}", ended.text());
    let first = "Blocked: readers could no longer see the digitised copy of about";
    assert!(ended.says(first), "{}", ended.text());
    let report: Value = serde_json::from_str(&read(&ended, "report.json")).expect("JSON");
    assert!(report["says"].as_str().is_some_and(|says| says.starts_with(first)), "{}", report["says"]);
    let change = "items[].locations[type=DigitalLocation]";
    let of_all = comparison(&ended);
    assert_eq!(of_all["changes"][0]["path"], change);
    assert_eq!(of_all["changes"][0]["standing"], "blocks");
    let example = &of_all["changes"][0]["examples"][0]["links"];
    assert!(
        example["page"]
            .as_str()
            .is_some_and(|page| page.starts_with("https://wellcomecollection.org/works/"))
    );
    assert!(read(&ended, "changes.md").contains("Readers could no longer see the digitised copy of about"));
    assert!(read(&ended, "report.html").contains("What this release changes"));
    let summary = std::fs::read_to_string(summary.path()).expect("a summary");
    assert!(summary.contains("| change | for readers | | to look at |"), "{summary}");
    assert_eq!(of_all["works"][3]["state"], "Visible");
    assert!(of_all["prodServes"].as_str().is_some_and(|serves| serves.starts_with("works-indexed")));
}

#[rstest]
fn a_healthy_stage_changes_nothing() {
    let ended = compared(&suite(BOUNDS), &stage());
    assert_eq!(checks(&ended, "passed").len(), 3, "{}", ended.text());
    assert_eq!(comparison(&ended)["changes"], Value::Array(Vec::new()));
    assert!(read(&ended, "changes.md").contains("Nothing that readers would notice"));
    assert_eq!(ended.decision(), "may-be-released", "{}", ended.text());
}

#[rstest]
fn a_change_without_a_rule_is_told_and_blocks_nothing() {
    let ended = compared(&suite(BOUNDS), &faulty("mojibake"));
    assert_eq!(checks(&ended, "failed"), [""; 0], "{}", ended.text());
    assert_eq!(comparison(&ended)["changes"][0]["standing"], "reported");
    assert!(ended.says("the title is different"), "{}", ended.text());
    assert!(ended.says("(readers may be told what is wrong)"), "{}", ended.text());
}

const EXPECTED: &str = "  expected:
    - { path: title, kind: changed, why: Titles are spelt anew., until: 2099-12-31, at-most: 100% }
";

#[rstest]
#[case::it_happens("mojibake", "passed", "expected")]
#[case::it_does_not("wrong-licence", "failed", "reported")]
fn a_change_that_is_meant_blocks_unless_it_happens(
    #[case] fault: &str,
    #[case] outcome: &str,
    #[case] standing: &str,
) {
    let ended = compared(&suite(EXPECTED), &faulty(fault));
    assert!(
        checks(&ended, outcome).contains(&"compare::expected-changed-title".to_owned()),
        "{}",
        ended.text()
    );
    let told = comparison(&ended)["changes"].as_array().expect("changes").clone();
    assert!(told.iter().any(|change| change["standing"] == standing), "{told:?}");
    let says_so = read(&ended, "changes.md").contains("## As intended");
    assert_eq!(says_so, standing == "expected", "{}", read(&ended, "changes.md"));
}

#[rstest]
fn a_change_that_is_no_longer_meant_blocks() {
    let ended = compared(&suite(&EXPECTED.replace("2099", "2020")), &faulty("mojibake"));
    assert_eq!(checks(&ended, "failed"), ["compare::expected-changed-title"], "{}", ended.text());
    assert!(ended.says("which is over: if it is still meant, say until when"), "{}", ended.text());
}

#[rstest]
fn a_prod_that_does_not_answer_leaves_every_check_of_the_comparison_undecided() {
    let nobody =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let prod = format!("http://{nobody}/catalogue/v2");
    let ended = Gate::with_suite(&suite(BOUNDS)).stage(&stage()).env("PROD_URL", prod).run();
    assert_eq!((ended.code, checks(&ended, "undecided").len()), (2, 3), "{}", ended.text());
    assert!(ended.says("prod does not answer"), "{}", ended.text());
    let changes = read(&ended, "changes.md");
    assert!(changes.contains("Not known: prod does not answer"), "{changes}");
    assert!(!changes.contains("Nothing that readers would notice"), "{changes}");
}

#[rstest]
fn without_a_prod_nothing_is_compared_and_that_is_said() {
    let ended = Gate::with_suite(&suite(BOUNDS)).stage(&stage()).run();
    assert!(ended.says("PROD_URL is not set, so nothing was compared with prod"), "{}", ended.text());
    assert_eq!(comparison(&ended), Value::Null);
    assert!(read(&ended, "changes.md").contains("nothing was compared with prod"));
}

#[rstest]
fn a_stage_with_the_index_of_prod_and_no_change_passes_with_a_warning() {
    let (stage, prod) = (stage(), stage());
    let ended = Gate::with_suite(&suite(BOUNDS)).stage(&stage).env("PROD_URL", prod.url()).run();
    assert_eq!(checks(&ended, "passed").len(), 3, "{}", ended.text());
    assert!(
        ended.says("unless the release is of code alone, what is to be released is not on stage"),
        "{}",
        ended.text()
    );
}

/// A prod that finds another number each time it is searched.
fn wavering() -> Stage {
    let healthy = stage();
    let (root, asked) = (healthy.url(), AtomicUsize::new(1));
    scripted(Arc::new(move |path, _| {
        let _kept = &healthy;
        let (_, request) = path.split_once("/catalogue/v2")?;
        request.contains("query=zzzqqqxxx").then(|| {
            let mut body: Value = serde_json::from_str(&get(&format!("{root}{request}"))).expect("JSON");
            body["totalResults"] = asked.fetch_add(1, Ordering::SeqCst).into();
            Scripted::answer(200, body.to_string())
        })
    }))
}

#[rstest]
fn what_prod_says_otherwise_each_time_is_noise_and_no_change() {
    let route = "  routes:\n    - { request: \"/works?query=zzzqqqxxx\", is: a search that finds nothing }\n";
    let prod = wavering();
    let ended = Gate::with_suite(&suite(route)).stage(&stage()).env("PROD_URL", prod.url()).run();
    let told = comparison(&ended);
    assert_eq!((&told["counts"]["changed"], &told["counts"]["ignored"]), (&0.into(), &1.into()), "{told}");
    assert_eq!(
        (&told["noise"][0]["path"], &told["noise"][0]["isNoise"]),
        (&"totalResults".into(), &true.into())
    );
    assert!(
        ended.says("how much is found changes in 1 of 1 answer that prod gave twice"),
        "{}",
        ended.text()
    );
}

#[rstest]
fn a_sample_costs_few_requests_of_either() {
    let (stage, prod) = (stage(), stage());
    let large = suite("").replace("works: 600, images: 100", "works: 5000");
    let gate = Gate::with_suite(&large).stage(&stage).env("PROD_URL", prod.url());
    let ended = gate.args(["compare"]).run();
    let compared = comparison(&ended)["counts"]["matched"].as_u64().expect("a number");
    // The preflight asks the stage once for each include.
    let asked = stage.requests().len() + prod.requests().len() - 20;
    assert!(compared > 1_500 && asked < 120, "{asked} requests for {compared} works: {}", ended.text());
}

#[rstest]
fn the_comparison_can_be_made_alone() {
    let ended = Gate::new().args(["compare"]).run();
    let report: Value = serde_json::from_str(&read(&ended, "report.json")).expect("JSON");
    let judged = report["criteria"].as_array().expect("criteria").iter();
    let judged: Vec<&Value> = judged.filter(|it| it["outcome"] != Value::Null).map(|it| &it["id"]).collect();
    assert_eq!(judged, ["compare"], "{}", ended.text());
    assert_eq!(comparison(&ended)["counts"]["changed"], 0, "{}", ended.text());
}

#[rstest]
fn page_views_say_how_many_would_notice() {
    let views = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(views.path(), "a222zvge 1204\n").expect("it is written");
    let unmerged = faulty("unmerged");
    let gate = Gate::with_suite(&suite(BOUNDS)).stage(&unmerged).env("PROD_URL", "embedded");
    let ended = gate.env("PAGE_VIEWS", views.path()).run();
    assert_eq!(comparison(&ended)["changes"][0]["views"], 1204, "{}", ended.text());
    let wrong = Gate::with_suite(&suite(BOUNDS)).stage(&stage()).env("PAGE_VIEWS", "no/such/file").run();
    assert_eq!(wrong.code, 4, "{}", wrong.text());
}

#[rstest]
fn a_saved_run_is_compared_again_as_it_was() {
    let first = compared(&suite(BOUNDS), &faulty("unmerged"));
    let saved = format!("file:{}", first.out().join("evidence").display());
    let again = Gate::with_suite(&suite(BOUNDS)).env("STAGE_URL", saved).run();
    let told = |ended: &Ended| -> Vec<Value> {
        let changes = comparison(ended)["changes"].as_array().expect("changes").clone();
        changes.iter().map(|change| change["says"].clone()).collect()
    };
    assert_eq!(told(&again), told(&first), "{}", again.text());
    assert_eq!(checks(&again, "failed"), checks(&first, "failed"));
}

#[rstest]
fn the_rules_of_the_guide_can_be_copied_as_they_stand() {
    let guide = support::read("docs/comparing.md");
    let rules =
        guide.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let ended = Gate::with_suite(&format!("{SMALL}{rules}")).args(["--list"]).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    for check in [
        "compare::everything-was-compared",
        "compare::lost-status",
        "compare::expected-changed-subjects-concepts",
    ] {
        assert!(ended.stdout.contains(check), "{check}: {}", ended.text());
    }
}

#[rstest]
fn the_processes_of_nextest_tell_the_comparison_together() {
    let out = tempfile::tempdir().expect("a folder");
    let unmerged = faulty("unmerged");
    let run = |check: &str| {
        let gate = Gate::with_suite(&suite("")).stage(&unmerged).env("PROD_URL", "embedded").out(out.path());
        gate.of_nextest("7d3f", check).run()
    };
    let checks = ["digitised-archives::a222zvge", "compare::everything-was-compared", "contract::work"];
    let last = checks.map(run).into_iter().next_back().expect("a run");
    assert_eq!(comparison(&last)["changes"][0]["severity"], "wrong", "{}", last.text());
}
