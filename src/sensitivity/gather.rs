//! Asking the embedded catalogue for the answers that the examples rest on. The only file of this room that asks.

use std::path::Path;
use std::sync::Arc;

use crate::catalogue::{Client, Limits, Target};
use crate::checks::contract::Contract;
use crate::embedded::catalogue::Catalogue;
use crate::embedded::server::{Options, Stage};
use crate::evidence::{self, Evidence, NoProgress};
use crate::gate::{Bench, Plan, Planned, recorded};
use crate::suite::{Kind, Suite};

/// What a survey is made from.
pub struct Gathered {
    /// What the embedded catalogue answered.
    pub evidence: Evidence,
    /// What judging needs besides.
    pub bench: Bench,
}

/// The checks of single records: those that read an answer by its own address.
pub(super) fn reads_by_address<'a>(suite: &Suite, plan: &'a Plan) -> Vec<&'a Planned> {
    let reads = |check: &&Planned| {
        let criterion = suite.criteria.iter().find(|criterion| criterion.id == check.about.criterion);
        criterion.is_some_and(|criterion| {
            matches!(
                criterion.kind,
                Kind::Work(_)
                    | Kind::Redirect(_)
                    | Kind::Gone(_)
                    | Kind::NotFound(_)
                    | Kind::Refused(_)
                    | Kind::Hierarchy(_)
            )
        })
    };
    plan.checks.iter().filter(reads).collect()
}

/// Asks an embedded catalogue of its own, and reads what was recorded of it in this folder.
///
/// # Errors
///
/// What went wrong, in a sentence: the catalogue does not start or answer, or a snapshot cannot be read.
pub fn gather(suite: &Suite, plan: &Plan, snapshots: &Path) -> Result<Gathered, String> {
    let silent = |error: &dyn std::fmt::Display| format!("the embedded catalogue cannot be asked: {error}");
    let stage = Stage::start(Arc::new(Catalogue::build()), Options::new()).map_err(|error| silent(&error))?;
    let target = Target::parse(&stage.url()).map_err(|error| silent(&error))?;
    let client = Client::new(target, Limits::DEFAULT).map_err(|error| silent(&error))?;
    let baselines = recorded(snapshots).map_err(|error| error.to_string())?;
    let selected = reads_by_address(suite, plan);
    evidence::on_one_thread(async {
        let found = evidence::preflight(&client).await.map_err(|error| silent(&error))?;
        let mut evidence = Evidence::begin(client.target(), found);
        evidence.embedded = true;
        let bench =
            Bench { requests: plan.requests().for_stage(&evidence), baselines, contract: Contract::new() };
        let wanted = |evidence: &Evidence| bench.wanted(plan, &selected, evidence);
        evidence::fetch_in_rounds(&client, wanted, &mut evidence, &NoProgress).await;
        evidence::finish(&client, &mut evidence).await;
        Ok(Gathered { evidence, bench })
    })
    .map_err(|error| silent(&error))?
}
