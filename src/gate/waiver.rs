//! Known issues: a failure that is let pass until a day, and not a day longer.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::plan::Planned;
use crate::decision::{Judged, Waiver};
use crate::verdict::{Finding, Judgement, Verdict};

/// Applies each criterion's waiver to its verdicts.
///
/// A waived failure of an example passes until its day; one of its snapshot never does, nor does an answer that is
/// not even about the record. After that day it blocks again, and a criterion whose examples all hold
/// blocks too, so that no waiver outlives its reason. The checks must hold all those of a criterion or none, but for those
/// that are turned off: what was not looked at may be what the waiver is for.
pub fn apply(
    checks: &[&Planned],
    judgements: Vec<Judgement>,
    turned_off: &[&Planned],
    today: Date,
) -> Vec<Judged> {
    let outlived = outlived(checks, &judgements, turned_off);
    checks
        .iter()
        .zip(judgements)
        .map(|(check, Judgement { verdict, values, remarks, compared })| {
            let all_hold = outlived.get(check.about.criterion.as_str()).copied().unwrap_or(false);
            let (verdict, waived) = rule(check, verdict, today, all_hold);
            Judged {
                name: check.name.clone(),
                about: check.about.clone(),
                standing: check.standing,
                verdict,
                values,
                remarks,
                compared,
                waived,
                overridden: None,
            }
        })
        .collect()
}

/// By criterion with a waiver: whether all its examples hold. Snapshots do not count: they differ for other reasons.
fn outlived<'a>(
    checks: &[&'a Planned],
    judgements: &[Judgement],
    turned_off: &[&'a Planned],
) -> BTreeMap<&'a str, bool> {
    let mut all_hold: BTreeMap<_, _> =
        turned_off.iter().map(|check| (check.about.criterion.as_str(), false)).collect();
    for (check, Judgement { verdict, .. }) in checks.iter().zip(judgements) {
        if check.known_issue.is_some() && check.is_of_a_criterion() {
            *all_hold.entry(check.about.criterion.as_str()).or_insert(true) &= verdict.is_pass();
        }
    }
    all_hold
}

fn rule(check: &Planned, verdict: Verdict, today: Date, all_hold: bool) -> (Verdict, Option<Waiver>) {
    let Some(known) = check.known_issue.as_ref().filter(|_| check.is_of_a_criterion()) else {
        return (verdict, None);
    };
    let block = |says: String, mut findings: Vec<Finding>| {
        findings.insert(0, Finding { says, ..Finding::default() });
        (Verdict::Fail { findings }, None)
    };
    match verdict {
        Verdict::Pass if all_hold => block(
            format!(
                "the known issue {} is over: every example holds. Remove `known-issue` from the criterion",
                known.link
            ),
            Vec::new(),
        ),
        Verdict::Fail { findings } if today > known.until => block(
            format!("the waiver for {} ended on {}, and the check still fails", known.link, known.until),
            findings,
        ),
        Verdict::Fail { findings } if findings.iter().any(|finding| finding.unforeseen) => block(
            format!("the known issue {} is about what the record says, and there is no record", known.link),
            findings,
        ),
        Verdict::Fail { findings } => {
            (Verdict::Pass, Some(Waiver { link: known.link.clone(), until: known.until, findings }))
        }
        other => (other, None),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::Date;
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::apply;
    use crate::decision::Judged;
    use crate::gate::plan::{Plan, Planned};
    use crate::suite::Suite;
    use crate::verdict::{Finding, Judgement, Verdict};

    /// Two examples under a waiver, the first with a snapshot.
    const WAIVED: &str = "\
criteria:
  - id: waived
    title: Things have a title
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    known-issue: { link: https://example.org/1, until: 2026-12-01 }
    examples:
      - { work: a222zvge, is: an archive file, snapshot: true }
      - { work: a2239muq, is: a book }
    expect: { title: { present: true } }
";
    const ITS_DAY: Date = jiff::civil::date(2026, 12, 1);
    const THE_DAY_AFTER: Date = jiff::civil::date(2026, 12, 2);

    fn fails() -> Verdict {
        Verdict::Fail {
            findings: vec![Finding { says: "`title` is missing".to_owned(), ..Finding::default() }],
        }
    }

    fn undecided() -> Verdict {
        Verdict::Undecided { because: "no answer".to_owned() }
    }

    /// What becomes of the first example, its snapshot, and the second example.
    fn applied(verdicts: [Verdict; 3], today: Date) -> Vec<Judged> {
        let suite =
            Suite::parse(Path::new("suite.yaml"), WAIVED).unwrap_or_else(|refusal| panic!("{refusal}"));
        let plan = Plan::of(&suite);
        let checks: Vec<&Planned> = plan.checks.iter().filter(|check| !check.needs_all()).collect();
        assert_eq!(
            checks.iter().map(|check| check.name.as_str()).collect::<Vec<_>>(),
            ["waived::a222zvge", "waived::a222zvge::snapshot", "waived::a2239muq"]
        );
        let judgement = |verdict| Judgement { verdict, values: 1, remarks: Vec::new(), compared: None };
        apply(&checks, verdicts.map(judgement).into(), &[], today)
    }

    /// Of each, in a word.
    fn told(judged: &[Judged]) -> Vec<&str> {
        let word = |judged: &Judged| match (&judged.verdict, &judged.waived) {
            (Verdict::Pass, Some(_)) => "waived",
            (Verdict::Pass, None) => "pass",
            (Verdict::Fail { .. }, _) => "fail",
            (Verdict::Undecided { .. }, _) => "undecided",
        };
        judged.iter().map(word).collect()
    }

    #[rstest]
    #[case::one_of_two([fails(), Verdict::Pass, Verdict::Pass], ["waived", "pass", "pass"])]
    #[case::both([fails(), Verdict::Pass, fails()], ["waived", "pass", "waived"])]
    #[case::not_a_snapshot([fails(), fails(), Verdict::Pass], ["waived", "fail", "pass"])]
    #[case::not_what_nobody_knows([undecided(), Verdict::Pass, fails()], ["undecided", "pass", "waived"])]
    fn a_failure_is_let_pass_on_the_last_day(#[case] verdicts: [Verdict; 3], #[case] expected: [&str; 3]) {
        assert_eq!(told(&applied(verdicts, ITS_DAY)), expected);
    }

    #[rstest]
    fn a_failure_blocks_again_after_the_last_day_and_says_all_of_why() {
        let judged = applied([fails(), Verdict::Pass, Verdict::Pass], THE_DAY_AFTER);
        let Verdict::Fail { findings } = &judged[0].verdict else { panic!("{judged:?}") };
        assert_eq!(
            findings.iter().map(|finding| finding.says.as_str()).collect::<Vec<_>>(),
            [
                "the waiver for https://example.org/1 ended on 2026-12-01, and the check still fails",
                "`title` is missing"
            ]
        );
    }

    #[rstest]
    #[case::and_so_does_the_snapshot(Verdict::Pass, ["fail", "pass", "fail"])]
    #[case::though_the_snapshot_differs(fails(), ["fail", "fail", "fail"])]
    fn a_waiver_blocks_once_every_example_holds(#[case] snapshot: Verdict, #[case] expected: [&str; 3]) {
        assert_eq!(told(&applied([Verdict::Pass, snapshot, Verdict::Pass], ITS_DAY)), expected);
    }

    #[rstest]
    fn a_waiver_is_not_over_while_a_check_of_its_criterion_is_turned_off() {
        let page = "    page: { shows: [{ link: View }] }\n    expect:";
        let suite = WAIVED.replace("    expect:", page).replace(", snapshot: true", "");
        let suite =
            Suite::parse(Path::new("suite.yaml"), &suite).unwrap_or_else(|refusal| panic!("{refusal}"));
        let plan = Plan::of(&suite);
        let judged = |turned_off: &str| {
            let (pages, records): (Vec<&Planned>, Vec<&Planned>) = plan
                .checks
                .iter()
                .filter(|check| !check.needs_all())
                .partition(|check| check.name.ends_with(turned_off));
            let pass = Judgement { verdict: Verdict::Pass, values: 1, remarks: Vec::new(), compared: None };
            told(&apply(&records, vec![pass; records.len()], &pages, ITS_DAY)).join(" ")
        };
        assert_eq!((judged("::page"), judged("::none")), ("pass pass".into(), "fail fail fail fail".into()));
    }
}
