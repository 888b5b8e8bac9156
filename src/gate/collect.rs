//! Collecting the evidence: from the embedded catalogue, a stage, a saved run, or the recording of a nextest run.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use libtest_mimic::Arguments;

use super::config::{Config, StageChoice};
use super::end::End;
use super::judge::Bench;
use super::plan::{Plan, Planned};
use super::wait::{self, Late};
use super::{account, baselines, expect, nextest, tell, whom};
use crate::catalogue::{Resource, Target, Unanswered};
use crate::checks::contract::Contract;
use crate::evidence::{self, Evidence, Recording, StoreError};
use crate::report::{progress, terminal};

/// A recording older than this is of another day's run, however it is named.
const STALE: SignedDuration = SignedDuration::from_hours(2);

/// What the verdicts are made from.
pub struct Collected {
    /// What the stage answered.
    pub evidence: Evidence,
    /// What judging needs besides.
    pub bench: Bench,
}

/// Collects what these checks need; makes no request for what is there already. Tells what is judged before it asks.
///
/// # Errors
///
/// Ends the run if the stage answers nothing at all (in one sentence, not once for each check), or if the evidence
/// cannot be read or written.
pub fn collect(
    config: &Config,
    plan: &Plan,
    selected: &[&Planned],
    args: &Arguments,
) -> Result<Collected, End> {
    let collector = Collector { config, plan, selected, args };
    match (&config.stage, &config.nextest_run) {
        (StageChoice::Saved(folder), _) => {
            let mut evidence = evidence::load(folder).map_err(|error| unreadable(&error))?;
            evidence.expected = expect::of_saved(&evidence.expected, &config.expected)?;
            collector.open(&evidence);
            let bench = collector.bench(&evidence)?;
            Ok(Collected { evidence, bench })
        }
        (_, None) => {
            let collected = collector.ask()?.map_err(Silent::end)?;
            evidence::save(&collected.evidence, &config.out.join("evidence"))
                .map_err(|error| unreadable(&error))?;
            Ok(collected)
        }
        (_, Some(run)) => collector.share(run),
    }
}

struct Collector<'a> {
    config: &'a Config,
    plan: &'a Plan,
    selected: &'a [&'a Planned],
    args: &'a Arguments,
}

/// A stage of which nothing can be judged: it does not answer, or not with what is waited for.
struct Silent {
    target: Target,
    unanswered: Unanswered,
    /// What people are told of it.
    says: String,
}

impl Collector<'_> {
    /// Asks the stage, round after round, until no check asks for more.
    fn ask(&self) -> Result<Result<Collected, Silent>, End> {
        if let Err(late) = wait::wait(self.config)? {
            return Ok(Err(late.into()));
        }
        let asked = whom::whom(self.config)?;
        let (stage, prod) = (&asked.sources.stage, &asked.sources.prod);
        let progress = progress::Terminal::new();
        let collected = evidence::on_one_thread(async {
            let found = match evidence::preflight(stage).await {
                Ok(found) => found,
                Err(unanswered) => return Ok(Err(Silent::new(stage.target(), unanswered))),
            };
            let mut evidence = Evidence::begin(stage.target(), found);
            evidence.embedded = matches!(self.config.stage, StageChoice::Embedded);
            evidence.expected.clone_from(&self.config.expected);
            evidence.prod = prod.as_ref().map(|prod| prod.target().url().to_owned());
            self.open(&evidence);
            let bench = self.bench(&evidence)?;
            let wanted = |evidence: &Evidence| bench.wanted(self.plan, self.selected, evidence);
            evidence::fetch_in_rounds(&asked, wanted, &mut evidence, &progress).await;
            evidence::finish(stage, &mut evidence).await;
            Ok(Ok(Collected { evidence, bench }))
        });
        collected.map_err(|error| {
            End::undecided(format!("this machine gives the gate no room to ask from ({error})."))
        })?
    }

    /// Takes part in a run of nextest's, where each check is judged in a process of its own: the first process asks
    /// for everything that the suite needs and records it, the others find it there.
    fn share(&self, run: &str) -> Result<Collected, End> {
        let (folder, key) = (nextest::folder(self.config), nextest::key(self.config, self.plan, run));
        let mut recording = Recording::open(&folder, &key).map_err(|error| unreadable(&error))?;
        if let Some(recorded) = self.recorded(&recording)? {
            return Ok(recorded);
        }
        let every: Vec<&Planned> = self.plan.checks.iter().collect();
        let asked = Collector { selected: &every, ..*self }.ask()?;
        let recorded = match &asked {
            Ok(collected) => recording.add(&collected.evidence),
            // So that the other processes need not find it out again, one after the other.
            Err(silent) => recording.add(&Evidence::switched_off(&silent.target, silent.unanswered.clone())),
        };
        recorded.map_err(|error| unreadable(&error))?;
        asked.map_err(Silent::end)
    }

    /// What this process needs of the recording; `None` if the run has not begun.
    fn recorded(&self, recording: &Recording) -> Result<Option<Collected>, End> {
        let load = |wanted: &BTreeSet<Resource>| recording.load(wanted).map_err(|error| unreadable(&error));
        let mut wanted = BTreeSet::from([Resource::elastic_config()]);
        let Some(mut evidence) = load(&wanted)? else { return Ok(None) };
        if let Err(because) = evidence.get(&Resource::elastic_config()) {
            return Err(End::undecided(because));
        }
        if evidence.started + STALE < Timestamp::now() {
            return Err(End::undecided(
                "the recording that this process would share is hours old. Start nextest anew.",
            ));
        }
        let bench = self.bench(&evidence)?;
        loop {
            let before = wanted.len();
            wanted.extend(bench.wanted(self.plan, self.selected, &evidence));
            if wanted.len() == before {
                return Ok(Some(Collected { evidence, bench }));
            }
            evidence = load(&wanted)?.unwrap_or(evidence);
        }
    }

    fn bench(&self, evidence: &Evidence) -> Result<Bench, End> {
        let baselines = baselines::read(&self.config.snapshots(evidence))
            .map_err(|error| End::undecided(format!("the snapshots cannot be read. {error}")))?;
        Ok(Bench { requests: self.plan.requests().for_stage(evidence), baselines, contract: Contract::new() })
    }

    /// Says what is judged, before it is.
    fn open(&self, evidence: &Evidence) {
        tell(&terminal::opening(&account::stage(self.config, evidence)), self.args.color);
    }
}

impl Silent {
    fn new(target: &Target, unanswered: Unanswered) -> Self {
        let (url, cause) = (target.url(), &unanswered.cause);
        // What answers, though wrongly, is on: its cause ends with the question to look into.
        let then = if cause.ends_with('?') {
            ""
        } else {
            ".\nStages are switched off outside office hours; is this one on?"
        };
        let says = format!("{url} does not answer as the API would: {cause}{then}");
        Self { target: target.clone(), unanswered, says }
    }

    fn end(self) -> End {
        End::undecided(self.says)
    }
}

impl From<Late> for Silent {
    fn from(Late { target, not_yet }: Late) -> Self {
        let says = format!(
            "{} is not ready: {not_yet}.\nIs the deploy through, and is WAIT_FOR_INDEX the index that it ships? \
             WAIT_DEADLINE sets how many seconds to wait.",
            target.url()
        );
        let unanswered = Unanswered { cause: not_yet.to_string(), attempts: not_yet.asked };
        Self { target, unanswered, says }
    }
}

fn unreadable(error: &StoreError) -> End {
    End::undecided(format!("{error}."))
}
