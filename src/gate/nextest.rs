//! What the processes of one nextest run tell each other: which checks have reported so far, and how.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::config::{Config, StageChoice};
use super::plan::Plan;
use crate::decision::Judged;
use crate::evidence::Recording;

/// What must be equal for two processes to share answers and verdicts: the run, the stage and the suite.
pub fn key(config: &Config, plan: &Plan, run: &str) -> String {
    let stage = match &config.stage {
        StageChoice::Live(target) => format!("{} {}", target.url(), target.cluster().unwrap_or_default()),
        StageChoice::Embedded | StageChoice::Saved(_) => "embedded".to_owned(),
    };
    format!("{run} {stage} {}", plan.suite_hash)
}

/// The folder of what processes share.
pub fn folder(config: &Config) -> PathBuf {
    config.out.join("nextest")
}

/// The processes of the same run.
pub struct Others {
    list: PathBuf,
}

impl Others {
    /// Those that share this run.
    pub fn of(config: &Config, plan: &Plan, run: &str) -> Self {
        let recording = Recording::folder(&folder(config), &key(config, plan, run));
        Self { list: recording.join("reported.jsonl") }
    }

    /// Adds what this process judged to what the others did, each check once, and writes the verdict on all of it.
    ///
    /// The verdict is written while no other process can: the last one to report writes it on the whole.
    ///
    /// # Errors
    ///
    /// If the shared list, or the verdict, cannot be read or written.
    pub fn add(
        &self,
        mine: Vec<Judged>,
        write_verdict: impl FnOnce(Vec<Judged>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut list = File::options().create(true).append(true).read(true).open(&self.list)?;
        list.lock()?;
        let mut lines = String::new();
        list.read_to_string(&mut lines)?;
        let mut all = BTreeMap::new();
        for line in lines.lines() {
            let judged: Judged = serde_json::from_str(line).map_err(io::Error::other)?;
            all.insert(judged.name.clone(), judged);
        }
        for judged in mine {
            writeln!(list, "{}", serde_json::to_string(&judged).map_err(io::Error::other)?)?;
            all.insert(judged.name.clone(), judged);
        }
        write_verdict(all.into_values().collect())
    }
}
