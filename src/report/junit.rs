//! `junit.xml`: the run as the readers of such reports know one: GitHub's, Buildkite's, Jenkins'. A suite for each
//! criterion, a case for each check; before them the verdict, which no case of a check can tell.

use std::io;
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::explain::explain;
use super::{Criterion, Outcome, Run, sentence};
use crate::decision::{Decision, Judged, Standing};
use crate::verdict::{Finding, Verdict};

/// The name of the file in the folder of reports.
pub const NAME: &str = "junit.xml";

/// How long a message may be: it stands in a list. The text below it tells all.
const MESSAGE: usize = 300;

/// The text of the file.
///
/// # Errors
///
/// If something of the run cannot be told in XML.
pub(super) fn content(run: &Run) -> io::Result<String> {
    let mut report = Report::new("release gate");
    report.set_time(Duration::try_from(run.ended.duration_since(run.started)).unwrap_or_default());
    report.add_test_suite(verdict(run));
    report.add_test_suites(run.criteria.iter().map(|criterion| suite(run, criterion)));
    let text = report.to_string().map_err(io::Error::other)?;
    // Jenkins' schema knows no such number of the whole; the suites tell it each for itself.
    let text = text.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1);
    // The library takes out every other character that XML forbids.
    Ok(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
}

/// The verdict as a case of its own: where nothing was judged, or only a part, no case of a check fails.
fn verdict(run: &Run) -> TestSuite {
    let says = sentence::verdict(run);
    let mut status = match run.decision {
        Decision::MayBeReleased => TestCaseStatus::success(),
        Decision::NothingConcluded => TestCaseStatus::skipped(),
        Decision::Blocked => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Decision::Undecided | Decision::SuiteRefused | Decision::Misused => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
    };
    status.set_message(message(&says)).set_description(format!("{says}\nNext: {}", sentence::next(run)));
    let mut suite = TestSuite::new("verdict");
    let told = |name, value: Option<&str>| Some(Property::new(name, value?));
    let index = run.stage.index_at_start.as_ref().map(ToString::to_string);
    let revision = run.suite.git_revision.as_deref();
    suite.add_properties(
        [
            told("decision", serde_json::to_value(run.decision).unwrap_or_default().as_str()),
            told("release", run.release.id.as_deref()),
            told("requested-by", run.release.requested_by.as_deref()),
            told("description", run.release.description.as_deref()),
            told("stage", Some(&run.stage.url)),
            told("index", index.as_deref()),
            told("suite-sha256", Some(&run.suite.sha256)),
            told("suite-revision", revision),
        ]
        .into_iter()
        .flatten(),
    );
    suite.extra.insert("timestamp".into(), run.started.to_string().into());
    let mut case = TestCase::new("may be released", status);
    case.set_classname("verdict");
    suite.add_test_case(case);
    suite
}

fn suite(run: &Run, criterion: &Criterion) -> TestSuite {
    let mut suite = TestSuite::new(criterion.id.as_str());
    let properties = [("title", &criterion.title), ("why", &criterion.why), ("owner", &criterion.owner)];
    suite.add_properties(properties.map(|(name, value)| Property::new(name, value)));
    suite.add_test_cases(run.checks_of(criterion).map(|check| {
        let name = (check.name.as_str(), check.about.line);
        case(run, criterion, name, status(run, check))
    }));
    let off = run.turned_off.iter().filter(|check| check.about.criterion == criterion.id);
    suite.add_test_cases(off.map(|check| {
        let says = check.because.says();
        case(run, criterion, (check.name.as_str(), check.about.line), skipped(&says))
    }));
    let of_it = |name: &&String| name.split_once("::").is_some_and(|(id, _)| id == criterion.id);
    suite.add_test_cases(
        run.missing
            .iter()
            .filter(of_it)
            .map(|name| case(run, criterion, (name.as_str(), None), skipped("did not report in this run"))),
    );
    suite
}

/// A case, named without its criterion, with the line of the suite file that asks for it.
fn case(
    run: &Run,
    criterion: &Criterion,
    (name, line): (&str, Option<usize>),
    status: TestCaseStatus,
) -> TestCase {
    let example = name.strip_prefix(&format!("{}::", criterion.id)).unwrap_or(name);
    let mut case = TestCase::new(example, status);
    case.set_classname(criterion.id.as_str());
    if let Some(line) = line.or(criterion.line) {
        case.extra.insert("file".into(), run.suite.file.as_str().into());
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}

/// What becomes of a check: what blocks nothing neither fails nor passes here, and says why.
fn status(run: &Run, check: &Judged) -> TestCaseStatus {
    let (outcome, says) = (Outcome::of(check), in_short(check));
    let mut status = match (check.standing, outcome) {
        (Standing::Proposed, outcome) => {
            skipped(&format!("only proposed, so it does not block; it {}: {says}", ended(outcome)))
        }
        (Standing::Approved, Outcome::Passed) => return TestCaseStatus::success(),
        (Standing::Approved, Outcome::Waived | Outcome::Overridden) => skipped(&says),
        (Standing::Approved, Outcome::Undecided) => non_success(NonSuccessKind::Error, outcome, &says),
        (Standing::Approved, Outcome::Failed) => non_success(NonSuccessKind::Failure, outcome, &says),
    };
    if let Some(story) = explain(check, &run.links) {
        status.set_description(anstream::adapter::strip_str(&story).to_string());
    }
    status
}

fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passes",
        Outcome::Waived | Outcome::Overridden | Outcome::Failed => "fails",
        Outcome::Undecided => "could not be decided",
    }
}

/// What became of a check, in a line.
fn in_short(check: &Judged) -> String {
    let first = |findings: &[Finding]| {
        let first = findings.first().map_or("it fails", |finding| finding.says.as_str());
        first.lines().next().unwrap_or_default().to_owned()
    };
    match (&check.verdict, &check.waived, &check.overridden) {
        (Verdict::Pass, None, _) => "it holds".to_owned(),
        (Verdict::Pass, Some(waiver), _) => {
            format!("a known issue until {} ({}): {}", waiver.until, waiver.link, first(&waiver.findings))
        }
        (Verdict::Fail { findings }, _, Some(it)) => {
            format!("overridden by {} until {}: {}", it.by, it.until, first(findings))
        }
        (Verdict::Fail { findings }, _, None) => first(findings),
        (Verdict::Undecided { because }, _, _) => because.clone(),
    }
}

fn skipped(says: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message(says));
    status
}

fn non_success(kind: NonSuccessKind, outcome: Outcome, says: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message(says)).set_type(outcome.word());
    status
}

/// A message on one line, cut where nobody would read on.
fn message(says: &str) -> String {
    let line = says.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MESSAGE) {
        None => line,
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}

#[cfg(test)]
mod tests;
