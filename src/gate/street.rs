//! One run, from evidence to decision.

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use libtest_mimic::Arguments;

use super::account::Account;
use super::collect::{self, Collected};
use super::config::{Config, StageChoice};
use super::end::End;
use super::plan::{Plan, Planned, Role};
use super::{baselines, blinkers, compare, nextest, overrule, selection, tell, trials, waiver};
use crate::checks::compare::Compared;
use crate::decision::{Decision, Judged, Standing};
use crate::evidence::Evidence;
use crate::report::explain::explain;
use crate::report::github::Job;
use crate::report::{self, Links, Run, terminal};
use crate::suite::Suite;
use crate::verdict::{Judgement, Verdict};

/// What a run works with.
pub struct Street<'a> {
    pub config: &'a Config,
    pub suite: &'a Suite,
    pub plan: &'a Plan,
    pub args: &'a Arguments,
    pub job: &'a Job,
}

impl Street<'_> {
    /// Walks the street from evidence to decision.
    ///
    /// # Errors
    ///
    /// Ends early if the evidence cannot be had, or the verdict not be written.
    pub fn walk(&self) -> Result<Decision, End> {
        let selected = selection::selected(self.plan, self.args);
        if selected.is_empty() {
            return Ok(self.end_without_a_check());
        }
        let started = Timestamp::now();
        let checks = selection::with_siblings(self.plan, &selected);
        let collected = collect::collect(self.config, self.plan, &checks, self.args)?;
        if let Some(blinkers) = blinkers::found_out(self.config, self.suite, &collected.evidence) {
            let plan = super::plan(self.config, self.suite, &blinkers);
            return Street { plan: &plan, ..*self }.conclude(&collected, started);
        }
        self.conclude(&collected, started)
    }

    /// From evidence to decision.
    fn conclude(&self, collected: &Collected, started: Timestamp) -> Result<Decision, End> {
        let selected = selection::selected(self.plan, self.args);
        if selected.is_empty() {
            return Ok(self.end_without_a_check());
        }
        let checks = selection::with_siblings(self.plan, &selected);
        let compared = collected.bench.compare(&checks, &collected.evidence);
        let account = Account {
            config: self.config,
            suite: self.suite,
            plan: self.plan,
            collected,
            compared: compared.as_ref(),
            started,
        };
        let today = started.to_zoned(TimeZone::UTC).date();
        let judged = self.judge(collected, compared.as_ref(), &checks, &selected, today);
        let unfit = collected.evidence.unfit();
        let reported = trials::report(self.plan, &judged, &account.links(), unfit.as_deref(), self.args);
        let mine: Vec<Judged> = judged.into_iter().filter(|check| reported.contains(&check.name)).collect();
        if let Some(run) = &self.config.nextest_run {
            let own = decision_for_nextest(&mine);
            let others = nextest::Others::of(self.config, self.plan, run);
            others
                .add(mine, |all| self.write_together(account.of(all)))
                .map_err(|error| cannot_write(&error))?;
            return Ok(own);
        }
        let mut run = account.of(mine);
        report::write_all(&mut run).map_err(|error| cannot_write(&error))?;
        tell(&self.proposed(&run.judged, &account.links()), self.args.color);
        tell(&format!("\n{}", terminal::closing(&run)), self.args.color);
        self.job.tell(&run);
        Ok(run.decision)
    }

    /// Writes the reports of what the processes of nextest have judged so far; the last of them tells the job.
    fn write_together(&self, mut run: Run) -> io::Result<()> {
        if run.missing.is_empty() && run.comparison.is_none() {
            run.comparison = self.comparison_of_all()?;
        }
        report::write_when_whole(&mut run)?;
        if run.missing.is_empty() {
            self.job.tell(&run);
        }
        Ok(())
    }

    /// What differs from prod, by what all processes have recorded: this one may have judged something else.
    fn comparison_of_all(&self) -> io::Result<Option<report::Comparison>> {
        let is_compared = |check: &&Planned| matches!(check.role, Role::Comparison(_));
        let checks: Vec<&Planned> = self.plan.checks.iter().filter(is_compared).collect();
        if checks.is_empty() {
            return Ok(None);
        }
        let collected = collect::collect(self.config, self.plan, &checks, self.args)
            .map_err(|end| io::Error::other(end.message))?;
        Ok(collected.bench.compare(&checks, &collected.evidence).as_ref().map(compare::told))
    }

    /// The stories of proposed checks that somebody picked out by a filter: the harness ignores them, and so tells none.
    fn proposed(&self, judged: &[Judged], links: &Links) -> String {
        if self.args.filter.is_none() {
            return String::new();
        }
        let proposed = judged.iter().filter(|check| check.standing == Standing::Proposed);
        let stories = proposed.filter_map(|check| Some((&check.name, explain(check, links)?)));
        let told: Vec<String> =
            stories.map(|(name, story)| format!("\n---- {name} (only proposed) ----\n{story}")).collect();
        told.concat()
    }

    /// Nothing is left to judge: the filter fits no check, or only such as are turned off in this run.
    fn end_without_a_check(&self) -> Decision {
        trials::none(self.plan, self.args);
        let turned_off = selection::turned_off(self.plan, self.args);
        let text = if turned_off.is_empty() {
            terminal::nothing_selected(&selection::filter(self.args), &nearest(self.plan, self.args))
        } else {
            terminal::only_turned_off(&turned_off)
        };
        tell(&text, self.args.color);
        // nextest takes a process that ends well for a check that passes.
        if self.config.nextest_run.is_some() { Decision::Undecided } else { Decision::NothingConcluded }
    }

    /// The verdicts, after insta had its say, waivers and overrides.
    fn judge(
        &self,
        collected: &Collected,
        compared: Option<&Compared>,
        checks: &[&Planned],
        selected: &[&Planned],
        today: Date,
    ) -> Vec<Judged> {
        let mut judgements = collected.bench.judge_with(compared, checks, &collected.evidence);
        if self.may_write_snapshots(&collected.evidence) {
            self.offer_snapshots(checks, selected, &mut judgements, collected);
        }
        let turned_off: Vec<&Planned> = self.plan.turned_off.iter().map(|(check, _)| check).collect();
        let judged = waiver::apply(checks, judgements, &turned_off, today);
        overrule::apply(judged, &self.suite.overrides, today)
    }

    /// Only what was asked now, at somebody's desk, is offered for review: a job in CI writes no snapshot, and what
    /// was saved earlier is nothing to record. Nor is an embedded catalogue of another process, which may have a fault.
    fn may_write_snapshots(&self, evidence: &Evidence) -> bool {
        let is_to_record = match self.config.stage {
            StageChoice::Embedded => true,
            StageChoice::Live(_) => !evidence.is_of_the_embedded_catalogue(),
            StageChoice::Saved(_) => false,
        };
        is_to_record && !self.config.ci && evidence.unfit().is_none()
    }

    /// Lets insta keep what differs for review. What it accepts passes, but never in a run for release: there, only
    /// the comparison with what was recorded before counts, whatever insta is told to accept.
    fn offer_snapshots(
        &self,
        checks: &[&Planned],
        selected: &[&Planned],
        judgements: &mut [Judgement],
        collected: &Collected,
    ) {
        let folder = self.config.snapshots(&collected.evidence);
        let mine: BTreeSet<&str> = selected.iter().map(|check| check.name.as_str()).collect();
        let context = collected.bench.context(&collected.evidence);
        for (check, judgement) in checks.iter().zip(judgements) {
            let Role::Recorded(recorded) = &check.role else { continue };
            if judgement.verdict.is_pass() || !mine.contains(check.name.as_str()) {
                continue;
            }
            let Ok(text) = recorded.text(&context) else { continue };
            let accepted = baselines::offer(&folder, &recorded.record(), &check.about, &text);
            if accepted && !self.config.for_release() {
                judgement.verdict = Verdict::Pass;
            }
        }
    }
}

/// The names that come nearest to the filter.
fn nearest(plan: &Plan, args: &Arguments) -> Vec<String> {
    let Some(filter) = &args.filter else { return Vec::new() };
    let mut names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
    names.sort_by_key(|name| strsim::levenshtein(filter, name));
    names.into_iter().take(3).map(str::to_owned).collect()
}

/// In a process of nextest's, only its own check may fail it; nextest folds the exit codes of all of them. A proposed
/// check never fails it, and no check at all is no success.
fn decision_for_nextest(mine: &[Judged]) -> Decision {
    let counts = |check: &&Judged| check.standing == Standing::Approved && check.overridden.is_none();
    match mine.iter().filter(counts).find(|check| !check.verdict.is_pass()).map(|check| &check.verdict) {
        None | Some(Verdict::Pass) if mine.is_empty() => Decision::Undecided,
        None | Some(Verdict::Pass) => Decision::NothingConcluded,
        Some(Verdict::Fail { .. }) => Decision::Blocked,
        Some(Verdict::Undecided { .. }) => Decision::Undecided,
    }
}

fn cannot_write(error: &std::io::Error) -> End {
    let message = format!("The verdict cannot be written: {error}\n");
    End { decision: Decision::Undecided, message, marks: Vec::new() }
}
