//! Which element of one list is which of the other: by what they are, and not by where they stand.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::identity::{content, id, identifiers, mark, name};

/// The most comparisons that are made to find out which of the nameless elements belong together.
const MOST_GUESSES: usize = 250_000;

/// Two lists, matched.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// The places in the list of stage and in that of prod of what is in both.
    pub both: Vec<(usize, usize)>,
    /// The places in the list of prod of what stage has not.
    pub lost: Vec<usize>,
    /// The places in the list of stage of what prod has not.
    pub gained: Vec<usize>,
    /// Whether what is in both stands in another order.
    pub moved: bool,
}

/// What elements are matched by, the surest first.
type Key = fn(&Value) -> Option<String>;

/// Matches the elements of a list of this name.
pub(super) fn matched(list: &str, stage: &[Value], prod: &[Value]) -> Matched {
    let mut matching = Matching::of(stage, prod);
    let keys: [Key; 4] = [|it| id(it).map(str::to_owned), identifiers, name, |it| Some(content(it))];
    for key in keys {
        matching.by(key);
    }
    matching.by_guess(list);
    matching.done()
}

struct Matching<'v> {
    stage: &'v [Value],
    prod: &'v [Value],
    both: Vec<(usize, usize)>,
    // What is not matched yet.
    of_stage: Vec<usize>,
    of_prod: Vec<usize>,
}

impl<'v> Matching<'v> {
    /// Most lists are nearly the same: what is equal at their beginnings is matched at once.
    fn of(stage: &'v [Value], prod: &'v [Value]) -> Self {
        let same = stage.iter().zip(prod).take_while(|(stage, prod)| stage == prod).count();
        Self {
            stage,
            prod,
            both: (0..same).map(|at| (at, at)).collect(),
            of_stage: (same..stage.len()).collect(),
            of_prod: (same..prod.len()).collect(),
        }
    }

    /// Matches those that have the same key, if no other has it. Of some that are equal in all they say, it does not
    /// matter which is which.
    fn by(&mut self, key: Key) {
        if self.of_stage.is_empty() || self.of_prod.is_empty() {
            return;
        }
        let ours = keyed(&self.of_stage, self.stage, key);
        let theirs = keyed(&self.of_prod, self.prod, key);
        let mut both: Vec<(usize, usize)> = Vec::new();
        for (key, at) in &ours {
            if let Some(other) = theirs.get(key) {
                let sure = at.len() == 1 && other.len() == 1;
                let any = &self.prod[other[0]];
                let all_alike = || {
                    at.iter().all(|one| self.stage[*one] == *any)
                        && other.iter().all(|one| self.prod[*one] == *any)
                };
                if sure || all_alike() {
                    both.extend(at.iter().copied().zip(other.iter().copied()));
                }
            }
        }
        self.take(&both);
    }

    /// Matches what is left in order, if it is of the same kind and nothing says that it is not the same.
    fn by_guess(&mut self, list: &str) {
        if self.of_stage.len().saturating_mul(self.of_prod.len()) > MOST_GUESSES {
            return;
        }
        let mut free = self.of_prod.clone();
        let mut both = Vec::new();
        for &ours in &self.of_stage {
            let fits = |theirs: &usize| may_be_same(list, &self.stage[ours], &self.prod[*theirs]);
            if let Some(place) = free.iter().position(fits) {
                both.push((ours, free.remove(place)));
            }
        }
        self.take(&both);
    }

    fn take(&mut self, both: &[(usize, usize)]) {
        if both.is_empty() {
            return;
        }
        let ours: HashSet<usize> = both.iter().map(|(ours, _)| *ours).collect();
        let theirs: HashSet<usize> = both.iter().map(|(_, theirs)| *theirs).collect();
        self.of_stage.retain(|at| !ours.contains(at));
        self.of_prod.retain(|at| !theirs.contains(at));
        self.both.extend(both);
    }

    fn done(mut self) -> Matched {
        self.both.sort_unstable();
        let moved = self.both.is_sorted_by(|(_, one), (_, next)| one < next);
        Matched { both: self.both, lost: self.of_prod, gained: self.of_stage, moved: !moved }
    }
}

fn keyed(places: &[usize], list: &[Value], key: Key) -> HashMap<String, Vec<usize>> {
    let mut keyed: HashMap<String, Vec<usize>> = HashMap::new();
    for &at in places {
        if let Some(key) = key(&list[at]) {
            keyed.entry(key).or_default().push(at);
        }
    }
    keyed
}

/// Whether two elements without a common key may be the same thing, changed.
fn may_be_same(list: &str, stage: &Value, prod: &Value) -> bool {
    let ids = (id(stage), id(prod));
    // The ids of items are given out anew now and then, and nobody reads them.
    let told_apart = list != "items" && matches!(ids, (Some(ours), Some(theirs)) if ours != theirs);
    let kind = |element: &Value| mark(list, element);
    let kinds = (kind(stage), kind(prod));
    let of_one_kind = kinds.0 == kinds.1 || kinds.0.is_none() || kinds.1.is_none();
    !told_apart && of_one_kind && stage.is_object() == prod.is_object()
}
