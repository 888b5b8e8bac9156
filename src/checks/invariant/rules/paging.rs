//! Walking a list from page to page gives every work once, and leads nowhere else.
//!
//! The list is a work type of a few hundred works, chosen by the seed. It is walked by what each page names as
//! `nextPage`, as a client would.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::catalogue::{Include, Resource};
use crate::checks::Context;
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample};
use crate::checks::random::Random;
use crate::verdict::Finding;

/// How many works a list may hold that is walked to its end.
const BOUNDS: std::ops::RangeInclusive<usize> = 10..=1000;

/// In about how many pages it is walked.
const PAGES: usize = 5;

/// The rule.
pub(super) struct Paging;

/// A list and its pages.
struct Walk {
    work_type: String,
    page_size: usize,
    holds: usize,
}

impl Rule for Paging {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::new()
    }

    fn noun(&self) -> (&'static str, &'static str) {
        ("page", "pages")
    }

    fn resources(&self, sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
        Walk::of(sample).map(|walk| walk.pages(context)).unwrap_or_default()
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        Walk::of(sample).map(|walk| walk.cases(context)).unwrap_or_default()
    }
}

impl Walk {
    fn of(sample: &Sample<'_>) -> Option<Self> {
        let mut lists: Vec<(&String, usize)> = sample
            .of_type
            .iter()
            .map(|(id, holds)| (id, *holds))
            .filter(|(_, holds)| BOUNDS.contains(holds))
            .collect();
        Random::new(sample.of.seed, "a list to walk").shuffle(&mut lists);
        let (work_type, holds) = *lists.first()?;
        Some(Self { work_type: work_type.clone(), page_size: holds.div_ceil(PAGES).min(100), holds })
    }

    fn first(&self) -> Resource {
        let size = self.page_size.to_string();
        let query = [("workType", self.work_type.as_str()), ("pageSize", &size), ("include", "languages")];
        Resource::query("/works", query)
    }

    /// The pages as far as they have been answered, and the next one. No page twice, and not for ever.
    fn pages(&self, context: &Context<'_>) -> Vec<Resource> {
        let mut pages = vec![self.first()];
        let bound = BOUNDS.end() / self.page_size + 2;
        while let Some(next) = pages.last().and_then(|page| next_page(page, context)) {
            if pages.contains(&next) || pages.len() > bound {
                break;
            }
            pages.push(next);
        }
        pages
    }

    fn cases<'a>(&self, context: &Context<'a>) -> Vec<Case<'a>> {
        let pages = self.pages(context);
        let mut seen = HashMap::new();
        let mut cases = Vec::new();
        for (nr, page) in pages.iter().enumerate() {
            let ruling = match context.evidence.get(page) {
                Err(because) => Ruling::Unknown(because),
                Ok(answer) => match answer.json().filter(|_| answer.status == 200) {
                    None => Ruling::breaks(
                        "",
                        "the page before leads here",
                        "200 with a page of works",
                        answer.status.to_string(),
                    ),
                    Some(list) => Ruling::of(self.findings(nr + 1, list, &mut seen, context)),
                },
            };
            cases.push(Case {
                about: format!("page {} of {}", nr + 1, self.first()),
                works: Vec::new(),
                ruling,
            });
        }
        cases
    }

    /// What is wrong with one page, given where the works before it stood.
    fn findings(
        &self,
        nr: usize,
        list: &Value,
        seen: &mut HashMap<String, usize>,
        context: &Context<'_>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut finding = |at: &str, says: String, expected: String, found: String| {
            findings.push(Finding { at: at.to_owned(), says, expected, found, ..Finding::default() });
        };
        for work in elements(list, "results") {
            let id = text_at(work, "/id").to_owned();
            if let Some(before) = seen.insert(id.clone(), nr) {
                finding(
                    "results",
                    format!("the work {id} stood on page {before} already"),
                    "each work once".to_owned(),
                    id,
                );
            }
        }
        let total = list.get("totalResults").and_then(Value::as_u64);
        if total != Some(self.holds as u64) {
            let told = total.map_or("(nothing)".to_owned(), |total| total.to_string());
            finding(
                "totalResults",
                "the list and its facet count differently".to_owned(),
                self.holds.to_string(),
                told,
            );
        }
        let at_its_end = nr == self.holds.div_ceil(self.page_size);
        if at_its_end && seen.len() != self.holds {
            finding(
                "results",
                "walked to its last page, the list has shown another number of works than it says".to_owned(),
                self.holds.to_string(),
                seen.len().to_string(),
            );
        }
        for (name, wanted) in
            [("nextPage", (!at_its_end).then_some(nr + 1)), ("prevPage", (nr > 1).then(|| nr - 1))]
        {
            let link = list.get(name).and_then(Value::as_str);
            let right = match (wanted, link) {
                (None, None) => true,
                (Some(page), Some(link)) => self.leads_to(page, link, context),
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !right {
                let expected = wanted.map_or("(nothing)".to_owned(), |page| {
                    format!("{}{}&page={page}", context.evidence.stage, self.first())
                });
                finding(
                    name,
                    "the link does not lead where it should".to_owned(),
                    expected,
                    link.unwrap_or("(nothing)").to_owned(),
                );
            }
        }
        findings
    }

    /// Whether a link leads to a page of this very list, on the stage itself.
    fn leads_to(&self, page: usize, link: &str, context: &Context<'_>) -> bool {
        let Some(path) = on_the_stage(link, context) else { return false };
        let wanted = Resource::new(format!("{}&page={page}", self.first()));
        parameters(&path) == parameters(&wanted)
    }
}

fn next_page(page: &Resource, context: &Context<'_>) -> Option<Resource> {
    let list = context.evidence.get(page).ok().filter(|answer| answer.status == 200)?.json()?;
    on_the_stage(list.get("nextPage")?.as_str()?, context)
}

/// The resource that a link names, if it is one of the stage; the client adds the cluster again.
fn on_the_stage(link: &str, context: &Context<'_>) -> Option<Resource> {
    let path = link.strip_prefix(context.evidence.stage.as_str())?;
    let (path, query) = path.split_once('?')?;
    let without_cluster: Vec<&str> =
        query.split('&').filter(|pair| !pair.starts_with("elasticCluster=")).collect();
    path.starts_with('/').then(|| Resource::new(format!("{path}?{}", without_cluster.join("&"))))
}

/// Path and parameters of a request, whatever their order.
fn parameters(request: &Resource) -> BTreeSet<String> {
    let decoded =
        form_urlencoded::parse(request.as_str().split_once('?').map_or("", |(_, query)| query).as_bytes());
    let path = request.as_str().split('?').next().unwrap_or_default().to_owned();
    decoded.map(|(name, value)| format!("{name}={value}")).chain([path]).collect()
}
