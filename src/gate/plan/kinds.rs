//! From an example of the suite to the checks that judge it, kind by kind.

use super::{Planned, Role};
use crate::catalogue::{Device, Endpoint, Resource, WorkId};
use crate::checks::population::{BaselineCheck, Beside, CountRequests, Counting, PopulationCheck, ProdCheck};
use crate::checks::{
    Check, HierarchyCheck, HierarchySnapshot, IdentityCheck, InvariantCheck, LinksCheck, LivenessCheck,
    PageCheck, PermalinksCheck, Recorded, RedirectCheck, ReleaseCheck, SearchCheck, SnapshotCheck,
    StatusCheck, WorkCheck,
};
use crate::decision::{About, Standing};
use crate::suite::{
    Approval, Criterion, Example, Expected, HierarchyExample, Kind, PageExpectation, PopulationExample,
    RequestExample, SearchExample, Suite, WorkExample,
};

/// Which request counts what, for the whole suite.
pub(super) fn counts_of(suite: &Suite) -> CountRequests {
    CountRequests::of(suite.criteria.iter().flat_map(|criterion| match &criterion.kind {
        Kind::Population(examples) => examples.iter().map(|it| &it.of).collect(),
        _ => Vec::new(),
    }))
}

/// The checks of one criterion, in its examples' order.
pub(super) fn checks_of(criterion: &Criterion, counts: &CountRequests) -> Vec<Planned> {
    let made = match &criterion.kind {
        Kind::Work(examples) => examples.iter().flat_map(|it| work(it, counts)).collect(),
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
            request: Resource::works_with_identifier(&it.of.identifier).to_string(),
            ..Made::of_work(&it.of.finds, IdentityCheck::new(&it.of))
        }),
        Kind::Hierarchy(examples) => examples.iter().flat_map(hierarchy).collect(),
        Kind::Invariant(examples) => made_of(examples, |it| {
            Made::of_request(InvariantCheck::strata(), criterion_role(InvariantCheck::new(&it.of)))
        }),
        Kind::Search(examples) => made_of(examples, |it| search(&it.of)),
        // No single request shows a whole list, and each of its failures has links of its own.
        Kind::Permalinks(examples) => {
            made_of(examples, |it| Made::of_request("", criterion_role(PermalinksCheck::new(&it.of))))
        }
        Kind::Links(examples) => {
            made_of(examples, |it| Made::of_record(&it.of.work, Role::Links(LinksCheck::new(&it.of))))
        }
        Kind::Release(examples) => made_of(examples, |it| {
            let check = ReleaseCheck::new(it.of.clone());
            Made::of_request(check.shown(), criterion_role(check))
        }),
        Kind::Liveness(examples) => {
            made_of(examples, |it| Made::of_request("", criterion_role(LivenessCheck::new(it.of.clone()))))
        }
        Kind::Population(examples) => examples.iter().flat_map(|it| population(it, counts)).collect(),
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

    /// Of one of several checks of an example.
    fn of_part<T>(example: &'a Example<T>, part: &str) -> Self {
        Self { name: format!("{}::{part}", example.name), ..Self::of(example) }
    }
}

/// A check made of an example, with what leads a reader to what it judges.
struct Made {
    /// The work that it is about, if it is one.
    work: Option<WorkId>,
    /// The page on the website.
    page: Option<String>,
    /// The request that shows the answer, below the API's root.
    request: String,
    role: Role,
}

impl Made {
    fn of_work(work: &WorkId, check: impl Check + 'static) -> Self {
        Self::of_record(work, criterion_role(check))
    }

    fn of_record(work: &WorkId, role: Role) -> Self {
        Self { work: Some(work.clone()), page: Some(page_of(work)), request: format!("/works/{work}"), role }
    }

    /// About no one work.
    fn of_request(request: impl std::fmt::Display, role: Role) -> Self {
        Self { work: None, page: None, request: request.to_string(), role }
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
            work: made.work.map(|work| work.to_string()),
            page: made.page,
            request: made.request,
        },
        standing,
        known_issue: criterion.known_issue.clone(),
        role: made.role,
    }
}

fn work<'a>(example: &'a Example<WorkExample>, counts: &CountRequests) -> Vec<(Naming<'a>, Made)> {
    let WorkExample { work, snapshot, expect, page, kind } = &example.of;
    let record = expect.as_ref().map(|expect| {
        let check = WorkCheck::new(work.clone(), expect.clone()).in_line(example.line);
        let made = match kind {
            Some(kind) => Made::of_work(work, Beside::new(check, kind.clone(), counts)),
            None => Made::of_work(work, check),
        };
        (Naming::of(example), made)
    });
    let snapshot =
        snapshot.then(|| recorded(example, work, SnapshotCheck::new(work.clone()).in_line(example.line)));
    let pages = page.iter().flat_map(|page| pages(example, work, page));
    record.into_iter().chain(snapshot).chain(pages).collect()
}

/// One check for each device: `page`, and `page-on-phone`.
fn pages<'a>(
    example: &'a Example<WorkExample>,
    work: &WorkId,
    page: &PageExpectation,
) -> impl Iterator<Item = (Naming<'a>, Made)> {
    page.devices().into_iter().map(move |device| {
        let name = match device {
            Device::Desktop => "page".to_owned(),
            Device::Phone => format!("page-on-{device}"),
        };
        let check = PageCheck::new(work, device, page.clone());
        (Naming::of_part(example, &name), Made::of_record(work, Role::Page(check)))
    })
}

/// The number by itself, against prod, and against its baseline: each a check of its own, so that what cannot be
/// compared does not hide what is wrong.
fn population<'a>(
    example: &'a Example<PopulationExample>,
    counts: &CountRequests,
) -> Vec<(Naming<'a>, Made)> {
    let counting = Counting::new(&example.of, counts);
    let made = |role| Made::of_request(counting.request(), role);
    let alone = PopulationCheck::is_called_for(&counting)
        .then(|| (Naming::of(example), made(criterion_role(PopulationCheck::new(counting.clone())))));
    let prod = example.of.against_prod.clone().map(|change| {
        let check = ProdCheck::new(counting.clone(), change);
        (Naming::of_part(example, "prod"), made(criterion_role(check)))
    });
    let baseline = example.of.against_baseline.clone().map(|change| {
        let check = BaselineCheck::new(counting.clone(), change, &example.name);
        (Naming::of_part(example, "baseline"), made(Role::Recorded(Box::new(check))))
    });
    alone.into_iter().chain(prod).chain(baseline).collect()
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
    (naming, Made::of_record(work, Role::Recorded(Box::new(check))))
}

fn request(
    example: &Example<RequestExample>,
    check: impl Fn(Resource, Option<String>) -> StatusCheck,
) -> Made {
    let RequestExample { request, says } = &example.of;
    let check = check(Resource::new(request.as_str()), says.clone());
    Made::of_request(request, criterion_role(check))
}

fn search(example: &SearchExample) -> Made {
    let SearchExample { search, expected } = example;
    let typed = SearchCheck::typed(search).to_string();
    let on_the_website = matches!(search.within.endpoint(), Endpoint::Works | Endpoint::Images);
    let page = on_the_website.then(|| format!("https://wellcomecollection.org/search{typed}"));
    match expected {
        Expected::Refused(says) => {
            Made::of_request(typed, criterion_role(SearchCheck::refused(search, says)))
        }
        Expected::Results(claims, look) => {
            let check = SearchCheck::new(search.clone(), claims.clone(), *look);
            Made { page, ..Made::of_request(check.shown(), criterion_role(check)) }
        }
    }
}

fn criterion_role(check: impl Check + 'static) -> Role {
    Role::Criterion(Box::new(check))
}

/// The page of a work on the website.
fn page_of(work: &WorkId) -> String {
    format!("https://wellcomecollection.org/works/{work}")
}
