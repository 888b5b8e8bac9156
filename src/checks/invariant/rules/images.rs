//! An image that a work lists is there and names the work, and the other way round.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Include, Resource, WorkId};
use crate::checks::invariant::case::{elements, text_at};
use crate::checks::invariant::{Case, Rule, Ruling, Sample};
use crate::checks::random::Random;
use crate::checks::{Context, expect_json};
use crate::verdict::{Judgement, Verdict};

/// How many images of the sampled works are asked for.
const MOST: usize = 60;

/// How many images of one work are asked for: an album has hundreds.
const OF_ONE: usize = 2;

/// How many images of the list are followed to their works, from how many pages.
const PAGE: usize = 10;
const PAGES: usize = 3;

/// Results beyond this one cannot be reached by paging.
const WINDOW: usize = 10_000;

/// The rule.
pub(super) struct Images;

impl Rule for Images {
    fn includes(&self) -> BTreeSet<Include> {
        BTreeSet::from([Include::Images])
    }

    fn noun(&self) -> (&'static str, &'static str) {
        ("image", "images")
    }

    fn looks_at<'a>(&self, sample: &Sample<'a>) -> Sample<'a> {
        sample.within(MOST, |record| of_work(record).count())
    }

    fn resources(&self, sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
        if sample.works.is_empty() {
            return Vec::new();
        }
        let images = sample.works.iter().flat_map(|work| of_work(work.record)).map(single);
        let pages = pages(sample, context);
        let listed = pages.iter().flat_map(|page| listed(page, context).unwrap_or_default());
        let works = listed.filter_map(|image| Some(context.requests.whole(&source(image)?)));
        let mut wanted: Vec<Resource> = images.chain(works).collect();
        wanted.push(whole_list());
        wanted.extend(pages);
        wanted
    }

    fn cases<'a>(&self, sample: &Sample<'a>, context: &Context<'a>) -> Vec<Case<'a>> {
        let downwards = sample.works.iter().flat_map(|work| {
            of_work(work.record).map(|id| Case {
                about: format!("image {id}"),
                works: vec![*work],
                ruling: names(id, work.id, context),
            })
        });
        let mut cases: Vec<Case<'a>> = downwards.collect();
        if cases.is_empty() {
            return cases;
        }
        let case = |about: String, ruling| Case { about, works: Vec::new(), ruling };
        if let Err(ruling) = total(context) {
            cases.push(case(whole_list().to_string(), ruling));
        }
        for page in pages(sample, context) {
            match listed(&page, context) {
                Err(ruling) => cases.push(case(page.to_string(), ruling)),
                Ok(images) => cases.extend(images.iter().map(|image| {
                    case(format!("image {}", text_at(image, "/id")), is_listed(image, context))
                })),
            }
        }
        cases
    }
}

/// The images of a work that are looked at.
fn of_work(record: &Value) -> impl Iterator<Item = &str> {
    elements(record, "images").iter().map(|image| text_at(image, "/id")).take(OF_ONE)
}

fn single(id: &str) -> Resource {
    Resource::new(format!("/images/{id}"))
}

/// How many images there are, in one short answer.
fn whole_list() -> Resource {
    Resource::query("/images", [("pageSize", "1")])
}

/// Pages of the list of all images, chosen by the seed; none before it is known how many there are.
fn pages(sample: &Sample<'_>, context: &Context<'_>) -> Vec<Resource> {
    let Ok(total) = total(context) else { return Vec::new() };
    let mut numbers: Vec<usize> = (1..=total.min(WINDOW).div_ceil(PAGE)).collect();
    Random::new(sample.of.seed, "images").shuffle(&mut numbers);
    let size = PAGE.to_string();
    let page = |nr: &usize| Resource::query("/images", [("page", &*nr.to_string()), ("pageSize", &*size)]);
    numbers.iter().take(PAGES).map(page).collect()
}

fn total(context: &Context<'_>) -> Result<usize, Ruling> {
    let list = body(&whole_list(), context)?;
    let total =
        list.get("totalResults").and_then(Value::as_u64).and_then(|total| usize::try_from(total).ok());
    total.ok_or_else(|| {
        Ruling::breaks("totalResults", "the list of images does not say how many there are", "a number", "")
    })
}

/// The images on a page.
fn listed<'a>(page: &Resource, context: &Context<'a>) -> Result<&'a [Value], Ruling> {
    match elements(body(page, context)?, "results") {
        [] => Err(Ruling::breaks(
            "results",
            "the page is empty, though there are images for it",
            "images",
            "none",
        )),
        images => Ok(images),
    }
}

/// The work that an image is of.
fn source(image: &Value) -> Option<WorkId> {
    WorkId::parse(text_at(image, "/source/id"))
}

/// Whether an image that a work lists is there, and names the work.
fn names(id: &str, work: &str, context: &Context<'_>) -> Ruling {
    let image = match body(&single(id), context) {
        Ok(image) => image,
        Err(ruling) => return told("the work lists this image, but ", ruling),
    };
    match (text_at(image, "/id"), text_at(image, "/source/id")) {
        (own, source) if own == id && source == work => Ruling::Holds,
        (own, _) if own != id => Ruling::breaks("id", "the answer is about another image", id, own),
        (_, source) => {
            Ruling::breaks("source.id", "the image does not name the work that lists it", work, source)
        }
    }
}

/// Whether the work that an image names is there, and lists it.
fn is_listed(image: &Value, context: &Context<'_>) -> Ruling {
    let Some(work) = source(image) else {
        return Ruling::breaks("source.id", "the image names no work that it is of", "the id of a work", "");
    };
    let record = match body(&context.requests.whole(&work), context) {
        Ok(record) => record,
        Err(ruling) => return told(&format!("the image is of work {work}, but "), ruling),
    };
    let id = text_at(image, "/id");
    let all: Vec<&str> = elements(record, "images").iter().map(|image| text_at(image, "/id")).collect();
    if text_at(record, "/id") == work.as_str() && all.contains(&id) {
        return Ruling::Holds;
    }
    let says = format!(
        "work {work} (https://wellcomecollection.org/works/{work}) does not list the image that is of it"
    );
    let shown: Vec<&str> = all.into_iter().take(8).collect();
    Ruling::breaks("images", says, id, shown.join("\n"))
}

/// The JSON of an answer, or what follows from there being none.
fn body<'a>(asked: &Resource, context: &Context<'a>) -> Result<&'a Value, Ruling> {
    expect_json(asked, context.evidence).map_err(|Judgement { verdict, .. }| match verdict {
        Verdict::Fail { findings } => Ruling::of(findings),
        Verdict::Undecided { because } => Ruling::Unknown(because),
        Verdict::Pass => Ruling::Unknown(format!("{asked} was not looked at")),
    })
}

/// The same, with what led to it said first.
fn told(before: &str, ruling: Ruling) -> Ruling {
    let Ruling::Breaks(mut findings) = ruling else { return ruling };
    for finding in &mut findings {
        finding.says.insert_str(0, before);
    }
    Ruling::Breaks(findings)
}
