//! `docs/rehearsal.md`: what each fault comes to, and what each criterion protects from, for Product.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use release_gate::embedded::faults::{self, Fault};
use release_gate::suite::{Approval, COMPARE, Suite};

use crate::outcome::{self, Ends, Outcome};

/// Where it stands, and how it is written anew.
pub const PATH: &str = "docs/rehearsal.md";
pub const COMMAND: &str = "UPDATE_DOCS=1 cargo test --test rehearsal";

/// How the gate calls the check that every answer keeps the API's contract.
const CONTRACT: &str = "contract";

const HEAD: &str = "\
# What each criterion protects from

A gate that never says no is worth nothing. So the embedded catalogue can be broken on purpose, in the ways in which
the real one has been or might be, and with every test run the whole suite is held against each of them. This page is
written by that test (`UPDATE_DOCS=1 cargo test --test rehearsal`), and the test fails if it no longer tells the truth.

To see a fault for yourself, start a catalogue that has it in one terminal, and judge it in another:

```sh
cargo run --bin embedded-stage -- --fault unmerged
STAGE_URL=http://127.0.0.1:8080/catalogue/v2 PROD_URL=embedded CHECK_LINKS=1 \\
  EXPECT_INDEX=works-indexed-2026-08-20 EXPECT_PIPELINE_DATE=2026-08-20 cargo test --test gate
```
";

/// The whole document.
pub fn content(suite: &Suite) -> String {
    let outcomes = outcome::of_all();
    format!("{HEAD}\n{}\n{}", by_fault(&outcomes), by_criterion(suite, &outcomes))
}

fn by_fault(outcomes: &[(&Fault, Arc<Outcome>)]) -> String {
    let mut text = String::from("## The faults, and what catches them\n");
    for (fault, outcome) in outcomes {
        let ends = match outcome.ends {
            Ends::Passed => "Nothing fails.",
            Ends::Blocked => "Blocked.",
            Ends::Undecided => "Undecided, so not released.",
        };
        text.push_str(&format!(
            "\n### `{}`\n\n{}\n\n*Stands for:* {}\n\n**{ends}**{}\n",
            fault.name,
            fault.what,
            fault.stands_for,
            caught_by(outcome)
        ));
    }
    text
}

fn caught_by(outcome: &Outcome) -> String {
    let list = |criteria: &BTreeSet<String>| {
        criteria.iter().map(|criterion| format!("`{criterion}`")).collect::<Vec<_>>().join(", ")
    };
    let mut text = String::new();
    if !outcome.failed.is_empty() {
        text.push_str(&format!(" Caught by {}.", list(&outcome.failed)));
    }
    if !outcome.differing.is_empty() {
        text.push_str(&format!("\n\nOnly snapshots differ of {}.", list(&outcome.differing)));
    }
    if let Some(change) = &outcome.change {
        text.push_str(&format!("\n\n*What the comparison with prod says first:* {}.", change.says));
    }
    text
}

fn by_criterion(suite: &Suite, outcomes: &[(&Fault, Arc<Outcome>)]) -> String {
    let faults = faults_by_criterion(outcomes);
    let mut text = String::from(
        "## The criteria, and what they catch\n\nThe contract is what the API promises of every answer. A criterion \
         that catches no fault is caught failing by a change of a record instead: \
         [sensitivity](sensitivity.md) tells by which.\n\n| criterion | fails under |\n|---|---|\n",
    );
    let healthy = outcome::of(&faults::NONE);
    let criteria = suite.criteria.iter().map(|criterion| {
        let standing = if matches!(criterion.approval, Approval::Proposed) { " (only proposed)" } else { "" };
        (criterion.id.as_str(), standing)
    });
    for (id, standing) in criteria.chain([(COMPARE, ""), (CONTRACT, "")]) {
        let under = match faults.get(id) {
            _ if healthy.proposed.contains(id) => "all of them, and where nothing is wrong".to_owned(),
            None => "none of them".to_owned(),
            Some(names) => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        };
        text.push_str(&format!("| `{id}`{standing} | {under} |\n"));
    }
    text
}

/// The faults under which a check of each criterion fails; proposed criteria too.
pub fn faults_by_criterion<'a>(outcomes: &[(&'a Fault, Arc<Outcome>)]) -> BTreeMap<String, Vec<&'a str>> {
    let mut faults: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (fault, outcome) in outcomes {
        let caught: BTreeSet<&String> = outcome.failed.iter().chain(&outcome.proposed).collect();
        for criterion in caught {
            faults.entry(criterion.clone()).or_default().push(fault.name);
        }
    }
    faults
}
