//! What comes of the gate on a stage that has a fault: asked once for each fault, however many tests look at it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use release_gate::embedded::faults::{self, Fault};
use release_gate::embedded::server::{Options, Stage};

use serde_json::Value;

use crate::support::{Ended, Gate};

/// Whether answers come, and how soon. How soon depends on the machine, so it counts only under the faults that are about
/// it: elsewhere a busy machine would make another document of the rehearsal than an idle one.
const TIMED: &str = "whatever-is-asked-is-answered";
const ABOUT_TIME: [&str; 3] = ["unknown-licence", "mixed-tasks", "slow"];

/// How the gate ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nothing is wrong.
    Passed,
    /// It may not: something was shown to be wrong.
    Blocked,
    /// It may not: nothing was shown.
    Undecided,
}

/// What comes of it.
#[derive(Debug)]
pub struct Outcome {
    pub ends: Ends,
    /// The approved criteria, and the contract, that say of something that it is wrong.
    pub failed: BTreeSet<String>,
    /// Those of which only the snapshot of an example differs. Whoever accepts it is protected no more.
    pub differing: BTreeSet<String>,
    /// The proposed criteria of which a check fails.
    pub proposed: BTreeSet<String>,
    /// The change at the top, as the comparison with a healthy prod tells it; nothing if nothing differs.
    pub change: Option<Change>,
    /// Everything that the gate said, for a test that fails.
    pub says: String,
}

/// The change that describes a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How grave it is, in what it is counted, what becomes of it, and where.
    pub is: String,
    /// It in a sentence.
    pub says: String,
}

/// The outcome under this fault.
pub fn of(fault: &'static Fault) -> Arc<Outcome> {
    static KNOWN: Mutex<BTreeMap<&str, Arc<OnceLock<Arc<Outcome>>>>> = Mutex::new(BTreeMap::new());
    let known =
        Arc::clone(KNOWN.lock().unwrap_or_else(PoisonError::into_inner).entry(fault.name).or_default());
    Arc::clone(known.get_or_init(|| Arc::new(rehearse(fault))))
}

/// The outcomes under all faults, in their order.
pub fn of_all() -> Vec<(&'static Fault, Arc<Outcome>)> {
    faults::of_catalogue().map(|fault| (fault, of(fault))).collect()
}

/// Runs the gate as its users do, beside a prod in which nothing is wrong.
fn rehearse(fault: &'static Fault) -> Outcome {
    let stage = Stage::with(fault, Options::new()).expect("a stage");
    let ended = Gate::new().stage(&stage).env("PROD_URL", "embedded").env("CHECK_LINKS", "1").run();
    let ends = match ended.code {
        0 => Ends::Passed,
        1 => Ends::Blocked,
        2 => Ends::Undecided,
        _ => panic!("the gate ended as it never should: {}", ended.text()),
    };
    let verdict = ended.verdict().unwrap_or_default();
    let names = |key: &str| {
        let names = verdict[key].as_array().into_iter().flatten();
        names.map(|name| name.as_str().expect("a name"))
    };
    let criteria = |names: Vec<&str>| -> BTreeSet<String> { names.into_iter().map(criterion_of).collect() };
    let (snapshots, others) = names("failed").partition(|name| name.ends_with("::snapshot"));
    let mut failed = criteria(others);
    if !ABOUT_TIME.contains(&fault.name) {
        failed.remove(TIMED);
    }
    let differing = criteria(snapshots).difference(&failed).cloned().collect();
    let proposed = criteria(names("proposedFailed").collect());
    Outcome { ends, failed, differing, proposed, change: change_at_the_top(&ended), says: ended.text() }
}

fn change_at_the_top(ended: &Ended) -> Option<Change> {
    let report = std::fs::read_to_string(ended.out().join("report.json")).ok()?;
    let report: Value = serde_json::from_str(&report).expect("report.json is JSON");
    let change = report["comparison"]["changes"].get(0)?;
    let text = |key: &str| change[key].as_str().expect("text").to_owned();
    let (severity, subject, kind, path) = (text("severity"), text("subject"), text("kind"), text("path"));
    Some(Change { is: format!("{severity} {subject} {kind} {path}"), says: text("says") })
}

fn criterion_of(check: &str) -> String {
    check.split("::").next().unwrap_or_default().to_owned()
}
