//! The walk down a tree: from a work to its parts, level by level, as far as the answers reach and the depth allows.

use serde_json::Value;

use crate::catalogue::{Resource, WorkId};
use crate::checks::Context;
use crate::checks::relatives::{self, Relative, named, text};
use crate::checks::work::record_of;
use crate::suite::HierarchyExample;
use crate::verdict::{Finding, Judgement, Verdict};

/// A work in the tree.
pub struct Place<'a> {
    pub id: WorkId,
    /// How many levels it stands below the top.
    pub level: usize,
    /// Where its parent is among the places; nothing for the top.
    pub parent: Option<usize>,
    /// Where its parts are, in their order.
    pub parts: Vec<usize>,
    /// The request that shows it.
    pub resource: Resource,
    /// Its record, or what follows from there being none.
    pub record: Result<&'a Value, Judgement>,
    /// What its parent says of it.
    pub stub: Option<Relative<'a>>,
}

impl<'a> Place<'a> {
    /// The best that is known of it: its own record, or what its parent says.
    pub fn shown(&self) -> Option<&'a Value> {
        self.record.as_ref().ok().copied().or(self.stub.map(Relative::stub))
    }

    /// Its reference number; empty if it has none.
    pub fn reference(&self) -> &'a str {
        self.shown().and_then(|work| text(work, "referenceNumber")).unwrap_or_default()
    }
}

/// A tree as far as it was walked.
pub struct Walk<'a> {
    /// Every place, the top first, then level by level.
    pub places: Vec<Place<'a>>,
    /// What no tree may have: works that stand above themselves, or in two places.
    pub knots: Vec<Finding>,
    /// The level that had more works than one walk may ask for.
    pub too_many_on: Option<usize>,
}

impl<'a> Walk<'a> {
    /// Walks from this work down so many levels.
    pub fn down(root: &WorkId, depth: usize, context: &Context<'a>) -> Self {
        let resource = context.requests.resource(root);
        let record = record_of(root, &resource, context.evidence);
        let top = Place {
            id: root.clone(),
            level: 0,
            parent: None,
            parts: Vec::new(),
            resource,
            record,
            stub: None,
        };
        let mut walk = Self { places: vec![top], knots: Vec::new(), too_many_on: None };
        let mut from = 0;
        for level in 1..=depth {
            let to = walk.places.len();
            let next: Vec<(usize, WorkId, Relative<'a>)> =
                (from..to).flat_map(|place| walk.parts_of(place)).collect();
            if to + next.len() > 1 + HierarchyExample::MOST {
                walk.too_many_on = Some(level);
                break;
            }
            for (parent, id, stub) in next {
                walk.enter(parent, id, stub, level, context);
            }
            from = to;
        }
        walk
    }

    /// The parts of a place that can be asked for.
    fn parts_of(&self, parent: usize) -> Vec<(usize, WorkId, Relative<'a>)> {
        let Ok(record) = self.places[parent].record else { return Vec::new() };
        relatives::parts(record).filter_map(|part| Some((parent, part.work()?, part))).collect()
    }

    /// Puts a part in its place, unless that would tie the tree in a knot.
    fn enter(&mut self, parent: usize, id: WorkId, stub: Relative<'a>, level: usize, context: &Context<'a>) {
        if let Some(first) = self.places.iter().position(|place| place.id == id) {
            self.knots.push(self.knot(parent, first, stub));
            return;
        }
        let resource = context.requests.whole(&id);
        let record = match self.places[parent].record {
            Ok(listing) => relatives::record_of(stub, listing, &resource, context.evidence),
            Err(_) => Err(Judgement::undecided("its parent is not known")),
        };
        let place =
            Place { id, level, parent: Some(parent), parts: Vec::new(), resource, record, stub: Some(stub) };
        let nr = self.places.len();
        self.places.push(place);
        self.places[parent].parts.push(nr);
    }

    /// A work that is met again: above itself, or in a second place.
    fn knot(&self, parent: usize, first: usize, stub: Relative<'_>) -> Finding {
        let listing = self.places[parent].shown().map(named).unwrap_or_default();
        let work = named(stub.stub());
        let above: Vec<usize> = self.upwards(parent).collect();
        let says = if above.contains(&first) {
            format!("{work} is its own ancestor: {listing}, which stands below it, lists it as a part")
        } else {
            format!("{work} stands in two places of the tree: {listing} lists it as well")
        };
        let way = above.into_iter().rev().map(|place| self.places[place].id.as_str());
        let way: Vec<&str> = way.chain(stub.id()).collect();
        Finding {
            at: "parts".to_owned(),
            says,
            expected: "every work once, below its one parent".to_owned(),
            found: way.join(" > "),
            ..Finding::default()
        }
    }

    /// A place and those above it, up to the top.
    pub fn upwards(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |place| self.places[*place].parent)
    }

    /// The places in the order in which a reader goes down the tree.
    pub fn in_reading_order(&self) -> Vec<&Place<'a>> {
        let mut waiting = vec![0];
        let mut order = Vec::with_capacity(self.places.len());
        while let Some(place) = waiting.pop() {
            let place = &self.places[place];
            waiting.extend(place.parts.iter().rev());
            order.push(place);
        }
        order
    }

    /// How many levels below the top the lowest work stands.
    pub fn levels(&self) -> usize {
        self.places.iter().map(|place| place.level).max().unwrap_or(0)
    }

    /// Each work below the top, with the place of its parent.
    pub fn below(&self) -> impl Iterator<Item = (&Place<'a>, &Place<'a>)> {
        self.places.iter().filter_map(|place| Some((&self.places[place.parent?], place)))
    }

    /// Why the tree is not known to its end, if it is not. What is wrong with it is no reason.
    pub fn unknown(&self) -> Option<String> {
        let silent = self.places.iter().find_map(|place| match &place.record {
            Err(Judgement { verdict: Verdict::Undecided { because }, .. }) => Some(because.clone()),
            _ => None,
        });
        let too_many = self.too_many_on.map(|level| {
            format!(
                "there are more than {} works down to level {level} of this tree, and one walk asks for no more: \
                 lower its `depth`, or walk its branches one by one",
                HierarchyExample::MOST
            )
        });
        silent.or(too_many)
    }

    /// What is wrong with the answers for the works of this tree.
    pub fn lost(&self) -> impl Iterator<Item = &Finding> {
        self.places.iter().flat_map(|place| match &place.record {
            Err(Judgement { verdict: Verdict::Fail { findings }, .. }) => findings.as_slice(),
            _ => &[],
        })
    }
}
