//! Counts over the whole catalogue, from the suite file to the decision.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use pretty_assertions::assert_eq;
use release_gate::catalogue::{Client, Endpoint, Filter, Limits, Selection, Takes, Target};
use release_gate::embedded::server::{Scripted, Stage};
use release_gate::evidence::on_one_thread;
use rstest::rstest;
use serde_json::Value;

use crate::support::{Ended, Gate, get, scripted, stage, write_approved};

/// A suite with this population.
fn suite(population: &str) -> String {
    format!(
        "criteria:\n  - id: works-are-not-lost\n    title: No kind of work is lost\n    why: A total hides a swap.\n    \
         owner: Product\n    approved: {{ by: Product, on: 2026-11-22 }}\n    review-by: 2099-05-22\n    \
         populations:\n      - {population}\n"
    )
}

const BY_FORMAT: &str = "{ count: works, by: workType, is: works of every format, without-any: 5%, BOUND }";

fn by_format(bound: &str) -> String {
    suite(&BY_FORMAT.replace("BOUND", bound))
}

/// A stage on which an answer to such a request is changed in its text.
fn altered(of: &'static str, changes: &'static [(&'static str, &'static str)]) -> Stage {
    let healthy = stage();
    let root = healthy.url();
    scripted(Arc::new(move |path, _| {
        let _kept = &healthy;
        let asked = path.split_once("/catalogue/v2").map_or(path, |(_, asked)| asked);
        asked.contains(of).then(|| {
            let body = changes.iter().fold(get(&format!("{root}{asked}")), |body, (from, to)| {
                assert!(body.contains(from), "the answer holds what is to change: {body}");
                body.replace(from, to)
            });
            Scripted::answer(200, body)
        })
    }))
}

/// A stage on which a hundred books have become pictures.
fn swapped() -> Stage {
    altered(
        "aggregations=workType",
        &[
            (r#""label":"Books"},"count":1073"#, r#""label":"Books"},"count":973"#),
            (r#""label":"Pictures"},"count":352"#, r#""label":"Pictures"},"count":452"#),
        ],
    )
}

#[rstest]
fn a_swap_that_leaves_the_total_as_it_was_blocks() {
    let suite = by_format("against-prod: { loss: 1%, gain: 5%, or-by: 10 }");
    let ended = Gate::with_suite(&suite).stage(&swapped()).env("PROD_URL", "embedded").run();
    assert_eq!((ended.code, ended.decision().as_str()), (1, "blocked"), "{}", ended.text());
    for says in [
        "Books (a): 100 works fewer than on prod (9.3 %), where no more than 10 may be lost",
        "Pictures (k): 100 works more than on prod (28.4 %), where no more than 17 may be gained",
        "compared with prod, which serves works-indexed-2026-08-20; the stage serves works-indexed-2026-08-20",
    ] {
        assert!(words(&ended).contains(says), "{says}: {}", ended.text());
    }
}

/// Everything that it said, without its line breaks.
fn words(ended: &Ended) -> String {
    ended.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::what_compares_with_it("at-least: 1", 2, "do not deploy yet. Name in PROD_URL what people use now")]
#[case::not_what_is_wrong_by_itself("at-least: 1000000", 1, "there are fewer works than there must be")]
fn without_prod_it_is_undecided(#[case] bound: &str, #[case] code: i32, #[case] says: &str) {
    let suite = by_format(&format!("{bound}, against-prod: {{ loss: 1%, gain: 5% }}"));
    let ended = Gate::with_suite(&suite).stage(&stage()).run();
    assert_eq!(ended.code, code, "{}", ended.text());
    assert!(words(&ended).contains(says), "{}", ended.text());
}

#[rstest]
fn a_filter_that_the_api_ignores_is_noticed_by_its_share() {
    let all = get(&format!("{}/works?pageSize=1", STAGE.url()));
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("locationType").then(|| Scripted::answer(200, all.clone()))
    }));
    let population = "{ count: works, where: { items.locations.locationType: iiif-presentation }, \
                      is: digitised works, share: { at-most: 60% } }";
    let ended = Gate::with_suite(&suite(population)).stage(&stage).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(words(&ended).contains("the API seems to ignore the filter"), "{}", ended.text());
}

#[rstest]
fn the_first_run_on_a_stage_is_undecided_and_says_how_to_record() {
    let ended = Gate::with_suite(&by_format("against-baseline: { loss: 1%, gain: 5% }"))
        .stage(&stage())
        .env("CI", "true")
        .run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    assert!(words(&ended).contains("there is no baseline of works by workType"), "{}", ended.text());
    assert!(words(&ended).contains("cargo insta review"), "{}", ended.text());
    assert!(
        words(&ended).contains("Record the snapshots and baselines that are missing"),
        "{}",
        ended.text()
    );
}

/// A project in which the baseline of the embedded catalogue was recorded, and taken over for a stage.
struct Recorded {
    project: tempfile::TempDir,
}

impl Recorded {
    fn new(bound: &str) -> Self {
        let project = tempfile::tempdir().expect("a folder");
        write_approved(&project.path().join("works-examples.yaml"), &by_format(bound));
        fs::write(project.path().join("Cargo.toml"), "[workspace]\n").expect("a manifest");
        let recorded = Self { project };
        let ended = recorded.gate().env("INSTA_UPDATE", "always").run();
        assert_eq!(ended.code, 0, "{}", ended.text());
        let folder = recorded.project.path().join("snapshots");
        fs::rename(folder.join("embedded"), folder.join("stage")).expect("a folder");
        recorded
    }

    fn gate(&self) -> Gate {
        Gate::new().in_project(self.project.path()).env("INSTA_OUTPUT", "none")
    }

    fn baseline(&self) -> PathBuf {
        self.project.path().join("snapshots/stage/population-works-by-workType.snap")
    }
}

#[rstest]
fn a_baseline_that_the_numbers_keep_to_is_not_offered_anew() {
    let recorded = Recorded::new("against-baseline: { loss: 10%, gain: 30% }");
    let before = fs::read_to_string(recorded.baseline()).expect("a baseline");
    let ended = recorded.gate().stage(&swapped()).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert_eq!(fs::read_to_string(recorded.baseline()).expect("a baseline"), before);
    assert!(!recorded.baseline().with_extension("snap.new").exists());
}

#[rstest]
fn a_baseline_that_the_numbers_leave_blocks_and_new_numbers_are_offered() {
    let recorded = Recorded::new("against-baseline: { loss: 1%, gain: 30% }");
    let ended = recorded.gate().stage(&swapped()).run();
    assert_eq!(ended.code, 1, "{}", ended.text());
    let says = "Books (a): 100 works fewer than in the baseline (9.3 %), where no more than 10 may be lost";
    assert!(words(&ended).contains(says), "{}", ended.text());
    let offered = fs::read_to_string(recorded.baseline().with_extension("snap.new")).expect("an offer");
    assert!(offered.contains("  973  a  Books"), "{offered}");
}

static STAGE: LazyLock<Stage> = LazyLock::new(stage);

/// What the embedded catalogue counts for a selection.
fn counted(selection: &Selection, facets: &[&str]) -> (u16, Value) {
    let answer = on_one_thread(async {
        let client = Client::new(Target::parse(&STAGE.url()).expect("a target"), Limits::DEFAULT);
        client.expect("a client").get(&selection.counted(facets)).await
    });
    let answer = answer.expect("a runtime").expect("an answer");
    (answer.status, answer.json().expect("JSON").clone())
}

/// A value that no record has, or that makes no sense.
fn nonsense(filter: &Filter) -> &'static str {
    match filter.takes {
        Takes::Day if filter.name.ends_with("from") => "2999-01-01",
        Takes::Day => "0001-01-01",
        Takes::Ids | Takes::Labels | Takes::Title | Takes::Flag => "zzzzzzzz",
    }
}

/// The embedded API was written from the same descriptions by other hands, and ignores what it does not know.
#[rstest]
fn every_filter_that_a_suite_may_name_is_one_that_narrows(
    #[values(Endpoint::Works, Endpoint::Images, Endpoint::Concepts)] endpoint: Endpoint,
) {
    for filter in endpoint.filters() {
        let selection = Selection::all(endpoint).with(filter, vec![nonsense(filter).to_owned()]);
        let (status, body) = counted(&selection, &[]);
        let narrows = status == 400 || body["totalResults"] == 0;
        assert!(narrows, "{} of {}: {status}, {}", filter.name, endpoint.name(), body["totalResults"]);
    }
}

#[rstest]
fn every_facet_that_a_suite_may_name_is_answered_under_its_key(
    #[values(Endpoint::Works, Endpoint::Images)] endpoint: Endpoint,
) {
    for facet in endpoint.facets() {
        let (status, body) = counted(&Selection::all(endpoint), &[facet.name]);
        assert!(body["aggregations"][facet.key]["buckets"].is_array(), "{}: {status} {body}", facet.name);
    }
}
