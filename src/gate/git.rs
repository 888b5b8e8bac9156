//! Which revision of the project is checked out.

use std::path::Path;
use std::process::Command;

/// What decides over a release, besides the code.
const DECISIVE: [&str; 3] = ["works-examples.yaml", "snapshots", "schemas"];

/// The commit that is checked out, marked `-dirty` if what decides over a release differs from it; `None` outside a
/// git checkout, or where git is not installed.
pub fn revision(project: &Path) -> Option<String> {
    let revision = git(project, &["rev-parse", "HEAD"]).filter(|revision| !revision.is_empty())?;
    let changes = git(project, &[&["status", "--porcelain", "--"][..], &DECISIVE].concat())?;
    Some(if changes.is_empty() { revision } else { format!("{revision}-dirty") })
}

/// What git says of this checkout; `None` if it says nothing of use.
pub fn git(project: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(project).args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    output.status.success().then_some(text)
}
