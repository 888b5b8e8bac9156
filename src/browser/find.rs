//! Which Chromium this machine has.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use super::NotSeen;

/// What Chromium is called on a PATH, in the order of preference. Ubuntu lets only some programs make the sandbox that
/// Chromium needs. As far as known, the Chrome that is installed as a package is one of them, and the bare Chromium on
/// GitHub's runners is not; nor can Ubuntu's own, a snap, use a folder in `/tmp`.
const NAMES: [&str; 4] = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
/// Where macOS has it, which is on no PATH.
const APPS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// The Chromium that the variable CHROMIUM names, or else the first one on this machine that runs.
///
/// # Errors
/// If there is none, or if the one that CHROMIUM names does not run.
pub fn find() -> Result<PathBuf, NotSeen> {
    // A run asks when it plans and when it looks; each candidate is started to see whether it runs.
    static FOUND: LazyLock<Result<PathBuf, NotSeen>> = LazyLock::new(|| {
        let named = env::var_os("CHROMIUM").filter(|name| !name.is_empty());
        find_in(named, &env::var_os("PATH").unwrap_or_default())
    });
    FOUND.clone()
}

fn find_in(named: Option<OsString>, path: &OsString) -> Result<PathBuf, NotSeen> {
    if let Some(named) = named {
        return runs(Path::new(&named)).map(|()| named.into());
    }
    let on_path = NAMES.iter().flat_map(|name| env::split_paths(path).map(move |folder| folder.join(name)));
    let mut broken = None;
    for program in on_path.chain(APPS.map(PathBuf::from)).filter(|program| program.is_file()) {
        match runs(&program) {
            Ok(()) => return Ok(program),
            Err(why) => broken = broken.or(Some(why)),
        }
    }
    Err(broken.unwrap_or(NotSeen::NoBrowser))
}

/// Some systems have a `chromium-browser` that only says how to install one, so being there is not enough.
fn runs(program: &Path) -> Result<(), NotSeen> {
    let why = match Command::new(program).arg("--version").stdin(Stdio::null()).output() {
        Ok(output) if !output.status.success() => format!("`--version` ended with {}", output.status),
        Ok(output) if String::from_utf8_lossy(&output.stdout).contains("Chrom") => return Ok(()),
        Ok(_) => String::from("`--version` does not say that it is one"),
        Err(error) => error.to_string(),
    };
    Err(NotSeen::DoesNotRun { program: program.to_owned(), why })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use pretty_assertions::assert_eq;
    use rstest::rstest;
    use tempfile::TempDir;

    use super::super::tests::stand_in;
    use super::*;

    /// A folder with these names, each for one of the programs of the tests.
    fn folder(programs: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, program) in programs {
            symlink(stand_in(program), folder.path().join(name)).unwrap();
        }
        folder
    }

    fn why(found: Result<PathBuf, NotSeen>) -> String {
        found.expect_err("no browser").to_string()
    }

    #[rstest]
    #[case::by_preference(&[("google-chrome", "good"), ("chromium", "good")], "google-chrome")]
    #[case::only_if_it_runs(&[("google-chrome", "broken"), ("chromium", "good")], "chromium")]
    #[case::only_if_it_is_one(&[("google-chrome", "other"), ("chromium", "good")], "chromium")]
    fn the_first_that_runs_is_taken(#[case] programs: &[(&str, &str)], #[case] name: &str) {
        let folder = folder(programs);
        assert_eq!(find_in(None, &folder.path().into()), Ok(folder.path().join(name)));
    }

    #[rstest]
    fn the_one_that_is_named_goes_first() {
        let folder = folder(&[("chromium", "good"), ("mine", "good")]);
        let mine = folder.path().join("mine");
        assert_eq!(find_in(Some(mine.clone().into()), &folder.path().into()), Ok(mine));
    }

    #[rstest]
    #[case::not_there("gone", "No such file")]
    #[case::broken("broken", "exit status: 10")]
    #[case::something_else("other", "does not say that it is one")]
    fn the_one_that_is_named_is_never_replaced_by_another(#[case] name: &str, #[case] says: &str) {
        let folder = folder(&[("chromium", "good"), ("broken", "broken"), ("other", "other")]);
        let said = why(find_in(Some(folder.path().join(name).into()), &folder.path().into()));
        assert!(said.contains(says) && said.contains("CHROMIUM"), "{said}");
    }

    #[rstest]
    fn a_broken_one_is_named_when_there_is_no_other() {
        let folder = folder(&[("chromium", "broken")]);
        let said = why(find_in(None, &folder.path().into()));
        assert!(said.contains("exit status: 10"), "{said}");
    }
}
