//! The comparison: pairs are folded into it one by one, and it stays as small for a million as for a thousand.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::Value;

use super::difference::{Settings, differences, of_prod_itself};
use super::estimate::Whole;
use super::identity::at;
use super::noise::{Noise, NoisyPath};
use super::pair::{About, Drawn, Pair, Side};
use super::path::Pattern;
use super::tally::{self, ByType, Key, Numbers, Subject, Tally};

/// The most changes that are told apart; what lies beyond is counted.
const MOST_CHANGES: usize = 1_000;

/// The most work types that are told apart; there are some thirty.
const MOST_TYPES: usize = 100;

/// The most sets of changes that are told apart, and the most changes of one pair that count for them.
const MOST_SETS: usize = 10_000;
const MOST_IN_A_SET: usize = 100;

/// What is said of the type of works beyond those that are told apart.
const OTHER: &str = "(other)";

/// How many pairs turned out how. Each pair is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Nothing differs.
    pub matched: usize,
    /// What differs is noise, all of it.
    pub ignored: usize,
    /// Something differs that is no noise.
    pub changed: usize,
    /// One of the two did not answer, so that nothing was compared.
    pub unanswered: usize,
}

/// What was compared, and what differs.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    pub(super) settings: Settings,
    pub(super) keys: Vec<Key>,
    pub(super) tallies: Vec<Tally>,
    pub(super) compared: BTreeMap<Subject, ByType>,
    pub(super) labels: BTreeMap<String, String>,
    known: HashMap<Key, u16>,
    noise: Noise,
    /// How many pairs have exactly these changes.
    sets: HashMap<(Subject, Vec<u16>), usize>,
    /// Pairs whose sets were no longer told apart, or were too large; and those with changes beyond the most.
    crowded: usize,
    others: usize,
    matched: usize,
    unanswered: usize,
    why_unanswered: Vec<String>,
    watched: Vec<BTreeMap<Subject, usize>>,
    /// Of each place that is watched: how many pairs have less of it on stage, by the set of their changes. It is empty
    /// where sets are no longer told apart.
    less: Vec<HashMap<(Subject, Vec<u16>), usize>>,
}

impl Comparison {
    /// Nothing is compared yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let watched = vec![BTreeMap::new(); settings.watched.len()];
        let less = vec![HashMap::new(); settings.watched.len()];
        Self { settings, watched, less, ..Self::default() }
    }

    /// Takes in a pair. Whoever adds sees to it that each comes once.
    ///
    /// Where prod failed, nothing is known: such a pair counts as unanswered. Where stage alone fails, that is a loss.
    pub fn add(&mut self, pair: &Pair<'_>) {
        if !pair.prod.answers() {
            let (About::Work(of) | About::Image(of) | About::Request(of)) = pair.about;
            return self.unanswered(format!("prod gave no answer to compare with for {of}"));
        }
        let subject = Subject::of(pair.about);
        let found = differences(&pair.stage, &pair.prod, &self.settings);
        let of_prod =
            pair.again.filter(Side::answers).map(|again| of_prod_itself(&again, &pair.prod, &self.settings));
        self.noise.add(subject, &found, of_prod.as_deref());
        let record = pair.prod.record().or_else(|| pair.stage.record());
        let work_type = self.type_of(record);
        let by_type = self.compared.entry(subject).or_default();
        by_type.entry(work_type.clone()).or_default().add(pair.drawn);
        self.watch(subject, &pair.prod);
        if found.is_empty() {
            self.matched += 1;
            return;
        }
        let title = record.and_then(|record| at(record, "title")).unwrap_or_default();
        let title = tally::title(title);
        let mut set = Vec::new();
        let mut crowded = false;
        for difference in &found {
            match self.place_of(Key::of(subject, difference)) {
                Some(place) => {
                    self.tallies[usize::from(place)].add(pair, &work_type, &title, difference);
                    set.push(place);
                }
                None => crowded = true,
            }
        }
        self.others += usize::from(crowded);
        set.sort_unstable();
        let set = self.count(subject, set, crowded);
        self.watch_losses(pair, &(subject, set));
    }

    /// One of the two did not answer, for this reason: nothing is known of what it would have said.
    pub fn unanswered(&mut self, because: impl Into<String>) {
        self.unanswered += 1;
        if self.why_unanswered.len() < super::tally::MOST_EXAMPLES {
            self.why_unanswered.push(because.into());
        }
    }

    /// How many pairs turned out how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let noise = self.noise_by_place();
        let is_ignored = |set: &[u16]| set.iter().all(|place| noise[usize::from(*place)]);
        let (mut ignored, mut changed) = (0, self.crowded);
        for ((_, set), pairs) in &self.sets {
            *if is_ignored(set) { &mut ignored } else { &mut changed } += pairs;
        }
        Counts { matched: self.matched, ignored, changed, unanswered: self.unanswered }
    }

    /// How many pairs of them were compared.
    #[must_use]
    pub fn compared(&self, subject: Subject) -> usize {
        self.numbers(subject).all
    }

    /// The places where prod differs from itself.
    #[must_use]
    pub fn noise(&self) -> Vec<NoisyPath> {
        self.noise.paths()
    }

    /// How many pairs differ in more ways than are told apart.
    #[must_use]
    pub fn others(&self) -> usize {
        self.others
    }

    /// Why some answers are missing: a few of the reasons.
    #[must_use]
    pub fn why_unanswered(&self) -> &[String] {
        &self.why_unanswered
    }

    pub(super) fn numbers(&self, subject: Subject) -> Numbers {
        let mut sum = Numbers::default();
        for numbers in self.compared.get(&subject).into_iter().flat_map(BTreeMap::values) {
            sum.all += numbers.all;
            sum.from_prod += numbers.from_prod;
            sum.from_stage += numbers.from_stage;
        }
        sum
    }

    /// How many records of prod have something at a place that is watched.
    pub(super) fn have(&self, pattern: &Pattern, subject: Subject) -> Option<usize> {
        let place = self.settings.watched.iter().position(|watched| watched == pattern)?;
        self.watched[place].get(&subject).copied()
    }

    /// How many pairs have less on stage at a place that is watched, by the set of their changes.
    pub(super) fn with_less(
        &self,
        pattern: &Pattern,
        subject: Subject,
    ) -> impl Iterator<Item = (&[u16], usize)> {
        let place = self.settings.watched.iter().position(|watched| watched == pattern);
        let less = place.into_iter().flat_map(|place| &self.less[place]);
        less.filter(move |((of, _), _)| *of == subject).map(|((_, set), pairs)| (set.as_slice(), *pairs))
    }

    /// How many works there are where these were drawn from.
    pub(super) fn whole_of(&self, from: Drawn) -> Option<&Whole> {
        match from {
            Drawn::FromStage => self.settings.whole_stage.as_ref(),
            Drawn::FromProd | Drawn::FromBoth | Drawn::Chosen => self.settings.whole_prod.as_ref(),
        }
    }

    /// Of each change, whether it is noise.
    pub(super) fn noise_by_place(&self) -> Vec<bool> {
        self.keys.iter().map(|key| self.noise.is_noise(key.subject, &key.path, key.kind)).collect()
    }

    /// What prod does itself at the place of a change.
    pub(super) fn noise_at(&self, key: &Key) -> Option<NoisyPath> {
        self.noise.at(key.subject, &key.path, key.kind)
    }

    /// How many pairs that have this change have which others, as far as their sets are told apart.
    pub(super) fn shared_with(&self, one: u16) -> HashMap<u16, usize> {
        let mut shared = HashMap::new();
        for ((_, set), pairs) in &self.sets {
            if set.binary_search(&one).is_ok() {
                for other in set {
                    *shared.entry(*other).or_default() += pairs;
                }
            }
        }
        shared
    }

    /// How many pairs have any of these changes. Where it is not known any more which pairs have which, it is the most
    /// that it may be.
    pub(super) fn have_any(&self, of: &[u16]) -> usize {
        let has = |set: &[u16]| set.iter().any(|place| of.contains(place));
        let known: usize = self.sets.iter().filter(|((_, set), _)| has(set)).map(|(_, pairs)| pairs).sum();
        let each = of.iter().map(|number| self.tallies[usize::from(*number)].numbers.all);
        let most = each.clone().max().unwrap_or_default();
        (known + self.crowded).min(each.sum()).max(most)
    }

    fn place_of(&mut self, key: Key) -> Option<u16> {
        if let Some(place) = self.known.get(&key) {
            return Some(*place);
        }
        let place = u16::try_from(self.keys.len()).ok().filter(|_| self.keys.len() < MOST_CHANGES)?;
        self.keys.push(key.clone());
        self.tallies.push(Tally::default());
        self.known.insert(key, place);
        Some(place)
    }

    /// Counts a set, and gives it back if it is told apart from others; else an empty one.
    fn count(&mut self, subject: Subject, set: Vec<u16>, crowded: bool) -> Vec<u16> {
        let key = (subject, set);
        let too_much = crowded || key.1.len() > MOST_IN_A_SET;
        if too_much || (self.sets.len() >= MOST_SETS && !self.sets.contains_key(&key)) {
            self.crowded += 1;
            return Vec::new();
        }
        let set = key.1.clone();
        *self.sets.entry(key).or_default() += 1;
        set
    }

    /// Notes where stage has less than prod. A loss is told at its highest place only, so that the records themselves
    /// are looked at.
    fn watch_losses(&mut self, pair: &Pair<'_>, key: &(Subject, Vec<u16>)) {
        let Some(prod) = pair.prod.record().filter(|_| pair.stage.status == Some(200)) else { return };
        let is_a_list = prod.get("results").is_some();
        for (pattern, less) in self.settings.watched.iter().zip(&mut self.less) {
            // What a list shows of records is counted where each of them is compared.
            if is_a_list && !pattern.is_of_lists() {
                continue;
            }
            let on_stage = pair.stage.record().map_or(0, |stage| pattern.times_in(stage));
            if on_stage < pattern.times_in(prod) {
                *less.entry(key.clone()).or_default() += 1;
            }
        }
    }

    fn watch(&mut self, subject: Subject, prod: &Side<'_>) {
        for (pattern, have) in self.settings.watched.iter().zip(&mut self.watched) {
            if prod.has(pattern) {
                *have.entry(subject).or_default() += 1;
            }
        }
    }

    fn type_of(&mut self, record: Option<&Value>) -> String {
        let Some(format) = record.and_then(|record| record.get("workType")) else { return String::new() };
        let id = format.as_str().or_else(|| at(format, "id")).unwrap_or_default();
        let plain = id.len() <= 20;
        if self.labels.contains_key(id) {
            return id.to_owned();
        }
        if !plain || self.labels.len() >= MOST_TYPES {
            return OTHER.to_owned();
        }
        let label: String = at(format, "label").unwrap_or(id).chars().take(60).collect();
        self.labels.insert(id.to_owned(), label);
        id.to_owned()
    }
}

impl Numbers {
    /// Those that were drawn from where this is.
    pub(super) fn drawn(self, from: Drawn) -> usize {
        match from {
            Drawn::Chosen => self.all,
            Drawn::FromProd | Drawn::FromBoth => self.from_prod,
            Drawn::FromStage => self.from_stage,
        }
    }
}
