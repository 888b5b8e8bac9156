//! A stage that is being deployed to is waited for, and no longer than was said.

use std::cell::RefCell;

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;

const SOON: Duration = Duration::from_secs(60);
const AT_ONCE: Duration = Duration::from_millis(40);

/// Keeps what it is told.
#[derive(Default)]
struct Told(RefCell<Vec<(String, usize)>>);

impl Waiting for Told {
    fn answered(&self, status: &str, in_a_row: usize) {
        self.0.borrow_mut().push((status.to_owned(), in_a_row));
    }

    fn over(&self) {}
}

fn wait_for(server: &TestServer, deadline: Duration) -> (Result<(), NotYet>, Vec<(String, usize)>) {
    let wait = Wait { index: "new".to_owned(), deadline, pause: Duration::from_millis(1) };
    let limits = Limits { retries: 0, ..QUICK };
    let told = Told::default();
    let outcome = run(async {
        let client = Client::new(server.target(), limits).expect("a client");
        wait_for_index(&client, &wait, &told).await
    });
    (outcome, told.0.into_inner())
}

/// A stage whose answers name these indexes one after the other, and then the last for ever.
fn stage_of(indexes: &'static [&'static str]) -> TestServer {
    TestServer::start(|_, nth| match indexes[nth.min(indexes.len() - 1)] {
        "off" => Reply::status(503),
        "silent" => Reply::json("{}"),
        "new of a cache" => Reply::json(index("new")).with("age", "7"),
        name => Reply::json(index(name)),
    })
}

#[rstest]
#[case::from_the_beginning(&["new"], 5)]
#[case::after_the_old_ones(&["old", "off", "silent", "new"], 8)]
#[case::with_an_old_one_in_between(&["new", "new", "new", "new", "old", "new"], 10)]
#[case::not_counting_what_a_cache_says(&["new of a cache", "new of a cache", "new"], 7)]
fn several_answers_in_a_row_must_name_the_index(
    #[case] indexes: &'static [&'static str],
    #[case] asked: usize,
) {
    let server = stage_of(indexes);
    let (outcome, told) = wait_for(&server, SOON);
    assert_eq!((outcome, told.len(), server.requests().len()), (Ok(()), asked, asked));
    assert_eq!(told.last(), Some(&("served new".to_owned(), 5)));
}

#[rstest]
#[case::another_index(&["old"], "served old")]
#[case::one_old_task_for_ever(&["new", "old"], "served old")]
#[case::switched_off(&["off"], "had no answer: 503 Service Unavailable")]
#[case::no_index(&["silent"], "answered 200 and named no index")]
#[case::nothing_but_a_cache(&["new of a cache"], "served new, but out of a cache")]
fn what_never_comes_is_waited_for_no_longer_than_was_said(
    #[case] indexes: &'static [&'static str],
    #[case] last: &str,
) {
    let (outcome, told) = wait_for(&stage_of(indexes), AT_ONCE);
    let not_yet = outcome.expect_err("it never comes");
    assert_eq!(not_yet.asked as usize, told.len());
    assert_eq!(not_yet.last, last);
    assert!(not_yet.to_string().ends_with(&format!("; last, it {last}")), "{not_yet}");
}
