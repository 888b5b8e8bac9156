//! `works-examples.yaml` as it is written: its keys, and what each of them takes.
//!
//! These types are the one source of the schema that editors use (`schemas/works-examples.schema.json`) and of what
//! the gate reads. Their comments are that schema's help texts: they are written for Product.

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::compare::WrittenCompare;
use super::critical::WrittenCritical;
use super::expectation::Expectation;
use super::filters::Filters;
use super::kinds::{
    Gone, Hierarchy, Identity, Invariant, Links, Liveness, NotFound, Permalinks, Population, Redirect,
    Refused, Release, WrittenSearch, WrittenWork,
};
use super::overrides::WrittenOverride;
use super::page::WrittenPage;
use super::words::{Day, Id, Link, Owner, Text, Wording};

/// The criteria that the Catalogue API must meet before a release goes live, with examples of works.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, title = "works-examples.yaml")]
pub(super) struct SuiteFile {
    /// The criteria. There is at least one.
    #[schemars(length(min = 1))]
    pub criteria: At<Vec<At<Criterion>>>,
    /// Failures in spite of which releases go on for some days, because somebody took it upon them.
    #[serde(default)]
    pub overrides: At<Vec<At<WrittenOverride>>>,
    /// The parts of a work's record that people see, reach, cite and rely on: no change of them may go unnoticed.
    #[serde(default)]
    pub critical: At<Vec<At<WrittenCritical>>>,
    /// What is compared with prod (`PROD_URL`), how grave which change is, which changes are meant, and which block.
    #[serde(default)]
    pub compare: At<WrittenCompare>,
}

/// A statement about the catalogue that must hold before a release goes live.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, transform = super::kinds::say_exactly_one)]
pub(super) struct Criterion {
    /// A short name for the criterion, which nothing else in the file has. It appears in every report.
    pub id: At<Id>,
    /// What must hold, in one line.
    pub title: At<Text>,
    /// The incident or the promise behind it, so that nobody wonders in a year.
    pub why: At<Text>,
    /// The role that answers for it, such as `Product`.
    pub owner: At<Owner>,
    /// Who approved the criterion, and when. An approved criterion blocks a release.
    #[serde(default)]
    pub approved: At<Approved>,
    /// `true` while nobody has approved the criterion: it is judged and reported, and never blocks a release.
    #[serde(default)]
    #[schemars(extend("const" = true))]
    pub proposed: At<bool>,
    /// The day by which somebody must look at this criterion again, such as `2027-05-22`.
    pub review_by: At<Day>,
    /// A failure that is known, and excused until a day. If it is repaired earlier, the gate asks for this to go.
    #[serde(default)]
    pub known_issue: At<KnownIssue>,
    /// Works that must look as `expect` says, or whose pages must show what `page` says.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub examples: At<Vec<At<WrittenWork>>>,
    /// What every work in `examples` must look like. Goes with `examples` only.
    #[serde(default)]
    pub expect: At<Expectation>,
    /// What readers must see on the website's page of every work in `examples`. Pages are looked at with a browser, in
    /// runs that have one and know the website (`SITE_URL`). Goes with `examples` only.
    #[serde(default)]
    pub page: At<WrittenPage>,
    /// The filter of the API that finds works of this kind, such as `{ workType: h }`: every verdict then also tells how
    /// many there are in the whole catalogue. Goes with `examples` only.
    #[serde(default)]
    pub counts: At<Filters>,
    /// Old ids that must lead to the work that replaced them.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub redirects: At<Vec<At<Redirect>>>,
    /// Deleted works, which must be answered with "410 Gone".
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub gone: At<Vec<At<Gone>>>,
    /// What never existed, and must be answered with "404 Not Found".
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub not_found: At<Vec<At<NotFound>>>,
    /// Requests that make no sense, and must be answered with "400 Bad Request".
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub refused: At<Vec<At<Refused>>>,
    /// Identifiers of other systems, each with the one work that it must find.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub identities: At<Vec<At<Identity>>>,
    /// Archives whose tree is walked from the top down: each part is there, under its parent.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub hierarchies: At<Vec<At<Hierarchy>>>,
    /// What must hold for every work of a random sample of the catalogue.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub invariants: At<Vec<At<Invariant>>>,
    /// How many records of a kind the whole catalogue holds, and by how much that may change.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub populations: At<Vec<At<Population>>>,
    /// Searches, each with what must come back.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub searches: At<Vec<At<WrittenSearch>>>,
    /// Lists of addresses that people hold, each of which must still lead to a work.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub permalinks: At<Vec<At<Permalinks>>>,
    /// Works whose links must answer: thumbnails, IIIF manifests, image information. They are on other hosts, so they
    /// are only looked at in a run with `CHECK_LINKS=1`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub links: At<Vec<At<Links>>>,
    /// That the stage serves what this release is meant to ship, steadily, and that its index is kept up to date.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub release: At<Vec<At<Release>>>,
    /// Many requests of one sort, which must all be answered, and quickly.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub liveness: At<Vec<At<Liveness>>>,
}

/// Who approved a criterion, and when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct Approved {
    /// The role that approved it, such as `Product`.
    pub by: At<Owner>,
    /// The day of the approval, such as `2026-11-22`.
    pub on: At<Day>,
    /// What was approved, as a short hash: an approval covers the wording that it was given for, and no other. Nobody
    /// writes it by hand: `cargo run --bin suite -- approve` does.
    #[serde(default)]
    pub wording: At<Wording>,
}

/// A failure that is known, and excused until a day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct KnownIssue {
    /// Where the issue is described: a web address.
    pub link: At<Link>,
    /// The last day on which it is excused, such as `2026-12-31`.
    pub until: At<Day>,
}
