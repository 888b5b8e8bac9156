//! What the job on GitHub shows: annotations, a summary, and outputs for the jobs that follow.
//!
//! Nothing is decided here, and nothing that goes wrong here changes what was decided: `verdict.json` and the exit code
//! stand before any of it is written.

mod annotations;
mod body;
mod changes;
mod difference;
mod escape;
mod findings;
mod outputs;
mod summary;

pub use annotations::Mark;
pub use body::body;
pub use escape::{code, harmless, link, words};

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use super::Run;
use crate::decision::Decision;

/// The job on GitHub in which the gate runs, if it runs in one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Job {
    /// Whether commands that are printed become annotations (`GITHUB_ACTIONS`).
    pub annotates: bool,
    /// The file to which the summary is added (`GITHUB_STEP_SUMMARY`).
    pub summary: Option<PathBuf>,
    /// The file to which outputs are added (`GITHUB_OUTPUT`).
    pub output: Option<PathBuf>,
}

impl Job {
    /// The job that these variables tell of; what is empty is not there.
    pub fn of<'v>(variable: impl Fn(&str) -> Option<&'v str>) -> Self {
        let file = |name| variable(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        Self {
            annotates: variable("GITHUB_ACTIONS") == Some("true"),
            summary: file("GITHUB_STEP_SUMMARY"),
            output: file("GITHUB_OUTPUT"),
        }
    }

    /// Tells a whole run. What goes wrong is told on stderr.
    pub fn tell(&self, run: &Run) {
        self.write(&annotations::of(run), &outputs::of(run), |taken| summary::of(run, taken));
    }

    /// Tells of a run that ended before anything was judged, and why; what is wrong in a file is marked at its place.
    pub fn tell_end(&self, decision: Decision, message: &str, marks: &[Mark]) {
        let plain = anstream::adapter::strip_str(message).to_string();
        self.write(&annotations::of_end(&plain, marks), &outputs::of_end(decision), |_| {
            summary::of_end(&plain)
        });
    }

    fn write(&self, annotations: &str, outputs: &str, summary: impl Fn(usize) -> String) {
        if self.annotates {
            // A closed stdout must not change the exit code.
            let _ = io::stdout().write_all(annotations.as_bytes());
        }
        let files = [
            ("outputs", &self.output, append(self.output.as_ref(), |_| outputs.to_owned())),
            ("summary", &self.summary, append(self.summary.as_ref(), summary)),
        ];
        for (what, file, written) in files {
            if let (Some(file), Err(error)) = (file, written) {
                let says = format!("the {what} cannot be written to {}: {error}\n", file.display());
                let _ = io::stderr().write_all(says.as_bytes());
            }
        }
    }
}

/// Adds to a file, given how many bytes are in it.
fn append(file: Option<&PathBuf>, text: impl Fn(usize) -> String) -> io::Result<()> {
    let Some(file) = file else { return Ok(()) };
    let mut file = File::options().create(true).append(true).open(file)?;
    let taken = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    file.write_all(text(taken).as_bytes())
}

#[cfg(test)]
mod tests;
