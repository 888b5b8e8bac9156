//! The checks of the contract: which kinds of answer the suite asks for, each held against its schema.

use super::{Planned, Role};
use crate::catalogue::Endpoint;
use crate::checks::ContractCheck;
use crate::checks::contract::BodyKind;
use crate::decision::{About, Standing};
use crate::suite::{
    Approval, Claim, Criterion, Expected, Holds, Kind, ReleaseExample, Requests, Rule, SearchExample,
};

/// A check for each kind of answer that the checks of these criteria ask for.
pub(super) fn checks_of(criteria: &[&Criterion]) -> impl Iterator<Item = Planned> {
    contract_kinds(criteria).into_iter().map(contract)
}

/// The kinds of answer that the checks of these criteria ask for, so that each is held against its schema.
fn contract_kinds(criteria: &[&Criterion]) -> Vec<BodyKind> {
    let mut kinds = Vec::new();
    // What is only proposed never blocks, so it calls for no check that does.
    let approved = |criterion: &&&Criterion| matches!(criterion.approval, Approval::Approved { .. });
    for criterion in criteria.iter().filter(approved) {
        let asked_for = match &criterion.kind {
            Kind::Work(examples) if examples.iter().all(|it| it.of.expect.is_none()) => Vec::new(),
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
            work: None,
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
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use crate::gate::plan::tests::{criterion, identity, plan_of, refusal, work};

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
}
