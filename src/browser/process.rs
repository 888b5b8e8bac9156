//! Starting Chromium so that nothing is left of it, whatever happens to the gate.
//!
//! It is run by a small script (`watch.sh`), which outlives a gate that is killed just long enough to clean up.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{io, mem};

use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;

use super::NotSeen;
use super::line::{Line, Trouble};

const WATCH: &str = include_str!("watch.sh");

/// A browser without a window, that gives every tab its due, takes addresses as they are, and talks to nobody but those
/// whom a page talks to.
const ARGUMENTS: [&str; 26] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-breakpad",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
    "--password-store=basic",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-field-trial-config",
    "--disable-features=AutofillServerCommunication,HttpsUpgrades,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,Translate",
    // Chromium asks these all the same, and no page does.
    "--host-resolver-rules=MAP accounts.google.com ~NOTFOUND, MAP clients2.google.com ~NOTFOUND, MAP update.googleapis.com ~NOTFOUND",
];

/// How long Chromium may take to start on a busy machine.
const FOR_STARTING: Duration = Duration::from_secs(30);
/// How many of the last lines that it printed are kept.
const LINES: usize = 12;

/// A running Chromium; it ends when this is dropped.
pub(super) struct Process {
    line: Line,
    /// The script takes it as a sign to end the browser when this closes, which it does even if the gate is killed.
    alive: UnixStream,
    printed: Arc<Mutex<VecDeque<String>>>,
    ended: watch::Receiver<bool>,
}

impl Process {
    /// Starts Chromium, and waits until it answers.
    pub async fn start(program: &Path) -> Result<Self, NotSeen> {
        let did_not = |why: String, printed: &str| NotSeen::did_not_start(program.to_owned(), why, printed);
        let process = Self::spawn(program).map_err(|error| did_not(error.to_string(), ""))?;
        let why = match timeout(FOR_STARTING, process.line.call(None, "Browser.getVersion", json!({}))).await
        {
            Ok(Ok(_)) => return Ok(process),
            Ok(Err(Trouble::Gone)) => String::from("it ended at once"),
            Ok(Err(Trouble::Refused { why, .. })) => why,
            Err(_) => format!("it said nothing within {} s", FOR_STARTING.as_secs()),
        };
        process.close().await;
        Err(did_not(why, &process.printed()))
    }

    fn spawn(program: &Path) -> io::Result<Self> {
        let (alive, printing) = UnixStream::pair()?;
        let mut watch = watched(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(OwnedFd::from(printing))
            .process_group(0)
            .spawn()?;
        let pipes = (watch.stdin.take(), watch.stdout.take());
        let (Some(commands), Some(answers)) = pipes else { return Err(io::Error::other("it has no pipes")) };
        let printed = Arc::default();
        let printing = keep_last_lines(alive.try_clone()?, Arc::clone(&printed));
        let (has_ended, ended) = watch::channel(false);
        let line = Line::open(commands, answers, move || {
            // The script ends by killing its process group, so how it ended tells nothing.
            let _ = watch.wait();
            let _ = printing.join();
            let _ = has_ended.send(true);
        });
        Ok(Self { line, alive, printed, ended })
    }

    /// The line to it.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The last lines that it printed.
    pub fn printed(&self) -> String {
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        printed.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Ends it, and waits until nothing is left of it.
    pub async fn close(&self) {
        self.hang_up();
        // An error would say that whoever tells of the end has ended too.
        let _ = self.ended.clone().wait_for(|ended| *ended).await;
    }

    fn hang_up(&self) {
        self.line.close();
        // It fails only if it is closed already.
        let _ = self.alive.shutdown(Shutdown::Both);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.hang_up();
    }
}

/// The script that watches over Chromium. What shows pages of others is not told the secrets of the gate.
fn watched(program: &Path) -> Command {
    let mut watch = Command::new("sh");
    watch.args(["-c", WATCH, "watch.sh"]).arg(program).args(ARGUMENTS);
    watch.env_remove("STAGE_API_KEY").env_remove("SITE_COOKIES");
    watch
}

fn keep_last_lines(from: impl Read + Send + 'static, kept: Arc<Mutex<VecDeque<String>>>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut bytes = Vec::new();
        while from.read_until(b'\n', &mut bytes).is_ok_and(|length| length > 0) {
            let line = String::from_utf8_lossy(&mem::take(&mut bytes)).trim_end().to_owned();
            // A machine without a desktop has no bus, of which Chromium never tires of telling.
            if line.contains(":ERROR:dbus/") {
                continue;
            }
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push_back(line);
            if kept.len() > LINES {
                kept.pop_front();
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_key("STAGE_API_KEY")]
    #[case::the_cookies("SITE_COOKIES")]
    fn the_browser_is_told_no_secret(#[case] secret: &str) {
        let command = watched(Path::new("chromium"));
        assert!(command.get_envs().any(|variable| variable == (OsStr::new(secret), None)), "{command:?}");
    }
}
