//! From an example of the suite to the checks that judge it, kind by kind.

use super::{Planned, Role};
use crate::catalogue::{Resource, WorkId};
use crate::checks::{
    Check, HierarchyCheck, HierarchySnapshot, IdentityCheck, InvariantCheck, Recorded, RedirectCheck,
    SnapshotCheck, StatusCheck, WorkCheck,
};
use crate::decision::{About, Standing};
use crate::suite::{Approval, Criterion, Example, HierarchyExample, Kind, RequestExample, WorkExample};

/// The checks of one criterion, in its examples' order.
pub(super) fn checks_of(criterion: &Criterion) -> Vec<Planned> {
    let made = match &criterion.kind {
        Kind::Work(examples) => examples.iter().flat_map(work).collect(),
        Kind::Redirect(examples) => made_of(examples, |it| {
            Made::of_work(&it.of.from, RedirectCheck::new(it.of.from.clone(), it.of.to.clone()))
        }),
        Kind::Gone(examples) => made_of(examples, |it| {
            let request = Resource::new(format!("/works/{}", it.of.work));
            Made::of_work(&it.of.work, StatusCheck::gone(request))
        }),
        Kind::NotFound(examples) => {
            made_of(examples, |it| request(it, |asked, _| StatusCheck::not_found(asked)))
        }
        Kind::Refused(examples) => made_of(examples, |it| request(it, StatusCheck::refused)),
        Kind::Identity(examples) => made_of(examples, |it| Made {
            page: Some(page_of(&it.of.finds)),
            request: Resource::works_with_identifier(&it.of.identifier).to_string(),
            role: criterion_role(IdentityCheck::new(&it.of)),
        }),
        Kind::Hierarchy(examples) => examples.iter().flat_map(hierarchy).collect(),
        Kind::Invariant(examples) => made_of(examples, |it| Made {
            page: None,
            request: InvariantCheck::strata().to_string(),
            role: criterion_role(InvariantCheck::new(&it.of)),
        }),
    };
    made.into_iter().map(|(naming, made)| planned(criterion, naming, made)).collect()
}

/// What is said of an example in the file.
struct Naming<'a> {
    name: String,
    is: &'a str,
    line: usize,
}

impl<'a> Naming<'a> {
    fn of<T>(example: &'a Example<T>) -> Self {
        Self { name: example.name.clone(), is: &example.is, line: example.line }
    }
}

/// A check made of an example, with what leads a reader to what it judges.
struct Made {
    /// The page on the website.
    page: Option<String>,
    /// The request that shows the answer, below the API's root.
    request: String,
    role: Role,
}

impl Made {
    fn of_work(work: &WorkId, check: impl Check + 'static) -> Self {
        Self { page: Some(page_of(work)), request: format!("/works/{work}"), role: criterion_role(check) }
    }
}

/// One check for each example.
fn made_of<T>(examples: &[Example<T>], make: impl Fn(&Example<T>) -> Made) -> Vec<(Naming<'_>, Made)> {
    examples.iter().map(|example| (Naming::of(example), make(example))).collect()
}

fn planned(criterion: &Criterion, naming: Naming<'_>, made: Made) -> Planned {
    let Naming { name, is, line } = naming;
    let standing = match criterion.approval {
        Approval::Approved { .. } => Standing::Approved,
        Approval::Proposed => Standing::Proposed,
    };
    Planned {
        name: format!("{}::{name}", criterion.id),
        about: About {
            criterion: criterion.id.clone(),
            title: criterion.title.clone(),
            why: criterion.why.clone(),
            owner: criterion.owner.clone(),
            line: Some(line),
            is: is.to_owned(),
            page: made.page,
            request: made.request,
        },
        standing,
        known_issue: criterion.known_issue.clone(),
        role: made.role,
    }
}

fn work(example: &Example<WorkExample>) -> Vec<(Naming<'_>, Made)> {
    let WorkExample { work, snapshot, expect } = &example.of;
    let shape = (Naming::of(example), Made::of_work(work, WorkCheck::new(work.clone(), expect.clone())));
    let snapshot = snapshot.then(|| recorded(example, work, SnapshotCheck::new(work.clone())));
    std::iter::once(shape).chain(snapshot).collect()
}

fn hierarchy(example: &Example<HierarchyExample>) -> Vec<(Naming<'_>, Made)> {
    let HierarchyExample { root, snapshot, .. } = &example.of;
    let tree = Made::of_work(root, HierarchyCheck::new(example.of.clone()));
    let snapshot = snapshot.then(|| recorded(example, root, HierarchySnapshot::new(example.of.clone())));
    std::iter::once((Naming::of(example), tree)).chain(snapshot).collect()
}

/// The comparison of what an example shows with what was recorded of it.
fn recorded<'a, T>(
    example: &'a Example<T>,
    work: &WorkId,
    check: impl Recorded + 'static,
) -> (Naming<'a>, Made) {
    let naming = Naming { name: format!("{}::snapshot", example.name), ..Naming::of(example) };
    let role = Role::Recorded(Box::new(check));
    (naming, Made { page: Some(page_of(work)), request: format!("/works/{work}"), role })
}

fn request(
    example: &Example<RequestExample>,
    check: impl Fn(Resource, Option<String>) -> StatusCheck,
) -> Made {
    let RequestExample { request, says } = &example.of;
    let check = check(Resource::new(request.as_str()), says.clone());
    Made { page: None, request: request.clone(), role: criterion_role(check) }
}

fn criterion_role(check: impl Check + 'static) -> Role {
    Role::Criterion(Box::new(check))
}

/// The page of a work on the website.
fn page_of(work: &WorkId) -> String {
    format!("https://wellcomecollection.org/works/{work}")
}
