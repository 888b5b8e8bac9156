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
        verdict_file::invalidate(&self.config.out).map_err(|error| cannot_write(&error))?;
        if selected.is_empty() {
            trials::none(self.args);
            return Ok(Decision::NothingConcluded);
        }
        let checks = selection::with_siblings(self.plan, &selected);
        let collected = collect::collect(self.config, self.plan, &checks, &progress::Terminal::new())?;
        let account = Account {
            config: self.config,
            suite: self.suite,
            plan: self.plan,
            collected: &collected,
            started,
        };
        tell(&terminal::opening(&account.stage()), self.args);
        let judged = self.judge(&collected, &checks, &selected, started.to_zoned(TimeZone::UTC).date());
        let reported = trials::report(self.plan, &judged, &account.links(), self.args);
        let mine: Vec<Judged> = judged.into_iter().filter(|check| reported.contains(&check.name)).collect();
        if let Some(nextest_run) = &self.config.nextest_run {
            let own = decision_for_nextest(&mine);
            nextest::add(&self.config.out, nextest_run, mine, |all| verdict_file::write(&account.of(all)))
                .map_err(|error| cannot_write(&error))?;
            return Ok(own);
        }
        let run = account.of(mine);
        verdict_file::write(&run).map_err(|error| cannot_write(&error))?;
        tell(&format!("\n{}", terminal::closing(&run)), self.args);
        Ok(run.decision)
    }

    /// The verdicts, after waivers and after insta had its say.
    fn judge(
        &self,
        collected: &Collected,
        checks: &[&Planned],
        selected: &[&Planned],
        today: Date,
    ) -> Vec<Judged> {
        let mut verdicts = collected.bench.verdicts(checks, &collected.evidence);
        self.offer_snapshots(checks, selected, &mut verdicts, collected);
        waiver::apply(checks, verdicts, today)
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
            let Ok(text) = snapshot.text(&context) else { continue };
            if baselines::offer(&self.config.snapshots(), snapshot.work().as_str(), &check.about, &text) {
                *verdict = Verdict::Pass;
            }
        }
    }
}

/// In a process of nextest's, only its own check may fail it; nextest folds the exit codes of all of them.
fn decision_for_nextest(mine: &[Judged]) -> Decision {
    match mine.iter().find(|check| !check.verdict.is_pass()).map(|check| &check.verdict) {
        None | Some(Verdict::Pass) => Decision::NothingConcluded,
        Some(Verdict::Fail { .. }) => Decision::Blocked,
        Some(Verdict::Undecided { .. }) => Decision::Undecided,
    }
}

fn cannot_write(error: &std::io::Error) -> End {
    End { decision: Decision::Undecided, message: format!("The verdict cannot be written: {error}\n") }
}
