//! The account of a run, as every report tells it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::collect::Collected;
use super::config::{Config, ProdChoice, SiteChoice, StageChoice};
use super::plan::Plan;
use super::{baselines, compare, criteria, expect, git, overrule, selection};
use crate::catalogue::{Origin, Resource, ServedIndex};
use crate::checks::compare::Compared;
use crate::decision::{Circumstances, Judged, Tally, decide};
use crate::evidence::{Evidence, Seen};
use crate::report::{EMBEDDED, Links, Notice, Run, Source, Stage, SuiteFile};
use crate::suite::Suite;
use crate::verdict::RemarkKind;

/// What an account is made from.
pub struct Account<'a> {
    pub config: &'a Config,
    pub suite: &'a Suite,
    pub plan: &'a Plan,
    pub collected: &'a Collected,
    pub compared: Option<&'a Compared>,
    pub started: Timestamp,
}

impl Account<'_> {
    /// The account of the checks that reported.
    pub fn of(&self, judged: Vec<Judged>) -> Run {
        let tally = Tally::of(&judged);
        let reported: BTreeSet<&str> = judged.iter().map(|check| check.name.as_str()).collect();
        let missing: Vec<String> =
            self.plan.called_for().filter(|name| !reported.contains(name)).map(str::to_owned).collect();
        let circumstances = Circumstances {
            inconclusive: self
                .config
                .inconclusive(&self.collected.evidence)
                .or_else(|| expect::untold(self.config, self.suite)),
            for_release: self.config.for_release(),
            called_for: self.plan.called_for().count(),
            missing: missing.len(),
        };
        let (decision, mut because) = decide(tally, circumstances);
        because.extend(self.collected.evidence.unfit());
        let overrulings = overrule::effects(self.plan, &judged, &self.suite.overrides, self.today());
        let notices = self.notices(&judged);
        Run {
            decision,
            because,
            tally,
            called_for: circumstances.called_for,
            missing,
            overrulings,
            turned_off: self.plan.turned_off.iter().map(selection::told).collect(),
            criteria: criteria::of(self.suite, self.plan, self.today()),
            judged,
            comparison: self.compared.map(compare::told),
            release: self.config.release.clone(),
            stage: stage(self.config, &self.collected.evidence),
            suite: SuiteFile {
                file: self.suite_file(),
                sha256: self.suite.hash.clone(),
                git_revision: git::revision(&self.config.project),
            },
            requests: self.collected.evidence.requests,
            retries: self.collected.evidence.retries,
            started: self.started,
            ended: Timestamp::now(),
            notices,
            links: self.links(),
            out: self.config.out.clone(),
        }
    }

    /// Where readers can go from a failure.
    pub fn links(&self) -> Links {
        let (api, api_note) = match self.config.stage {
            StageChoice::Embedded => {
                ("http://127.0.0.1:8080/catalogue/v2".to_owned(), " (after `cargo run --bin embedded-stage`)")
            }
            StageChoice::Live(_) | StageChoice::Saved(_) => (self.collected.evidence.stage.clone(), ""),
        };
        // The embedded catalogue has another address in each run.
        let beside_embedded =
            self.collected.evidence.embedded || matches!(self.config.prod, Some(ProdChoice::Embedded));
        Links {
            api,
            api_note,
            prod: self.collected.evidence.prod.clone().filter(|_| !beside_embedded),
            cluster: self.collected.evidence.cluster.clone(),
            has_key: matches!(&self.config.stage, StageChoice::Live(target) if target.has_key()),
            suite: self.suite_file(),
            rerun: self.config.rerun_variables(),
        }
    }

    fn today(&self) -> Date {
        self.started.to_zoned(TimeZone::UTC).date()
    }

    fn suite_file(&self) -> String {
        let path = &self.config.suite;
        path.strip_prefix(&self.config.project).unwrap_or(path).display().to_string()
    }

    /// What deserves attention and blocks nothing: unknown fields, overdue reviews, orphaned snapshots.
    fn notices(&self, judged: &[Judged]) -> Vec<Notice> {
        let remarks = judged.iter().flat_map(|check| &check.remarks);
        let drift =
            remarks.filter(|remark| remark.kind == RemarkKind::Drift).map(|remark| remark.says.clone());
        let today = self.today();
        let overdue = self.suite.criteria.iter().filter(|criterion| criterion.review_by < today);
        let reviews = overdue.map(|criterion| {
            format!(
                "`{}` was to be looked at again by {} ({})",
                criterion.id, criterion.review_by, criterion.owner
            )
        });
        // Another suite file does not know what the project's own asks for.
        let mine = (!self.config.other_suite).then_some(&self.collected.bench.baselines);
        let orphans =
            mine.map(|recorded| baselines::orphans(recorded, &self.plan.checks)).unwrap_or_default();
        let folder = self.config.snapshots(&self.collected.evidence);
        let orphans = orphans.into_iter().map(|name| {
            format!(
                "no example asks for {}/{name}.snap any more: delete it, or let one ask for it (`snapshot: true`, \
                 `against-baseline`)",
                folder.display()
            )
        });
        let live = matches!(self.config.stage, StageChoice::Live(_));
        let unnamed = live && self.collected.evidence.index_at_start.is_none();
        let unnamed = unnamed.then(|| {
            "the stage does not name its index, so a change of index under the run would not be noticed"
                .to_owned()
        });
        let alone = (live && self.collected.evidence.prod.is_none())
            .then(|| "PROD_URL is not set, so nothing was compared with prod".to_owned());
        let notices = |about: &'static str| move |says: String| Notice { about, says };
        drift
            .map(notices("drift"))
            .chain(reviews.map(notices("review")))
            .chain(orphans.map(notices("snapshot")))
            .chain(unnamed.map(notices("index")))
            .chain(alone.map(notices("prod")))
            .collect()
    }
}

/// What is judged.
pub fn stage(config: &Config, evidence: &Evidence) -> Stage {
    let (url, source) = match config.stage {
        StageChoice::Embedded => (EMBEDDED.to_owned(), Source::Embedded),
        StageChoice::Live(_) => (evidence.stage.clone(), Source::Live),
        StageChoice::Saved(_) => (evidence.stage.clone(), Source::Saved),
    };
    let prod = match config.prod {
        Some(ProdChoice::Embedded) => Some(EMBEDDED.to_owned()),
        Some(ProdChoice::Live(_)) | None => evidence.prod.clone(),
    };
    let on_prod = Resource::elastic_config().on_prod();
    let compared = evidence.iter().any(|(resource, _)| resource.origin() == Origin::Prod);
    Stage {
        url,
        source,
        compared_with: prod.filter(|_| compared),
        compared_index: evidence.get(&on_prod).ok().and_then(ServedIndex::from_answer),
        pages_of: pages_of(config, evidence),
        elastic_cluster: evidence.cluster.clone(),
        index_at_start: evidence.index_at_start.clone(),
        index_at_end: evidence.index_at_end.clone(),
        expected: evidence.expected.clone(),
    }
}

/// The website whose pages were looked at; never what its cookies hold.
fn pages_of(config: &Config, evidence: &Evidence) -> Option<String> {
    let mut pages = evidence.iter().filter(|(resource, _)| resource.origin() == Origin::Site);
    let (page, answer) = pages.next()?;
    match &config.site {
        Some(SiteChoice::Live { url, cookies }) if cookies.is_empty() => {
            Some(format!("{url}, without a cookie"))
        }
        Some(SiteChoice::Live { url, cookies }) => {
            let names: Vec<&str> = cookies.iter().map(|cookie| cookie.name.as_str()).collect();
            Some(format!("{url}, with the cookie {}", names.join(" and ")))
        }
        Some(SiteChoice::Embedded) => Some("the embedded stand-in for the website".to_owned()),
        // A saved run holds where each page was.
        None => {
            let seen = answer.as_ref().ok().and_then(|answer| Seen::from_json(answer.json()?));
            seen.map(|seen| seen.address.trim_end_matches(page.path()).to_owned())
        }
    }
}
