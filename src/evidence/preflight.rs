//! The first requests of a run: what is it that is judged, and which includes does it accept?

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use jiff::Timestamp;

use crate::catalogue::{Answer, Body, Client, Include, Resource, ServedIndex, Traffic, Unanswered};

/// What the first requests have found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Preflight {
    /// What the stage says it serves; `None` if it does not say.
    pub index: Option<ServedIndex>,
    /// Every include that may be asked for.
    pub accepted_includes: BTreeSet<Include>,
    /// The includes of which it could not be found out.
    pub unknown_includes: BTreeSet<Include>,
    pub(super) started: Timestamp,
    pub(super) traffic: Traffic,
    pub(super) answers: BTreeMap<Resource, Result<Answer, Unanswered>>,
}

/// Asks a stage what it serves, and which includes it accepts.
///
/// # Errors
///
/// If there is no use in asking on: the very first request has no answer, as of a stage that is switched off, or
/// none of these requests is answered as the API would.
pub async fn preflight(client: &Client) -> Result<Preflight, Unanswered> {
    let started = Timestamp::now();
    let before = client.traffic();
    let config = client.get(&Resource::elastic_config()).await?;
    let probes = join_all(Include::ALL.map(|include| async move {
        let resource = probe(include);
        let outcome = client.get(&resource).await;
        (include, resource, outcome)
    }));

    let mut found = Preflight {
        index: ServedIndex::from_answer(&config),
        accepted_includes: BTreeSet::new(),
        unknown_includes: BTreeSet::new(),
        started,
        traffic: Traffic::default(),
        answers: BTreeMap::new(),
    };
    for (include, resource, outcome) in probes.await {
        match outcome.as_ref().map(|answer| (answer.status, &answer.body)) {
            Ok((200, Body::Json(_))) => found.accepted_includes.insert(include),
            Ok((400, Body::Json(_))) => false,
            _ => found.unknown_includes.insert(include),
        };
        found.answers.insert(resource, outcome);
    }
    if let Some(cause) = no_api(&found, &config, client.target().cluster()) {
        return Err(Unanswered { cause, attempts: 1 });
    }
    found.answers.insert(Resource::elastic_config(), Ok(config));
    found.traffic = client.traffic().since(before);
    Ok(found)
}

/// Why what answers is not the API, or does not let the gate in; said once, not for each check.
fn no_api(found: &Preflight, config: &Answer, cluster: Option<&str>) -> Option<String> {
    if !found.accepted_includes.is_empty() {
        return None;
    }
    let first = found.answers.values().find_map(|outcome| outcome.as_ref().ok()).unwrap_or(config);
    let what = match &first.body {
        Body::Json(_) => "JSON",
        Body::Text { .. } => "something that is not JSON",
    };
    Some(match first.status {
        status @ (401 | 403) => {
            format!("it does not let the gate in ({status}): is STAGE_API_KEY the key of this stage?")
        }
        status => {
            let question = match cluster {
                None => "is this the root of the API?".to_owned(),
                Some(label) => format!(
                    "is `{label}` (ELASTIC_CLUSTER) a cluster of this stage, and the URL the root of the API?"
                ),
            };
            format!("it answers {status} with {what} to every list of works: {question}")
        }
    })
}

/// The smallest request that only succeeds if the include is accepted.
fn probe(include: Include) -> Resource {
    Resource::new(format!("/works?pageSize=1&include={include}"))
}
