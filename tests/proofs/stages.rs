//! A live stage: clusters, keys, faults of the network, a change of index under way.

use std::sync::Arc;

use pretty_assertions::assert_eq;
use rstest::rstest;

use crate::support::{Gate, SMALL, catalogue, scripted, stage};
use release_gate::embedded::server::{Includes, Options, Scripted, Stage};

#[rstest]
fn every_request_names_the_cluster() {
    let options = Options { cluster: Some("reindex".to_owned()), ..Options::new() };
    let stage = Stage::start(catalogue(), options).expect("a stage");
    let ended = Gate::with_suite(SMALL).stage(&stage).env("ELASTIC_CLUSTER", "reindex").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    let without: Vec<String> =
        stage.requests().into_iter().filter(|r| !r.contains("elasticCluster=reindex")).collect();
    assert_eq!(without, Vec::<String>::new());
    assert_eq!(ended.verdict().expect("a verdict")["stage"]["elasticCluster"], "reindex");
}

#[rstest]
fn a_cluster_that_the_stage_does_not_know_releases_nothing() {
    let ended = Gate::with_suite(SMALL).stage(&stage()).env("ELASTIC_CLUSTER", "unknown").run();
    assert_eq!(ended.code, 2, "{}", ended.text());
}

#[rstest]
#[case::passing("a222zvge", 0)]
#[case::failing("a22hs5j3", 1)]
fn the_key_appears_nowhere(#[case] work: &str, #[case] code: i32) {
    let stage = stage();
    let key = "s3cr3t-k3y-0f-stage";
    let suite = SMALL.replace("a222zvge", work);
    let ended = Gate::with_suite(&suite).stage(&stage).env("STAGE_API_KEY", key).run();
    assert_eq!(ended.code, code, "{}", ended.text());
    assert!(!ended.everything().contains(key));
}

#[rstest]
fn a_stage_that_is_switched_off_says_so_in_one_line() {
    let stage = scripted(Arc::new(|_, _| Some(Scripted::answer(503, "").with_header("retry-after", "0"))));
    let ended = Gate::new().stage(&stage).run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(
        ended.stderr.contains("does not answer as the API would: 503 Service Unavailable"),
        "{}",
        ended.text()
    );
    assert!(ended.text().lines().count() < 10, "{}", ended.text());
}

#[rstest]
fn a_change_of_index_under_way_leaves_everything_undecided() {
    let config = |index: &str| {
        format!(
            r#"{{"worksIndex":"{index}","imagesIndex":"i","pipelineDate":"2026-11-01","clusterName":"default"}}"#
        )
    };
    let stage = scripted(Arc::new(move |path, nth| {
        let index = if nth == 0 { "works-old" } else { "works-new" };
        path.contains("/_elasticConfig").then(|| Scripted::answer(200, config(index)))
    }));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!((ended.code, ended.decision().as_str()), (2, "undecided"), "{}", ended.text());
    assert!(ended.stderr.contains("works-old") && ended.stderr.contains("works-new"), "{}", ended.text());
    assert_eq!(ended.verdict().expect("a verdict")["checks"]["tally"]["passed"], 0);
}

#[rstest]
fn a_stage_that_does_not_name_its_index_is_judged_all_the_same() {
    let stage =
        scripted(Arc::new(|path, _| path.contains("/_elasticConfig").then(|| Scripted::answer(404, "{}"))));
    let ended = Gate::with_suite(SMALL).stage(&stage).run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    assert!(ended.stderr.contains("it names no index"), "{}", ended.text());
}

#[rstest]
#[case::july(Includes::July)]
#[case::august(Includes::August)]
fn releases_with_either_list_of_includes_are_judged(#[case] includes: Includes) {
    let stage = Stage::start(catalogue(), Options { includes, ..Options::new() }).expect("a stage");
    let ended = Gate::new().stage(&stage).args(["--skip", "snapshot"]).run();
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict["failed"].as_array().map(Vec::len), Some(0), "{}", ended.text());
}

const REDIRECT: &str = "\
criteria:
  - id: redirects
    title: Old ids lead on
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    redirects:
      - { from: w4bajds8, to: a222zvge, is: the library record of an archive file }
";

#[rstest]
#[case::as_it_should("/catalogue/v2/works/a222zvge?include=items", 0, "")]
#[case::to_another_record("/catalogue/v2/works/a2239muq?include=items", 1, "leads to another work, a2239muq")]
#[case::below_another_root("/wrong/root/works/a222zvge?include=items", 1, "leads to another address")]
#[case::below_a_doubled_root("/catalogue/v2/catalogue/v2/works/a222zvge?include=items", 1, "another address")]
#[case::to_another_host("https://example.org/catalogue/v2/works/a222zvge?include=items", 1, "another host")]
#[case::to_another_host_without_a_scheme("//example.org/works/a222zvge?include=items", 1, "another host")]
#[case::without_the_query("/catalogue/v2/works/a222zvge", 1, "loses the query string")]
fn a_redirect_is_an_answer_and_is_judged(
    #[case] location: &'static str,
    #[case] code: i32,
    #[case] says: &str,
) {
    let stage = scripted(Arc::new(move |path, _| {
        path.contains("/works/w4bajds8").then(|| Scripted::Answer {
            status: 302,
            headers: vec![("location".to_owned(), location.to_owned())],
            body: String::new(),
        })
    }));
    let ended = Gate::with_suite(REDIRECT).stage(&stage).run();
    assert_eq!(ended.code, code, "{}", ended.text());
    assert!(ended.says(says), "{}", ended.text());
}

#[rstest]
#[case::a_wrong_key(403, "{}", "is STAGE_API_KEY the key of this stage?")]
#[case::a_wrong_root(404, "{}", "is this the root of the API?")]
#[case::a_page_for_people(200, "<html>", "is this the root of the API?")]
fn what_is_wrong_with_every_answer_is_told_once(
    #[case] status: u16,
    #[case] body: &'static str,
    #[case] says: &str,
) {
    let stage = scripted(Arc::new(move |_, _| {
        let headers = vec![(
            "content-type".to_owned(),
            if body == "{}" { "application/json" } else { "text/html" }.to_owned(),
        )];
        Some(Scripted::Answer { status, headers, body: body.to_owned() })
    }));
    let ended = Gate::new().stage(&stage).run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.stderr.contains(says), "{}", ended.text());
    assert!(ended.text().lines().count() < 10, "{}", ended.text());
}

#[rstest]
fn a_cluster_that_the_stage_does_not_know_is_named_and_the_stage_not_said_to_be_off() {
    let stage = scripted(Arc::new(|_, _| Some(Scripted::answer(404, "{}".to_owned()))));
    let ended = Gate::new().stage(&stage).env("ELASTIC_CLUSTER", "mistaken").run();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.says("is `mistaken` (ELASTIC_CLUSTER) a cluster"), "{}", ended.text());
    assert!(!ended.stderr.contains("?.") && !ended.stderr.contains("switched off"), "{}", ended.text());
}

#[rstest]
fn a_failure_leads_to_the_cluster_that_was_asked() {
    let options = Options { cluster: Some("reindex".to_owned()), ..Options::new() };
    let stage = Stage::start(catalogue(), options).expect("a stage");
    let suite = SMALL.replace("a222zvge", "a22hs5j3");
    let ended = Gate::with_suite(&suite).stage(&stage).env("ELASTIC_CLUSTER", "reindex").run();
    assert!(ended.stdout.contains("/works/a22hs5j3?elasticCluster=reindex"), "{}", ended.text());
}
