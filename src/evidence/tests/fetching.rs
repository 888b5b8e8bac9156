//! Each resource is fetched once; what has no answer says why.

use pretty_assertions::assert_eq;
use rstest::rstest;
use tokio::sync::Notify;

use super::*;
use crate::catalogue::{Ask, Device};

#[rstest]
fn a_resource_is_fetched_once() {
    let server = stage();
    run(async {
        let client = client(&server);
        let mut evidence = gather(&client, works(&["a", "b"])).await;
        fetch(&client, works(&["a", "b", "c"]), &mut evidence, &NoProgress).await;
    });
    let requests = server.requests();
    for id in ["a", "b", "c"] {
        let path = format!("/works/{id}");
        assert_eq!(requests.iter().filter(|request| request.path == path).count(), 1, "{path}");
    }
}

#[rstest]
fn what_has_no_answer_is_told_with_its_cause() {
    let server = TestServer::start(|path, _| match path {
        "/works/b" => Reply::status(503),
        _ => Reply::json("{}"),
    });
    let evidence = run(async { gather(&client(&server), works(&["a", "b"])).await });
    let reason = |id| evidence.get(&Resource::new(format!("/works/{id}"))).map(|answer| answer.status);
    assert_eq!(reason("a"), Ok(200));
    assert_eq!(reason("b"), Err("/works/b has no answer: 503 Service Unavailable, four times".into()));
    assert_eq!(reason("c"), Err("/works/c was not asked for in this run".into()));
}

#[rstest]
fn requests_and_retries_are_counted() {
    let server = TestServer::start(|path, nth| match (path, nth) {
        ("/works/b", 0) => Reply::status(502),
        _ => Reply::json("{}"),
    });
    let evidence = run(async { gather(&client(&server), works(&["a", "b"])).await });
    assert_eq!((evidence.requests, evidence.retries), (server.requests().len(), 1));
}

#[rstest]
fn what_is_not_answered_by_the_deadline_is_unanswered() {
    let server = TestServer::start(|_, _| Reply::Hang);
    let limits = Limits { deadline: Duration::from_millis(50), concurrency: 2, ..QUICK };
    let mut evidence = Evidence::from_answers([]);
    let client = Client::new(server.target(), limits).expect("a client");
    run(fetch(&client, works(&["a", "b", "c"]), &mut evidence, &NoProgress));
    let late =
        |it: &Result<Answer, Unanswered>| matches!(it, Err(why) if why.cause.contains("50 ms was over"));
    assert_eq!(evidence.iter().filter(|(_, outcome)| late(outcome)).count(), 3);
}

#[derive(Default)]
struct Tally {
    asked: Cell<usize>,
    answered: Cell<usize>,
    done: Cell<usize>,
}

impl Progress for Tally {
    fn asked(&self, total: usize) {
        self.asked.set(total);
    }
    fn answered(&self) {
        self.answered.set(self.answered.get() + 1);
    }
    fn done(&self) {
        self.done.set(self.done.get() + 1);
    }
}

#[rstest]
fn progress_is_told_of_what_is_missing_only() {
    let server = stage();
    let tally = Tally::default();
    run(async {
        let client = client(&server);
        let mut evidence = gather(&client, works(&["a"])).await;
        fetch(&client, works(&["a", "b", "c"]), &mut evidence, &tally).await;
        fetch(&client, works(&["a"]), &mut evidence, &NoProgress).await;
    });
    assert_eq!((tally.asked.get(), tally.answered.get(), tally.done.get()), (2, 2, 1));
}

/// Somebody whose pages take until the second round has been asked for.
#[derive(Default)]
struct SlowPages {
    second_round: Notify,
}

impl Ask for SlowPages {
    async fn get(&self, resource: &Resource) -> Result<Answer, Unanswered> {
        match resource.as_str() {
            "page:desktop:/works/a222zvge" => self.second_round.notified().await,
            "/second" => self.second_round.notify_one(),
            _ => {}
        }
        Ok(Answer::new(200, Body::Json(json!({}))))
    }

    fn traffic(&self) -> Traffic {
        Traffic::default()
    }

    fn concurrency(&self) -> usize {
        1
    }
}

#[rstest]
fn no_round_waits_for_a_page() {
    let page = Resource::page("/works/a222zvge", Device::Desktop);
    let (first, second) = (Resource::new("/first"), Resource::new("/second"));
    let wanted = |evidence: &Evidence| {
        let then = evidence.has(&first).then(|| second.clone());
        [page.clone(), first.clone()].into_iter().chain(then).collect()
    };
    let mut evidence = Evidence::from_answers([]);
    let fetched = on_one_thread(async {
        let whom = SlowPages::default();
        let fetching = fetch_in_rounds(&whom, wanted, &mut evidence, &NoProgress);
        tokio::time::timeout(Duration::from_secs(10), fetching).await
    });
    assert!(fetched.unwrap().is_ok(), "a round waits for a page, and the page for that round");
    assert!([&page, &first, &second].into_iter().all(|resource| evidence.has(resource)));
}
