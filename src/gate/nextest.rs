//! What the processes of one nextest run tell each other: which checks have reported so far, and how.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::config::{Config, ProdChoice, StageChoice};
use super::plan::Plan;
use crate::catalogue::ExpectedRelease;
use crate::decision::Judged;
use crate::evidence::Recording;

/// What must be equal for two processes to share answers and verdicts: the run, the stage, what it is compared
/// with, and the suite.
pub fn key(config: &Config, plan: &Plan, run: &str) -> String {
    let stage = match &config.stage {
        StageChoice::Live(target) => format!("{} {}", target.url(), target.cluster().unwrap_or_default()),
        StageChoice::Embedded | StageChoice::Saved(_) => "embedded".to_owned(),
    };
    let prod = match &config.prod {
        Some(ProdChoice::Live(target)) => target.url(),
        Some(ProdChoice::Embedded) => "embedded",
        None => "none",
    };
    let ExpectedRelease { index, pipeline_date } = &config.expected;
    let expected = [index, pipeline_date].map(|told| told.as_deref().unwrap_or("anything")).join(" of ");
    format!("{run} {stage} beside {prod} as {expected} {}", plan.suite_hash)
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Others;
    use crate::decision::{About, Judged, Standing};
    use crate::verdict::Verdict;

    fn judged(name: &str, verdict: Verdict) -> Judged {
        let about = About::default();
        Judged {
            name: name.to_owned(),
            about,
            standing: Standing::Approved,
            verdict,
            values: 1,
            remarks: Vec::new(),
            compared: None,
            waived: None,
            overridden: None,
        }
    }

    fn fails() -> Verdict {
        Verdict::Fail { findings: Vec::new() }
    }

    /// What all processes of a run have reported, after this one has too.
    fn report(out: &Path, run: &str, mine: Judged) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        let take = |reported: Vec<Judged>| {
            all = reported.into_iter().map(|check| (check.name.clone(), check.verdict.is_pass())).collect();
            Ok(())
        };
        Others { list: out.join(run) }.add(vec![mine], take).unwrap();
        all
    }

    #[rstest]
    fn each_process_concludes_from_what_all_have_reported() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run", judged("first", Verdict::Pass));
        let all = report(out.path(), "run", judged("second", fails()));
        assert_eq!(all, [("first".to_owned(), true), ("second".to_owned(), false)]);
    }

    #[rstest]
    fn a_check_that_nextest_tries_again_counts_once_and_as_it_ended_last() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run", judged("check", fails()));
        let all = report(out.path(), "run", judged("check", Verdict::Pass));
        assert_eq!(all, [("check".to_owned(), true)]);
    }

    #[rstest]
    fn another_run_begins_with_nothing() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run-1", judged("first", Verdict::Pass));
        assert_eq!(report(out.path(), "run-2", judged("second", fails())), [("second".to_owned(), false)]);
    }
}
