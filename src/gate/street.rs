//! One run, from evidence to decision.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use libtest_mimic::Arguments;

use super::account::Account;
use super::collect::{self, Collected};
use super::config::Config;
use super::plan::{Plan, Planned, Role};
use super::{End, baselines, nextest, selection, tell, trials, waiver};
use crate::decision::{Decision, Judged};
use crate::report::{progress, terminal, verdict_file};
use crate::suite::Suite;
use crate::verdict::Verdict;

/// What a run works with.
pub struct Street<'a> {
    pub config: &'a Config,
    pub suite: &'a Suite,
    pub plan: &'a Plan,
    pub args: &'a Arguments,
}

impl Street<'_> {
    /// Walks the street from evidence to decision.
    ///
    /// # Errors
    ///
    /// Ends early if the evidence cannot be had, or the verdict not be written.
    pub fn walk(&self) -> Result<Decision, End> {
        let started = Timestamp::now();
        let selected = selection::selected(self.plan, self.args);
        verdict_file::invalidate(&self.config.out).map_err(cannot_write)?;
        if selected.is_empty() {
            libtest_mimic::run(self.args, Vec::new());
            return Ok(Decision::NothingConcluded);
        }
        let collected = collect::collect(self.config, self.plan, &selected, &progress::Terminal::new())?;
        let account = Account {
            config: self.config,
            suite: self.suite,
            plan: self.plan,
            collected: &collected,
            started,
        };
        tell(&terminal::opening(&account.stage()), self.args);
        let judged = self.judge(&collected, &selected, started.to_zoned(TimeZone::UTC).date());
        let reported = trials::report(self.plan, &judged, &account.links(), self.args);
        let reported = nextest::reported_so_far(self.config, reported).map_err(cannot_write)?;
        let run = account.of(judged, &reported);
        verdict_file::write(&run).map_err(cannot_write)?;
        if self.config.nextest_run.is_some() {
            return Ok(decision_for_nextest(&run.judged, &selected));
        }
        tell(&format!("\n{}", terminal::closing(&run)), self.args);
        Ok(run.decision)
    }

    /// The verdicts, after waivers and after insta had its say.
    ///
    /// In a run of nextest's, every check is judged in each process, since all evidence is there: only then is it
    /// known whether a waiver outlived its reason. Which of them *reported* is another matter.
    fn judge(&self, collected: &Collected, selected: &[&Planned], today: Date) -> Vec<Judged> {
        let every: Vec<&Planned> = self.plan.checks.iter().collect();
        let checks = if self.config.nextest_run.is_some() { &every } else { selected };
        let mut verdicts = collected.bench.verdicts(checks, &collected.evidence);
        self.offer_snapshots(checks, selected, &mut verdicts, collected);
        waiver::apply(checks, verdicts, today, checks.len() == every.len())
    }

    /// Lets insta keep what differs for review. Only at a desk: a job in CI writes no snapshot.
    fn offer_snapshots(
        &self,
        checks: &[&Planned],
        selected: &[&Planned],
        verdicts: &mut [Verdict],
        collected: &Collected,
    ) {
        if self.config.ci || collected.evidence.unfit().is_some() {
            return;
        }
        let mine: BTreeSet<&str> = selected.iter().map(|check| check.name.as_str()).collect();
        let context = collected.bench.context(&collected.evidence);
        for (check, verdict) in checks.iter().zip(verdicts) {
            let Role::Snapshot(snapshot) = &check.role else { continue };
            if verdict.is_pass() || !mine.contains(check.name.as_str()) {
                continue;
            }
            if let Ok(text) = snapshot.text(&context) {
                if baselines::offer(&self.config.snapshots(), snapshot.work().as_str(), &check.about, &text) {
                    *verdict = Verdict::Pass;
                }
            }
        }
    }
}

/// In a process of nextest's, only its own check may fail it; nextest folds the exit codes of all of them.
fn decision_for_nextest(judged: &[Judged], own: &[&Planned]) -> Decision {
    let mine = |check: &&Judged| own.iter().any(|planned| planned.name == check.name);
    match judged.iter().filter(mine).find(|check| !check.verdict.is_pass()).map(|check| &check.verdict) {
        None | Some(Verdict::Pass) => Decision::NothingConcluded,
        Some(Verdict::Fail { .. }) => Decision::Blocked,
        Some(Verdict::Undecided { .. }) => Decision::Undecided,
    }
}

fn cannot_write(error: std::io::Error) -> End {
    End { decision: Decision::Undecided, message: format!("The verdict cannot be written: {error}\n") }
}
