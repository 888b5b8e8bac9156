//! What the processes of one nextest run tell each other: which checks have reported so far, and how.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::decision::Judged;

/// Adds what this process judged to what the others of the same run did, and writes the verdict on all of it.
///
/// The verdict is written while no other process can: the last one to report writes it on the whole.
///
/// # Errors
///
/// If the shared list, or the verdict, cannot be read or written.
pub fn add(
    out: &Path,
    run: &str,
    mine: Vec<Judged>,
    write_verdict: impl FnOnce(Vec<Judged>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = out.join("nextest");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{run}.jsonl"));
    let mut list = File::options().create(true).append(true).read(true).open(path)?;
    list.lock()?;
    let mut lines = String::new();
    list.read_to_string(&mut lines)?;
    let mut all: Vec<Judged> = Vec::new();
    for line in lines.lines() {
        all.push(serde_json::from_str(line).map_err(io::Error::other)?);
    }
    for judged in mine {
        writeln!(list, "{}", serde_json::to_string(&judged).map_err(io::Error::other)?)?;
        all.retain(|earlier| earlier.name != judged.name);
        all.push(judged);
    }
    write_verdict(all)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::add;
    use crate::decision::{About, Judged, Standing};
    use crate::verdict::Verdict;

    fn judged(name: &str, verdict: Verdict) -> Judged {
        let about = About {
            criterion: "criterion".to_owned(),
            title: String::new(),
            why: String::new(),
            owner: String::new(),
            line: None,
            is: String::new(),
            page: None,
            request: String::new(),
        };
        Judged { name: name.to_owned(), about, standing: Standing::Approved, verdict, waived: None }
    }

    fn fails() -> Verdict {
        Verdict::Fail { findings: Vec::new() }
    }

    /// What all processes of a run have reported, after this one has too.
    fn report(out: &Path, run: &str, mine: Judged) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        let take = |reported: Vec<Judged>| {
            all = reported.into_iter().map(|check| (check.name.clone(), check.verdict.is_pass())).collect();
            Ok(())
        };
        add(out, run, vec![mine], take).unwrap();
        all
    }

    #[rstest]
    fn each_process_concludes_from_what_all_have_reported() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run", judged("first", Verdict::Pass));
        let all = report(out.path(), "run", judged("second", fails()));
        assert_eq!(all, [("first".to_owned(), true), ("second".to_owned(), false)]);
    }

    #[rstest]
    fn a_check_that_nextest_tries_again_counts_once_and_as_it_ended_last() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run", judged("check", fails()));
        let all = report(out.path(), "run", judged("check", Verdict::Pass));
        assert_eq!(all, [("check".to_owned(), true)]);
    }

    #[rstest]
    fn another_run_begins_with_nothing() {
        let out = tempfile::tempdir().unwrap();
        report(out.path(), "run-1", judged("first", Verdict::Pass));
        assert_eq!(report(out.path(), "run-2", judged("second", fails())), [("second".to_owned(), false)]);
    }
}
