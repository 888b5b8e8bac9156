//! Asking for many at once, and for what that does not show one by one.
//!
//! The API has no way to ask for works by their ids. Its search finds several works by several ids, which nothing
//! promises; `identifiers=` finds works by identifiers of other systems, which is documented. So a list *shows* what it
//! names, and of what it does not name it shows nothing: that is asked for by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalogue::{Answer, Resource, WorkId};
use crate::checks::Context;
use crate::checks::redirect::with_query;

/// How many are asked for at once: the largest page that the API gives.
const AT_ONCE: usize = 100;

/// How many of one list are asked for one by one at most, so that a wrong index, or a search that finds no ids, does
/// not cost the stage a request for each of many thousands.
pub(super) const SINGLY: usize = 2000;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Works by their ids.
    Works,
    /// Works by an identifier of another system.
    Identifiers,
}

/// What was asked for of one sort, and what that has shown.
pub(super) struct Sweep<'k> {
    /// What lists have shown.
    pub shown: BTreeSet<&'k str>,
    /// What is asked for by itself.
    pub singly: Vec<&'k str>,
    /// What is not asked for at all, because it is too much.
    pub beyond: BTreeSet<&'k str>,
    /// How many lists were asked for.
    pub lists: usize,
    /// Whether the first list has shown nothing of what is there all the same: then no other list is asked for.
    pub lists_show_nothing: bool,
    /// What to ask for next.
    pub next: Vec<Resource>,
}

impl<'k> Sweep<'k> {
    /// The sweep of these as far as the evidence goes. Each step begins once the one before it is answered, so that
    /// the same evidence always leads to the same requests.
    pub(super) fn of(sort: Sort, keys: &[&'k str], context: &Context<'_>) -> Self {
        let mut sweep = Self::empty();
        let mut pages = keys.chunks(AT_ONCE);
        let Some(first) = pages.next() else { return sweep };
        if !sweep.read_list(sort, first, context) {
            return sweep;
        }
        if sweep.shown.is_empty() {
            // Either nothing is there, or the search does not find it: who asks for it by itself knows.
            sweep.singly = first.to_vec();
            if sweep.wait_for_singles(sort, context) {
                return sweep;
            }
            sweep.lists_show_nothing = first.iter().any(|key| sort.is_there(key, context));
        }
        if !sweep.lists_show_nothing {
            let answered: Vec<bool> = pages.map(|page| sweep.read_list(sort, page, context)).collect();
            if answered.contains(&false) {
                return sweep;
            }
        }
        sweep.ask_singly(sort, keys, context);
        sweep
    }

    /// The same on a stage whose lists show nothing.
    pub(super) fn without_lists(sort: Sort, keys: &[&'k str], context: &Context<'_>) -> Self {
        let mut sweep = Self { lists_show_nothing: true, ..Self::empty() };
        sweep.ask_singly(sort, keys, context);
        sweep
    }

    fn empty() -> Self {
        Self {
            shown: BTreeSet::new(),
            singly: Vec::new(),
            beyond: BTreeSet::new(),
            lists: 0,
            lists_show_nothing: false,
            next: Vec::new(),
        }
    }

    /// Takes in what one list shows; false if it must be asked for first.
    fn read_list(&mut self, sort: Sort, keys: &[&'k str], context: &Context<'_>) -> bool {
        let list = sort.list(keys);
        if !context.evidence.has(&list) {
            self.next.push(list);
            return false;
        }
        self.lists += 1;
        if let Some(body) =
            context.evidence.get(&list).ok().filter(|answer| answer.status == 200).and_then(Answer::json)
        {
            self.shown.extend(sort.shown(keys, body));
        }
        true
    }

    /// What no list has shown is asked for by itself, up to the limit.
    fn ask_singly(&mut self, sort: Sort, keys: &[&'k str], context: &Context<'_>) {
        let mut rest = keys.iter().copied().filter(|key| !self.shown.contains(key));
        self.singly = rest.by_ref().take(SINGLY).collect();
        self.beyond = rest.collect();
        self.wait_for_singles(sort, context);
    }

    /// Whether some of these must be asked for first.
    fn wait_for_singles(&mut self, sort: Sort, context: &Context<'_>) -> bool {
        let asked = self.singly.iter().map(|key| sort.single(key));
        self.next.extend(asked.filter(|resource| !context.evidence.has(resource)));
        !self.next.is_empty()
    }
}

impl Sort {
    /// The request for all of these at once.
    fn list(self, keys: &[&str]) -> Resource {
        let size = AT_ONCE.to_string();
        match self {
            Self::Works => {
                Resource::query("/works", [("query", keys.join(" ").as_str()), ("pageSize", &size)])
            }
            Self::Identifiers => Resource::query(
                "/works",
                [("identifiers", keys.join(",").as_str()), ("include", "identifiers"), ("pageSize", &size)],
            ),
        }
    }

    /// The request for one of them; for a work with a query, which a redirect must keep.
    pub(super) fn single(self, key: &str) -> Resource {
        match (self, WorkId::parse(key)) {
            (Self::Works, Some(id)) => with_query(&id),
            (Self::Works, None) => Resource::new(format!("/works/{key}")),
            (Self::Identifiers, _) => Resource::works_with_identifier(key),
        }
    }

    /// What of this a list shows: works that it names, or identifiers that exactly one work of a whole list carries.
    fn shown<'k>(self, keys: &[&'k str], list: &Value) -> Vec<&'k str> {
        let works = || works(list).iter();
        match self {
            Self::Works => {
                let ids: BTreeSet<&str> = works().filter_map(|work| work.get("id")?.as_str()).collect();
                keys.iter().copied().filter(|key| ids.contains(key)).collect()
            }
            Self::Identifiers if total(list) == Some(works().len()) => {
                let mut carried: BTreeMap<&str, usize> = BTreeMap::new();
                for identifier in works().flat_map(identifiers) {
                    *carried.entry(identifier).or_default() += 1;
                }
                keys.iter().copied().filter(|key| carried.get(key) == Some(&1)).collect()
            }
            Self::Identifiers => Vec::new(),
        }
    }

    /// Whether asking for it by itself shows it, without a hop.
    pub(super) fn is_there(self, key: &str, context: &Context<'_>) -> bool {
        let Ok(answer) = context.evidence.get(&self.single(key)) else { return false };
        let (200, Some(body)) = (answer.status, answer.json()) else { return false };
        match self {
            Self::Works => body.get("id").and_then(Value::as_str) == Some(key),
            Self::Identifiers => self.shown(&[key], body).contains(&key),
        }
    }
}

/// The works of a list.
pub(super) fn works(list: &Value) -> &[Value] {
    list.get("results").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How many works there are, on all pages of a list.
pub(super) fn total(list: &Value) -> Option<usize> {
    list.get("totalResults").and_then(Value::as_u64).and_then(|total| usize::try_from(total).ok())
}

/// The values of a work's identifiers, each once.
fn identifiers(work: &Value) -> BTreeSet<&str> {
    let identifiers = work.get("identifiers").and_then(Value::as_array);
    identifiers.into_iter().flatten().filter_map(|identifier| identifier.get("value")?.as_str()).collect()
}
