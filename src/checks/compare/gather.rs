//! What is asked of both, round after round, and the answers in pairs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::Context;
use super::super::invariant::{Drawing, asked_of};
use super::super::random::Random;
use super::Comparing;
use super::lookup::{Known, Lookup, records, whole};
use crate::catalogue::{Endpoint, Include, Origin, Resource};
use crate::checks::InvariantCheck;
use crate::comparison::{About, Drawn, Pair, Side, Whole};
use crate::suite::SampleOf;

/// How many records that a list does not show are asked for by themselves: of those that were drawn from prod, from
/// stage, and of examples. What is new on stage was perhaps taken down on prod, which only the record itself tells.
const SINGLY_OF_DRAWN: usize = 50;
const SINGLY_OF_NEW: usize = 400;
const SINGLY_OF_EXAMPLES: usize = 400;

/// How many of the pages that were drawn from prod are asked for twice, to learn what wavers.
const TWICE: usize = 2;

/// Results beyond this one cannot be reached by paging; and the largest page.
const WINDOW: usize = 10_000;
const PAGE: usize = 100;

/// Where prod tells how many works of which state its index holds.
pub(super) const WORK_TYPES: &str = "/management/_workTypes";

/// What was asked of both so far.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    /// What must be asked for next.
    pub wanted: Vec<Resource>,
    /// Answers in pairs.
    pub pairs: Vec<Pair<'a>>,
    /// Why there are answers that make no pair.
    pub gaps: Vec<String>,
    /// How many new records were not asked of prod one by one.
    pub perhaps_returned: usize,
    /// How many works there are.
    pub whole_prod: Option<Whole>,
    pub whole_stage: Option<Whole>,
}

/// Records that were drawn from one side, by their ids.
type Records<'a> = BTreeMap<&'a str, &'a Value>;

/// What one list holds on both sides.
struct Both<'a> {
    endpoint: Endpoint,
    prod: Records<'a>,
    stage: Records<'a>,
    /// Records of prod as it showed them when it was asked once more.
    again: Records<'a>,
    /// What was chosen, and not drawn.
    chosen: BTreeSet<&'a str>,
}

impl Comparing {
    /// Pairs what was answered so far, and says what must be asked for next.
    ///
    /// # Errors
    ///
    /// Why nothing can be compared: prod does not answer.
    pub(super) fn gather<'a>(&'a self, context: &Context<'a>) -> Result<Gathered<'a>, String> {
        let mut gathered = Gathered::default();
        let first = Resource::elastic_config().on_prod();
        if !context.evidence.has(&first) {
            gathered.wanted.push(first);
            return Ok(gathered);
        }
        context.evidence.get(&first).map_err(|because| format!("prod does not answer: {because}"))?;
        for counted in [Resource::new(WORK_TYPES), InvariantCheck::strata()] {
            gathered.want(counted.on_prod(), context);
            gathered.want(counted, context);
        }
        for route in &self.of.routes {
            gathered.request(&route.request, true, context);
        }
        for request in &self.requests {
            gathered.request(request, false, context);
        }
        if let Some(includes) = gathered.includes(context) {
            self.works(&includes, &mut gathered, context)?;
            self.images(&mut gathered, context);
        }
        Ok(gathered)
    }

    fn works<'a>(
        &'a self,
        includes: &BTreeSet<Include>,
        gathered: &mut Gathered<'a>,
        context: &Context<'a>,
    ) -> Result<(), String> {
        let size = self.of.sample.works.div_ceil(2);
        let strata = InvariantCheck::strata();
        if !context.evidence.has(&strata) || !context.evidence.has(&strata.on_prod()) {
            return Ok(());
        }
        let draw = |origin: Origin, seed: u64| {
            let drawing = Drawing::about(origin, SampleOf { size, seed }, includes, context);
            drawing.map_err(|_| {
                let name = if origin == Origin::Prod { "prod" } else { "the stage" };
                format!(
                    "{name} does not say how many works it has of each kind, so none can be drawn to compare"
                )
            })
        };
        // Other works from each of the two, as far as there are enough.
        let prod = draw(Origin::Prod, self.of.sample.seed)?;
        let stage = draw(Origin::Stage, self.of.sample.seed.wrapping_add(1))?;
        let twice: Vec<Resource> = prod.pages.iter().take(TWICE).map(|page| page.again(2)).collect();
        for page in prod.pages.iter().chain(&stage.pages).chain(&twice) {
            gathered.want(page.clone(), context);
        }
        if !(prod.done && stage.done) {
            return Ok(());
        }
        for drawing in [&prod, &stage] {
            gathered.gaps.extend(drawing.gaps.iter().cloned());
            let broken = drawing.faults.iter().map(|fault| format!("{}: {}", fault.at, fault.says));
            gathered.gaps.extend(broken);
        }
        let whole = |drawing: &Drawing<'_>| Whole {
            total: drawing.sample.total,
            of_type: drawing.sample.of_type.clone(),
        };
        (gathered.whole_prod, gathered.whole_stage) = (Some(whole(&prod)), Some(whole(&stage)));
        let drawn = |drawing: &Drawing<'a>| -> Records<'a> {
            drawing.sample.works.iter().map(|work| (work.id, work.record)).collect()
        };
        let again = twice.iter().filter_map(|page| records(context.evidence.get(page).ok())).flatten();
        let both = Both {
            endpoint: Endpoint::Works,
            prod: drawn(&prod),
            stage: drawn(&stage),
            again: again.collect(),
            chosen: self.works.iter().map(String::as_str).collect(),
        };
        self.pair(&both, includes, gathered, context);
        Ok(())
    }

    fn images<'a>(&'a self, gathered: &mut Gathered<'a>, context: &Context<'a>) {
        if self.of.sample.images == 0 {
            return;
        }
        let count = Resource::new("/images?pageSize=1");
        let Some(prod) = gathered.drawn_images(Origin::Prod, &count, &self.of.sample, context) else {
            return;
        };
        let Some(stage) = gathered.drawn_images(Origin::Stage, &count, &self.of.sample, context) else {
            return;
        };
        let none = BTreeSet::new();
        let both =
            Both { endpoint: Endpoint::Images, prod, stage, again: Records::new(), chosen: BTreeSet::new() };
        self.pair(&both, &none, gathered, context);
    }

    /// Looks up on each side what was drawn from the other one, and puts the two together.
    fn pair<'a>(
        &'a self,
        both: &Both<'a>,
        includes: &BTreeSet<Include>,
        gathered: &mut Gathered<'a>,
        context: &Context<'a>,
    ) {
        let drawn = |id: &&'a str| both.prod.contains_key(*id) || both.stage.contains_key(*id);
        let chosen: BTreeSet<&'a str> = both.chosen.iter().copied().filter(|id| !drawn(id)).collect();
        let not_in = |one: &Records<'a>, other: &Records<'a>| -> BTreeSet<&'a str> {
            one.keys().copied().filter(|id| !other.contains_key(id)).collect()
        };
        let mut look = |origin: Origin, ids: BTreeSet<&'a str>, singly: usize| {
            let found = Lookup { endpoint: both.endpoint, origin, includes, singly }.of(&ids, context);
            found.map_err(|wanted| gathered.wanted.extend(wanted)).unwrap_or_default()
        };
        let mut on_stage = look(Origin::Stage, not_in(&both.prod, &both.stage), SINGLY_OF_DRAWN);
        let mut on_prod = look(Origin::Prod, not_in(&both.stage, &both.prod), SINGLY_OF_NEW);
        let perhaps_returned = on_prod.unasked;
        on_stage.known.extend(look(Origin::Stage, chosen.clone(), SINGLY_OF_EXAMPLES).known);
        on_prod.known.extend(look(Origin::Prod, chosen.clone(), SINGLY_OF_EXAMPLES).known);
        if !gathered.wanted.is_empty() {
            return;
        }
        gathered.perhaps_returned += perhaps_returned;
        let ids: BTreeSet<&'a str> =
            both.prod.keys().chain(both.stage.keys()).copied().chain(chosen).collect();
        for id in ids {
            let side = |own: &Records<'a>, looked_up: &BTreeMap<&str, Known<'a>>| match own.get(id) {
                Some(record) => Known::Says(Side::of(record)),
                None => looked_up
                    .get(id)
                    .cloned()
                    .unwrap_or_else(|| Known::Nothing(format!("{id} was not asked for"))),
            };
            let drawn = match (both.prod.contains_key(id), both.stage.contains_key(id)) {
                (true, true) => Drawn::FromBoth,
                (true, false) => Drawn::FromProd,
                (false, true) => Drawn::FromStage,
                (false, false) => Drawn::Chosen,
            };
            let about = if both.endpoint == Endpoint::Images { About::Image(id) } else { About::Work(id) };
            match (side(&both.stage, &on_stage.known), side(&both.prod, &on_prod.known)) {
                (Known::Says(stage), Known::Says(prod)) => gathered.pairs.push(Pair {
                    about,
                    drawn,
                    stage,
                    prod,
                    again: both.again.get(id).map(|record| Side::of(record)),
                    views: self.views.get(id).copied(),
                }),
                (Known::Nothing(because), _) | (_, Known::Nothing(because)) => gathered.gaps.push(because),
            }
        }
    }
}

impl<'a> Gathered<'a> {
    /// Asks for it, unless that was done; answers whether it was.
    fn want(&mut self, resource: Resource, context: &Context<'_>) -> bool {
        let has = context.evidence.has(&resource);
        if !has {
            self.wanted.push(resource);
        }
        has
    }

    /// Compares a whole answer.
    fn request(&mut self, request: &'a str, twice: bool, context: &Context<'a>) {
        let stage = Resource::new(request);
        let (prod, again) = (stage.on_prod(), stage.on_prod().again(2));
        let asked = [stage.clone(), prod.clone()].into_iter().chain(twice.then_some(again.clone()));
        let missing = asked.filter(|it| !self.want(it.clone(), context)).count();
        if missing > 0 {
            return;
        }
        match (context.evidence.get(&stage), context.evidence.get(&prod)) {
            (Ok(stage), Ok(prod)) => self.pairs.push(Pair {
                about: About::Request(request),
                drawn: Drawn::Chosen,
                stage: whole(stage),
                prod: whole(prod),
                again: context.evidence.get(&again).ok().map(whole),
                views: None,
            }),
            (Err(because), _) | (_, Err(because)) => self.gaps.push(because),
        }
    }

    /// The includes that both accept, once it is known: those that come or go between releases are asked of prod first.
    fn includes(&mut self, context: &Context<'_>) -> Option<BTreeSet<Include>> {
        let mut includes = context.requests.accepted();
        let moving: Vec<Include> =
            Include::MOVING.into_iter().filter(|include| includes.contains(include)).collect();
        if moving.is_empty() {
            return Some(includes);
        }
        let names: Vec<&str> = moving.iter().map(|include| include.as_str()).collect();
        let probe = Resource::new(format!("/works?pageSize=1&include={}", names.join(","))).on_prod();
        if !self.want(probe.clone(), context) {
            return None;
        }
        if context.evidence.get(&probe).map(|answer| answer.status) != Ok(200) {
            includes.retain(|include| !moving.contains(include));
        }
        Some(includes)
    }

    /// Images of a few pages of one side; `None` if they must be asked for first, or cannot be had.
    fn drawn_images(
        &mut self,
        origin: Origin,
        count: &Resource,
        sample: &crate::suite::Drawn,
        context: &Context<'a>,
    ) -> Option<Records<'a>> {
        let count = asked_of(origin, count.clone());
        if !self.want(count.clone(), context) {
            return None;
        }
        let answer = context.evidence.get(&count).ok().filter(|answer| answer.status == 200);
        let total = answer.and_then(|answer| answer.json()?.get("totalResults")?.as_u64());
        let Some(total) = total.and_then(|total| usize::try_from(total).ok()) else {
            self.gaps.push(format!("{count} does not say how many images there are"));
            return None;
        };
        let mut numbers: Vec<usize> = (1..=total.min(WINDOW).div_ceil(PAGE)).collect();
        Random::new(sample.seed, "images to compare").shuffle(&mut numbers);
        numbers.truncate(sample.images.div_ceil(2 * PAGE));
        let pages = numbers
            .into_iter()
            .map(|number| asked_of(origin, Resource::new(format!("/images?page={number}&pageSize={PAGE}"))));
        let pages: Vec<Resource> = pages.collect();
        let asked = pages.iter().filter(|page| self.want((*page).clone(), context)).count();
        if asked < pages.len() {
            return None;
        }
        let mut drawn = Records::new();
        for page in pages {
            match records(context.evidence.get(&page).ok()) {
                Some(records) => drawn.extend(records),
                None => self.gaps.push(format!("{page} is not answered with a page of images")),
            }
        }
        Some(drawn)
    }
}
