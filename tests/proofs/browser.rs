//! Nothing is left of the browser, however the gate ends.

use std::io::{BufRead, BufReader, Read, Write, stderr, stdin};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use pretty_assertions::assert_eq;
use release_gate::browser::{Browser, Settings};
use release_gate::catalogue::Device;
use rstest::rstest;

use crate::support::{chromium_or_skip, stage};

/// Tells a test binary that it is to hold a browser until it is killed.
const HOLDS: &str = "GATE_TEST_HOLDS_A_BROWSER";
/// What it says when it does.
const OPEN: &str = "the browser is open";

/// The processes and the folder of one browser.
struct Left {
    /// The script that watches over it leads this group.
    group: String,
    /// The first of all its processes.
    browser: String,
    folder: PathBuf,
}

/// One line of `ps`: process, parent, group, state, and the command with its arguments.
fn processes() -> Vec<Vec<String>> {
    let output = Command::new("ps").args(["-A", "-o", "pid=,ppid=,pgid=,stat=,args="]).output().expect("ps");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    String::from_utf8_lossy(&output.stdout).lines().map(words).collect()
}

/// The folder that a process of a browser was given.
fn folder_of(process: &[String]) -> Option<PathBuf> {
    process[4..].iter().find_map(|argument| argument.strip_prefix("--user-data-dir=")).map(PathBuf::from)
}

impl Left {
    /// The browser of a process.
    fn by(process: u32) -> Self {
        let (all, parent) = (processes(), process.to_string());
        let watch = all.iter().find(|it| it[1] == parent && it[4..].iter().any(|arg| arg == "watch.sh"));
        let group = watch.unwrap_or_else(|| panic!("{process} has no browser"))[0].clone();
        let browser = all.iter().find(|it| it[1] == group && folder_of(it).is_some()).expect("a browser");
        Self { browser: browser[0].clone(), folder: folder_of(browser).expect("a folder"), group }
    }

    /// What is still there of it. A process that has ended and only waits to be counted is not.
    fn now(&self) -> Vec<String> {
        let folder = self.folder.to_string_lossy();
        let is_of_it =
            |it: &Vec<String>| it[2] == self.group || it.iter().any(|word| word.contains(&*folder));
        let alive = processes().into_iter().filter(|it| !it[3].starts_with('Z') && is_of_it(it));
        let folder = self.folder.exists().then(|| folder.clone().into_owned());
        alive.map(|it| it.join(" ")).chain(folder).collect()
    }

    /// What is there of it once it has had time to go.
    fn in_the_end(&self) -> Vec<String> {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let left = self.now();
            if left.is_empty() || Instant::now() > until {
                return left;
            }
            thread::yield_now();
        }
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(future)
}

/// Looks at an answer of the embedded catalogue: any page will do.
async fn look(browser: &Browser) {
    let stage = stage();
    let seen =
        browser.look(&format!("{}/works/a222zvge", stage.url()), Device::Desktop).await.expect("a page");
    assert_eq!(seen.status, 200);
}

/// What the process does that is going to be killed: it looks at a page, says so, and waits.
fn hold_a_browser(program: &Path) {
    let browser = Browser::new(Settings::new(program.to_owned()));
    block_on(look(&browser));
    writeln!(stderr(), "{OPEN}").expect("standard error");
    stdin().read_exact(&mut [0]).expect_err("nothing comes, only the end");
}

/// This very test, in a process of its own that holds a browser.
fn another_that_holds_a_browser() -> Child {
    let test = thread::current().name().expect("the name of this test").to_owned();
    let mut child = Command::new(env::current_exe().expect("a test binary"))
        .args(["--exact", &test, "--nocapture"])
        .env(HOLDS, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut said = BufReader::new(child.stderr.take().expect("standard error")).lines();
    assert_eq!(said.next().expect("a line").expect("text"), OPEN);
    child
}

#[rstest]
#[case::at_once(false)]
#[case::while_the_browser_hangs(true)]
fn nothing_is_left_when_the_gate_is_killed(#[case] hangs: bool) {
    let Some(program) = chromium_or_skip() else { return };
    if env::var_os(HOLDS).is_some() {
        return hold_a_browser(&program);
    }
    let mut gate = another_that_holds_a_browser();
    let left = Left::by(gate.id());
    assert!(left.now().len() > 2, "{:?}", left.now());
    if hangs {
        let stopped = Command::new("kill").args(["-STOP", &left.browser]).status().expect("kill");
        assert!(stopped.success());
    }
    gate.kill().expect("killed");
    gate.wait().expect("it has ended");
    assert_eq!(left.in_the_end(), [""; 0]);
}

#[rstest]
fn nothing_is_left_when_the_browser_is_closed() {
    let Some(program) = chromium_or_skip() else { return };
    let browser = Browser::new(Settings::new(program));
    let left = block_on(async {
        look(&browser).await;
        let left = Left::by(std::process::id());
        browser.close().await;
        left
    });
    assert_eq!(left.now(), [""; 0]);
}
