//! The files of a run: all written in one place, the verdict last, and those of an earlier run removed before it.

use std::fs;
use std::io;
use std::path::Path;

use super::{Run, changes_file, html, json, junit, pages, verdict_file};
use crate::decision::Decision;

/// A file that tells a run, and what writes it.
struct Report {
    name: &'static str,
    content: fn(&Run) -> io::Result<String>,
}

/// Every report but the verdict. Whoever adds one adds a line here.
const REPORTS: &[Report] = &[
    Report { name: html::NAME, content: html::content },
    Report { name: json::NAME, content: json::content },
    Report { name: junit::NAME, content: junit::content },
    Report { name: changes_file::NAME, content: changes_file::content },
];

/// The names of all files, the verdict first.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(verdict_file::NAME).chain(REPORTS.iter().map(|report| report.name))
}

/// Removes what an earlier run wrote, the verdict first, so that a run that is killed leaves none.
///
/// # Errors
///
/// If a file is there and cannot be removed.
pub fn remove_all(out: &Path) -> io::Result<()> {
    pages::remove_all(out)?;
    names().try_for_each(|name| match fs::remove_file(out.join(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io::Error::new(error.kind(), format!("{}: {error}", out.join(name).display())))
        }
        _ => Ok(()),
    })
}

/// Writes every report if all checks that the suite calls for have reported, and the verdict in any case: for one of
/// many processes, each of which would else write everything anew.
///
/// # Errors
///
/// If the verdict cannot be written.
pub fn write_when_whole(run: &mut Run) -> io::Result<()> {
    write_these(if run.missing.is_empty() { REPORTS } else { &[] }, run)
}

/// Writes every report, and the verdict last.
///
/// A release whose reports cannot be written does not go on: the run becomes undecided, says which report is missing,
/// and what could be written is written anew, so that no report tells of another decision. A failure stays one.
///
/// # Errors
///
/// If the verdict cannot be written.
pub fn write_all(run: &mut Run) -> io::Result<()> {
    write_these(REPORTS, run)
}

fn write_these(reports: &[Report], run: &mut Run) -> io::Result<()> {
    let missing = missing(reports, run);
    if !missing.is_empty() {
        run.because.extend(missing.iter().cloned());
        if run.decision.exit_code() == 0 {
            run.decision = Decision::Undecided;
        }
        let again = self::missing(reports, run);
        let new = again.into_iter().filter(|says| !missing.contains(says));
        run.because.extend(new);
    }
    verdict_file::write(run)
}

/// Writes these reports; why each of those that could not be written is missing.
fn missing(reports: &[Report], run: &Run) -> Vec<String> {
    let of_pages = if reports.is_empty() { Ok(()) } else { pages::write_all(run) };
    let of_pages = of_pages.map_err(|error| format!("the pictures of pages cannot be written ({error})"));
    let written = reports.iter().map(|report| {
        let content = (report.content)(run).and_then(|text| write(&run.out, report.name, &text));
        content.map_err(|error| format!("the report {} cannot be written ({error})", report.name))
    });
    std::iter::once(of_pages).chain(written).filter_map(Result::err).collect()
}

/// Writes a file at once: whoever reads it sees all of it, or what was there before.
///
/// # Errors
///
/// If the folder or the file cannot be written.
pub(super) fn write(out: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let temporary = out.join(format!("{name}.{}.tmp", std::process::id()));
    fs::write(&temporary, text)?;
    fs::rename(&temporary, out.join(name)).inspect_err(|_| {
        // The error that matters is told; what is left over is only clutter.
        let _ = fs::remove_file(&temporary);
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io;
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::{fixture, rstest};
    use serde_json::Value;
    use tempfile::TempDir;

    use super::{REPORTS, Report, remove_all, write_all, write_these, write_when_whole};
    use crate::decision::Decision;
    use crate::report::{Run, fixture as runs, verdict_file};

    #[fixture]
    fn folder() -> TempDir {
        tempfile::tempdir().unwrap()
    }

    fn verdict(out: &Path) -> Value {
        serde_json::from_str(&fs::read_to_string(out.join(verdict_file::NAME)).unwrap()).unwrap()
    }

    /// The names of the files in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// A report that can always be written, and tells the decision.
    const SOUND: Report = Report { name: "sound.txt", content: |run| Ok(format!("{:?}", run.decision)) };
    /// A report that never can.
    const BROKEN: Report = Report { name: "broken.txt", content: |_| Err(io::Error::other("no paper")) };

    #[rstest]
    fn every_report_is_written_and_removed_before_the_next_run(folder: TempDir) {
        let mut run = Run { out: folder.path().join("out"), ..runs::mixed() };
        write_all(&mut run).unwrap();
        assert_eq!(names(&run.out).len(), REPORTS.len() + 1);
        remove_all(&run.out).unwrap();
        assert_eq!(names(&run.out), Vec::<String>::new());
    }

    #[rstest]
    #[case::a_part(runs::mixed(), 1)]
    #[case::the_whole(runs::passing(), REPORTS.len() + 1)]
    fn one_of_many_processes_writes_everything_once_all_have_reported(
        folder: TempDir,
        #[case] run: Run,
        #[case] files: usize,
    ) {
        let mut run = Run { out: folder.path().to_owned(), ..run };
        write_when_whole(&mut run).unwrap();
        assert_eq!(names(folder.path()).len(), files);
    }

    #[rstest]
    fn there_need_be_nothing_to_remove(folder: TempDir) {
        assert!(remove_all(&folder.path().join("never")).is_ok());
    }

    #[rstest]
    fn what_cannot_be_removed_is_named(folder: TempDir) {
        fs::create_dir(folder.path().join(verdict_file::NAME)).unwrap();
        let error = remove_all(folder.path()).unwrap_err().to_string();
        assert!(error.contains("verdict.json: "), "{error}");
    }

    #[rstest]
    #[case::a_release(runs::passing(), Decision::Undecided)]
    #[case::a_block(runs::failing(), Decision::Blocked)]
    fn a_run_whose_reports_cannot_be_written_is_no_yes_and_says_so_everywhere(
        folder: TempDir,
        #[case] run: Run,
        #[case] expected: Decision,
    ) {
        let mut run = Run { out: folder.path().to_owned(), ..run };
        write_these(&[SOUND, BROKEN], &mut run).unwrap();
        let says = "the report broken.txt cannot be written (no paper)";
        assert_eq!((run.decision, run.because.last().map(String::as_str)), (expected, Some(says)));
        assert_eq!(run.because.iter().filter(|because| *because == says).count(), 1);
        assert_eq!(fs::read_to_string(folder.path().join("sound.txt")).unwrap(), format!("{expected:?}"));
        let verdict = verdict(folder.path());
        assert_eq!(verdict["mayBeReleased"], Value::Bool(false));
        assert!(verdict["because"].as_array().unwrap().contains(&says.into()), "{verdict}");
    }

    #[rstest]
    fn without_a_verdict_the_writing_has_failed(folder: TempDir) {
        fs::create_dir_all(folder.path().join(verdict_file::NAME).join("in-the-way")).unwrap();
        let mut run = Run { out: folder.path().to_owned(), ..runs::passing() };
        assert!(write_all(&mut run).is_err());
        let left = names(folder.path());
        assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
    }
}
