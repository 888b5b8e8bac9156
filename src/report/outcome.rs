//! How a check or a criterion ended, as every report sorts and names it.

use std::cmp::Reverse;

use serde::Serialize;

use super::{Criterion, Run};
use crate::decision::{Judged, Standing};
use crate::verdict::Verdict;

/// How a check ended, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was shown to hold.
    Passed,
    /// It fails as a known issue says.
    Waived,
    /// It fails, and does not block because somebody took it upon them.
    Overridden,
    /// The answer could not be had.
    Undecided,
    /// It was shown not to hold.
    Failed,
}

impl Outcome {
    /// How this check ended. A proposed check may fail too: whether it blocks is told by its standing.
    #[must_use]
    pub fn of(check: &Judged) -> Self {
        match (&check.verdict, &check.waived, &check.overridden) {
            (Verdict::Pass, None, _) => Self::Passed,
            (Verdict::Pass, Some(_), _) => Self::Waived,
            (Verdict::Fail { .. }, _, Some(_)) => Self::Overridden,
            (Verdict::Fail { .. }, _, None) => Self::Failed,
            (Verdict::Undecided { .. }, _, _) => Self::Undecided,
        }
    }

    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Waived => "waived",
            Self::Overridden => "overridden",
            Self::Undecided => "undecided",
            Self::Failed => "failed",
        }
    }
}

impl Run {
    /// How a criterion ended: as the worst of its checks; `None` if none of them was judged. One of which only a part was
    /// judged was not shown to hold.
    #[must_use]
    pub fn outcome_of(&self, criterion: &Criterion) -> Option<Outcome> {
        let worst = self.checks_of(criterion).map(Outcome::of).max()?;
        Some(if self.unjudged_of(criterion) > 0 { worst.max(Outcome::Undecided) } else { worst })
    }

    /// The criteria, the most critical first: what may block before what is only proposed, what fails before what is
    /// undecided, what fails for all of its examples before what fails for some, what fails for many before what fails for
    /// one; for the rest, in the suite's order.
    #[must_use]
    pub fn most_critical_first(&self) -> Vec<&Criterion> {
        let mut criteria: Vec<&Criterion> = self.criteria.iter().collect();
        criteria.sort_by_cached_key(|criterion| {
            let badness = (self.outcome_of(criterion), badness(self.checks_of(criterion)));
            (criterion.standing == Standing::Proposed, Reverse(badness))
        });
        criteria
    }
}

/// The approved checks that do not pass, those of a criterion together, the most critical criterion first, as in
/// [`Run::most_critical_first`].
#[must_use]
pub fn failures(judged: &[Judged]) -> Vec<Vec<&Judged>> {
    let mut groups: Vec<Vec<&Judged>> = Vec::new();
    let failing = judged.iter().filter(|it| it.standing == Standing::Approved && !it.verdict.is_pass());
    for check in failing {
        match groups.iter_mut().find(|group| group[0].about.criterion == check.about.criterion) {
            Some(group) => group.push(check),
            None => groups.push(vec![check]),
        }
    }
    groups.sort_by_cached_key(|group| {
        let criterion = &group[0].about.criterion;
        Reverse(badness(judged.iter().filter(|check| check.about.criterion == *criterion)))
    });
    groups
}

/// How a criterion ended, how many of a hundred of its checks did so, and how many.
fn badness<'a>(checks: impl Iterator<Item = &'a Judged>) -> (Option<Outcome>, usize, usize) {
    let outcomes: Vec<Outcome> = checks.map(Outcome::of).collect();
    let worst = outcomes.iter().max().copied();
    let so = outcomes.iter().filter(|it| Some(**it) == worst).count();
    (worst, so * 100 / outcomes.len().max(1), so)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Outcome;
    use crate::decision::Judged;
    use crate::report::{Run, fixture as runs};

    fn words(run: &Run) -> Vec<(&str, &str)> {
        let of = |check: &Judged| Outcome::of(check).word();
        run.judged.iter().map(|check| (check.name.as_str(), of(check))).collect()
    }

    #[rstest]
    fn a_check_ends_in_one_way() {
        let expected = [
            ("digitised::a222zvge", "failed"),
            ("digitised::a2239muq", "undecided"),
            ("digitised::a222zvge::snapshot", "passed"),
            ("kept::works-by-worktype::baseline", "overridden"),
            ("labels::works", "failed"),
            ("contract::work", "passed"),
            ("known::a227dajt", "waived"),
            ("labels::images", "undecided"),
        ];
        assert_eq!(words(&runs::mixed()), expected);
    }

    #[rstest]
    fn a_criterion_ends_as_the_worst_of_its_checks_and_is_undecided_if_some_were_not_judged() {
        let run = runs::mixed();
        let outcomes: Vec<_> = run.criteria.iter().map(|it| run.outcome_of(it).map(Outcome::word)).collect();
        let expected = ["failed", "overridden", "waived", "failed"]
            .map(Some)
            .into_iter()
            .chain([None, Some("undecided")]);
        assert_eq!(outcomes, expected.collect::<Vec<_>>());
    }

    #[rstest]
    #[case::a_bit_of_everything(runs::mixed(), ["digitised", "contract", "kept", "known", "linked", "labels"])]
    #[case::many_failures_before_one(many_before_one(), ["kept", "digitised", "contract", "known", "linked", "labels"])]
    #[case::nothing_wrong(runs::passing(), ["digitised", "kept", "contract", "known", "linked", "labels"])]
    fn the_most_critical_stand_first(#[case] run: Run, #[case] expected: [&str; 6]) {
        let ids: Vec<&str> = run.most_critical_first().into_iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, expected);
    }

    #[rstest]
    #[case::a_bit_of_everything(
        runs::mixed(),
        "digitised::a222zvge digitised::a2239muq; kept::works-by-worktype::baseline"
    )]
    #[case::many_before_one(
        many_before_one(),
        "kept::works-by-worktype::baseline kept::works-by-worktype::baseline; digitised::a222zvge"
    )]
    #[case::nothing_wrong(runs::passing(), "")]
    fn failures_stand_together_by_criterion(#[case] run: Run, #[case] expected: &str) {
        let names = |group: &Vec<&Judged>| {
            let names: Vec<&str> = group.iter().map(|it| it.name.as_str()).collect();
            names.join(" ")
        };
        let groups: Vec<String> = super::failures(&run.judged).iter().map(names).collect();
        assert_eq!(groups.join("; "), expected);
    }

    /// One check of the first criterion fails, two of the second.
    fn many_before_one() -> Run {
        let mut run = runs::failing();
        run.judged.truncate(4);
        run.judged.drain(1..3);
        let again = run.judged[1].clone();
        run.judged.push(again);
        run.judged.push(runs::passing().judged.remove(5));
        run
    }
}
