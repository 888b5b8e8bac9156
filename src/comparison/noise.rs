//! Noise: what differs between two answers of prod to the same request says nothing about stage.
//!
//! As Diffy does: of each place it is counted how often prod differs from itself there, and how often stage differs from
//! prod. If stage differs about as often, it is noise. A place where prod wavers a little and stage has lost all is none.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::difference::{Difference, Kind};
use super::tally::Subject;

/// Stage must differ from prod more often than prod from itself by this share of both rates together (Diffy's 20 %),
const RELATIVE: f64 = 0.2;

/// and by this share of all that was compared (Diffy's 0.03 %).
const ABSOLUTE: f64 = 0.0003;

/// Prod must have been asked twice for so many before a rate says anything. Where it was asked for fewer, only what was
/// seen to waver itself is noise.
const ENOUGH: usize = 20;

/// The most places of which noise is learned. What lies beyond is told as changed, and not forgiven.
const MOST_PLACES: usize = 1_000;

/// A place where prod differs from itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoisyPath {
    /// Where.
    pub path: String,
    /// What it does there: it changes, is there or not, or stands in another order.
    pub kind: Kind,
    /// In how many answers of prod it differed,
    pub differed: usize,
    /// of how many that prod was asked for twice.
    pub asked_twice: usize,
    /// In how many answers of stage something differed there.
    pub on_stage: usize,
    /// Whether what differs there on stage is told as noise, and not as a change.
    pub is_noise: bool,
}

/// What one thing does that is now there and now not: it is lost or gained, as the order of asking has it.
pub(super) fn wavering(kind: Kind) -> Kind {
    if matches!(kind, Kind::Gained | Kind::Returned) { Kind::Lost } else { kind }
}

/// What was seen at one place.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// How often prod differed from itself.
    prod: usize,
    /// How often stage differed from prod,
    stage: usize,
    /// and prod from itself at the same time.
    both: usize,
}

/// What was learned of noise so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Noise {
    seen: BTreeMap<(Subject, String, Kind), Seen>,
    asked: BTreeMap<Subject, usize>,
    asked_twice: BTreeMap<Subject, usize>,
}

impl Noise {
    /// Takes in what differs between stage and prod, and between prod and itself if it was asked twice.
    pub fn add(&mut self, subject: Subject, stage: &[Difference], prod: Option<&[Difference]>) {
        *self.asked.entry(subject).or_default() += 1;
        let places = |of: &[Difference]| -> HashSet<(String, Kind)> {
            of.iter().map(|it| (it.path.clone(), wavering(it.kind))).collect()
        };
        let stage = places(stage);
        let prod = prod.map(|prod| {
            *self.asked_twice.entry(subject).or_default() += 1;
            places(prod)
        });
        let prod = prod.unwrap_or_default();
        for place in stage.union(&prod) {
            let key = (subject, place.0.clone(), place.1);
            let is_known = self.seen.contains_key(&key);
            if !is_known && self.seen.len() >= MOST_PLACES {
                continue;
            }
            let (on_stage, on_prod) = (stage.contains(place), prod.contains(place));
            let seen = self.seen.entry(key).or_default();
            seen.stage += usize::from(on_stage);
            seen.prod += usize::from(on_prod);
            seen.both += usize::from(on_stage && on_prod);
        }
    }

    /// Whether what differs there is noise.
    pub fn is_noise(&self, subject: Subject, path: &str, kind: Kind) -> bool {
        let key = (subject, path.to_owned(), wavering(kind));
        self.seen.get(&key).is_some_and(|seen| self.rules_out_a_change(subject, path, *seen))
    }

    /// The places where prod differs from itself.
    pub fn paths(&self) -> Vec<NoisyPath> {
        let noisy = self.seen.iter().filter(|(_, seen)| seen.prod > 0);
        noisy.map(|((subject, path, kind), seen)| self.told(*subject, path, *kind, *seen)).collect()
    }

    /// What prod does itself at one place; `None` if it always says the same there.
    pub fn at(&self, subject: Subject, path: &str, kind: Kind) -> Option<NoisyPath> {
        let kind = wavering(kind);
        let seen = self.seen.get(&(subject, path.to_owned(), kind)).filter(|seen| seen.prod > 0)?;
        Some(self.told(subject, path, kind, *seen))
    }

    fn told(&self, subject: Subject, path: &str, kind: Kind, seen: Seen) -> NoisyPath {
        NoisyPath {
            path: path.to_owned(),
            kind,
            differed: seen.prod,
            asked_twice: self.asked_twice.get(&subject).copied().unwrap_or_default(),
            on_stage: seen.stage,
            is_noise: self.rules_out_a_change(subject, path, seen),
        }
    }

    fn rules_out_a_change(&self, subject: Subject, path: &str, seen: Seen) -> bool {
        let count = |of: &BTreeMap<Subject, usize>| of.get(&subject).copied().unwrap_or_default();
        let (asked, twice) = (count(&self.asked), count(&self.asked_twice));
        if seen.prod == 0 {
            return false;
        }
        // Whether a record is there at all is never a matter of rates.
        if twice < ENOUGH || path == "status" {
            return seen.both == seen.stage;
        }
        let (stage, prod) = (rate(seen.stage, asked), rate(seen.prod, twice));
        let more = stage - prod;
        !(more > RELATIVE * (stage + prod) && more > ABSOLUTE)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are small")]
fn rate(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
