//! Annotations: what does not pass, shown by GitHub at its line of the suite file.
//!
//! GitHub shows ten of each level in a step, and drops the rest without a word. So the most critical come first, and
//! the last of ten says how many more there are.

use super::escape::{data, on_one_line, property};
use crate::decision::{Decision, Judged, Standing};
use crate::numbers::counted;
use crate::report::{Outcome, Run, sentence};
use crate::verdict::Verdict;

/// So many of a level are shown in a step.
const SHOWN: usize = 10;
/// A message longer than this is cut; all of it is in the summary and in the reports.
const LONGEST: usize = 600;

/// What is wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The file.
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is wrong there, in a few words.
    pub says: String,
}

/// An annotation, and where it points to.
struct Annotation {
    level: Level,
    /// The line of the suite file, if it is about one.
    line: Option<usize>,
    title: String,
    says: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// The commands for a run; each ends with a line end.
pub(super) fn of(run: &Run) -> String {
    let mut all = vec![verdict(run)];
    for criterion in run.most_critical_first() {
        all.extend(run.checks_of(criterion).filter_map(check));
        if let Some(issue) = &criterion.known_issue {
            let says = format!("a known issue is let pass until {}: {}", issue.until, issue.link);
            all.push(Annotation {
                level: Level::Warning,
                line: criterion.line,
                title: criterion.title.clone(),
                says,
            });
        }
        if let (true, Some(day)) = (criterion.overdue, criterion.review_by) {
            let says = format!("this was to be looked at again by {day} ({})", criterion.owner);
            all.push(Annotation {
                level: Level::Warning,
                line: criterion.line,
                title: criterion.title.clone(),
                says,
            });
        }
    }
    // Reviews were told at their criterion.
    let notices = run.notices.iter().filter(|notice| notice.about != "review");
    all.extend(notices.map(|notice| Annotation {
        level: Level::Notice,
        line: None,
        title: notice.about.to_owned(),
        says: notice.says.clone(),
    }));
    Level::ALL.iter().map(|level| of_level(*level, &all, &run.suite.file)).collect()
}

/// The commands for a run that judged nothing, for this reason: one for each place at which something is wrong, or one in
/// all.
pub(super) fn of_end(message: &str, marks: &[Mark]) -> String {
    let of_all = |title: &str, says: String| {
        command(&Annotation { level: Level::Error, line: None, title: title.to_owned(), says }, "")
    };
    if marks.is_empty() {
        return of_all("Release gate", message.to_owned());
    }
    let shown = if marks.len() <= SHOWN { marks.len() } else { SHOWN - 1 };
    let mut text: String = marks.iter().take(shown).map(mark).collect();
    if let more @ 1.. = marks.len() - shown {
        text.push_str(&of_all(
            "And more",
            format!("and {more} more, in the log and the summary of this job."),
        ));
    }
    text
}

fn mark(Mark { file, line, column, says }: &Mark) -> String {
    let (file, says) = (property(file), data(&on_one_line(says, LONGEST)));
    format!("::error file={file},line={line},col={column},title=Nothing was judged::{says}\n")
}

/// What was decided. What keeps the job from going on is an error.
fn verdict(run: &Run) -> Annotation {
    let level = match run.decision {
        Decision::MayBeReleased => Level::Notice,
        Decision::NothingConcluded => Level::Warning,
        Decision::Blocked | Decision::Undecided | Decision::SuiteRefused | Decision::Misused => Level::Error,
    };
    Annotation { level, line: None, title: "Release gate".to_owned(), says: sentence::verdict(run) }
}

/// What is to say of a check; nothing if it passes.
fn check(check: &Judged) -> Option<Annotation> {
    let level = match (check.standing, Outcome::of(check)) {
        (_, Outcome::Passed | Outcome::Waived) => return None,
        (Standing::Proposed, _) => Level::Notice,
        (Standing::Approved, Outcome::Failed) => Level::Error,
        (Standing::Approved, Outcome::Overridden | Outcome::Undecided) => Level::Warning,
    };
    let about = &check.about;
    let what = match &check.verdict {
        Verdict::Pass => return None,
        Verdict::Undecided { because } => format!("could not be decided: {because}"),
        Verdict::Fail { findings } => {
            let first = findings.first().map(|finding| finding.says.as_str()).unwrap_or_default();
            match findings.len() {
                0 | 1 => first.to_owned(),
                all => format!("{first}, and {}", counted(all - 1, ("more finding", "more findings"))),
            }
        }
    };
    let aside = match (check.standing, &check.overridden) {
        (Standing::Proposed, _) => " (only proposed: it does not block)".to_owned(),
        (_, Some(it)) => format!(" (overridden by {} until {})", it.by, it.until),
        _ => String::new(),
    };
    let says = format!("{}: {what}{aside} [{}]", about.is, check.name);
    Some(Annotation { level, line: about.line, title: about.title.clone(), says })
}

/// The commands of a level: all of them, or nine and how many more there are.
fn of_level(level: Level, all: &[Annotation], file: &str) -> String {
    let of_level: Vec<&Annotation> = all.iter().filter(|annotation| annotation.level == level).collect();
    let fits = of_level.len() <= SHOWN;
    let shown = if fits { of_level.len() } else { SHOWN - 1 };
    let mut text: String = of_level.iter().take(shown).map(|annotation| command(annotation, file)).collect();
    if !fits {
        let says = format!(
            "and {} more, in the summary of this job and in its reports: GitHub shows no more than {SHOWN} here.",
            of_level.len() - shown
        );
        text.push_str(&command(&Annotation { level, line: None, title: "And more".to_owned(), says }, file));
    }
    text
}

fn command(annotation: &Annotation, file: &str) -> String {
    let Annotation { level, line, title, says } = annotation;
    let place = line.map(|line| format!("file={},line={line},", property(file))).unwrap_or_default();
    let title = property(&on_one_line(title, 120));
    format!("::{} {place}title={title}::{}\n", level.word(), data(&on_one_line(says, LONGEST)))
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Mark, of, of_end};
    use crate::decision::Standing;
    use crate::report::fixture::{self as runs, check, fails};
    use crate::report::{Notice, Run};
    use crate::verdict::Finding;

    fn lines<'t>(text: &'t str, level: &str) -> Vec<&'t str> {
        text.lines().filter(|line| line.starts_with(&format!("::{level} "))).collect()
    }

    #[rstest]
    fn a_failure_points_at_its_line_of_the_suite_file() {
        let text = of(&runs::failing());
        let first =
            "::error file=works-examples.yaml,line=15,title=A digitised work can be viewed::an archive file";
        assert!(lines(&text, "error")[1].starts_with(first), "{text}");
    }

    /// So many checks of a criterion fail, and one of another.
    fn many(failing: usize) -> Run {
        let finding = || Finding { says: "it is wrong".to_owned(), ..Finding::default() };
        let of = |name: String, id| fails(check(&name, id, Standing::Approved), vec![finding()]);
        let mut checks = vec![of("kept::one".to_owned(), "kept")];
        checks.extend((0..failing).map(|number| of(format!("digitised::{number}"), "digitised")));
        runs::run(checks)
    }

    #[rstest]
    #[case::that_fit(8, 10, "kept::one")]
    #[case::that_do_not(9, 10, "and 2 more, in the summary")]
    #[case::very_many(5000, 10, "and 4993 more, in the summary")]
    fn of_the_errors_ten_are_told_the_last_says_how_many_more(
        #[case] failing: usize,
        #[case] told: usize,
        #[case] last: &str,
    ) {
        let text = of(&many(failing));
        let errors = lines(&text, "error");
        assert_eq!(errors.len(), told);
        assert!(errors[1].contains("digitised::0") && errors[9].contains(last), "{text}");
    }

    #[rstest]
    fn each_mistake_is_marked_where_it_stands() {
        let says = "`linc` is not a key\n::error::gone".to_owned();
        let mark = Mark { file: "works-examples.yaml".to_owned(), line: 9, column: 82, says };
        let expected =
            "::error file=works-examples.yaml,line=9,col=82,title=Nothing was judged::`linc` is not a key";
        let text = of_end("1 mistake", &[mark]);
        assert!(text.starts_with(expected) && text.lines().count() == 1, "{text}");
    }

    #[rstest]
    #[case::none(0, 1, "line 7 is wrong")]
    #[case::that_fit(10, 10, "mistake 9")]
    #[case::more(11, 10, "and 2 more")]
    fn of_the_mistakes_ten_are_marked(#[case] marks: usize, #[case] told: usize, #[case] last: &str) {
        let mark =
            |number| Mark { file: "x".to_owned(), line: 1, column: 1, says: format!("mistake {number}") };
        let text = of_end("line 7 is wrong", &(0..marks).map(mark).collect::<Vec<_>>());
        assert_eq!(text.lines().count(), told);
        assert!(text.lines().last().is_some_and(|line| line.contains(last)), "{text}");
    }

    #[rstest]
    fn notices_are_capped_too() {
        let notice = |number: usize| Notice { about: "drift", says: format!("field {number}") };
        let run = Run { notices: (0..40).map(notice).collect(), ..runs::passing() };
        assert_eq!(lines(&of(&run), "notice").len(), 10);
    }

    #[rstest]
    fn no_text_makes_a_command_of_its_own() {
        let text = of(&runs::hostile());
        let command =
            |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|it| line.starts_with(it));
        assert!(text.lines().all(command), "{text}");
        for line in text.lines() {
            let properties = line.split("::").nth(1).unwrap();
            let title = properties.split("title=").nth(1).unwrap();
            assert!(!title.contains([',', ':']), "{line}");
            assert!(line.len() < 4000 && !line.contains(['\r', '\u{1b}']), "{line}");
        }
    }
}
