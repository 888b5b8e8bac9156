//! Known issues: a failure that is let pass until a day, and not a day longer.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::plan::{Planned, Role};
use crate::decision::{Judged, Waiver};
use crate::verdict::{Finding, Verdict};

/// Applies each criterion's waiver to its verdicts.
///
/// A waived failure of an example passes until its day; one of its snapshot never does, nor does an answer that is
/// not even about the record. After that day it blocks again, and a criterion whose examples all hold
/// blocks too, so that no waiver outlives its reason. The checks must hold all those of a criterion or none.
pub fn apply(checks: &[&Planned], verdicts: Vec<Verdict>, today: Date) -> Vec<Judged> {
    let outlived = outlived(checks, &verdicts);
    checks
        .iter()
        .zip(verdicts)
        .map(|(check, verdict)| {
            let all_hold = outlived.get(check.about.criterion.as_str()).copied().unwrap_or(false);
            let (verdict, waived) = rule(check, verdict, today, all_hold);
            Judged {
                name: check.name.clone(),
                about: check.about.clone(),
                standing: check.standing,
                verdict,
                waived,
            }
        })
        .collect()
}

/// By criterion with a waiver: whether all its examples hold. Snapshots do not count: they differ for other reasons.
fn outlived<'a>(checks: &[&'a Planned], verdicts: &[Verdict]) -> BTreeMap<&'a str, bool> {
    let mut all_hold = BTreeMap::new();
    for (check, verdict) in checks.iter().zip(verdicts) {
        if check.known_issue.is_some() && matches!(check.role, Role::Criterion(_)) {
            *all_hold.entry(check.about.criterion.as_str()).or_insert(true) &= verdict.is_pass();
        }
    }
    all_hold
}

fn rule(check: &Planned, verdict: Verdict, today: Date, all_hold: bool) -> (Verdict, Option<Waiver>) {
    let (Some(known), Role::Criterion(_)) = (&check.known_issue, &check.role) else { return (verdict, None) };
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
