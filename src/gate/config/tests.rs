//! What the environment may say, and what is refused.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::{Config, Misuse, ProdChoice, StageChoice, Variables};
use crate::catalogue::ServedIndex;
use crate::evidence::Evidence;
use crate::report::Release;

const STAGE: (&str, &str) = ("STAGE_URL", "https://stage.example.org/catalogue/v2");

fn read(variables: &[(&str, &str)]) -> Result<Config, Misuse> {
    Config::read(&Variables::from(variables))
}

fn config(variables: &[(&str, &str)]) -> Config {
    read(variables).unwrap()
}

#[rstest]
#[case::a_cluster_without_a_stage(&[("ELASTIC_CLUSTER", "reindex")], "STAGE_URL is not")]
#[case::a_key_without_a_stage(&[("STAGE_API_KEY", "secret-key")], "STAGE_URL is not")]
#[case::an_empty_cluster(&[STAGE, ("ELASTIC_CLUSTER", " ")], "ELASTIC_CLUSTER is set, but empty")]
#[case::an_empty_key(&[STAGE, ("STAGE_API_KEY", "")], "STAGE_API_KEY is set, but empty")]
#[case::a_deadline_of_nothing(&[("GATE_DEADLINE", "0")], "GATE_DEADLINE is `0`")]
fn what_could_judge_something_else_is_refused(#[case] variables: &[(&str, &str)], #[case] says: &str) {
    let misuse = read(variables).unwrap_err().to_string();
    assert!(misuse.contains(says), "{misuse}");
    assert!(!misuse.contains("secret"), "{misuse}");
}

const WAITS: (&str, &str) = ("WAIT_FOR_INDEX", "works-2");

#[rstest]
#[case::a_build_that_nothing_tells(&[STAGE, ("EXPECT_BUILD", "7")], "no answer and no header of the Catalogue API tells")]
#[case::no_index(&[STAGE, ("EXPECT_INDEX", " ")], "EXPECT_INDEX is set, but empty")]
#[case::no_date(&[STAGE, ("EXPECT_PIPELINE_DATE", "")], "EXPECT_PIPELINE_DATE is set, but empty")]
#[case::a_date_that_is_none(&[STAGE, ("EXPECT_PIPELINE_DATE", "1.11.2026")], "write it as year-month-day")]
#[case::a_day_that_is_none(&[STAGE, ("EXPECT_PIPELINE_DATE", "2026-02-30")], "write it as year-month-day")]
#[case::to_wait_for_nothing(&[STAGE, ("WAIT_FOR_INDEX", "")], "WAIT_FOR_INDEX is set, but empty")]
#[case::to_wait_where_nothing_changes(&[WAITS], "there is no stage whose index could change")]
#[case::to_wait_for_a_saved_run(&[WAITS, ("STAGE_URL", "file:x")], "there is no stage whose index could change")]
#[case::to_wait_for_another(&[STAGE, WAITS, ("EXPECT_INDEX", "works-1")], "another index than it expects")]
#[case::how_long_for_nothing(&[STAGE, ("WAIT_DEADLINE", "9")], "WAIT_DEADLINE is set, but WAIT_FOR_INDEX is not")]
#[case::pauses_for_nothing(&[STAGE, ("WAIT_PAUSE", "9")], "WAIT_PAUSE is set, but WAIT_FOR_INDEX is not")]
#[case::no_time(&[STAGE, WAITS, ("WAIT_DEADLINE", "0")], "WAIT_DEADLINE is `0`")]
fn what_says_nothing_of_the_release_is_refused(#[case] variables: &[(&str, &str)], #[case] says: &str) {
    let misuse = read(variables).unwrap_err().to_string();
    assert!(misuse.contains(says), "{misuse}");
}

#[rstest]
#[case::nothing(&[STAGE], None)]
#[case::what_is_named(&[STAGE, ("EXPECT_INDEX", "works-1")], Some("works-1"))]
#[case::what_is_waited_for(&[STAGE, WAITS], Some("works-2"))]
#[case::both(&[STAGE, WAITS, ("EXPECT_INDEX", "works-2")], Some("works-2"))]
fn the_index_that_is_waited_for_is_expected(#[case] variables: &[(&str, &str)], #[case] index: Option<&str>) {
    assert_eq!(config(variables).expected.index.as_deref(), index);
}

#[rstest]
fn a_deploy_is_waited_for_as_long_as_was_said() {
    let wait = config(&[STAGE, WAITS, ("WAIT_DEADLINE", "7"), ("WAIT_PAUSE", "3")]).wait.unwrap();
    assert_eq!((wait.deadline.as_secs(), wait.pause.as_millis()), (7, 3));
}

#[rstest]
#[case::nothing(&[], false)]
#[case::in_ci(&[("CI", "true")], true)]
#[case::in_ci_by_a_number(&[("CI", "1")], true)]
#[case::not_in_ci(&[("CI", "false")], false)]
#[case::a_stage(&[STAGE], true)]
#[case::a_saved_run(&[("STAGE_URL", "file:run")], false)]
fn a_run_is_for_release_in_ci_and_on_a_stage(#[case] variables: &[(&str, &str)], #[case] expected: bool) {
    assert_eq!(config(variables).for_release(), expected);
}

#[rstest]
#[case::the_embedded_catalogue(true, "snapshots/embedded")]
#[case::a_stage(false, "snapshots/stage")]
fn each_catalogue_has_its_own_snapshots(#[case] embedded: bool, #[case] folder: &str) {
    let mut evidence = Evidence::from_answers([]);
    evidence.embedded = embedded;
    let config = config(&[("CARGO_MANIFEST_DIR", "project")]);
    assert_eq!(config.snapshots(&evidence), std::path::Path::new("project").join(folder));
}

#[rstest]
#[case::the_embedded_catalogue(&[], "")]
#[case::a_saved_run(&[("STAGE_URL", "file:run")], "STAGE_URL=file:run ")]
#[case::a_stage(&[STAGE], "STAGE_URL=https://stage.example.org/catalogue/v2 ")]
#[case::with_pages_demanded(&[("PAGES", "required")], "PAGES=required ")]
#[case::with_pages_if_possible(
    &[STAGE, ("SITE_URL", "https://a.org"), ("SITE_COOKIES", "none"), ("PAGES", "if-possible")],
    "STAGE_URL=https://stage.example.org/catalogue/v2 SITE_URL=https://a.org SITE_COOKIES=none PAGES=if-possible "
)]
#[case::what_is_expected(
    &[STAGE, ("EXPECT_INDEX", "works-1"), ("EXPECT_PIPELINE_DATE", "2026-11-01")],
    "STAGE_URL=https://stage.example.org/catalogue/v2 EXPECT_INDEX=works-1 EXPECT_PIPELINE_DATE=2026-11-01 "
)]
#[case::a_cluster_and_a_key(
    &[STAGE, ("ELASTIC_CLUSTER", "reindex"), ("STAGE_API_KEY", "secret-key")],
    "STAGE_URL=https://stage.example.org/catalogue/v2 ELASTIC_CLUSTER=reindex STAGE_API_KEY=… "
)]
fn a_check_is_run_again_on_what_it_judged(#[case] variables: &[(&str, &str)], #[case] expected: &str) {
    assert_eq!(config(variables).rerun_variables(), expected);
}

#[rstest]
#[case::by_a_path("file:target/gate/evidence", "target/gate/evidence")]
#[case::by_an_address("file:///tmp/evidence", "/tmp/evidence")]
fn a_saved_run_is_named_by_its_folder(#[case] url: &str, #[case] folder: &str) {
    let StageChoice::Saved(saved) = config(&[("STAGE_URL", url)]).stage else { panic!("it is saved") };
    assert_eq!(saved.to_str(), Some(folder));
}

#[rstest]
#[case::unset(&[], false)]
#[case::empty(&[("CHECK_LINKS", "")], false)]
#[case::off(&[("CHECK_LINKS", "0")], false)]
#[case::on(&[("CHECK_LINKS", "1")], true)]
#[case::on_in_a_word(&[("CHECK_LINKS", "true")], true)]
fn links_are_looked_at_on_request(#[case] variables: &[(&str, &str)], #[case] expected: bool) {
    let config = config(variables);
    assert_eq!(config.check_links, expected);
    assert_eq!(config.rerun_variables().contains("CHECK_LINKS=1"), expected);
}

#[rstest]
fn a_request_to_look_at_links_that_is_spelt_wrongly_is_refused() {
    let misuse = read(&[("CHECK_LINKS", "yes")]).unwrap_err().to_string();
    assert_eq!(misuse, "CHECK_LINKS is `yes`; write `true` or `false`.");
}

#[rstest]
fn a_stage_is_asked_as_the_limits_say() {
    let limits = config(&[("GATE_CONCURRENCY", "3"), ("GATE_DEADLINE", "7")]).limits;
    assert_eq!((limits.concurrency, limits.deadline.as_secs()), (3, 7));
}

#[rstest]
#[case::nothing(&[], &[])]
#[case::harmless(&[("INSTA_UPDATE", "no"), ("INSTA_FORCE_PASS", "0")], &[])]
#[case::to_review(&[("INSTA_UPDATE", "new"), ("INSTA_FORCE_PASS", "")], &[])]
#[case::both(&[("INSTA_UPDATE", "always"), ("INSTA_FORCE_PASS", "1")], &["INSTA_UPDATE=always", "INSTA_FORCE_PASS=1"])]
fn only_settings_that_forgive_are_forgiving(#[case] variables: &[(&str, &str)], #[case] forgiving: &[&str]) {
    assert_eq!(config(variables).forgiving, forgiving);
}

#[rstest]
fn a_run_is_told_which_release_it_judges() {
    let release = config(&[
        ("RELEASE_ID", "2026-11-25-1"),
        ("RELEASE_REQUESTED_BY", " A. Developer "),
        ("RELEASE_DESCRIPTION", "new index,\nnewer transformer"),
    ]);
    let told = |text: &str| Some(text.to_owned());
    let expected = Release {
        id: told("2026-11-25-1"),
        requested_by: told("A. Developer"),
        description: told("new index,\nnewer transformer"),
    };
    assert_eq!(release.release, expected);
}

#[rstest]
#[case::unset(&[])]
#[case::empty(&[("RELEASE_ID", ""), ("RELEASE_REQUESTED_BY", " "), ("RELEASE_DESCRIPTION", "\n")])]
fn a_release_of_which_nothing_is_said_has_no_name(#[case] variables: &[(&str, &str)]) {
    assert_eq!(config(variables).release, Release::default());
}

#[rstest]
fn a_key_that_stands_in_what_is_said_of_the_release_is_taken_out() {
    let description = ("RELEASE_DESCRIPTION", "asked with secret-key");
    let config = config(&[STAGE, ("STAGE_API_KEY", "secret-key"), description]);
    assert_eq!(config.release.description.as_deref(), Some("asked with [x-api-key]"));
}

const STAGE_URL: &str = "https://api-stage.wellcomecollection.org/catalogue/v2";
const PROD: &str = "https://api.wellcomecollection.org/catalogue/v2";

#[rstest]
#[case::a_stage([("STAGE_URL", STAGE_URL), ("CI", "true")], None)]
#[case::the_embedded_catalogue([("CI", "true"), ("GATE_OUT", "x")], Some("no stage was asked"))]
#[case::a_saved_run([("STAGE_URL", "file:x"), ("CI", "true")], Some("the answers were saved earlier"))]
#[case::prod_itself([("STAGE_URL", PROD), ("CI", "true")], Some("what was asked is prod itself"))]
#[case::a_suite_of_ones_own([("STAGE_URL", STAGE_URL), ("GATE_SUITE", "x.yaml")], Some("GATE_SUITE"))]
fn only_the_projects_suite_on_a_stage_can_conclude(
    #[case] variables: [(&str, &str); 2],
    #[case] because: Option<&str>,
) {
    let evidence = Evidence::from_answers([]);
    let found = read(&variables).unwrap().inconclusive(&evidence);
    assert_eq!(found.is_some(), because.is_some(), "{found:?}");
    assert!(found.unwrap_or_default().starts_with(because.unwrap_or_default()), "{found:?}");
}

#[rstest]
#[case::the_embedded_catalogue(
    "embedded",
    Some("what was asked is an embedded catalogue, which nobody releases")
)]
#[case::a_stage_through_a_tunnel("pipeline-2026-08-20", None)]
fn an_embedded_catalogue_of_another_process_releases_nothing(
    #[case] cluster: &str,
    #[case] because: Option<&str>,
) {
    let stage = "http://127.0.0.1:8080/catalogue/v2";
    let mut evidence = Evidence::from_answers([]);
    stage.clone_into(&mut evidence.stage);
    evidence.index_at_start = Some(ServedIndex {
        works_index: Some("works-indexed-2026-08-20".to_owned()),
        images_index: None,
        pipeline_date: None,
        cluster_name: Some(cluster.to_owned()),
    });
    assert_eq!(read(&[("STAGE_URL", stage), ("CI", "true")]).unwrap().inconclusive(&evidence), because);
}

#[rstest]
#[case::a_key_in_the_open(
    [("STAGE_URL", "http://stage.example.org/v2"), ("STAGE_API_KEY", "0123456789")], "would be sent unencrypted"
)]
#[case::a_cluster_of_a_saved_run([("STAGE_URL", "file:x"), ("ELASTIC_CLUSTER", "reindex")], "names a saved run")]
#[case::an_empty_cluster([("STAGE_URL", STAGE_URL), ("ELASTIC_CLUSTER", "")], "ELASTIC_CLUSTER is set, but empty")]
fn what_could_mislead_is_a_misuse(#[case] variables: [(&str, &str); 2], #[case] says: &str) {
    let misuse = read(&variables).unwrap_err().to_string();
    assert!(misuse.contains(says), "{misuse}");
    assert!(!misuse.contains("0123456789"), "{misuse}");
}

#[rstest]
#[case::a_process_of_nextests("process-per-test", true)]
#[case::anything_else("", false)]
fn only_a_process_that_nextest_started_for_one_check_shares_a_recording(
    #[case] mode: &str,
    #[case] shares: bool,
) {
    let variables = [("NEXTEST_RUN_ID", "1"), ("NEXTEST_EXECUTION_MODE", mode)];
    assert_eq!(read(&variables).unwrap().nextest_run.is_some(), shares);
}

#[rstest]
#[case::the_embedded_catalogue_beside_itself(&[], "embedded")]
#[case::a_stage_beside_nothing(&[STAGE], "nothing")]
#[case::a_stage_beside_the_embedded_catalogue(&[STAGE, ("PROD_URL", "embedded")], "embedded")]
#[case::a_stage_beside_prod(&[STAGE, ("PROD_URL", "https://prod.example.org/v2/")], "https://prod.example.org/v2")]
#[case::a_cluster_beside_the_default_one(
    &[STAGE, ("ELASTIC_CLUSTER", "reindex"), ("PROD_URL", "https://stage.example.org/catalogue/v2")],
    "https://stage.example.org/catalogue/v2"
)]
#[case::a_saved_run_beside_what_it_holds(&[("STAGE_URL", "file:run")], "nothing")]
fn what_is_judged_is_compared_with(#[case] variables: &[(&str, &str)], #[case] expected: &str) {
    let compared = match config(variables).prod {
        None => "nothing".to_owned(),
        Some(ProdChoice::Embedded) => "embedded".to_owned(),
        Some(ProdChoice::Live(target)) => target.url().to_owned(),
    };
    assert_eq!(compared, expected);
}

#[rstest]
#[case::itself(&[STAGE, ("PROD_URL", "https://stage.example.org/catalogue/v2/")], "name the same API")]
#[case::no_url(&[STAGE, ("PROD_URL", "prod")], "PROD_URL is not usable")]
#[case::nothing(&[STAGE, ("PROD_URL", "")], "PROD_URL is not usable")]
#[case::beside_a_saved_run(&[("STAGE_URL", "file:run"), ("PROD_URL", "embedded")], "names a saved run")]
fn a_comparison_that_would_show_nothing_is_refused(#[case] variables: &[(&str, &str)], #[case] says: &str) {
    let misuse = read(variables).unwrap_err().to_string();
    assert!(misuse.contains(says), "{misuse}");
}
