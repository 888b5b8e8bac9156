//! Fetching: asks for what is not there yet, a bounded number at a time.

use std::collections::BTreeSet;
use std::io;
use std::pin::pin;

use futures_util::future::join;
use futures_util::{Stream, StreamExt, stream};
use jiff::Timestamp;

use super::Evidence;
use crate::catalogue::{Answer, Ask, Client, Origin, Resource, ServedIndex, Unanswered};

/// Told how the fetching goes; what people see of it is the report's business.
pub trait Progress {
    /// So many resources are asked for now.
    fn asked(&self, total: usize);
    /// One of them is answered, or given up.
    fn answered(&self);
    /// All of them are.
    fn done(&self);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn asked(&self, _total: usize) {}
    fn answered(&self) {}
    fn done(&self) {}
}

/// Asks, round after round, until nothing more is wanted, given what is there. Pages take longest, and nothing else waits
/// for them: they are looked at meanwhile.
pub async fn fetch_in_rounds(
    whom: &impl Ask,
    wanted: impl Fn(&Evidence) -> BTreeSet<Resource>,
    evidence: &mut Evidence,
    progress: &impl Progress,
) {
    let before = whom.traffic();
    let is_page = |resource: &Resource| resource.origin() == Origin::Site;
    let missing = wanted(evidence).into_iter().filter(|resource| !evidence.has(resource));
    let pages: Vec<Resource> = missing.filter(is_page).collect();
    let others = |evidence: &Evidence| -> BTreeSet<Resource> {
        wanted(evidence).into_iter().filter(|resource| !is_page(resource)).collect()
    };
    let (looked, ()) =
        join(ask(whom, pages).collect::<Vec<_>>(), rounds(whom, others, evidence, progress)).await;
    for (page, outcome) in looked {
        evidence.insert(page, outcome);
    }
    rounds(whom, wanted, evidence, progress).await;
    evidence.count(whom.traffic().since(before));
}

async fn rounds(
    whom: &impl Ask,
    wanted: impl Fn(&Evidence) -> BTreeSet<Resource>,
    evidence: &mut Evidence,
    progress: &impl Progress,
) {
    loop {
        let wanted = wanted(evidence);
        if wanted.iter().all(|resource| evidence.has(resource)) {
            return;
        }
        fill(whom, wanted, evidence, progress).await;
    }
}

/// Asks for what is wanted and not yet in the evidence; each resource once.
///
/// What has no answer by the client's deadline goes in as unanswered, with that cause.
pub async fn fetch(
    whom: &impl Ask,
    wanted: BTreeSet<Resource>,
    evidence: &mut Evidence,
    progress: &dyn Progress,
) {
    let before = whom.traffic();
    fill(whom, wanted, evidence, progress).await;
    evidence.count(whom.traffic().since(before));
}

async fn fill(whom: &impl Ask, wanted: BTreeSet<Resource>, evidence: &mut Evidence, progress: &dyn Progress) {
    let missing: Vec<Resource> = wanted.into_iter().filter(|resource| !evidence.has(resource)).collect();
    if missing.is_empty() {
        return;
    }
    progress.asked(missing.len());
    let mut outcomes = pin!(ask(whom, missing));
    while let Some((resource, outcome)) = outcomes.next().await {
        evidence.insert(resource, outcome);
        progress.answered();
    }
    progress.done();
}

/// Asks for all of these, a bounded number at a time.
fn ask(
    whom: &impl Ask,
    resources: Vec<Resource>,
) -> impl Stream<Item = (Resource, Result<Answer, Unanswered>)> {
    stream::iter(resources)
        .map(move |resource| async move {
            let outcome = whom.get(&resource).await;
            (resource, outcome)
        })
        .buffer_unordered(whom.concurrency())
}

/// Ends a run: asks the stage once more what it serves, so that a mixture of two releases is noticed.
///
/// A run that several processes share ends more than once; a mixture stays one, whatever comes after it.
pub async fn finish(client: &Client, evidence: &mut Evidence) {
    let before = client.traffic();
    let config = client.get(&Resource::elastic_config()).await;
    let mixed = evidence.ended.is_some() && evidence.index_at_start != evidence.index_at_end;
    match config {
        _ if mixed => {}
        Ok(config) => evidence.index_at_end = ServedIndex::from_answer(&config),
        // Not that it serves something else now: it does not answer any more, or the run's time is over.
        Err(unanswered) => evidence.insert(Resource::elastic_config(), Err(unanswered)),
    }
    evidence.ended = Some(Timestamp::now());
    evidence.count(client.traffic().since(before));
}

/// Runs asynchronous work to its end, on this thread.
///
/// One thread is plenty for waiting; and connections live as long as the runtime, so use one for a whole run.
///
/// # Errors
///
/// If the operating system refuses what a runtime needs.
pub fn on_one_thread<T>(work: impl Future<Output = T>) -> io::Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work))
}
