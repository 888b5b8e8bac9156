//! Which revision of the project is checked out.

use std::path::Path;
use std::process::Command;

/// What decides over a release, besides the code. `scripts/run-gate` has the same list.
const DECISIVE: [&str; 4] = ["works-examples.yaml", "permalinks.txt", "snapshots", "schemas"];

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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::DECISIVE;

    #[rstest]
    fn the_job_and_the_gate_agree_on_what_decides() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let job = std::fs::read_to_string(project.join("scripts/run-gate")).unwrap();
        let asks = format!("git status --porcelain -- {})", DECISIVE.join(" "));
        assert!(job.contains(&asks), "scripts/run-gate does not ask by `{asks}`");
        assert!(DECISIVE.iter().all(|decisive| project.join(decisive).exists()), "{DECISIVE:?}");
    }
}
