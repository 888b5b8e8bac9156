//! `searches`: a search finds what it must, in the order in which it must, and nothing that it must not.
//!
//! What is asked is told in `request`, what was answered is read in `results`, and each claim about it is judged in a
//! file of its own: `order` (first, only, finds, ranks), `never`, `every`, `sorted`, `facets`. Lists for people are
//! written in `listing`.

mod every;
mod facets;
mod listing;
mod never;
mod order;
mod request;
mod results;
mod sorted;

use std::collections::BTreeSet;

use serde_json::Value;

use self::listing::Names;
use self::request::Request;
use self::results::Results;
use super::work::refused_includes;
use super::{Check, Context, StatusCheck, shape, yaml};
use crate::catalogue::{Include, Resource, WorkId};
use crate::suite::{Claim, Look, Search, Shape};
use crate::verdict::{Finding, Judgement};

/// Judges what one search finds.
pub struct SearchCheck {
    request: Request,
    claims: Vec<Claim>,
    look: Look,
}

impl SearchCheck {
    /// A check of this search.
    #[must_use]
    pub fn new(search: Search, claims: Vec<Claim>, look: Look) -> Self {
        Self { request: Request::new(search, &claims, look), claims, look }
    }

    /// A check that this search is refused, with an error that says this.
    #[must_use]
    pub fn refused(search: &Search, says: &str) -> StatusCheck {
        StatusCheck::refused(Self::typed(search), Some(says.to_owned()))
    }

    /// The search as it is typed, without pages and includes.
    #[must_use]
    pub fn typed(search: &Search) -> Resource {
        request::typed(search)
    }

    /// The request that shows the first results.
    #[must_use]
    pub fn shown(&self) -> Resource {
        self.request.shown()
    }

    /// The ids that must be found and are not among these results.
    fn missing<'a>(&'a self, results: &'a Results<'_>) -> impl Iterator<Item = &'a WorkId> {
        self.claims.iter().flat_map(wanted).filter(|id| results.place_of(id).is_none())
    }

    fn judge_claim(&self, claim: &Claim, results: &Results<'_>, names: &Names<'_>) -> Outcome {
        match claim {
            Claim::First(ids) => order::first(ids, results, names),
            Claim::FirstInOrder(ids) => order::first_in_order(ids, results, names),
            Claim::Only(ids) => order::only(ids, results, names),
            Claim::Finds(ids) => order::finds(ids, results, self.look, names),
            Claim::Ranks { these, before } => order::ranks(these, before, results, self.look, names),
            Claim::Never(ids) => never::never(ids, results, self.look, names),
            Claim::Results(bound) => how_many(bound, results),
            Claim::Every(shape) => every::every(shape, results, self.look),
            Claim::Sorted { descending } => sorted::by_date(*descending, results, self.look),
            Claim::Facet(facet) => facets::follows(facet, results, self.look),
        }
    }
}

impl Check for SearchCheck {
    fn works(&self) -> Vec<(WorkId, BTreeSet<Include>)> {
        if !self.request.is_for_works() {
            return Vec::new();
        }
        self.claims.iter().flat_map(forbidden).map(|id| (id.clone(), BTreeSet::new())).collect()
    }

    fn resources(&self, context: &Context<'_>) -> Vec<Resource> {
        let names = Names { request: &self.request, context };
        let mut wanted = vec![self.request.page(1, context.requests)];
        wanted.extend(self.claims.iter().flat_map(forbidden).map(|id| names.resource(id)));
        if let Some(total) = results::total(&self.request, context) {
            wanted.extend(self.request.pages(total).map(|page| self.request.page(page, context.requests)));
        }
        // Only what is missing costs a request of its own: to say what has become of it.
        if let Ok(results) = Results::read(&self.request, context) {
            wanted.extend(self.missing(&results).map(|id| names.resource(id)));
        }
        wanted
    }

    fn judge(&self, context: &Context<'_>) -> Judgement {
        if let Some(include) = self.request.includes().intersection(context.requests.unknown()).next() {
            return Judgement::undecided(format!(
                "it could not be found out whether this release accepts `include={include}`"
            ));
        }
        let results = match Results::read(&self.request, context) {
            Ok(results) => results,
            Err(judgement) => return judgement,
        };
        let names = Names { request: &self.request, context };
        let mut all = Outcome::of(0, results.faults.clone());
        all.findings.extend(refused_includes(self.request.includes(), context.requests.refused()));
        let found_nothing = results.hits.is_empty();
        if found_nothing && self.claims.iter().any(needs_results) {
            all.findings.push(nothing_found(&self.claims, &names));
        }
        for claim in self.claims.iter().filter(|claim| !(found_nothing && needs_results(claim))) {
            all.add(self.judge_claim(claim, &results, &names));
        }
        let judgement = all.judgement();
        if self.request.looks_down() && !self.look.said && results.has_more_than(self.look) {
            judgement.remarking(results.looked_at(self.look))
        } else {
            judgement
        }
    }
}

/// What was made of one claim.
#[derive(Debug, Default)]
struct Outcome {
    /// How many values were compared.
    values: usize,
    /// What is wrong.
    findings: Vec<Finding>,
    /// Why it is not shown, though nothing is wrong.
    doubts: Vec<String>,
}

impl Outcome {
    fn of(values: usize, findings: impl IntoIterator<Item = Finding>) -> Self {
        Self { values, findings: findings.into_iter().collect(), doubts: Vec::new() }
    }

    fn doubtful(because: impl Into<String>) -> Self {
        Self { doubts: vec![because.into()], ..Self::default() }
    }

    /// Takes in the outcome of a claim. One that has compared nothing has shown nothing, whatever the others show.
    fn add(&mut self, claim: Self) {
        if claim.values == 0 && claim.findings.is_empty() && claim.doubts.is_empty() {
            self.doubt(
                "not one value of the results is what this is about, so it holds of nothing".to_owned(),
            );
        }
        self.values += claim.values;
        self.findings.extend(claim.findings);
        claim.doubts.into_iter().for_each(|doubt| self.doubt(doubt));
    }

    fn doubt(&mut self, doubt: String) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    fn judgement(self) -> Judgement {
        if self.findings.is_empty() && !self.doubts.is_empty() {
            return Judgement::undecided(self.doubts.join("; "));
        }
        Judgement::of(self.values, self.findings)
    }
}

/// The ids that must be found.
fn wanted(claim: &Claim) -> Vec<&WorkId> {
    match claim {
        Claim::First(ids) | Claim::FirstInOrder(ids) | Claim::Only(ids) | Claim::Finds(ids) => {
            ids.iter().collect()
        }
        Claim::Ranks { these, before } => these.iter().chain(before).collect(),
        Claim::Never(_) | Claim::Results(_) | Claim::Every(_) | Claim::Sorted { .. } | Claim::Facet(_) => {
            Vec::new()
        }
    }
}

/// The ids that must not be found.
fn forbidden(claim: &Claim) -> &[WorkId] {
    if let Claim::Never(ids) = claim { ids } else { &[] }
}

/// Whether it cannot hold of a search that finds nothing.
fn needs_results(claim: &Claim) -> bool {
    !matches!(claim, Claim::Never(_) | Claim::Results(_))
}

fn nothing_found(claims: &[Claim], names: &Names<'_>) -> Finding {
    let wanted: Vec<String> = claims.iter().flat_map(wanted).map(|id| names.with_fate(id)).collect();
    let expected = if wanted.is_empty() { "(at least one result)".to_owned() } else { wanted.join("\n") };
    Finding {
        at: "results".to_owned(),
        says: "the search finds nothing at all".to_owned(),
        expected,
        found: "(nothing)".to_owned(),
        ..Finding::default()
    }
}

/// Holds the number of all results against its bound.
fn how_many(bound: &Shape, results: &Results<'_>) -> Outcome {
    let total = Value::from(results.total);
    if shape::holds(bound, Some(&total)) {
        return Outcome::of(1, None);
    }
    let finding = shape::findings(bound, Some(&total), "totalResults").into_iter().next().unwrap_or_default();
    let shown = listing::numbered(results.hits.iter().take(listing::SHOWN));
    let found = [yaml::to_yaml(&total), shown].join("\n");
    let says = format!("the search finds {}", listing::count(results.total, "result"));
    Outcome::of(1, [Finding { says, found: found.trim_end().to_owned(), ..finding }])
}
