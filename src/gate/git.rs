//! Which revision of the project is checked out.

use std::path::Path;
use std::process::Command;

/// The commit that is checked out; `None` outside a git checkout, or where git is not installed.
pub fn revision(project: &Path) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(project).args(["rev-parse", "HEAD"]).output().ok()?;
    let revision = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !revision.is_empty()).then_some(revision)
}
