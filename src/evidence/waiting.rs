//! Waiting until a stage serves an index: for a while after a deploy, old tasks and new ones answer side by side.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::catalogue::{Client, Resource, ServedIndex};

/// What is waited for, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The index of works that the new tasks serve.
    pub index: String,
    /// How long to wait at most.
    pub deadline: Duration,
    /// The longest pause between two questions; the first pauses are shorter.
    pub pause: Duration,
}

/// Told how the waiting goes; what people see of it is the report's business.
pub trait Waiting {
    /// The stage has answered so; and so often in a row with the index that is waited for.
    fn answered(&self, status: &str, in_a_row: usize);
    /// The waiting is over.
    fn over(&self);
}

/// The stage did not serve the index in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it did not serve {index} steadily within {} s ({asked} questions); last, it {last}", waited.as_secs())]
pub struct NotYet {
    /// The index that was waited for.
    pub index: String,
    /// How long.
    pub waited: Duration,
    /// How often it was asked.
    pub asked: u32,
    /// The last status seen.
    pub last: String,
}

/// So many answers in a row must name the index: one may come from the only new task among old ones.
const IN_A_ROW: usize = 5;

/// The first pause is this part of the longest.
const FIRST_PAUSE: u32 = 8;

/// What one question has found out.
enum Status {
    /// It names the index that is waited for.
    Wanted,
    /// The same, but a cache says so, which may do so for long and for every task.
    WantedOfCache,
    /// Anything else.
    Other(String),
}

/// Asks again and again until several answers in a row name the index.
///
/// The client is made for this alone: it retries nothing, because to ask again is what is done here, and its deadline
/// is beyond that of the wait, so that the last status is the stage's own.
///
/// # Errors
///
/// If the time is over, with the last status seen.
pub async fn wait_for_index(client: &Client, wait: &Wait, told: &dyn Waiting) -> Result<(), NotYet> {
    let end = Instant::now() + wait.deadline;
    let first_pause = wait.pause / FIRST_PAUSE;
    let (mut pause, mut in_a_row, mut asked) = (first_pause, 0, 0);
    let outcome = loop {
        asked += 1;
        let status = ask(client, &wait.index).await;
        (pause, in_a_row) = match &status {
            Status::Wanted => (first_pause, in_a_row + 1),
            Status::WantedOfCache => (next(pause, wait.pause), in_a_row),
            Status::Other(_) => (next(pause, wait.pause), 0),
        };
        let last = said(&status, &wait.index);
        told.answered(&last, in_a_row);
        if in_a_row == IN_A_ROW {
            break Ok(());
        }
        if Instant::now() + pause >= end {
            break Err(NotYet { index: wait.index.clone(), waited: wait.deadline, asked, last });
        }
        sleep(pause).await;
    };
    told.over();
    outcome
}

/// Half as long again, up to the longest.
fn next(pause: Duration, longest: Duration) -> Duration {
    (pause * 3 / 2).min(longest)
}

async fn ask(client: &Client, wanted: &str) -> Status {
    let answer = match client.get(&Resource::elastic_config()).await {
        Ok(answer) => answer,
        Err(unanswered) => return Status::Other(format!("had no answer: {unanswered}")),
    };
    match ServedIndex::from_answer(&answer).map(|served| served.works_index) {
        Some(Some(index)) if index == wanted && answer.age.is_none_or(|age| age.is_zero()) => Status::Wanted,
        Some(Some(index)) if index == wanted => Status::WantedOfCache,
        Some(Some(index)) => Status::Other(format!("served {index}")),
        Some(None) | None => Status::Other(format!("answered {} and named no index", answer.status)),
    }
}

fn said(status: &Status, wanted: &str) -> String {
    match status {
        Status::Wanted => format!("served {wanted}"),
        Status::WantedOfCache => format!("served {wanted}, but out of a cache"),
        Status::Other(status) => status.clone(),
    }
}
