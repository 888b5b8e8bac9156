//! Recorded overrides: a failure in spite of which a release goes on for some days, because somebody said so.
//!
//! An override covers what fails, and never what nobody knows. It covers every check of its criterion, snapshots too;
//! the contract only if it names the contract. Unlike a waiver, it also covers a record that is not there: whoever
//! overrides has seen this very failure, and answers for it for a month at most.

use jiff::civil::Date;

use super::plan::Plan;
use crate::decision::{Judged, Override, Standing};
use crate::report::{Effect, Overruling};
use crate::suite;
use crate::verdict::{Finding, Verdict};

/// Marks the failures that do not block today; what fails although its override is over says so.
pub fn apply(mut judged: Vec<Judged>, overrides: &[suite::Override], today: Date) -> Vec<Judged> {
    for check in judged.iter_mut().filter(|check| check.standing == Standing::Approved) {
        let Some(it) = overrides.iter().find(|it| it.criterion == check.about.criterion) else { continue };
        let Verdict::Fail { findings } = &mut check.verdict else { continue };
        let says = if today > it.until {
            format!("the override by {} ended on {}, and the check still fails", it.by, it.until)
        } else if today < it.on {
            format!("the override by {} begins on {}, and the check fails today", it.by, it.on)
        } else {
            check.overridden = Some(recorded(it));
            continue;
        };
        findings.insert(0, Finding { says, ..Finding::default() });
    }
    judged
}

/// What each override does in this run.
pub fn effects(
    plan: &Plan,
    judged: &[Judged],
    overrides: &[suite::Override],
    today: Date,
) -> Vec<Overruling> {
    let overruling = |it| Overruling { it: recorded(it), effect: effect(plan, judged, it, today) };
    overrides.iter().map(overruling).collect()
}

fn effect(plan: &Plan, judged: &[Judged], it: &suite::Override, today: Date) -> Effect {
    let of_it = || judged.iter().filter(|check| check.about.criterion == it.criterion);
    // What is turned off never reports: it may be what the override is for.
    let called_for = plan.checks.iter().chain(plan.turned_off.iter().map(|(check, _)| check));
    let planned = called_for.filter(|check| check.about.criterion == it.criterion).count();
    let all_pass = of_it().count() == planned && of_it().all(|check| check.verdict.is_pass());
    if today > it.until {
        Effect::Over
    } else if today < it.on {
        Effect::NotBegun
    } else if all_pass {
        Effect::Superfluous
    } else {
        Effect::Covers(of_it().filter(|check| check.overridden.is_some()).count())
    }
}

fn recorded(it: &suite::Override) -> Override {
    Override {
        criterion: it.criterion.clone(),
        by: it.by.clone(),
        on: it.on,
        why: it.why.clone(),
        until: it.until,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::{Date, date};
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{apply, effects};
    use crate::decision::Judged;
    use crate::gate::plan::{Blinkers, Plan, Planned};
    use crate::gate::waiver;
    use crate::report::Effect;
    use crate::suite::Suite;
    use crate::verdict::{Finding, Judgement, Verdict};

    /// A criterion that is overridden, with a snapshot, and another one.
    const OVERRIDDEN: &str = "\
overrides:
  - { criterion: shown, by: J. Doe, on: 2026-11-25, why: It must go out., until: 2026-12-01 }
criteria:
  - id: shown
    title: Things have a title
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    examples:
      - { work: a222zvge, is: an archive file, snapshot: true }
    expect: { title: { present: true } }
  - id: also-shown
    title: Things have a title
    why: A promise.
    owner: Product
    approved: { by: Product, on: 2026-11-22 }
    review-by: 2099-05-22
    examples:
      - { work: a2239muq, is: a book }
    expect: { title: { present: true } }
";
    const FIRST_DAY: Date = date(2026, 11, 25);
    const LAST_DAY: Date = date(2026, 12, 1);

    fn fails() -> Verdict {
        Verdict::Fail {
            findings: vec![Finding { says: "`title` is missing".to_owned(), ..Finding::default() }],
        }
    }

    fn undecided() -> Verdict {
        Verdict::Undecided { because: "no answer".to_owned() }
    }

    /// What becomes of the example, its snapshot, the other criterion and the contract, and of the override.
    fn applied(suite: &str, verdicts: [Verdict; 4], today: Date) -> (Vec<Judged>, Effect) {
        let suite =
            Suite::parse(Path::new("suite.yaml"), suite).unwrap_or_else(|refusal| panic!("{refusal}"));
        let plan = Plan::of(&suite);
        let checks: Vec<&Planned> = plan.checks.iter().collect();
        assert_eq!(
            checks.iter().map(|check| check.name.as_str()).collect::<Vec<_>>(),
            ["shown::a222zvge", "shown::a222zvge::snapshot", "also-shown::a2239muq", "contract::work"]
        );
        let judgement = |verdict| Judgement { verdict, values: 1, remarks: Vec::new(), compared: None };
        let judged = waiver::apply(&checks, verdicts.map(judgement).into(), &[], today);
        let judged = apply(judged, &suite.overrides, today);
        let effect = effects(&plan, &judged, &suite.overrides, today).remove(0).effect;
        (judged, effect)
    }

    /// Of each, in a word.
    fn told(judged: &[Judged]) -> Vec<&str> {
        let word = |judged: &Judged| match (&judged.verdict, &judged.overridden) {
            (Verdict::Fail { .. }, Some(_)) => "overridden",
            (Verdict::Fail { .. }, None) => "fail",
            (Verdict::Pass, _) => "pass",
            (Verdict::Undecided { .. }, _) => "undecided",
        };
        judged.iter().map(word).collect()
    }

    #[rstest]
    #[case::of_its_criterion_and_its_snapshot(
        [fails(), fails(), Verdict::Pass, Verdict::Pass], ["overridden", "overridden", "pass", "pass"], 2
    )]
    #[case::of_no_other_criterion_and_not_of_the_contract(
        [fails(), Verdict::Pass, fails(), fails()], ["overridden", "pass", "fail", "fail"], 1
    )]
    #[case::never_what_nobody_knows(
        [undecided(), fails(), Verdict::Pass, Verdict::Pass], ["undecided", "overridden", "pass", "pass"], 1
    )]
    #[case::nothing_where_nothing_is_known(
        [undecided(), undecided(), Verdict::Pass, Verdict::Pass], ["undecided", "undecided", "pass", "pass"], 0
    )]
    fn an_override_covers_failures(
        #[case] verdicts: [Verdict; 4],
        #[case] expected: [&str; 4],
        #[case] covered: usize,
        #[values(FIRST_DAY, LAST_DAY)] today: Date,
    ) {
        let (judged, effect) = applied(OVERRIDDEN, verdicts, today);
        assert_eq!((told(&judged), effect), (expected.to_vec(), Effect::Covers(covered)));
    }

    #[rstest]
    fn an_override_of_the_contract_covers_the_contract_alone() {
        let suite = OVERRIDDEN.replace("criterion: shown", "criterion: contract");
        let (judged, effect) = applied(&suite, [fails(), fails(), fails(), fails()], LAST_DAY);
        assert_eq!(told(&judged), ["fail", "fail", "fail", "overridden"]);
        assert_eq!(effect, Effect::Covers(1));
    }

    #[rstest]
    #[case::before_it_begins(
        date(2026, 11, 24),
        Effect::NotBegun,
        "the override by J. Doe begins on 2026-11-25, and the check fails today"
    )]
    #[case::after_its_last_day(
        date(2026, 12, 2),
        Effect::Over,
        "the override by J. Doe ended on 2026-12-01, and the check still fails"
    )]
    fn a_failure_blocks(#[case] today: Date, #[case] expected: Effect, #[case] says: &str) {
        let (judged, effect) = applied(OVERRIDDEN, [fails(), fails(), Verdict::Pass, Verdict::Pass], today);
        assert_eq!((told(&judged), effect), (vec!["fail", "fail", "pass", "pass"], expected));
        let Verdict::Fail { findings } = &judged[0].verdict else { panic!("{judged:?}") };
        assert_eq!(
            findings.iter().map(|finding| finding.says.as_str()).collect::<Vec<_>>(),
            [says, "`title` is missing"]
        );
    }

    #[rstest]
    fn an_override_of_what_fails_nowhere_is_superfluous() {
        let pass = || Verdict::Pass;
        let (_, effect) = applied(OVERRIDDEN, [pass(), pass(), fails(), fails()], LAST_DAY);
        assert_eq!(effect, Effect::Superfluous);
    }

    #[rstest]
    fn a_part_does_not_tell_whether_an_override_is_superfluous() {
        let suite = Suite::parse(Path::new("suite.yaml"), OVERRIDDEN).unwrap();
        let plan = Plan::of(&suite);
        let (judged, _) = applied(OVERRIDDEN, [(); 4].map(|()| Verdict::Pass), LAST_DAY);
        let effect = effects(&plan, &judged[..1], &suite.overrides, LAST_DAY).remove(0).effect;
        assert_eq!(effect, Effect::Covers(0));
    }

    #[rstest]
    fn an_override_is_not_superfluous_while_a_page_of_its_criterion_is_not_looked_at() {
        let page =
            "    examples:\n      - { work: a222zvge, is: a file, page: { shows: [{ link: View }] } }\n";
        let suite = OVERRIDDEN.replacen(
            "    examples:\n      - { work: a222zvge, is: an archive file, snapshot: true }\n",
            page,
            1,
        );
        let suite = Suite::parse(Path::new("suite.yaml"), &suite).unwrap();
        let blinkers = Blinkers { pages: Some("unset PAGES".to_owned()), links: None };
        let (plan, all) = (Plan::with(&blinkers, &suite), Plan::of(&suite));
        let pass = Judgement { verdict: Verdict::Pass, values: 1, remarks: Vec::new(), compared: None };
        let effect = |plan: &Plan| {
            let checks: Vec<&Planned> = plan.checks.iter().collect();
            let judged = waiver::apply(&checks, vec![pass.clone(); checks.len()], &[], LAST_DAY);
            effects(plan, &judged, &suite.overrides, LAST_DAY).remove(0).effect
        };
        assert_eq!((effect(&plan), effect(&all)), (Effect::Covers(0), Effect::Superfluous));
    }
}
