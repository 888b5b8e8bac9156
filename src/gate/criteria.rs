//! The criteria of a run, as reports tell them.

use jiff::civil::Date;

use super::plan::{Plan, Planned, Role};
use crate::decision::Standing;
use crate::report::{Approved, Criterion, KnownIssue};
use crate::suite::{self, Approval, Suite};

/// Every criterion of the suite in its order, then the comparison with prod, and last the contract, if any check of
/// them is planned.
pub fn of(suite: &Suite, plan: &Plan, today: Date) -> Vec<Criterion> {
    let own = suite.criteria.iter().map(|criterion| told(criterion, today));
    own.chain(compared(suite, plan)).chain(contract(plan)).collect()
}

fn told(criterion: &suite::Criterion, today: Date) -> Criterion {
    let (standing, approved) = match &criterion.approval {
        Approval::Approved { by, on, .. } => (Standing::Approved, Some(Approved { by: by.clone(), on: *on })),
        Approval::Proposed => (Standing::Proposed, None),
    };
    let known_issue = criterion.known_issue.as_ref();
    Criterion {
        id: criterion.id.clone(),
        title: criterion.title.clone(),
        why: criterion.why.clone(),
        owner: criterion.owner.clone(),
        standing,
        approved,
        review_by: Some(criterion.review_by),
        overdue: criterion.review_by < today,
        line: Some(criterion.line),
        known_issue: known_issue.map(|it| KnownIssue { link: it.link.clone(), until: it.until }),
    }
}

/// The comparison as a whole: each of its checks has a title of its own.
fn compared(suite: &Suite, plan: &Plan) -> Option<Criterion> {
    let check = plan.checks.iter().find(|check| matches!(check.role, Role::Comparison(_)))?;
    let title = "Nothing that readers rely on is lost between prod and this release";
    let why = "What nobody thought of in a criterion is noticed by comparing.";
    Some(Criterion { line: suite.compare.as_ref().map(|it| it.line), ..of_the_gate(check, title, why) })
}

/// The contract as a whole: each of its checks has a title of its own.
fn contract(plan: &Plan) -> Option<Criterion> {
    let check = plan.checks.iter().find(|check| matches!(check.role, Role::Contract(_)))?;
    Some(of_the_gate(check, "Every answer has the documented form", &check.about.why))
}

/// A criterion that no role approved by itself: the gate adds it.
fn of_the_gate(check: &Planned, title: &str, why: &str) -> Criterion {
    Criterion {
        id: check.about.criterion.clone(),
        title: title.to_owned(),
        why: why.to_owned(),
        owner: check.about.owner.clone(),
        standing: check.standing,
        approved: None,
        review_by: None,
        overdue: false,
        line: None,
        known_issue: None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::{Date, date};
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::of;
    use crate::decision::Standing;
    use crate::gate::plan::Plan;
    use crate::report::{Approved, Criterion, KnownIssue};
    use crate::suite::Suite;

    /// One criterion approved and known to fail, and one only proposed.
    const SUITE: &str = "\
criteria:
  - id: shown
    title: Things have a title
    why: A promise.
    owner: Product
    approved: { by: Collections, on: 2026-11-22 }
    review-by: 2027-05-22
    known-issue: { link: https://example.org/1, until: 2026-12-01 }
    examples:
      - { work: a222zvge, is: an archive file }
    expect: { title: { present: true } }
  - id: perhaps
    title: Things have notes
    why: A wish.
    owner: Product
    proposed: true
    review-by: 2027-05-22
    gone:
      - { work: a2239muq, is: a book }
";

    fn criteria(today: Date) -> Vec<Criterion> {
        let suite =
            Suite::parse(Path::new("suite.yaml"), SUITE).unwrap_or_else(|refusal| panic!("{refusal}"));
        of(&suite, &Plan::of(&suite), today)
    }

    const TODAY: Date = date(2026, 11, 25);

    #[rstest]
    fn a_criterion_is_told_as_it_stands_in_the_file() {
        let shown = &criteria(TODAY)[0];
        let expected = Criterion {
            id: "shown".to_owned(),
            title: "Things have a title".to_owned(),
            why: "A promise.".to_owned(),
            owner: "Product".to_owned(),
            standing: Standing::Approved,
            approved: Some(Approved { by: "Collections".to_owned(), on: date(2026, 11, 22) }),
            review_by: Some(date(2027, 5, 22)),
            overdue: false,
            line: Some(2),
            known_issue: Some(KnownIssue {
                link: "https://example.org/1".to_owned(),
                until: date(2026, 12, 1),
            }),
        };
        assert_eq!(*shown, expected);
    }

    #[rstest]
    fn what_is_only_proposed_was_approved_by_nobody() {
        let perhaps = &criteria(TODAY)[1];
        assert_eq!((perhaps.standing, &perhaps.approved), (Standing::Proposed, &None));
    }

    #[rstest]
    #[case::on_its_day(date(2027, 5, 22), false)]
    #[case::the_day_after(date(2027, 5, 23), true)]
    fn a_review_is_overdue_once_its_day_is_over(#[case] today: Date, #[case] overdue: bool) {
        assert_eq!(criteria(today)[0].overdue, overdue);
    }

    #[rstest]
    fn the_contract_stands_last_and_in_no_line() {
        let criteria = criteria(TODAY);
        let last = criteria.last().map(|it| (it.id.as_str(), it.line, it.review_by));
        assert_eq!((criteria.len(), last), (3, Some(("contract", None, None))));
    }
}
