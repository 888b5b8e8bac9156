//! Running the gate as its users do: its test binary, in a process of its own, with nothing inherited that matters.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};

use release_gate::embedded::catalogue::Catalogue;
use release_gate::embedded::server::{Options, Script, Stage};
use release_gate::suite::{Approval, Criterion, Suite, approval};
use serde_json::Value;
use tempfile::TempDir;

/// Variables that would make the gate run otherwise than the test says.
pub const NOT_INHERITED: [&str; 36] = [
    "CHECK_LINKS",
    "CHROMIUM",
    "CI",
    "COLUMNS",
    "CLICOLOR_FORCE",
    "ELASTIC_CLUSTER",
    "EXPECT_BUILD",
    "EXPECT_INDEX",
    "EXPECT_PIPELINE_DATE",
    "GATE_CONCURRENCY",
    "GATE_DEADLINE",
    "GATE_OUT",
    "GATE_SUITE",
    "GITHUB_ACTIONS",
    "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",
    "INSTA_FORCE_PASS",
    "INSTA_FORCE_UPDATE",
    "INSTA_FORCE_UPDATE_SNAPSHOTS",
    "INSTA_UPDATE",
    "NEXTEST_EXECUTION_MODE",
    "NEXTEST_RUN_ID",
    "NO_COLOR",
    "PAGES",
    "PAGE_VIEWS",
    "PROD_URL",
    "RELEASE_DESCRIPTION",
    "RELEASE_ID",
    "RELEASE_REQUESTED_BY",
    "SITE_COOKIES",
    "SITE_URL",
    "STAGE_API_KEY",
    "STAGE_URL",
    "WAIT_DEADLINE",
    "WAIT_FOR_INDEX",
    "WAIT_PAUSE",
];

/// The index that the embedded catalogue says it serves.
pub const INDEX: &str = "works-indexed-2026-08-20";
/// The date of its pipeline.
pub const PIPELINE_DATE: &str = "2026-08-20";

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project.
pub fn read(path: &str) -> String {
    let path = project().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// cargo in the folder of the project, without what it tells its tests of themselves: build scripts look at these
/// variables, and would be run again.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(project());
    let of_this_test = |name: &str| {
        ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "NEXTEST"]
            .iter()
            .any(|it| name.starts_with(it))
    };
    for (name, _) in std::env::vars().filter(|(name, _)| of_this_test(name)) {
        cargo.env_remove(name);
    }
    cargo
}

/// The binary that `cargo test --test gate` runs, as cargo built it for this run.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let output = cargo()
            .args(["test", "--test", "gate", "--no-run", "--message-format=json", "--quiet"])
            .output()
            .expect("cargo runs");
        let messages = String::from_utf8_lossy(&output.stdout);
        let built = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["name"] == "gate")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from));
        built.unwrap_or_else(|| panic!("no gate was built: {}", String::from_utf8_lossy(&output.stderr)))
    })
}

/// One run of the gate, in an output folder of its own.
pub struct Gate {
    command: Command,
    out: PathBuf,
    folder: TempDir,
    /// Whether its suite is that of this repository, which demands to know what the release ships.
    is_shipped: bool,
}

/// What a run of the gate left behind.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    out: PathBuf,
    _folder: TempDir,
}

impl Gate {
    /// The gate on the embedded catalogue, with the suite of this repository; as in CI, so that it writes no snapshot,
    /// and without pages.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let mut command = Command::new(binary());
        command.current_dir(project()).env("CARGO_MANIFEST_DIR", project()).env("GATE_OUT", &out);
        for name in NOT_INHERITED.into_iter().filter(|name| *name != "GATE_OUT") {
            command.env_remove(name);
        }
        // A browser for every test would only cost time; those of pages turn them on.
        command.env("CI", "true").env("PAGES", "off");
        Self { command, out, folder, is_shipped: true }
    }

    /// With this suite, in a project folder of its own, so that snapshots are its own too. Its approvals are given for
    /// what it says.
    pub fn with_suite(suite: &str) -> Self {
        Self::with_suite_as_it_is(&approved(suite))
    }

    /// With this suite, whatever its approvals were given for.
    pub fn with_suite_as_it_is(suite: &str) -> Self {
        let mut gate = Self { is_shipped: false, ..Self::new() };
        let project = gate.folder.path().to_owned();
        std::fs::write(project.join("works-examples.yaml"), suite).expect("the suite is written");
        gate.command.env_remove("CI");
        // insta looks for the workspace of the project that it is told of.
        std::fs::write(project.join("Cargo.toml"), "[workspace]\n").expect("a manifest is written");
        gate.command.env("CARGO_MANIFEST_DIR", &project).env("INSTA_WORKSPACE_ROOT", &project);
        gate.command.env("INSTA_OUTPUT", "none");
        gate
    }

    /// In this folder instead of one of its own, to run again on what an earlier run left.
    pub fn in_project(mut self, project: &Path) -> Self {
        self.is_shipped = false;
        self.command.env("CARGO_MANIFEST_DIR", project).env("INSTA_WORKSPACE_ROOT", project).env_remove("CI");
        self
    }

    /// Writing its reports to this folder.
    pub fn out(mut self, out: &Path) -> Self {
        self.command.env("GATE_OUT", out);
        out.clone_into(&mut self.out);
        self
    }

    pub fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(args);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// As one of the processes of a nextest run, for one check.
    pub fn of_nextest(self, run: &str, check: &str) -> Self {
        self.env("NEXTEST_RUN_ID", run)
            .env("NEXTEST_EXECUTION_MODE", "process-per-test")
            .args(["--exact", check])
    }

    /// Judging this stage, as the release of the embedded catalogue if the suite asks.
    pub fn stage(self, stage: &Stage) -> Self {
        let is_shipped = self.is_shipped;
        let gate = self.env("STAGE_URL", stage.url());
        if is_shipped {
            return gate.env("EXPECT_INDEX", INDEX).env("EXPECT_PIPELINE_DATE", PIPELINE_DATE);
        }
        gate
    }

    /// The folder in which it runs.
    pub fn project(&self) -> &Path {
        self.folder.path()
    }

    /// Starts it, for a test that does not let it end.
    pub fn spawn(mut self) -> Running {
        let child =
            self.command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the gate starts");
        Running { child, _folder: self.folder }
    }

    pub fn run(mut self) -> Ended {
        let output = self.command.output().expect("the gate runs");
        Ended {
            code: output.status.code().expect("the gate is not killed"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
            out: self.out,
            _folder: self.folder,
        }
    }
}

/// A gate that is still running.
pub struct Running {
    child: Child,
    _folder: TempDir,
}

impl Running {
    /// Kills it, as a cancelled job is killed.
    pub fn kill(mut self) {
        self.child.kill().expect("it is still running");
        self.child.wait().expect("it ends");
    }
}

impl Ended {
    /// `verdict.json`, if there is one.
    pub fn verdict(&self) -> Option<Value> {
        let text = std::fs::read_to_string(self.out.join("verdict.json")).ok()?;
        Some(serde_json::from_str(&text).expect("verdict.json is JSON"))
    }

    /// The decision in `verdict.json`.
    pub fn decision(&self) -> String {
        let verdict = self.verdict().unwrap_or_else(|| panic!("no verdict.json\n{}", self.text()));
        verdict["decision"].as_str().expect("a decision").to_owned()
    }

    /// The folder of evidence and reports.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Everything that it said.
    pub fn text(&self) -> String {
        format!("exit code {}\n{}\n{}", self.code, self.stdout, self.stderr)
    }

    /// Whether it said these words, wherever their lines were broken.
    pub fn says(&self, words: &str) -> bool {
        line(&self.text()).contains(words)
    }

    /// Everything that it said or wrote, for secrets that must be nowhere.
    pub fn everything(&self) -> String {
        let mut text = self.text();
        let mut folders = vec![self.out.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    let bytes = std::fs::read(entry.path()).expect("a file");
                    text.push_str(&String::from_utf8_lossy(&bytes));
                }
            }
        }
        text
    }
}

/// The suite with each of its approvals given for what it says, by whom and when it says; as it is, if it has mistakes.
pub fn approved(suite: &str) -> String {
    approved_beside(Path::new("works-examples.yaml"), suite)
}

/// Writes a suite to this file, with each of its approvals given for what it says. The lists that it names are there.
pub fn write_approved(file: &Path, suite: &str) {
    std::fs::write(file, approved_beside(file, suite)).expect("the suite is written");
}

fn approved_beside(path: &Path, suite: &str) -> String {
    let Ok(read) = Suite::parse(path, suite) else { return suite.to_owned() };
    let approve = |file: String, criterion: &Criterion| match &criterion.approval {
        Approval::Approved { by, on, .. } => {
            let approved = approval::approve(path, &file, &[&criterion.id], by, *on);
            approved.unwrap_or_else(|error| panic!("{error}")).file
        }
        Approval::Proposed => file,
    };
    read.criteria.iter().fold(suite.to_owned(), approve)
}

/// The text on one line, with one blank between words: reports are wrapped and aligned.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The embedded catalogue, built once for all tests of a process. Its cluster has another name, so that the gate takes
/// whoever serves it for a stage.
pub fn catalogue() -> Arc<Catalogue> {
    static CATALOGUE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    let build = || {
        let mut catalogue = Catalogue::build();
        "pipeline".clone_into(&mut catalogue.index.cluster_name);
        Arc::new(catalogue)
    };
    Arc::clone(CATALOGUE.get_or_init(build))
}

/// A healthy stage.
pub fn stage() -> Stage {
    Stage::start(catalogue(), Options::new()).expect("a stage")
}

/// A stage that answers as the script says.
pub fn scripted(script: Script) -> Stage {
    Stage::start(catalogue(), Options { script: Some(script), ..Options::new() }).expect("a stage")
}

/// The Chromium of this machine. Where there is none, nothing is run, which is said on standard error even of a test
/// that passes; with `GATE_REQUIRES_CHROMIUM=1`, as in CI, that fails instead.
pub fn chromium_or_skip() -> Option<PathBuf> {
    use std::io::{Write, stderr};
    let why = match release_gate::browser::find() {
        Ok(program) => return Some(program),
        Err(why) => why,
    };
    assert!(std::env::var_os("GATE_REQUIRES_CHROMIUM").is_none_or(|it| it != "1"), "{why}");
    writeln!(stderr(), "skipped, so nothing was shown: {why}").expect("standard error");
    None
}

/// A suite of one approved criterion of another kind, with these lines of it.
pub fn suite_of(kind: &str) -> String {
    let header = SMALL.split("    examples:").next().expect("a header");
    format!("{header}{kind}")
}

/// The body of an answer, over a plain socket.
pub fn get(url: &str) -> String {
    use std::io::{Read, Write};
    let (host, path) = url.trim_start_matches("http://").split_once('/').expect("a path");
    let mut socket = std::net::TcpStream::connect(host).expect("a connection");
    write!(socket, "GET /{path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("a request");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("an answer");
    answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
}

/// A suite of one approved criterion on one real record, on which the embedded catalogue passes.
pub const SMALL: &str = "\
criteria:
  - id: digitised-archives
    title: A digitised archive file can be viewed
    why: On 5 January 2021 the View button vanished from digitised archives.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    examples:
      - work: a222zvge
        is: an archive file with a digitised copy
    expect:
      items:
        - locations:
            - type: DigitalLocation
";
