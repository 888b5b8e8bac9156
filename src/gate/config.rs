//! What the environment says: read once, typed, and refused if it could make the gate say yes wrongly.

use std::env;
use std::path::{Path, PathBuf};

use crate::catalogue::{ApiKey, Limits, Target};

/// How this run of the gate was called.
#[derive(Debug, Clone)]
pub struct Config {
    /// What is judged.
    pub stage: StageChoice,
    /// The suite file.
    pub suite: PathBuf,
    /// The folder of the project, in which `snapshots/` stands.
    pub project: PathBuf,
    /// Where reports and evidence go: `target/gate`.
    pub out: PathBuf,
    /// Whether `CI` is true.
    pub ci: bool,
    /// How the stage is asked.
    pub limits: Limits,
    /// The id of the nextest run that this process is a part of.
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

/// Why the gate cannot run as it was called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    ///
    /// Names every variable whose value is not usable, with what to write instead.
    pub fn from_env() -> Result<Self, Misuse> {
        Self::read(&|name| env::var(name).ok())
    }

    /// Reads these variables.
    ///
    /// # Errors
    ///
    /// As `from_env`.
    pub fn read(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Misuse> {
        let project = PathBuf::from(variable("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".to_owned()));
        let under_project = |name: &str, default: &str| match variable(name) {
            Some(path) => PathBuf::from(path),
            None => project.join(default),
        };
        Ok(Self {
            stage: stage(variable)?,
            suite: under_project("GATE_SUITE", "works-examples.yaml"),
            out: under_project("GATE_OUT", "target/gate"),
            ci: truthy("CI", variable)?,
            limits: limits(variable)?,
            nextest_run: variable("NEXTEST_RUN_ID"),
            forgiving: forgiving(variable),
            project,
        })
    }

    /// Whether the run is to release something: `CI` is true, or a stage is named.
    #[must_use]
    pub fn for_release(&self) -> bool {
        self.ci || matches!(self.stage, StageChoice::Live(_))
    }

    /// The folder of snapshots that belongs to what is judged, so that embedded records are never compared with
    /// those of a stage.
    #[must_use]
    pub fn snapshots(&self) -> PathBuf {
        self.project.join("snapshots").join(match self.stage {
            StageChoice::Embedded => "embedded",
            StageChoice::Live(_) | StageChoice::Saved(_) => "stage",
        })
    }

    /// The variables that make another run like this one, for the command that re-runs a check. Never the key.
    #[must_use]
    pub fn rerun_variables(&self) -> String {
        match &self.stage {
            StageChoice::Embedded => String::new(),
            StageChoice::Saved(folder) => format!("STAGE_URL=file:{} ", folder.display()),
            StageChoice::Live(target) => {
                let mut variables = format!("STAGE_URL={} ", target.url());
                if let Some(cluster) = target.cluster() {
                    variables.push_str(&format!("ELASTIC_CLUSTER={cluster} "));
                }
                if target.has_key() {
                    variables.push_str("STAGE_API_KEY=… ");
                }
                variables
            }
        }
    }
}

fn stage(variable: &dyn Fn(&str) -> Option<String>) -> Result<StageChoice, Misuse> {
    let Some(url) = variable("STAGE_URL") else {
        return match variable("ELASTIC_CLUSTER").or_else(|| variable("STAGE_API_KEY")) {
            None => Ok(StageChoice::Embedded),
            Some(_) => Err(Misuse(
                "ELASTIC_CLUSTER or STAGE_API_KEY is set, but STAGE_URL is not, so the embedded catalogue would be \
                 judged instead of a stage. Set STAGE_URL, or unset the others."
                    .to_owned(),
            )),
        };
    };
    if url.trim().is_empty() {
        return Err(Misuse(
            "STAGE_URL is set, but empty, so no stage would be judged. Give it a URL such as \
             https://api-stage.wellcomecollection.org/catalogue/v2, or unset it to judge the embedded catalogue."
                .to_owned(),
        ));
    }
    if let Some(folder) = url.strip_prefix("file:") {
        let folder = Path::new(folder.strip_prefix("//").unwrap_or(folder));
        return Ok(StageChoice::Saved(folder.to_owned()));
    }
    let cluster = non_empty("ELASTIC_CLUSTER", variable)?;
    let key = non_empty("STAGE_API_KEY", variable)?;
    let mut target =
        Target::parse(&url).map_err(|error| Misuse(format!("STAGE_URL is not usable: {error}.")))?;
    if let Some(label) = cluster {
        target = target.with_cluster(label);
    }
    if let Some(key) = key {
        let key =
            ApiKey::new(&key).map_err(|error| Misuse(format!("STAGE_API_KEY is not usable: {error}.")))?;
        target = target.with_key(key);
    }
    Ok(StageChoice::Live(target))
}

fn non_empty(name: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<String>, Misuse> {
    match variable(name) {
        Some(value) if value.trim().is_empty() => {
            Err(Misuse(format!("{name} is set, but empty. Give it a value, or unset it.")))
        }
        value => Ok(value),
    }
}

fn truthy(name: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<bool, Misuse> {
    match variable(name).as_deref() {
        None | Some("" | "0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(other) => Err(Misuse(format!("{name} is `{other}`; write `true` or `false`."))),
    }
}

fn limits(variable: &dyn Fn(&str) -> Option<String>) -> Result<Limits, Misuse> {
    let mut limits = Limits::DEFAULT;
    if let Some(concurrency) = number("GATE_CONCURRENCY", variable)? {
        limits.concurrency = usize::try_from(concurrency).unwrap_or(usize::MAX);
    }
    if let Some(seconds) = number("GATE_DEADLINE", variable)? {
        limits.deadline = std::time::Duration::from_secs(seconds);
    }
    Ok(limits)
}

fn number(name: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<u64>, Misuse> {
    let Some(text) = variable(name) else { return Ok(None) };
    match text.parse() {
        Ok(number @ 1..) => Ok(Some(number)),
        _ => Err(Misuse(format!("{name} is `{text}`; write a whole number from 1."))),
    }
}

/// insta accepts wrong snapshots under these settings (mitsuhiko/insta#478).
fn forgiving(variable: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let harmless = |name: &str, value: &str| match name {
        "INSTA_UPDATE" => matches!(value, "" | "auto" | "no" | "new"),
        _ => matches!(value, "" | "0"),
    };
    ["INSTA_UPDATE", "INSTA_FORCE_PASS"]
        .into_iter()
        .filter_map(|name| {
            let value = variable(name)?;
            (!harmless(name, &value)).then(|| format!("{name}={value}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Config, Misuse, StageChoice};

    const STAGE: (&str, &str) = ("STAGE_URL", "https://stage.example.org/catalogue/v2");

    fn read(variables: &[(&str, &str)]) -> Result<Config, Misuse> {
        Config::read(&|name| {
            let variable = variables.iter().find(|(variable, _)| *variable == name);
            variable.map(|(_, value)| (*value).to_owned())
        })
    }

    fn config(variables: &[(&str, &str)]) -> Config {
        read(variables).unwrap()
    }

    #[rstest]
    #[case::a_cluster_without_a_stage(&[("ELASTIC_CLUSTER", "reindex")], "STAGE_URL is not")]
    #[case::a_key_without_a_stage(&[("STAGE_API_KEY", "secret")], "STAGE_URL is not")]
    #[case::an_empty_cluster(&[STAGE, ("ELASTIC_CLUSTER", " ")], "ELASTIC_CLUSTER is set, but empty")]
    #[case::an_empty_key(&[STAGE, ("STAGE_API_KEY", "")], "STAGE_API_KEY is set, but empty")]
    #[case::a_deadline_of_nothing(&[("GATE_DEADLINE", "0")], "GATE_DEADLINE is `0`")]
    fn what_could_judge_something_else_is_refused(#[case] variables: &[(&str, &str)], #[case] says: &str) {
        let misuse = read(variables).unwrap_err().to_string();
        assert!(misuse.contains(says), "{misuse}");
        assert!(!misuse.contains("secret"), "{misuse}");
    }

    #[rstest]
    #[case::nothing(&[], false)]
    #[case::in_ci(&[("CI", "true")], true)]
    #[case::in_ci_by_a_number(&[("CI", "1")], true)]
    #[case::not_in_ci(&[("CI", "false")], false)]
    #[case::a_stage(&[STAGE], true)]
    #[case::a_saved_run(&[("STAGE_URL", "file:run")], false)]
    fn a_run_is_for_release_in_ci_and_on_a_stage(#[case] variables: &[(&str, &str)], #[case] expected: bool) {
        assert_eq!(config(variables).for_release(), expected);
    }

    #[rstest]
    #[case::the_embedded_catalogue(&[], "snapshots/embedded")]
    #[case::a_stage(&[STAGE], "snapshots/stage")]
    #[case::a_saved_run(&[("STAGE_URL", "file:run")], "snapshots/stage")]
    fn each_catalogue_has_its_own_snapshots(#[case] variables: &[(&str, &str)], #[case] folder: &str) {
        let config = config(&[variables, &[("CARGO_MANIFEST_DIR", "project")]].concat());
        assert_eq!(config.snapshots(), std::path::Path::new("project").join(folder));
    }

    #[rstest]
    #[case::the_embedded_catalogue(&[], "")]
    #[case::a_saved_run(&[("STAGE_URL", "file:run")], "STAGE_URL=file:run ")]
    #[case::a_stage(&[STAGE], "STAGE_URL=https://stage.example.org/catalogue/v2 ")]
    #[case::a_cluster_and_a_key(
        &[STAGE, ("ELASTIC_CLUSTER", "reindex"), ("STAGE_API_KEY", "secret")],
        "STAGE_URL=https://stage.example.org/catalogue/v2 ELASTIC_CLUSTER=reindex STAGE_API_KEY=… "
    )]
    fn a_check_is_run_again_on_what_it_judged(#[case] variables: &[(&str, &str)], #[case] expected: &str) {
        assert_eq!(config(variables).rerun_variables(), expected);
    }

    #[rstest]
    #[case::by_a_path("file:target/gate/evidence", "target/gate/evidence")]
    #[case::by_an_address("file:///tmp/evidence", "/tmp/evidence")]
    fn a_saved_run_is_named_by_its_folder(#[case] url: &str, #[case] folder: &str) {
        let StageChoice::Saved(saved) = config(&[("STAGE_URL", url)]).stage else { panic!("it is saved") };
        assert_eq!(saved.to_str(), Some(folder));
    }

    #[rstest]
    fn a_stage_is_asked_as_the_limits_say() {
        let limits = config(&[("GATE_CONCURRENCY", "3"), ("GATE_DEADLINE", "7")]).limits;
        assert_eq!((limits.concurrency, limits.deadline.as_secs()), (3, 7));
    }

    #[rstest]
    #[case::nothing(&[], &[])]
    #[case::harmless(&[("INSTA_UPDATE", "no"), ("INSTA_FORCE_PASS", "0")], &[])]
    #[case::to_review(&[("INSTA_UPDATE", "new"), ("INSTA_FORCE_PASS", "")], &[])]
    #[case::both(&[("INSTA_UPDATE", "always"), ("INSTA_FORCE_PASS", "1")], &["INSTA_UPDATE=always", "INSTA_FORCE_PASS=1"])]
    fn only_settings_that_forgive_are_forgiving(
        #[case] variables: &[(&str, &str)],
        #[case] forgiving: &[&str],
    ) {
        assert_eq!(config(variables).forgiving, forgiving);
    }
}
