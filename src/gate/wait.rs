//! `WAIT_FOR_INDEX`: before anything is asked that is judged, the newly deployed tasks are waited for.

use super::config::{Config, StageChoice};
use super::end::End;
use super::whom::no_client;
use crate::catalogue::{Client, Limits, Target};
use crate::evidence::{self, NotYet};
use crate::report::progress::Awaiting;

/// A stage that did not serve the index in time.
pub struct Late {
    /// The stage.
    pub target: Target,
    /// How long it was waited for, and what it said last.
    pub not_yet: NotYet,
}

/// Waits if the run is to; what it has waited for is steady then.
///
/// With a client of its own, so that the time of the run itself begins when the waiting is over.
///
/// # Errors
///
/// If the client cannot be made.
pub fn wait(config: &Config) -> Result<Result<(), Late>, End> {
    let (StageChoice::Live(target), Some(wait)) = (&config.stage, &config.wait) else { return Ok(Ok(())) };
    let deadline = wait.deadline + config.limits.request_timeout;
    let limits = Limits { deadline, retries: 0, ..config.limits.clone() };
    let client = Client::new(target.clone(), limits).map_err(|error| no_client(&error))?;
    let progress = Awaiting::new(&wait.index, wait.deadline);
    let waited = evidence::on_one_thread(evidence::wait_for_index(&client, wait, &progress))
        .map_err(|error| End::undecided(format!("this machine gives the gate no room to wait ({error}).")))?;
    Ok(waited.map_err(|not_yet| Late { target: target.clone(), not_yet }))
}
