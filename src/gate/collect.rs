//! Collecting the evidence: from the embedded catalogue, a stage, a saved run, or the recording of a nextest run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::End;
use super::baselines;
use super::config::{Config, StageChoice};
use super::judge::Bench;
use super::plan::{Plan, Planned};
use crate::catalogue::{Client, ClientError, Resource, Target};
use crate::checks::contract::Contract;
use crate::decision::Decision;
use crate::embedded::catalogue::Catalogue;
use crate::embedded::server::{Options, Stage};
use crate::evidence::{self, Evidence, Progress, Recording, StoreError};

/// What the verdicts are made from.
pub struct Collected {
    /// What the stage answered.
    pub evidence: Evidence,
    /// What judging needs besides.
    pub bench: Bench,
}

/// Collects what these checks need; makes no request for what is there already.
///
/// # Errors
///
/// Ends the run if the stage answers nothing at all (in one sentence, not once for each check), or if the evidence
/// cannot be read or written.
pub fn collect(
    config: &Config,
    plan: &Plan,
    selected: &[&Planned],
    progress: &dyn Progress,
) -> Result<Collected, End> {
    let collector = Collector { config, plan, selected, progress };
    match (&config.stage, &config.nextest_run) {
        (StageChoice::Saved(folder), _) => {
            let evidence = evidence::load(folder).map_err(|error| unreadable(&error))?;
            let bench = collector.bench(&evidence)?;
            Ok(Collected { evidence, bench })
        }
        (_, None) => {
            let collected = collector.ask()?;
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
    progress: &'a dyn Progress,
}

impl Collector<'_> {
    /// Asks the stage, round after round, until no check asks for more.
    fn ask(&self) -> Result<Collected, End> {
        let (target, _running) = self.target()?;
        let client = Client::new(target, self.config.limits.clone()).map_err(|error| no_client(&error))?;
        let asked = evidence::on_one_thread(async {
            let found = evidence::preflight(&client)
                .await
                .map_err(|unanswered| silent(client.target(), &unanswered.cause))?;
            let mut evidence = Evidence::begin(client.target(), found);
            let bench = self.bench(&evidence)?;
            loop {
                let wanted = bench.wanted(self.plan, self.selected, &evidence);
                if wanted.is_empty() {
                    break;
                }
                evidence::fetch(&client, wanted, &mut evidence, self.progress).await;
            }
            evidence::finish(&client, &mut evidence).await;
            Ok(Collected { evidence, bench })
        });
        asked.map_err(|error| End {
            decision: Decision::Undecided,
            message: format!("Undecided: this machine gives the gate no room to ask from ({error}).\n"),
        })?
    }

    /// Takes part in a run of nextest's, where each check is judged in a process of its own: the first process asks
    /// for everything that the suite needs and records it, the others find it there.
    fn share(&self, run: &str) -> Result<Collected, End> {
        let recordings = self.config.out.join("nextest");
        let mut recording =
            Recording::open(&recordings, &self.key(run)).map_err(|error| unreadable(&error))?;
        if let Some(recorded) = self.recorded(&recording)? {
            return Ok(recorded);
        }
        let every: Vec<&Planned> = self.plan.checks.iter().collect();
        let collected = Collector { selected: &every, ..*self }.ask()?;
        recording.add(&collected.evidence).map_err(|error| unreadable(&error))?;
        Ok(collected)
    }

    /// What this process needs of the recording; `None` if the run has not begun.
    fn recorded(&self, recording: &Recording) -> Result<Option<Collected>, End> {
        let load = |wanted: &BTreeSet<Resource>| recording.load(wanted).map_err(|error| unreadable(&error));
        let mut wanted = BTreeSet::new();
        let Some(mut evidence) = load(&wanted)? else { return Ok(None) };
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

    /// What must be equal for two processes to share answers.
    fn key(&self, run: &str) -> String {
        let stage = match &self.config.stage {
            StageChoice::Live(target) => format!("{} {}", target.url(), target.cluster().unwrap_or_default()),
            StageChoice::Embedded | StageChoice::Saved(_) => "embedded".to_owned(),
        };
        format!("{run} {stage} {}", self.plan.suite_hash)
    }

    /// What is asked; the embedded catalogue runs as long as the second part lives.
    fn target(&self) -> Result<(Target, Option<Stage>), End> {
        if let StageChoice::Live(target) = &self.config.stage {
            return Ok((target.clone(), None));
        }
        let catalogue = Arc::new(Catalogue::build());
        // The process ends with the run: to take thousands of documents apart before would only make people wait.
        std::mem::forget(Arc::clone(&catalogue));
        let stage = Stage::start(catalogue, Options::new()).map_err(|error| End {
            decision: Decision::Undecided,
            message: format!("Undecided: the embedded catalogue cannot be started ({error}).\n"),
        })?;
        let target = Target::parse(&stage.url()).map_err(|error| End {
            decision: Decision::Undecided,
            message: format!(
                "Undecided: the embedded catalogue has an address that cannot be asked ({error}).\n"
            ),
        })?;
        Ok((target, Some(stage)))
    }

    fn bench(&self, evidence: &Evidence) -> Result<Bench, End> {
        Ok(Bench {
            requests: self.plan.requests().for_stage(evidence),
            baselines: read_baselines(&self.config.snapshots())?,
            contract: Contract::new(),
        })
    }
}

fn read_baselines(folder: &Path) -> Result<BTreeMap<String, String>, End> {
    baselines::read(folder).map_err(|error| End {
        decision: Decision::Undecided,
        message: format!("Undecided: the snapshots cannot be read, so nothing can be compared. {error}\n"),
    })
}

fn silent(target: &Target, cause: &str) -> End {
    End {
        decision: Decision::Undecided,
        message: format!(
            "Undecided, so not released: {} does not answer ({cause}). Nothing was judged.\nStages are switched off \
             outside office hours; is this one on? Run the gate again once it answers.\n",
            target.url()
        ),
    }
}

fn no_client(error: &ClientError) -> End {
    End { decision: Decision::Misused, message: format!("The gate cannot run like this: {error}.\n") }
}

fn unreadable(error: &StoreError) -> End {
    End { decision: Decision::Undecided, message: format!("Undecided: {error}.\nNothing was judged.\n") }
}
