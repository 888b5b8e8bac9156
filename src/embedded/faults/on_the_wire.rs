//! Faults between the API and its clients: tasks that are slow, gone, or of two releases.

use std::time::Duration;

use super::{Fault, Place};
use crate::script::Scripted;
use crate::stand_ins::STAND_INS;

/// Longer than the suite lets an answer take, and hardly more: every rehearsal waits for it.
const SLOW: Duration = Duration::from_millis(3200);

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "mixed-tasks",
        what: "One in four answers comes from a task of the release before, which reads its own index.",
        stands_for: "A deploy that is not through: a verdict on a mixture says nothing about what goes live.",
        places: &[Place::OldTask],
    },
    Fault {
        name: "slow",
        what: "One page in seven takes more than three seconds.",
        stands_for: "A query, or a cluster, that is too slow for people to wait for.",
        places: &[Place::Wire(|path, _| {
            (path.contains("page=") && one_in_seven(path)).then(|| Scripted::late(SLOW))
        })],
    },
    Fault {
        name: "flaky-5xx",
        what: "One request in seven is answered 503 when it is made first, and rightly when it is made again.",
        stands_for: "A hiccup, which must never block a release.",
        places: &[Place::Wire(|path, before| {
            (before == 0 && one_in_seven(path)).then(|| Scripted::answer(503, ""))
        })],
    },
    Fault {
        name: "links-broken",
        what: "The manifests and pictures that records link to are not there.",
        stands_for: "April 2025: digitised works could not be seen, while the API answered as ever.",
        places: &[Place::Wire(|path, _| path.starts_with(STAND_INS).then(|| Scripted::answer(404, "")))],
    },
    Fault {
        name: "stale-cache",
        what: "Answers are a day old: something between the API and its clients keeps them.",
        stands_for: "A cache that still tells what the release before said.",
        places: &[Place::Wire(|_, _| Some(Scripted::api().with_header("age", "86400")))],
    },
    Fault {
        name: "down",
        what: "The stage takes no requests.",
        stands_for: "Stages are switched off outside office hours. Nothing was shown, so nothing may be released.",
        places: &[Place::Wire(|_, _| Some(Scripted::Hangup))],
    },
];

/// One path in seven, always the same.
fn one_in_seven(path: &str) -> bool {
    turn(path).is_multiple_of(7)
}

/// A number that depends on nothing but the path, so that every run is alike.
pub fn turn(path: &str) -> usize {
    path.bytes().map(usize::from).sum()
}
