//! The sample: works drawn from the catalogue by the API alone, the same ones for the same seed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::case::{Case, Ruling};
use super::strata::{Page, Strata};
use crate::catalogue::{Include, Origin, Resource, WorkId};
use crate::checks::random::Random;
use crate::checks::{Context, expect_json, unexpected_answer};
use crate::numbers::{counted, grouped};
use crate::suite::SampleOf;
use crate::verdict::{Finding, Judgement};

/// What is drawn.
pub(super) const WORKS: (&str, &str) = ("work", "works");

/// A work that was drawn.
#[derive(Debug, Clone, Copy)]
pub struct Sampled<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its record as the list shows it, with every include that may be asked for.
    pub record: &'a Value,
}

/// Works of the catalogue, drawn by a seed.
#[derive(Debug, Clone)]
pub struct Sample<'a> {
    /// What made it.
    pub of: SampleOf,
    /// The works, each once.
    pub works: Vec<Sampled<'a>>,
    /// How many works the catalogue lists.
    pub total: usize,
    /// How many of them there are of each work type, by its id.
    pub of_type: BTreeMap<String, usize>,
}

/// The drawing of a sample, as far as it has come.
pub struct Drawing<'a> {
    /// What was drawn.
    pub sample: Sample<'a>,
    /// The pages that it is drawn from.
    pub pages: Vec<Resource>,
    /// Why there are pages without an answer, a sentence each.
    pub gaps: Vec<String>,
    /// How many works those pages should have held.
    pub missing: usize,
    /// What is wrong with the sample itself, whatever it is drawn for.
    pub faults: Vec<Finding>,
    /// Whether there is nothing more to ask for.
    pub done: bool,
}

impl<'a> Sampled<'a> {
    /// The id of its work type; empty if it has none.
    #[must_use]
    pub fn work_type(&self) -> &'a str {
        self.record.pointer("/workType/id").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.record.get("title").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its id, if a request can be made of it.
    #[must_use]
    pub fn work_id(&self) -> Option<WorkId> {
        WorkId::parse(self.id)
    }
}

impl<'a> Sample<'a> {
    /// So many of its works, chosen by the seed; all of them if there are no more.
    #[must_use]
    pub fn some(&self, number: usize) -> Self {
        let mut works = self.works.clone();
        Random::new(self.of.seed, "some of the sample").shuffle(&mut works);
        works.truncate(number);
        Self { works, ..self.clone() }
    }

    /// As many of its works as cost no more requests than this, chosen by the seed; at least one of them.
    #[must_use]
    pub fn within(&self, most: usize, cost: impl Fn(&Value) -> usize) -> Self {
        let mut some = self.some(self.works.len());
        let mut spent = 0;
        let affordable = some.works.iter().take_while(|work| {
            let first = spent == 0;
            spent += cost(work.record);
            first || spent <= most
        });
        let number = affordable.count();
        some.works.truncate(number);
        some
    }

    /// The works of which this is true.
    #[must_use]
    pub fn those(&self, is: impl Fn(&Value) -> bool) -> Self {
        let works = self.works.iter().filter(|work| is(work.record)).copied().collect();
        Self { works, ..self.clone() }
    }

    /// A case for each work of which the rule can say something by its record alone.
    pub fn each(&self, rule: impl Fn(&Value) -> Option<Ruling>) -> Vec<Case<'a>> {
        let case = |work: &Sampled<'a>| Some(Case::of_work(*work, rule(work.record)?));
        self.works.iter().filter_map(case).collect()
    }
}

impl<'a> Drawing<'a> {
    /// Draws as much as has been answered so far.
    ///
    /// # Errors
    ///
    /// What follows if it is not known what there is to draw from.
    pub fn of(sample: SampleOf, context: &Context<'a>) -> Result<Self, Judgement> {
        let (mut drawing, strata) = Self::begin(Origin::Stage, sample, context)?;
        let pages = strata.pages(sample);
        let includes = context.requests.accepted();
        let wanted = sample.size.min(strata.total);
        let page_size = pages.iter().map(Page::holds).max().unwrap_or(1).max(1);
        let mut batch = first_batch(&pages, strata.lists(), wanted);
        let mut seen = HashSet::new();
        let mut pages = pages.into_iter();
        while batch > 0 && drawing.done && pages.len() > 0 {
            for page in pages.by_ref().take(batch) {
                drawing.add(page.request(&includes), page.holds(), &mut seen, context);
            }
            // Works that came up twice leave room for others.
            batch = wanted.saturating_sub(drawing.sample.works.len()).div_ceil(page_size);
        }
        drawing.look_whether_it_is_whole();
        Ok(drawing)
    }

    /// Draws about so many works from one of the two that are compared, with these includes: no work that came up twice
    /// is made up for, and a small catalogue is not drawn empty.
    ///
    /// # Errors
    ///
    /// What follows if it is not known what there is to draw from.
    pub fn about(
        origin: Origin,
        sample: SampleOf,
        includes: &BTreeSet<Include>,
        context: &Context<'a>,
    ) -> Result<Self, Judgement> {
        let (mut drawing, strata) = Self::begin(origin, sample, context)?;
        let pages = strata.pages(sample);
        let batch = first_batch(&pages, strata.lists(), sample.size.min(strata.total));
        let mut seen = HashSet::new();
        for page in pages.iter().take(batch) {
            drawing.add(asked_of(origin, page.request(includes)), page.holds(), &mut seen, context);
        }
        Ok(drawing)
    }

    fn begin(origin: Origin, sample: SampleOf, context: &Context<'a>) -> Result<(Self, Strata), Judgement> {
        let answer = expect_json(&asked_of(origin, Strata::request()), context.evidence)?;
        let strata = Strata::read(answer).ok_or_else(|| Judgement::from(no_strata()))?;
        Ok((Self::nothing(sample, &strata), strata))
    }

    fn nothing(of: SampleOf, strata: &Strata) -> Self {
        Self {
            sample: Sample { of, works: Vec::new(), total: strata.total, of_type: strata.of_type.clone() },
            pages: Vec::new(),
            gaps: Vec::new(),
            missing: 0,
            faults: Vec::new(),
            done: true,
        }
    }

    fn add(&mut self, request: Resource, holds: usize, seen: &mut HashSet<&'a str>, context: &Context<'a>) {
        self.done &= context.evidence.has(&request);
        match context.evidence.get(&request) {
            Err(because) => {
                self.gaps.push(because);
                self.missing += holds;
            }
            Ok(answer) => {
                let works =
                    answer.json().filter(|_| answer.status == 200).and_then(|list| list.get("results"));
                match works.and_then(Value::as_array) {
                    None => self.faults.push(Finding {
                        at: request.to_string(),
                        ..unexpected_answer("200 with a page of works", answer)
                    }),
                    Some(works) if works.is_empty() && holds > 0 => {
                        self.faults.push(empty_page(&request, holds));
                    }
                    Some(works) => self.draw(works, seen),
                }
            }
        }
        self.pages.push(request);
    }

    fn draw(&mut self, works: &'a [Value], seen: &mut HashSet<&'a str>) {
        for record in works {
            let Some(id) = record.get("id").and_then(Value::as_str) else { continue };
            if seen.insert(id) {
                self.sample.works.push(Sampled { id, record });
            }
        }
    }

    /// A sample that is smaller than it was to be shows less than it was approved to show.
    fn look_whether_it_is_whole(&mut self) {
        let (drawn, size) = (self.sample.works.len(), self.sample.of.size);
        if drawn < size && self.gaps.is_empty() && self.done {
            self.faults.push(Finding {
                says: format!(
                    "only {} could be drawn from all pages within reach: make the sample smaller (`sample`), or look \
                     whether the index is whole",
                    counted(drawn, WORKS)
                ),
                expected: format!("a sample of {}", counted(size, WORKS)),
                found: format!(
                    "{}; the catalogue says that it has {}",
                    counted(drawn, WORKS),
                    grouped(self.sample.total)
                ),
                unforeseen: true,
                ..Finding::default()
            });
        }
    }
}

/// The same, asked of one of the two that are compared.
pub fn asked_of(origin: Origin, resource: Resource) -> Resource {
    if origin == Origin::Prod { resource.on_prod() } else { resource }
}

/// How many pages make the sample if one work in twenty comes up twice; one of each list at least.
fn first_batch(pages: &[Page<'_>], lists: usize, wanted: usize) -> usize {
    let wanted = wanted + wanted / 20;
    let mut works = 0;
    let enough = pages.iter().take_while(|page| {
        let more = works < wanted;
        works += page.holds();
        more
    });
    enough.count().max(lists)
}

fn no_strata() -> Finding {
    Finding {
        at: Strata::request().to_string(),
        says: "the API does not say how many works there are of each kind, so no sample can be drawn"
            .to_owned(),
        expected: "totalResults, and buckets with id and count for workType and availabilities".to_owned(),
        found: "an answer without them".to_owned(),
        unforeseen: true,
    }
}

fn empty_page(request: &Resource, holds: usize) -> Finding {
    Finding {
        at: request.to_string(),
        says: "the page is empty, though the facets count works that should be on it".to_owned(),
        expected: format!("{holds} works"),
        found: "none".to_owned(),
        unforeseen: true,
    }
}
