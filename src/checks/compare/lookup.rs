//! Records by their ids: a hundred at once by a search for the ids, and one by one what that does not show.
//!
//! Nothing promises that a search finds records by their ids. So what it shows is there; of what it does not show,
//! some are asked for by themselves. If one of these is there, or has moved, or fails, the search is not believed for the
//! others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::Context;
use super::super::invariant::asked_of;
use crate::catalogue::{Answer, Endpoint, Include, Origin, Resource};
use crate::comparison::Side;

/// How many are asked for at once: the largest page that the API gives.
const AT_ONCE: usize = 100;

/// What is looked up, and where.
pub(super) struct Lookup<'k> {
    /// Works or images.
    pub endpoint: Endpoint,
    /// On which side.
    pub origin: Origin,
    /// The includes to ask for.
    pub includes: &'k BTreeSet<Include>,
    /// How many are asked for one by one at most.
    pub singly: usize,
}

/// What is known of a record on one side.
#[derive(Clone)]
pub(super) enum Known<'a> {
    /// What that side says.
    Says(Side<'a>),
    /// Nothing, for this reason.
    Nothing(String),
}

/// What is known of the records that were looked up.
#[derive(Default)]
pub(super) struct Found<'k, 'a> {
    /// Of each, by its id.
    pub known: BTreeMap<&'k str, Known<'a>>,
    /// How many of them are held for absent because no list shows them, without having been asked for.
    pub unasked: usize,
}

impl<'a> Lookup<'_> {
    /// What is known of these ids, or what must be asked for first.
    pub fn of<'k>(
        &self,
        ids: &BTreeSet<&'k str>,
        context: &Context<'a>,
    ) -> Result<Found<'k, 'a>, Vec<Resource>> {
        let all: Vec<&'k str> = ids.iter().copied().collect();
        let lists: Vec<Resource> = all.chunks(AT_ONCE).map(|ids| self.list(ids)).collect();
        wait_for(&lists, context)?;
        let mut known = BTreeMap::new();
        let mut every_list_answers = true;
        for (list, ids) in lists.iter().zip(all.chunks(AT_ONCE)) {
            match records(context.evidence.get(list).ok()) {
                None => every_list_answers = false,
                Some(records) => {
                    let shown = |id: &&'k str| records.get(*id).map(|it| (*id, Known::Says(Side::of(it))));
                    known.extend(ids.iter().filter_map(shown));
                }
            }
        }
        let missing: Vec<&'k str> = all.into_iter().filter(|id| !known.contains_key(id)).collect();
        let (singly, beyond) = missing.split_at(missing.len().min(self.singly));
        let singles: Vec<Resource> = singly.iter().map(|id| self.single(id)).collect();
        wait_for(&singles, context)?;
        let mut believed = every_list_answers;
        for (id, single) in singly.iter().zip(&singles) {
            let answer = context.evidence.get(single);
            believed &= answer.as_ref().is_ok_and(|answer| matches!(answer.status, 404 | 410));
            known.insert(id, answer.map_or_else(Known::Nothing, |answer| Known::Says(side_of(answer))));
        }
        for id in beyond {
            let unknown =
                || Known::Nothing(format!("no list shows {id}, and too many are not shown to ask for each"));
            known.insert(id, if believed { Known::Says(Side::absent()) } else { unknown() });
        }
        Ok(Found { known, unasked: if believed { beyond.len() } else { 0 } })
    }

    fn list(&self, ids: &[&str]) -> Resource {
        let size = AT_ONCE.to_string();
        let list =
            Resource::query(self.endpoint.path(), [("query", ids.join(" ").as_str()), ("pageSize", &size)]);
        asked_of(self.origin, if self.includes.is_empty() { list } else { list.including(self.includes) })
    }

    fn single(&self, id: &str) -> Resource {
        let single = Resource::new(format!("{}/{id}?", self.endpoint.path())).including(self.includes);
        asked_of(self.origin, Resource::new(single.as_str().replace("?&", "?")))
    }
}

/// The records of a list by their ids; `None` if it was not answered with one.
pub(super) fn records(answer: Option<&Answer>) -> Option<BTreeMap<&str, &Value>> {
    let list = answer.filter(|answer| answer.status == 200)?.json()?.get("results")?.as_array()?;
    Some(list.iter().filter_map(|record| Some((record.get("id")?.as_str()?, record))).collect())
}

/// What a whole answer says. What never was is as absent as what no list shows; what was taken down is not the same, since
/// it must not come back unnoticed.
fn side_of(answer: &Answer) -> Side<'_> {
    match answer.status {
        404 => Side::absent(),
        _ => whole(answer),
    }
}

/// An answer as it is.
pub(super) fn whole(answer: &Answer) -> Side<'_> {
    Side { status: Some(answer.status), location: answer.location.as_deref(), body: answer.json() }
}

/// What of this has not been asked for yet.
fn wait_for(resources: &[Resource], context: &Context<'_>) -> Result<(), Vec<Resource>> {
    let missing: Vec<Resource> =
        resources.iter().filter(|resource| !context.evidence.has(resource)).cloned().collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}
