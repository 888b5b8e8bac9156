//! The plan: every check that the suite calls for, by name, before anything is asked.

mod compare;
mod contract;
mod kinds;

use std::collections::HashMap;

use crate::checks::{Check, CompareCheck, ContractCheck, LinksCheck, PageCheck, Recorded, WorkRequests};
use crate::decision::{About, Standing};
use crate::report::{NotLookedAt, Unseen};
use crate::suite::{Criterion, KnownIssue, Suite};

/// Every check that the suite calls for. The names are those of the trials, and unique.
pub struct Plan {
    /// The SHA-256 of the suite file, so that processes know that they follow the same plan.
    pub suite_hash: String,
    /// The checks, in the suite's order; those of the contract last.
    pub checks: Vec<Planned>,
    /// The checks that this run does not make, each with the reason. They are neither asked nor judged, nor called for;
    /// every report says so.
    pub turned_off: Vec<(Planned, NotLookedAt)>,
}

/// What a run does not look at, with how to have it looked at; nothing if it looks at all.
#[derive(Debug, Clone, Default)]
pub struct Blinkers {
    /// Why not at what records link to.
    pub links: Option<String>,
    /// Why not at the pages of the website.
    pub pages: Option<String>,
}

/// One check, with what is said of it.
pub struct Planned {
    /// `criterion-id::example`.
    pub name: String,
    /// What its readers need to know.
    pub about: About,
    /// Whether it may block.
    pub standing: Standing,
    /// The waiver of its criterion.
    pub known_issue: Option<KnownIssue>,
    /// What it judges.
    pub role: Role,
}

/// What a check judges. Some are treated apart by the gate, which knows insta and the contract's reach.
pub enum Role {
    /// A criterion's own check.
    Criterion(Box<dyn Check>),
    /// What a record links to, on other hosts.
    Links(LinksCheck),
    /// A page of the website.
    Page(PageCheck),
    /// The comparison with what was recorded earlier: a snapshot or a baseline.
    Recorded(Box<dyn Recorded>),
    /// A part of the comparison with prod.
    Comparison(CompareCheck),
    /// All answers of one kind against their schema.
    Contract(ContractCheck),
}

impl Blinkers {
    /// Why a check is not made, if it is not.
    fn hide(&self, check: &Planned) -> Option<NotLookedAt> {
        let (what, remedy) = match check.role {
            Role::Links(_) => (Unseen::Links, &self.links),
            Role::Page(_) => (Unseen::Pages, &self.pages),
            _ => return None,
        };
        remedy.clone().map(|remedy| NotLookedAt { what, remedy })
    }
}

impl Planned {
    /// The check itself.
    #[must_use]
    pub fn check(&self) -> &dyn Check {
        match &self.role {
            Role::Criterion(check) => check.as_ref(),
            Role::Links(check) => check,
            Role::Page(check) => check,
            Role::Recorded(check) => check.as_ref(),
            Role::Comparison(check) => check,
            Role::Contract(check) => check,
        }
    }

    /// Whether it judges whatever was fetched for the others.
    #[must_use]
    pub fn needs_all(&self) -> bool {
        self.check().judges_all()
    }

    /// Whether it judges what its criterion says, and not what was recorded.
    #[must_use]
    pub fn is_of_a_criterion(&self) -> bool {
        matches!(self.role, Role::Criterion(_) | Role::Links(_) | Role::Page(_))
    }

    /// Whether an example of the suite calls for it, and not the gate itself.
    #[must_use]
    pub fn is_of_the_suite(&self) -> bool {
        !matches!(self.role, Role::Comparison(_) | Role::Contract(_))
    }
}

impl Plan {
    /// All checks of this suite.
    #[must_use]
    pub fn of(suite: &Suite) -> Self {
        Self::with(&Blinkers::default(), suite)
    }

    /// The checks of this suite that look at the API alone: neither at what records link to, nor at pages.
    #[must_use]
    pub fn of_the_api(suite: &Suite) -> Self {
        let apart = Some("run the gate itself".to_owned());
        Self::with(&Blinkers { links: apart.clone(), pages: apart }, suite)
    }

    /// The checks of this suite, without those of what is not looked at.
    #[must_use]
    pub fn with(blinkers: &Blinkers, suite: &Suite) -> Self {
        let counts = kinds::counts_of(suite);
        let (mut checks, mut turned_off) = (Vec::new(), Vec::new());
        for check in suite.criteria.iter().flat_map(|criterion| kinds::checks_of(criterion, &counts)) {
            match blinkers.hide(&check) {
                None => checks.push(check),
                Some(because) => turned_off.push((check, because)),
            }
        }
        let asked: Vec<&Criterion> = suite
            .criteria
            .iter()
            .filter(|it| checks.iter().any(|check| check.about.criterion == it.id))
            .collect();
        checks.extend(contract::checks_of(&asked));
        Self { suite_hash: suite.hash.clone(), checks, turned_off }
    }

    /// The same, and what the suite says of the comparison with prod, if it says anything; with how often the page of
    /// each work is viewed, as far as that is known.
    #[must_use]
    pub fn comparing(mut self, suite: &Suite, views: HashMap<String, u64>) -> Self {
        let compared = suite.compare.as_ref().map(|of| compare::checks_of(of, &self.checks, views));
        self.checks.extend(compared.into_iter().flatten());
        self
    }

    /// The checks that must report before anything may be concluded: the approved ones. nextest never runs the others.
    pub fn called_for(&self) -> impl Iterator<Item = &str> {
        let approved = self.checks.iter().filter(|check| check.standing == Standing::Approved);
        approved.map(|check| check.name.as_str())
    }

    /// Which request serves which work, for the whole suite.
    #[must_use]
    pub fn requests(&self) -> WorkRequests {
        WorkRequests::of(self.checks.iter().map(Planned::check))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::{fixture, rstest};

    use super::{Plan, Planned, Role};
    use crate::suite::Suite;

    /// A criterion of this kind.
    pub(super) fn criterion(id: &str, rest: &str) -> String {
        format!(
            "  - id: {id}\n    title: It holds\n    why: A promise.\n    owner: Product\n    \
             approved: {{ by: Product, on: 2026-11-22 }}\n    review-by: 2099-05-22\n{rest}"
        )
    }

    pub(super) fn plan_of(criteria: &[String]) -> Plan {
        let suite = format!("criteria:\n{}", criteria.concat());
        Plan::of(&Suite::parse(Path::new("suite.yaml"), &suite).unwrap_or_else(|refusal| panic!("{refusal}")))
    }

    #[fixture]
    pub(super) fn work() -> String {
        let examples = "    examples:\n      - { work: a222zvge, is: a file }\n";
        criterion("shown", &format!("{examples}    expect: {{ title: {{ present: true }} }}\n"))
    }

    #[fixture]
    pub(super) fn identity() -> String {
        let example = "{ identifier: b18659135, type: sierra-system-number, finds: a222zvge, is: a file }";
        criterion("kept", &format!("    identities:\n      - {example}\n"))
    }

    #[fixture]
    pub(super) fn refusal() -> String {
        criterion("refused", "    refused:\n      - { request: /works/a222zvge?include=x, is: a typo }\n")
    }

    #[rstest]
    fn a_tree_and_its_snapshot_are_two_checks() {
        let example = "{ work: umnpt5zg, is: a collection, depth: 1, snapshot: true }";
        let plan = plan_of(&[criterion("whole", &format!("    hierarchies:\n      - {example}\n"))]);
        let names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["whole::umnpt5zg", "whole::umnpt5zg::snapshot", "contract::work"]);
    }

    #[test]
    fn a_page_is_a_check_of_its_own_for_each_device_and_calls_for_no_contract_of_records() {
        let page = "    page: { shows: [{ link: View }], on: [phone, desktop] }\n";
        let plan = plan_of(&[criterion(
            "seen",
            &format!("{page}    examples:\n      - {{ work: a222zvge, is: a file }}\n"),
        )]);
        let told = |check: &Planned| {
            let Role::Page(page) = &check.role else { panic!("{} is of no page", check.name) };
            (check.name.clone(), page.page().as_str().to_owned())
        };
        let expected = [
            ("seen::a222zvge::page", "page:desktop:/works/a222zvge"),
            ("seen::a222zvge::page-on-phone", "page:phone:/works/a222zvge"),
        ]
        .map(|(name, page)| (name.to_owned(), page.to_owned()));
        assert_eq!(plan.checks.iter().map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn searches_for_the_same_are_one_request() {
        let examples = "      - { query: x, finds: [a222zvge], is: one }\n      \
                        - { query: x, never: [a2239muq], within: 25, name: again, is: another }\n";
        let plan = plan_of(&[criterion("found", &format!("    searches:\n{examples}"))]);
        let requests: Vec<&str> = plan.checks[..2].iter().map(|check| check.about.request.as_str()).collect();
        assert_eq!(requests, ["/works?query=x&pageSize=100"; 2]);
    }

    #[test]
    fn a_population_is_judged_by_itself_against_prod_and_against_its_baseline() {
        let change = "{ loss: 1%, gain: 5% }";
        let images = format!(
            "      - {{ count: images, by: locations.license, is: images, against-prod: {change}, \
             against-baseline: {change} }}\n"
        );
        let works = format!("      - {{ count: works, is: all works, against-prod: {change} }}\n");
        let plan = plan_of(&[criterion("kept", &format!("    populations:\n{images}{works}"))]);
        let names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "kept::images-by-locations-license",
                "kept::images-by-locations-license::prod",
                "kept::images-by-locations-license::baseline",
                "kept::works::prod",
                "contract::image-list",
                "contract::work-list",
            ]
        );
    }

    #[rstest]
    #[case::a_work(work(), "/works/a222zvge")]
    #[case::a_search(
        criterion("found", "    searches:\n      - { query: a b, first: [a222zvge], is: two words }\n"),
        "/works?query=a+b&pageSize=10"
    )]
    #[case::an_identifier(identity(), "/works?identifiers=b18659135&include=identifiers")]
    #[case::a_request(refusal(), "/works/a222zvge?include=x")]
    fn a_reader_is_led_to_the_request_that_shows_the_answer(
        #[case] criterion: String,
        #[case] request: &str,
    ) {
        assert_eq!(plan_of(&[criterion]).checks[0].about.request, request);
    }
}
