//! One run: from the plan to trials that the test harness reports, and to the decision.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use libtest_mimic::{Arguments, ColorSetting};

use super::config::{Config, StageChoice};
use super::collect::{self, Collected};
use super::plan::{Plan, Planned, Role};
use super::{End, baselines, git, nextest, selection, tell, waiver};
use crate::decision::{Circumstances, Decision, Judged, Standing, Tally, decide};
use crate::report::explain::{Links, explain};
use crate::report::{Notice, Run, Source, Stage, SuiteFile, progress, terminal, verdict_file};
use crate::suite::Suite;
use crate::verdict::Verdict;

/// Prints the names of the checks, as the arguments say. Asks nothing of any stage.
pub fn list(plan: &Plan, args: &Arguments) {
    let trials = plan.checks.iter().map(|check| selection::trial(check, || Ok(()))).collect();
    libtest_mimic::run(args, trials);
}

/// What a run works with.
pub struct Street<'a> {
    pub config: &'a Config,
    pub suite: &'a Suite,
    pub plan: &'a Plan,
    pub args: &'a Arguments,
}

impl Street<'_> {
    /// Walks the street from evidence to decision.
    pub fn walk(&self) -> Result<Decision, End> {
        let started = Timestamp::now();
        let selected = selection::selected(self.plan, self.args);
        verdict_file::invalidate(&self.config.out).map_err(cannot_write)?;
        if selected.is_empty() {
            libtest_mimic::run(self.args, Vec::new());
            return Ok(Decision::NothingConcluded);
        }
        let collected = collect::collect(self.config, self.plan, &selected, &progress::Terminal::new())?;
        let judged = self.judge(&collected, &selected, started);
        let reported = self.report_trials(&judged, &collected);
        let reported = nextest::reported_so_far(self.config, reported).map_err(cannot_write)?;
        let run = self.run_of(judged, &reported, &collected, started);
        verdict_file::write(&run).map_err(cannot_write)?;
        if self.config.nextest_run.is_none() {
            tell(&format!("\n{}", terminal::closing(&run)), self.args);
            return Ok(run.decision);
        }
        Ok(self.decision_for_nextest(&run))
    }

    /// The verdict on every check whose evidence is there, after waivers and after insta had its say.
    fn judge(&self, collected: &Collected, selected: &[&Planned], now: Timestamp) -> Vec<Judged> {
        let nextest = self.config.nextest_run.is_some();
        // In a run of nextest's all evidence is there, whichever check this process reports.
        let whole = nextest || selected.len() == self.plan.checks.len();
        let checks: Vec<&Planned> = if whole { self.plan.checks.iter().collect() } else { selected.to_vec() };
        let mut verdicts = collected.bench.verdicts(&checks, &collected.evidence);
        self.offer_snapshots(&checks, &mut verdicts, collected);
        let today = now.to_zoned(TimeZone::UTC).date();
        let mut judged = waiver::apply(&checks, verdicts, today, whole);
        let selected: BTreeSet<&str> = selected.iter().map(|check| check.name.as_str()).collect();
        if !nextest {
            judged.retain(|check| selected.contains(check.name.as_str()));
        }
        judged
    }

    /// Lets insta keep what differs for review. Only at a desk: a job that decides on a release writes no snapshot.
    fn offer_snapshots(&self, checks: &[&Planned], verdicts: &mut [Verdict], collected: &Collected) {
        let differs = |check: &Planned, verdict: &Verdict| {
            matches!(check.role, Role::Snapshot(_)) && !verdict.is_pass()
        };
        let differing: Vec<&Planned> =
            checks.iter().zip(verdicts.iter()).filter(|(c, v)| differs(c, v)).map(|(c, _)| *c).collect();
        if self.config.ci || differing.is_empty() {
            return;
        }
        let context = collected.bench.context(&collected.evidence);
        let accepted = baselines::offer(&self.config.snapshots(), &differing, &context);
        for (check, verdict) in checks.iter().zip(verdicts) {
            if accepted.contains(&check.name) {
                *verdict = Verdict::Pass;
            }
        }
    }

    /// Hands the verdicts to the test harness; returns the names that it reported.
    fn report_trials(&self, judged: &[Judged], collected: &Collected) -> BTreeSet<String> {
        let links = self.links(collected);
        let colour = match self.args.color {
            Some(ColorSetting::Always) => true,
            Some(ColorSetting::Never) => false,
            Some(ColorSetting::Auto) | None => {
                anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
            }
        };
        let reported = Arc::new(Mutex::new(BTreeSet::new()));
        let mut trials = Vec::new();
        for check in &self.plan.checks {
            let Some(judged) = judged.iter().find(|judged| judged.name == check.name) else { continue };
            let outcome = match explain(judged, &links) {
                None => Ok(()),
                Some(text) if colour => Err(text),
                Some(text) => Err(anstream::adapter::strip_str(&text).to_string()),
            };
            let (name, seen) = (check.name.clone(), Arc::clone(&reported));
            if check.standing == Standing::Proposed && !self.args.is_filtered_out(&selection::trial(check, || Ok(())))
            {
                // The harness lists it as ignored; it was judged all the same.
                seen.lock().expect("no trial panics").insert(name.clone());
            }
            trials.push(selection::trial(check, move || {
                seen.lock().expect("no trial panics").insert(name);
                outcome
            }));
        }
        let mut args = self.args.clone();
        // The verdicts are there already: threads would only mix up the order of the lines.
        args.test_threads = args.test_threads.or(Some(1));
        libtest_mimic::run(&args, trials);
        let reported = reported.lock().expect("no trial panics");
        reported.clone()
    }

    fn run_of(
        &self,
        mut judged: Vec<Judged>,
        reported: &BTreeSet<String>,
        collected: &Collected,
        started: Timestamp,
    ) -> Run {
        judged.retain(|check| reported.contains(&check.name));
        let tally = Tally::of(&judged);
        let called_for = self.plan.checks.len();
        let circumstances = Circumstances {
            live: matches!(self.config.stage, StageChoice::Live(_)),
            for_release: self.config.for_release(),
            called_for,
            reported: judged.len(),
        };
        let (decision, because) = decide(tally, circumstances);
        let evidence = &collected.evidence;
        Run {
            decision,
            because,
            tally,
            called_for,
            reported: judged.len(),
            judged,
            stage: stage(self.config, collected),
            suite: SuiteFile {
                file: file_name(self.config),
                sha256: self.suite.hash.clone(),
                git_revision: git::revision(&self.config.project),
            },
            requests: evidence.requests,
            retries: evidence.retries,
            started,
            ended: Timestamp::now(),
            notices: self.notices(collected, started),
            out: self.config.out.clone(),
            rerun: self.config.rerun_variables(),
        }
    }

    /// Unknown fields, overdue reviews, orphaned snapshots.
    fn notices(&self, collected: &Collected, now: Timestamp) -> Vec<Notice> {
        let today = now.to_zoned(TimeZone::UTC).date();
        let context = collected.bench.context(&collected.evidence);
        let drift = self.plan.checks.iter().flat_map(|check| match &check.role {
            Role::Contract(contract) => contract.drift(&context),
            Role::Criterion(_) | Role::Snapshot(_) => Vec::new(),
        });
        let overdue = self.suite.criteria.iter().filter(|criterion| criterion.review_by < today);
        let orphans = baselines::orphans(&collected.bench.baselines, &self.plan.checks);
        let folder = self.config.snapshots();
        drift
            .map(|says| Notice { about: "drift", says })
            .chain(overdue.map(|criterion| Notice {
                about: "review",
                says: format!(
                    "`{}` was to be looked at again by {} ({})",
                    criterion.id, criterion.review_by, criterion.owner
                ),
            }))
            .chain(orphans.into_iter().map(|name| Notice {
                about: "snapshot",
                says: format!(
                    "no example asks for {}/{name}.snap any more: delete it, or mark an example `snapshot: true`",
                    folder.display()
                ),
            }))
            .collect()
    }

    fn links(&self, collected: &Collected) -> Links {
        let (api, cluster) = match &self.config.stage {
            StageChoice::Live(target) => (target.url().to_owned(), target.cluster().map(str::to_owned)),
            StageChoice::Saved(_) => (collected.evidence.stage.clone(), None),
            // The embedded catalogue is gone with the run; this is where people start it again.
            StageChoice::Embedded => ("http://127.0.0.1:8080/catalogue/v2".to_owned(), None),
        };
        Links { api, cluster, suite: file_name(self.config), rerun: self.config.rerun_variables() }
    }

    /// In a process of nextest's, only its own check may fail it; nextest folds the exit codes itself.
    fn decision_for_nextest(&self, run: &Run) -> Decision {
        let own = selection::selected(self.plan, self.args);
        let mine = |check: &&Judged| own.iter().any(|planned| planned.name == check.name);
        let fails = run.judged.iter().filter(mine).any(|check| !check.verdict.is_pass());
        if fails { Decision::Blocked } else { Decision::NothingConcluded }
    }
}

fn stage(config: &Config, collected: &Collected) -> Stage {
    let evidence = &collected.evidence;
    let (url, source, cluster) = match &config.stage {
        StageChoice::Embedded => ("embedded".to_owned(), Source::Embedded, None),
        StageChoice::Live(target) => {
            (target.url().to_owned(), Source::Live, target.cluster().map(str::to_owned))
        }
        StageChoice::Saved(_) => (evidence.stage.clone(), Source::Saved, evidence.cluster.clone()),
    };
    Stage {
        url,
        source,
        elastic_cluster: cluster,
        index_at_start: evidence.index_at_start.clone(),
        index_at_end: evidence.index_at_end.clone(),
    }
}

fn file_name(config: &Config) -> String {
    config.suite.strip_prefix(&config.project).unwrap_or(&config.suite).display().to_string()
}

fn cannot_write(error: std::io::Error) -> End {
    End { decision: Decision::Undecided, message: format!("The verdict cannot be written: {error}\n") }
}
