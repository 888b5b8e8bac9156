//! The first requests of a run: what is it that is judged, and which includes does it accept?

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use jiff::Timestamp;

use super::settled_includes;
use crate::catalogue::{Answer, Client, Include, Resource, ServedIndex, Traffic, Unanswered};

/// What the first requests have found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Preflight {
    /// What the stage says it serves; `None` if it does not say.
    pub index: Option<ServedIndex>,
    /// Every include that may be asked for.
    pub accepted_includes: BTreeSet<Include>,
    /// The moving includes of which it could not be found out.
    pub unknown_includes: BTreeSet<Include>,
    pub(super) started: Timestamp,
    pub(super) traffic: Traffic,
    pub(super) answers: BTreeMap<Resource, Result<Answer, Unanswered>>,
}

/// Asks a stage what it serves, and whether it accepts the includes that come and go.
///
/// # Errors
///
/// If the very first request has no answer: the stage is switched off, and there is no use in asking on.
pub async fn preflight(client: &Client) -> Result<Preflight, Unanswered> {
    let started = Timestamp::now();
    let before = client.traffic();
    let config = client.get(&Resource::elastic_config()).await?;
    let probes = join_all(Include::MOVING.map(|include| async move {
        let resource = probe(include);
        let outcome = client.get(&resource).await;
        (include, resource, outcome)
    }));

    let mut found = Preflight {
        index: ServedIndex::from_answer(&config),
        accepted_includes: settled_includes(),
        unknown_includes: BTreeSet::new(),
        started,
        traffic: Traffic::default(),
        answers: BTreeMap::new(),
    };
    for (include, resource, outcome) in probes.await {
        match outcome.as_ref().map(|answer| answer.status) {
            Ok(200) => found.accepted_includes.insert(include),
            Ok(400) => false,
            _ => found.unknown_includes.insert(include),
        };
        found.answers.insert(resource, outcome);
    }
    found.answers.insert(Resource::elastic_config(), Ok(config));
    found.traffic = client.traffic().since(before);
    Ok(found)
}

/// The smallest request that only succeeds if the include is accepted.
fn probe(include: Include) -> Resource {
    Resource::new(format!("/works?pageSize=1&include={include}"))
}
