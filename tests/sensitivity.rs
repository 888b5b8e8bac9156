//! How much of what the examples' records say is watched: `docs/sensitivity.md` is fresh, no share falls, and no critical
//! change passes unseen. Everything is surveyed once, in this process.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use release_gate::gate::Plan;
use release_gate::sensitivity::{self, Shares, Survey};
use release_gate::suite::Suite;

/// What writes the page anew.
const COMMAND: &str = "cargo run --bin suite -- sensitivity --write";

static SUITE: LazyLock<Suite> = LazyLock::new(|| {
    Suite::load(&project("works-examples.yaml")).unwrap_or_else(|refusal| panic!("{refusal}"))
});

static SURVEY: LazyLock<Survey> = LazyLock::new(|| {
    let plan = Plan::of_the_api(&SUITE);
    let gathered = sensitivity::gather(&SUITE, &plan, &project("snapshots/embedded"))
        .unwrap_or_else(|error| panic!("{error}"));
    sensitivity::survey(&SUITE, &plan, &gathered.bench, &gathered.evidence)
        .unwrap_or_else(|error| panic!("{error}"))
});

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn page() -> String {
    let path = project("docs/sensitivity.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn no_critical_change_passes_unseen() {
    let survivors: Vec<String> = SURVEY.survivors.iter().map(ToString::to_string).collect();
    assert!(
        survivors.is_empty(),
        "{} critical changes would pass unseen. For each, say in works-examples.yaml what must stand there. What a \
         criterion with a `known-issue` says does not count, since its failures are let pass:\n- {}",
        survivors.len(),
        survivors.join("\n- ")
    );
}

#[test]
fn no_work_is_excepted_from_what_it_keeps() {
    let needless = SURVEY.needless_exceptions(&SUITE.critical);
    assert!(
        needless.is_empty(),
        "these exceptions of `critical:` are needed no more; remove them from works-examples.yaml:\n- {}",
        needless.join("\n- ")
    );
}

#[test]
fn no_share_falls() {
    let before =
        Shares::read(&page()).unwrap_or_else(|| panic!("docs/sensitivity.md has no shares: {COMMAND}"));
    let fallen = Shares::of(&SURVEY).fallen_since(&before);
    assert!(
        fallen.is_empty(),
        "the gate would notice less than docs/sensitivity.md says:\n- {}\nSay more of the examples in \
         works-examples.yaml. If less is right, say why, which is written into the page: {COMMAND} --lower REASON",
        fallen.join("\n- ")
    );
}

#[test]
fn the_page_is_fresh() {
    let page = page();
    let fresh = sensitivity::page(&SUITE, &SURVEY, &sensitivity::reasons(&page));
    assert!(page == fresh, "docs/sensitivity.md is not what the survey finds now. Write it anew: {COMMAND}");
}

#[test]
fn every_criterion_about_single_records_notices_something() {
    let vacuous: Vec<&String> = SURVEY.asked.difference(&SURVEY.noticing).collect();
    assert!(vacuous.is_empty(), "nothing that is done to a record makes these criteria fail: {vacuous:?}");
}

#[test]
fn more_than_ten_thousand_changes_are_judged() {
    assert!(SURVEY.all.mutations > 10_000, "{}", SURVEY.all.mutations);
}
