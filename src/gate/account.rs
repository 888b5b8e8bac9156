//! The account of a run, as every report tells it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::collect::Collected;
use super::config::{Config, StageChoice};
use super::plan::{Plan, Role};
use super::{baselines, git};
use crate::decision::{Circumstances, Judged, Tally, decide};
use crate::report::explain::Links;
use crate::report::{Notice, Run, Source, Stage, SuiteFile};
use crate::suite::Suite;

/// What an account is made from.
pub struct Account<'a> {
    pub config: &'a Config,
    pub suite: &'a Suite,
    pub plan: &'a Plan,
    pub collected: &'a Collected,
    pub started: Timestamp,
}

impl Account<'_> {
    /// The account of the checks that reported.
    pub fn of(&self, judged: Vec<Judged>) -> Run {
        let tally = Tally::of(&judged);
        let (decision, because) = decide(
            tally,
            Circumstances {
                live: matches!(self.config.stage, StageChoice::Live(_)),
                for_release: self.config.for_release(),
                called_for: self.plan.called_for(),
            },
        );
        Run {
            decision,
            because,
            tally,
            called_for: self.plan.called_for(),
            judged,
            stage: self.stage(),
            suite: SuiteFile {
                file: self.suite_file(),
                sha256: self.suite.hash.clone(),
                git_revision: git::revision(&self.config.project),
            },
            requests: self.collected.evidence.requests,
            retries: self.collected.evidence.retries,
            started: self.started,
            ended: Timestamp::now(),
            notices: self.notices(),
            out: self.config.out.clone(),
        }
    }

    /// What was judged.
    pub fn stage(&self) -> Stage {
        let evidence = &self.collected.evidence;
        let (url, source) = match self.config.stage {
            StageChoice::Embedded => ("embedded".to_owned(), Source::Embedded),
            StageChoice::Live(_) => (evidence.stage.clone(), Source::Live),
            StageChoice::Saved(_) => (evidence.stage.clone(), Source::Saved),
        };
        Stage {
            url,
            source,
            elastic_cluster: evidence.cluster.clone(),
            index_at_start: evidence.index_at_start.clone(),
            index_at_end: evidence.index_at_end.clone(),
        }
    }

    /// Where readers can go from a failure.
    pub fn links(&self) -> Links {
        let api = match self.config.stage {
            // The embedded catalogue is gone with the run; this is where people start it again.
            StageChoice::Embedded => "http://127.0.0.1:8080/catalogue/v2".to_owned(),
            StageChoice::Live(_) | StageChoice::Saved(_) => self.collected.evidence.stage.clone(),
        };
        Links {
            api,
            cluster: self.collected.evidence.cluster.clone(),
            suite: self.suite_file(),
            rerun: self.config.rerun_variables(),
        }
    }

    fn suite_file(&self) -> String {
        let path = &self.config.suite;
        path.strip_prefix(&self.config.project).unwrap_or(path).display().to_string()
    }

    /// What deserves attention and blocks nothing: unknown fields, overdue reviews, orphaned snapshots.
    fn notices(&self) -> Vec<Notice> {
        let context = self.collected.bench.context(&self.collected.evidence);
        let drift = self.plan.checks.iter().flat_map(|check| match &check.role {
            Role::Contract(contract) => contract.drift(&context),
            Role::Criterion(_) | Role::Snapshot(_) => Vec::new(),
        });
        let today = self.started.to_zoned(TimeZone::UTC).date();
        let overdue = self.suite.criteria.iter().filter(|criterion| criterion.review_by < today);
        let reviews = overdue.map(|criterion| {
            format!(
                "`{}` was to be looked at again by {} ({})",
                criterion.id, criterion.review_by, criterion.owner
            )
        });
        let orphans = baselines::orphans(&self.collected.bench.baselines, &self.plan.checks);
        let folder = self.config.snapshots();
        let orphans = orphans.into_iter().map(|name| {
            format!(
                "no example asks for {}/{name}.snap any more: delete it, or mark an example `snapshot: true`",
                folder.display()
            )
        });
        let notices = |about: &'static str| move |says: String| Notice { about, says };
        drift
            .map(notices("drift"))
            .chain(reviews.map(notices("review")))
            .chain(orphans.map(notices("snapshot")))
            .collect()
    }
}
