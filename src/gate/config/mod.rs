//! What the environment says: read once, typed, and refused if it could make the gate say yes wrongly.

mod expected;
mod prod;
mod release;
mod rerun;
mod site;
mod views;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::forgiving;
use super::variables::Variables;
use crate::catalogue::{ApiKey, ExpectedRelease, Limits, Target};
use crate::evidence::{Evidence, Wait};
use crate::report::Release;

pub use site::{Pages, SiteChoice};

/// How this run of the gate was called.
#[derive(Debug, Clone)]
pub struct Config {
    /// What is judged.
    pub stage: StageChoice,
    /// What it is compared with; `None` if this run compares with nothing, or with what was saved.
    pub prod: Option<ProdChoice>,
    /// What this release is meant to ship, as far as the run was told.
    pub expected: ExpectedRelease,
    /// Which release this is, as far as the run was told.
    pub release: Release,
    /// The index to wait for before anything is judged.
    pub wait: Option<Wait>,
    /// The suite file.
    pub suite: PathBuf,
    /// Whether that is another one than the project's.
    pub other_suite: bool,
    /// The folder of the project, in which `snapshots/` stands.
    pub project: PathBuf,
    /// Where reports and evidence go: `target/gate`.
    pub out: PathBuf,
    /// Whether `CI` is true.
    pub ci: bool,
    /// Whether what records link to is looked at, on other hosts than the API's.
    pub check_links: bool,
    /// The website whose pages are looked at; `None` if none is named.
    pub site: Option<SiteChoice>,
    /// Whether they are.
    pub pages: Pages,
    /// How often the page of each work is viewed, by its id, if the run was told (`PAGE_VIEWS`).
    pub page_views: HashMap<String, u64>,
    /// How the stage is asked.
    pub limits: Limits,
    /// The id of the nextest run that this process is a part of, if nextest started it for a single check.
    pub nextest_run: Option<String>,
    /// Settings of insta under which a wrong snapshot would pass.
    pub forgiving: Vec<String>,
}

/// Which catalogue is judged.
#[derive(Debug, Clone)]
pub enum StageChoice {
    /// The embedded catalogue, started inside this process.
    Embedded,
    /// A stage, asked over the network.
    Live(Target),
    /// A saved run, judged again.
    Saved(PathBuf),
}

/// What the stage is compared with.
#[derive(Debug, Clone)]
pub enum ProdChoice {
    /// The embedded catalogue, as it is when nothing is wrong with it.
    Embedded,
    /// An API, asked over the network.
    Live(Target),
}

/// Why the gate cannot run as it was called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

impl Misuse {
    fn new(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Config {
    /// Reads these variables.
    ///
    /// # Errors
    ///
    /// Names the first variable whose value is not usable, with what to write instead.
    pub fn read(variables: &Variables) -> Result<Self, Misuse> {
        let project = project(variables);
        let stage = stage(variables)?;
        let wait = expected::wait(&stage, variables)?;
        let site = site::site(&stage, variables)?;
        Ok(Self {
            prod: prod::prod(&stage, variables)?,
            expected: expected::expected(wait.as_ref(), variables)?,
            release: release::release(variables),
            wait,
            suite: variables
                .get("GATE_SUITE")
                .map_or_else(|| project.join("works-examples.yaml"), PathBuf::from),
            other_suite: variables.get("GATE_SUITE").is_some(),
            out: out(variables),
            ci: truthy("CI", variables)?,
            check_links: truthy("CHECK_LINKS", variables)?,
            pages: site::pages(&stage, site.as_ref(), variables)?,
            site,
            page_views: views::views(variables)?,
            limits: limits(variables)?,
            nextest_run: nextest_run(variables),
            forgiving: forgiving::settings(&project, variables),
            stage,
            project,
        })
    }

    /// Whether the run is to release something: `CI` is true, or a stage is named.
    #[must_use]
    pub fn for_release(&self) -> bool {
        self.ci || matches!(self.stage, StageChoice::Live(_))
    }

    /// Why no run like this one can conclude that a release may go on; `None` if it can.
    #[must_use]
    pub fn inconclusive(&self, evidence: &Evidence) -> Option<&'static str> {
        match &self.stage {
            StageChoice::Embedded => Some("no stage was asked"),
            StageChoice::Saved(_) => Some("the answers were saved earlier, and no stage was asked now"),
            StageChoice::Live(_) if evidence.is_of_the_embedded_catalogue() => {
                Some("what was asked is an embedded catalogue, which nobody releases")
            }
            StageChoice::Live(target) if target.url().contains("://api.wellcomecollection.org/") => {
                Some("what was asked is prod itself, not a release that is to go there")
            }
            StageChoice::Live(_) if self.other_suite => {
                Some("GATE_SUITE names another suite file than the project's")
            }
            StageChoice::Live(_) => None,
        }
    }

    /// The folder of snapshots that belongs to what is judged, so that embedded records are never compared with
    /// those of a stage.
    #[must_use]
    pub fn snapshots(&self, evidence: &Evidence) -> PathBuf {
        self.project.join("snapshots").join(if evidence.is_of_the_embedded_catalogue() {
            "embedded"
        } else {
            "stage"
        })
    }
}

/// The folder of reports. Known before anything else is read, so that an old verdict can be removed first.
#[must_use]
pub fn out(variables: &Variables) -> PathBuf {
    variables.get("GATE_OUT").map_or_else(|| project(variables).join("target/gate"), PathBuf::from)
}

fn project(variables: &Variables) -> PathBuf {
    PathBuf::from(variables.get("CARGO_MANIFEST_DIR").unwrap_or("."))
}

/// nextest names its run to every process, also to those that a test starts in turn. Only a process that nextest
/// started for one check shares what others have recorded; anything else asks the stage itself.
fn nextest_run(variables: &Variables) -> Option<String> {
    variables.get("NEXTEST_RUN_ID").filter(|_| variables.is_one_process_of_nextest()).map(str::to_owned)
}

fn stage(variables: &Variables) -> Result<StageChoice, Misuse> {
    let cluster = non_empty("ELASTIC_CLUSTER", variables)?;
    let key = non_empty("STAGE_API_KEY", variables)?;
    let Some(url) = variables.get("STAGE_URL") else {
        return match cluster.or(key) {
            None => Ok(StageChoice::Embedded),
            Some(_) => Err(Misuse::new(
                "ELASTIC_CLUSTER or STAGE_API_KEY is set, but STAGE_URL is not, so the embedded catalogue would be \
                 judged instead of a stage. Set STAGE_URL, or unset the others.",
            )),
        };
    };
    if url.trim().is_empty() {
        return Err(Misuse::new(
            "STAGE_URL is set, but empty, so no stage would be judged. Give it a URL such as \
             https://api-stage.wellcomecollection.org/catalogue/v2, or unset it to judge the embedded catalogue.",
        ));
    }
    match url.strip_prefix("file:") {
        Some(folder) => saved(folder, cluster.or(key)),
        None => live(url, cluster, key).map(StageChoice::Live),
    }
}

fn saved(folder: &str, only_for_a_stage: Option<&str>) -> Result<StageChoice, Misuse> {
    if only_for_a_stage.is_some() {
        return Err(Misuse::new(
            "ELASTIC_CLUSTER or STAGE_API_KEY is set, but STAGE_URL names a saved run, which was asked as it was. \
             Unset them, or name a stage.",
        ));
    }
    Ok(StageChoice::Saved(Path::new(folder.strip_prefix("//").unwrap_or(folder)).to_owned()))
}

fn live(url: &str, cluster: Option<&str>, key: Option<&str>) -> Result<Target, Misuse> {
    let mut target =
        Target::parse(url).map_err(|error| Misuse(format!("STAGE_URL is not usable: {error}.")))?;
    if let Some(label) = cluster {
        target = target.with_cluster(label);
    }
    if let Some(key) = key {
        if target.url().starts_with("http:") && !target.is_on_this_machine() {
            return Err(Misuse::new(
                "STAGE_API_KEY would be sent unencrypted to a stage whose URL begins with http://. Use https://.",
            ));
        }
        let key =
            ApiKey::new(key).map_err(|error| Misuse(format!("STAGE_API_KEY is not usable: {error}.")))?;
        target = target.with_key(key);
    }
    Ok(target)
}

fn non_empty<'a>(name: &str, variables: &'a Variables) -> Result<Option<&'a str>, Misuse> {
    match variables.get(name) {
        Some(value) if value.trim().is_empty() => {
            Err(Misuse(format!("{name} is set, but empty. Give it a value, or unset it.")))
        }
        value => Ok(value),
    }
}

fn truthy(name: &str, variables: &Variables) -> Result<bool, Misuse> {
    match variables.get(name) {
        None | Some("" | "0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(other) => Err(Misuse(format!("{name} is `{other}`; write `true` or `false`."))),
    }
}

fn limits(variables: &Variables) -> Result<Limits, Misuse> {
    let mut limits = Limits::DEFAULT;
    if let Some(concurrency) = number("GATE_CONCURRENCY", variables)? {
        limits.concurrency = usize::try_from(concurrency).unwrap_or(usize::MAX);
    }
    if let Some(seconds) = number("GATE_DEADLINE", variables)? {
        limits.deadline = Duration::from_secs(seconds);
    }
    Ok(limits)
}

fn number(name: &str, variables: &Variables) -> Result<Option<u64>, Misuse> {
    let Some(text) = variables.get(name) else { return Ok(None) };
    match text.parse() {
        Ok(number @ 1..) => Ok(Some(number)),
        _ => Err(Misuse(format!("{name} is `{text}`; write a whole number from 1."))),
    }
}

#[cfg(test)]
mod tests;
