//! The plan: every check that the suite calls for, by name, before anything is asked.

mod kinds;

use crate::catalogue::Endpoint;
use crate::checks::contract::BodyKind;
use crate::checks::{Check, ContractCheck, Recorded, WorkRequests};
use crate::decision::{About, Standing};
use crate::suite::{
    Approval, Claim, Criterion, Expected, Holds, Kind, KnownIssue, ReleaseExample, Requests, Rule,
    SearchExample, Suite,
};

/// Every check that the suite calls for. The names are those of the trials, and unique.
pub struct Plan {
    /// The SHA-256 of the suite file, so that processes know that they follow the same plan.
    pub suite_hash: String,
    /// The checks, in the suite's order; those of the contract last.
    pub checks: Vec<Planned>,
    /// The checks that this run does not make, because it was not told to: those of links. They are neither asked nor
    /// judged, nor called for; every report says so.
    pub turned_off: Vec<Planned>,
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
    /// The comparison with what was recorded earlier: a snapshot or a baseline.
    Recorded(Box<dyn Recorded>),
    /// All answers of one kind against their schema.
    Contract(ContractCheck),
}

impl Planned {
    /// The check itself.
    #[must_use]
    pub fn check(&self) -> &dyn Check {
        match &self.role {
            Role::Criterion(check) => check.as_ref(),
            Role::Recorded(check) => check.as_ref(),
            Role::Contract(check) => check,
        }
    }

    /// Whether it judges whatever was fetched for the others.
    #[must_use]
    pub fn needs_all(&self) -> bool {
        self.check().judges_all()
    }

    /// Whether an example of the suite calls for it, and not the gate itself.
    #[must_use]
    pub fn is_of_the_suite(&self) -> bool {
        !matches!(self.role, Role::Contract(_))
    }
}

impl Plan {
    /// All checks of this suite.
    #[must_use]
    pub fn of(suite: &Suite) -> Self {
        Self::where_links_are(true, suite)
    }

    /// The checks of this suite, of which those of links are turned on or off.
    #[must_use]
    pub fn where_links_are(turned_on: bool, suite: &Suite) -> Self {
        let counts = kinds::counts_of(suite);
        let is_off = |criterion: &&Criterion| !turned_on && matches!(criterion.kind, Kind::Links(_));
        let (off, on): (Vec<&Criterion>, Vec<&Criterion>) = suite.criteria.iter().partition(is_off);
        let made = |criterion| kinds::checks_of(criterion, &counts);
        let mut checks: Vec<Planned> = on.iter().copied().flat_map(made).collect();
        checks.extend(contract_kinds(&on).into_iter().map(contract));
        let turned_off = off.into_iter().flat_map(made).collect();
        Self { suite_hash: suite.hash.clone(), checks, turned_off }
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

/// The kinds of answer that the checks of these criteria ask for, so that each is held against its schema.
fn contract_kinds(criteria: &[&Criterion]) -> Vec<BodyKind> {
    let mut kinds = Vec::new();
    // What is only proposed never blocks, so it calls for no check that does.
    let approved = |criterion: &&&Criterion| matches!(criterion.approval, Approval::Approved { .. });
    for criterion in criteria.iter().filter(approved) {
        let asked_for = match &criterion.kind {
            Kind::Work(_) | Kind::Redirect(_) | Kind::Links(_) | Kind::Hierarchy(_) => vec![BodyKind::Work],
            Kind::Identity(_) | Kind::Permalinks(_) => vec![BodyKind::WorkList],
            Kind::Gone(_) | Kind::NotFound(_) | Kind::Refused(_) => vec![BodyKind::Error],
            Kind::Invariant(examples) => examples.iter().flat_map(|it| followed(&it.of.claim)).collect(),
            Kind::Population(examples) => examples.iter().map(|it| list_of(it.of.of.endpoint())).collect(),
            Kind::Search(examples) => examples.iter().flat_map(|example| of_search(&example.of)).collect(),
            Kind::Release(examples) => examples.iter().filter_map(|it| of_release(&it.of)).collect(),
            // The probe is a list, whatever else is asked.
            Kind::Liveness(examples) => {
                let single = examples.iter().any(|it| it.of.requests == Requests::RandomWorks);
                std::iter::once(BodyKind::WorkList).chain(single.then_some(BodyKind::Work)).collect()
            }
        };
        for kind in asked_for {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    kinds
}

/// What the release's index tells of itself has no contract.
fn of_release(example: &ReleaseExample) -> Option<BodyKind> {
    match example {
        ReleaseExample::NewestItem { .. } => Some(BodyKind::WorkList),
        ReleaseExample::Serves(_)
        | ReleaseExample::OnePipeline
        | ReleaseExample::Steady { .. }
        | ReleaseExample::FromCache { .. } => None,
    }
}

/// The kinds of answer that a search asks for: a list, and the records that it must not find, which must exist.
fn of_search(example: &SearchExample) -> Vec<BodyKind> {
    let Expected::Results(claims, _) = &example.expected else { return vec![BodyKind::Error] };
    let endpoint = example.search.within.endpoint();
    let asks_for_records = claims.iter().any(|claim| matches!(claim, Claim::Never(_)));
    std::iter::once(list_of(endpoint)).chain(asks_for_records.then_some(single_of(endpoint))).collect()
}

fn single_of(endpoint: Endpoint) -> BodyKind {
    match endpoint {
        Endpoint::Works => BodyKind::Work,
        Endpoint::Images => BodyKind::Image,
        Endpoint::Concepts => BodyKind::Concept,
    }
}

fn list_of(endpoint: Endpoint) -> BodyKind {
    match endpoint {
        Endpoint::Works => BodyKind::WorkList,
        Endpoint::Images => BodyKind::ImageList,
        Endpoint::Concepts => BodyKind::ConceptList,
    }
}

/// The kinds of answer that an invariant asks for: the pages of its sample, and what its rule leads to.
fn followed(claim: &Holds) -> Vec<BodyKind> {
    let behind: &[BodyKind] = match claim {
        Holds::Rule(Rule::Relatives | Rule::ListShowsTheRecord) => &[BodyKind::Work],
        Holds::Rule(Rule::Images) => &[BodyKind::Image, BodyKind::ImageList, BodyKind::Work],
        Holds::Rule(Rule::Concepts) => &[BodyKind::ConceptList],
        Holds::Rule(_) | Holds::Shape(_) => &[],
    };
    [&[BodyKind::WorkList], behind].concat()
}

fn contract(kind: BodyKind) -> Planned {
    Planned {
        name: format!("contract::{}", kind.name()),
        about: About {
            criterion: "contract".to_owned(),
            title: format!("Every {} that the API answers has the documented form", kind.name().replace('-', " ")),
            why: "A field that is missing, misspelt or of another type breaks the website and everybody who uses \
                  the API, on every page at once."
                .to_owned(),
            owner: "API team".to_owned(),
            line: None,
            is: "all answers of this kind that the gate fetched".to_owned(),
            page: None,
            request: String::new(),
        },
        standing: Standing::Approved,
        known_issue: None,
        role: Role::Contract(ContractCheck::new(kind)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use pretty_assertions::assert_eq;
    use rstest::{fixture, rstest};

    use super::Plan;
    use crate::suite::Suite;

    /// A criterion of this kind.
    fn criterion(id: &str, rest: &str) -> String {
        format!(
            "  - id: {id}\n    title: It holds\n    why: A promise.\n    owner: Product\n    \
             approved: {{ by: Product, on: 2026-11-22 }}\n    review-by: 2099-05-22\n{rest}"
        )
    }

    fn plan_of(criteria: &[String]) -> Plan {
        let suite = format!("criteria:\n{}", criteria.concat());
        Plan::of(&Suite::parse(Path::new("suite.yaml"), &suite).unwrap_or_else(|refusal| panic!("{refusal}")))
    }

    #[fixture]
    fn work() -> String {
        let examples = "    examples:\n      - { work: a222zvge, is: a file }\n";
        criterion("shown", &format!("{examples}    expect: {{ title: {{ present: true }} }}\n"))
    }

    #[fixture]
    fn identity() -> String {
        let example = "{ identifier: b18659135, type: sierra-system-number, finds: a222zvge, is: a file }";
        criterion("kept", &format!("    identities:\n      - {example}\n"))
    }

    #[fixture]
    fn refusal() -> String {
        criterion("refused", "    refused:\n      - { request: /works/a222zvge?include=x, is: a typo }\n")
    }

    #[rstest]
    fn every_kind_of_answer_is_held_against_its_schema(work: String, identity: String, refusal: String) {
        let plan = plan_of(&[work, identity, refusal]);
        let contract = plan.checks.iter().filter(|check| !check.is_of_the_suite());
        let names: Vec<&str> = contract.map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["contract::work", "contract::work-list", "contract::error"]);
    }

    #[rstest]
    #[case::relatives("parents and parts name one another", &["work-list", "work"])]
    #[case::images("images and works name one another", &["work-list", "image", "image-list", "work"])]
    #[case::concepts("concepts can be looked up", &["work-list", "concept-list"])]
    #[case::the_record_alone("labels are words", &["work-list"])]
    fn what_a_rule_leads_to_is_held_against_its_schema(#[case] rule: &str, #[case] kinds: &[&str]) {
        let example = format!("{{ is: it, sample: {{ size: 6, seed: 1 }}, rule: {rule} }}");
        let plan = plan_of(&[criterion("held", &format!("    invariants:\n      - {example}\n"))]);
        let contract = plan.checks.iter().filter_map(|check| check.name.strip_prefix("contract::"));
        assert_eq!(contract.collect::<Vec<_>>(), kinds);
    }

    #[rstest]
    fn a_tree_and_its_snapshot_are_two_checks() {
        let example = "{ work: umnpt5zg, is: a collection, depth: 1, snapshot: true }";
        let plan = plan_of(&[criterion("whole", &format!("    hierarchies:\n      - {example}\n"))]);
        let names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["whole::umnpt5zg", "whole::umnpt5zg::snapshot", "contract::work"]);
    }

    #[rstest]
    fn a_kind_of_answer_that_nobody_asks_for_is_not_called_for(work: String) {
        let plan = plan_of(&[work]);
        let names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["shown::a222zvge", "contract::work"]);
    }

    #[rstest]
    #[case::works("query: x, first: [a222zvge]", &["contract::work-list"])]
    #[case::images("in: images, query: x, first: [gzv2hhgy]", &["contract::image-list"])]
    #[case::concepts("in: concepts, query: x, first: [baebkkmd]", &["contract::concept-list"])]
    #[case::records_that_must_exist("query: x, never: [a222zvge]", &["contract::work-list", "contract::work"])]
    #[case::errors("query: x, sort: y, refused: sort", &["contract::error"])]
    fn what_a_search_asks_for_is_held_against_its_schema(#[case] search: &str, #[case] kinds: &[&str]) {
        let plan = plan_of(&[criterion(
            "found",
            &format!("    searches:\n      - {{ {search}, is: an example }}\n"),
        )]);
        let names: Vec<&str> = plan.checks.iter().skip(1).map(|check| check.name.as_str()).collect();
        assert_eq!(names, kinds);
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
