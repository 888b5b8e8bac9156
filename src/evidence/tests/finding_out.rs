//! What the first and the last request of a run find out.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;

#[rstest]
fn a_stage_is_asked_which_includes_it_accepts() {
    let server = stage();
    let found = run(async { preflight(&client(&server)).await }).expect("a stage that answers");
    let moving = |set: &BTreeSet<Include>| -> Vec<Include> {
        Include::MOVING.into_iter().filter(|include| set.contains(include)).collect()
    };
    assert_eq!(moving(&found.accepted_includes), [Include::Archive, Include::Collection]);
    assert_eq!(moving(&found.unknown_includes), [Include::SucceededBy]);
    assert!(found.accepted_includes.contains(&Include::Items));
}

#[rstest]
fn a_stage_that_is_switched_off_says_so_after_one_resource() {
    let server = TestServer::start(|_, _| Reply::status(503));
    let unanswered = run(async { preflight(&client(&server)).await }).expect_err("a stage that is off");
    assert_eq!(unanswered.cause, "503 Service Unavailable, four times");
    assert!(server.requests().iter().all(|request| request.path == "/_elasticConfig"));
}

#[rstest]
#[case::not_let_in(401, "is STAGE_API_KEY the key of this stage?")]
#[case::another_root(404, "is this the root of the API?")]
fn what_is_not_the_api_is_told_once(#[case] status: u16, #[case] says: &str) {
    let server = TestServer::start(move |_, _| Reply::status(status));
    let unanswered = run(async { preflight(&client(&server)).await }).expect_err("no API");
    assert!(unanswered.cause.contains(says), "{}", unanswered.cause);
}

#[rstest]
fn a_stage_may_not_say_what_it_serves() {
    let server = TestServer::start(|path, _| match path {
        "/_elasticConfig" => Reply::status(404),
        _ => Reply::json("{}"),
    });
    let evidence = run(async { gather(&client(&server), works(&["a"])).await });
    assert_eq!((evidence.index_at_start.clone(), evidence.unfit()), (None, None));
}

#[rstest]
#[case::same(true, index("works-1"), None)]
#[case::another(true, index("works-2"), Some("when it ended, it served works-2"))]
#[case::silent_at_the_end(true, String::from("{}"), Some("when it ended, it did not say"))]
#[case::silent_at_the_start(false, index("works-2"), Some("when the run began, the stage did not say"))]
fn a_mixture_of_two_releases_is_not_fit_to_be_judged(
    #[case] says_at_start: bool,
    #[case] at_end: String,
    #[case] because: Option<&str>,
) {
    let server = TestServer::start(move |path, nth| match (path, nth) {
        ("/_elasticConfig", 0) if says_at_start => Reply::json(index("works-1")),
        ("/_elasticConfig", 0) => Reply::status(404),
        ("/_elasticConfig", _) => Reply::json(at_end.clone()),
        _ => Reply::json("{}"),
    });
    let unfit = run(async { gather(&client(&server), works(&["a"])).await }).unfit();
    assert_eq!(unfit.is_some(), because.is_some());
    assert!(unfit.clone().unwrap_or_default().contains(because.unwrap_or_default()), "{unfit:?}");
}

#[rstest]
fn a_mixture_stays_one_when_the_run_ends_again() {
    let server = TestServer::start(|path, nth| match (path, nth) {
        ("/_elasticConfig", 1) => Reply::json(index("works-2")),
        ("/_elasticConfig", _) => Reply::json(index("works-1")),
        _ => Reply::json("{}"),
    });
    let evidence = run(async {
        let client = client(&server);
        let mut evidence = gather(&client, works(&["a"])).await;
        finish(&client, &mut evidence).await;
        evidence
    });
    assert!(evidence.unfit().is_some());
}

#[rstest]
fn a_run_that_did_not_end_is_not_fit_to_be_judged() {
    let server = stage();
    let found = run(async { preflight(&client(&server)).await }).expect("a stage that answers");
    assert!(Evidence::begin(&server.target(), found).unfit().is_some());
}
