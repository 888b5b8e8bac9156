//! The suite file in this repository holds what Product was promised, and passes as it is.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use release_gate::suite::{Approval, Criterion, Kind, Share, Suite};
use rstest::{fixture, rstest};

use crate::support::{Gate, project, read};

#[fixture]
fn suite() -> Suite {
    Suite::load(&project().join("works-examples.yaml")).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn approved(suite: &Suite) -> impl Iterator<Item = &Criterion> {
    suite.criteria.iter().filter(|criterion| matches!(criterion.approval, Approval::Approved { .. }))
}

#[rstest]
fn it_passes_on_the_embedded_catalogue_in_ci() {
    let ended = Gate::new().env("CI", "true").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    let verdict = ended.verdict().expect("a verdict");
    assert_eq!(verdict["checks"]["calledFor"], verdict["checks"]["reported"]);
}

#[rstest]
fn it_passes_with_its_links_looked_at() {
    let ended = Gate::new().env("CHECK_LINKS", "1").run();
    assert_eq!(ended.code, 0, "{}", ended.text());
    let checks = &ended.verdict().expect("a verdict")["checks"];
    let off =
        checks["turnedOff"].as_array().expect("a list").iter().map(|name| name.as_str().expect("a name"));
    let off: Vec<&str> = off.filter(|name| !name.contains("::page")).collect();
    assert_eq!(off, [""; 0]);
    assert_eq!(checks["calledFor"], checks["reported"]);
}

#[rstest]
fn what_holds_for_every_work_has_no_exceptions_but_the_two_that_are_known(suite: Suite) {
    let excepting: Vec<&str> = approved(&suite)
        .flat_map(|criterion| match &criterion.kind {
            Kind::Invariant(examples) => examples.iter().collect(),
            _ => Vec::new(),
        })
        .filter(|example| example.of.share != Share::WHOLE)
        .map(|example| example.is.as_str())
        .collect();
    assert_eq!(excepting, ["items, few of which are shared on purpose", "all text of a record"]);
}

#[rstest]
fn it_holds_at_least_twenty_approved_criteria_over_at_least_eighty_records(suite: Suite) {
    let records: BTreeSet<String> = approved(&suite)
        .flat_map(|criterion| match &criterion.kind {
            Kind::Work(examples) => examples.iter().map(|example| example.of.work.to_string()).collect(),
            Kind::Redirect(examples) => examples.iter().map(|example| example.of.from.to_string()).collect(),
            Kind::Gone(examples) => examples.iter().map(|example| example.of.work.to_string()).collect(),
            Kind::Identity(examples) => examples.iter().map(|example| example.of.finds.to_string()).collect(),
            Kind::Hierarchy(examples) => examples.iter().map(|example| example.of.root.to_string()).collect(),
            Kind::Links(examples) => examples.iter().map(|example| example.of.work.to_string()).collect(),
            Kind::NotFound(_)
            | Kind::Refused(_)
            | Kind::Search(_)
            | Kind::Invariant(_)
            | Kind::Population(_)
            | Kind::Permalinks(_)
            | Kind::Release(_)
            | Kind::Liveness(_) => Vec::new(),
        })
        .collect();
    assert!(approved(&suite).count() >= 20, "{} criteria", approved(&suite).count());
    assert!(records.len() >= 80, "{} records", records.len());
}

#[rstest]
fn every_kind_of_criterion_is_approved_at_least_once(suite: Suite) {
    let kind = |criterion: &Criterion| match criterion.kind {
        Kind::Work(_) => "work",
        Kind::Redirect(_) => "redirect",
        Kind::Gone(_) => "gone",
        Kind::NotFound(_) => "not-found",
        Kind::Refused(_) => "refused",
        Kind::Identity(_) => "identity",
        Kind::Hierarchy(_) => "hierarchy",
        Kind::Invariant(_) => "invariant",
        Kind::Population(_) => "population",
        Kind::Search(_) => "search",
        Kind::Permalinks(_) => "permalinks",
        Kind::Links(_) => "links",
        Kind::Release(_) => "release",
        Kind::Liveness(_) => "liveness",
    };
    let kinds: BTreeSet<&str> = approved(&suite).map(kind).collect();
    let every = [
        "gone",
        "hierarchy",
        "identity",
        "invariant",
        "links",
        "liveness",
        "not-found",
        "permalinks",
        "population",
        "redirect",
        "refused",
        "release",
        "search",
        "work",
    ];
    assert_eq!(kinds, BTreeSet::from(every));
}

#[rstest]
fn approvals_name_a_role_not_a_person(suite: Suite) {
    let roles =
        ["Product", "API team", "Archives and manuscripts", "Collections information", "Digital library"];
    for criterion in approved(&suite) {
        let Approval::Approved { by, .. } = &criterion.approval else { continue };
        assert!(roles.contains(&by.as_str()), "{}: `{by}` is none of {roles:?}", criterion.id);
        assert!(roles.contains(&criterion.owner.as_str()), "{}: `{}`", criterion.id, criterion.owner);
    }
}

#[rstest]
fn editors_find_its_schema() {
    let text = read("works-examples.yaml");
    let first = text.lines().next().expect("a line");
    let schema = first.split_once("$schema=").expect("the first line names the schema").1;
    assert!(project().join(schema).is_file(), "{schema}");
}
