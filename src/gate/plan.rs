//! The plan: every check that the suite calls for, by name, before anything is asked.

use crate::catalogue::{Resource, WorkId};
use crate::checks::contract::BodyKind;
use crate::checks::{
    Check, ContractCheck, IdentityCheck, RedirectCheck, SnapshotCheck, StatusCheck, WorkCheck, WorkRequests,
};
use crate::decision::{About, Standing};
use crate::suite::{
    Approval, Criterion, GoneExample, IdentityExample, Kind, KnownIssue, RedirectExample, RequestExample,
    Suite, WorkExample,
};

/// Every check that the suite calls for. The names are those of the trials, and unique.
pub struct Plan {
    /// The SHA-256 of the suite file, so that processes know that they follow the same plan.
    pub suite_hash: String,
    /// The checks, in the suite's order; those of the contract last.
    pub checks: Vec<Planned>,
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
    /// The comparison of a whole record with its snapshot.
    Snapshot(SnapshotCheck),
    /// All answers of one kind against their schema.
    Contract(ContractCheck),
}

impl Planned {
    /// The check itself.
    #[must_use]
    pub fn check(&self) -> &dyn Check {
        match &self.role {
            Role::Criterion(check) => check.as_ref(),
            Role::Snapshot(check) => check,
            Role::Contract(check) => check,
        }
    }

    /// Whether it judges whatever was fetched for the others.
    #[must_use]
    pub fn needs_all(&self) -> bool {
        matches!(self.role, Role::Contract(_))
    }
}

impl Plan {
    /// The checks of this suite.
    #[must_use]
    pub fn of(suite: &Suite) -> Self {
        let mut checks: Vec<Planned> = suite.criteria.iter().flat_map(checks_of).collect();
        checks.extend(contract_kinds(suite).into_iter().map(contract));
        Self { suite_hash: suite.hash.clone(), checks }
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

fn checks_of(criterion: &Criterion) -> Vec<Planned> {
    let standing = match criterion.approval {
        Approval::Approved { .. } => Standing::Approved,
        Approval::Proposed => Standing::Proposed,
    };
    let plan = |example: Example<'_>| Planned {
        name: format!("{}::{}", criterion.id, example.name),
        about: about(criterion, &example),
        standing,
        known_issue: criterion.known_issue.clone(),
        role: example.role,
    };
    examples_of(&criterion.kind).into_iter().map(plan).collect()
}

/// One example of a criterion, with what judges it.
struct Example<'a> {
    name: String,
    is: &'a str,
    line: usize,
    on: On<'a>,
    role: Role,
}

fn examples_of(kind: &Kind) -> Vec<Example<'_>> {
    match kind {
        Kind::Work(examples) => examples.iter().flat_map(checks_of_work).collect(),
        Kind::Redirect(examples) => examples.iter().map(redirect).collect(),
        Kind::Gone(examples) => examples.iter().map(gone).collect(),
        Kind::NotFound(examples) => {
            examples.iter().map(|it| request(it, |request, _| StatusCheck::not_found(request))).collect()
        }
        Kind::Refused(examples) => examples.iter().map(|it| request(it, StatusCheck::refused)).collect(),
        Kind::Identity(examples) => examples.iter().map(identity).collect(),
    }
}

fn checks_of_work(example: &WorkExample) -> impl Iterator<Item = Example<'_>> {
    let of =
        |name, role| Example { name, is: &example.is, line: example.line, on: On::Work(&example.work), role };
    let shape = WorkCheck::new(example.work.clone(), example.expect.clone());
    let snapshot = example.snapshot.then(|| Role::Snapshot(SnapshotCheck::new(example.work.clone())));
    let snapshot = snapshot.map(|role| of(format!("{}::snapshot", example.name()), role));
    std::iter::once(of(example.name(), criterion_role(shape))).chain(snapshot)
}

fn redirect(example: &RedirectExample) -> Example<'_> {
    let check = RedirectCheck::new(example.from.clone(), example.to.clone());
    let on = On::Work(&example.from);
    Example { name: example.name(), is: &example.is, line: example.line, on, role: criterion_role(check) }
}

fn gone(example: &GoneExample) -> Example<'_> {
    let check = StatusCheck::gone(Resource::new(format!("/works/{}", example.work)));
    let on = On::Work(&example.work);
    Example { name: example.name(), is: &example.is, line: example.line, on, role: criterion_role(check) }
}

fn request(example: &RequestExample, check: impl Fn(Resource, Option<String>) -> StatusCheck) -> Example<'_> {
    let check = check(Resource::new(&*example.request), example.says.clone());
    let on = On::Request(&example.request);
    Example { name: example.name(), is: &example.is, line: example.line, on, role: criterion_role(check) }
}

fn identity(example: &IdentityExample) -> Example<'_> {
    let on = On::Identifier(&example.identifier, &example.finds);
    let role = criterion_role(IdentityCheck::new(example));
    Example { name: example.name(), is: &example.is, line: example.line, on, role }
}

fn criterion_role(check: impl Check + 'static) -> Role {
    Role::Criterion(Box::new(check))
}

/// What an example is about, for the links that lead to it.
#[derive(Clone, Copy)]
enum On<'a> {
    Work(&'a WorkId),
    Request(&'a str),
    Identifier(&'a str, &'a WorkId),
}

fn about(criterion: &Criterion, example: &Example<'_>) -> About {
    let (work, request) = match example.on {
        On::Work(id) => (Some(id), format!("/works/{id}")),
        On::Request(request) => (None, request.to_owned()),
        On::Identifier(value, id) => (Some(id), Resource::works_with_identifier(value).to_string()),
    };
    About {
        criterion: criterion.id.clone(),
        title: criterion.title.clone(),
        why: criterion.why.clone(),
        owner: criterion.owner.clone(),
        line: Some(example.line),
        is: example.is.to_owned(),
        page: work.map(|id| format!("https://wellcomecollection.org/works/{id}")),
        request,
    }
}

/// The kinds of answer that the suite's checks ask for, so that each is held against its schema.
fn contract_kinds(suite: &Suite) -> Vec<BodyKind> {
    let mut kinds = Vec::new();
    // What is only proposed never blocks, so it calls for no check that does.
    let approved = |criterion: &&Criterion| matches!(criterion.approval, Approval::Approved { .. });
    for criterion in suite.criteria.iter().filter(approved) {
        let kind = match criterion.kind {
            Kind::Work(_) | Kind::Redirect(_) => BodyKind::Work,
            Kind::Identity(_) => BodyKind::WorkList,
            Kind::Gone(_) | Kind::NotFound(_) | Kind::Refused(_) => BodyKind::Error,
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
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
        let contract = plan.checks.iter().filter(|check| check.needs_all());
        let names: Vec<&str> = contract.map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["contract::work", "contract::work-list", "contract::error"]);
    }

    #[rstest]
    fn a_kind_of_answer_that_nobody_asks_for_is_not_called_for(work: String) {
        let plan = plan_of(&[work]);
        let names: Vec<&str> = plan.checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["shown::a222zvge", "contract::work"]);
    }

    #[rstest]
    #[case::a_work(work(), "/works/a222zvge")]
    #[case::an_identifier(identity(), "/works?identifiers=b18659135&include=identifiers")]
    #[case::a_request(refusal(), "/works/a222zvge?include=x")]
    fn a_reader_is_led_to_the_request_that_shows_the_answer(
        #[case] criterion: String,
        #[case] request: &str,
    ) {
        assert_eq!(plan_of(&[criterion]).checks[0].about.request, request);
    }
}
