//! From a sample to the whole catalogue: about how many works break a rule, and how sure that is.

use std::collections::{BTreeSet, HashMap};

use super::sample::{Sample, Sampled};

/// How many works of the catalogue something is true of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The most likely number.
    pub about: usize,
    /// With a confidence of 95 %, it is no less than this,
    pub low: usize,
    /// and no more than this.
    pub high: usize,
}

/// How many works of the catalogue are broken, if these are the broken ones of those looked at, which were all or some
/// of those `among` the sample that the claim is about.
///
/// The sample holds relatively more works of rare types than the catalogue does, on purpose. So each work stands for
/// the works of its type: for N/n of them, if n of the N works of its type were drawn. The interval is Wilson's, for as
/// many independent works as those weights are worth (Kish's effective sample size).
#[must_use]
pub fn estimate(
    sample: &Sample<'_>,
    among: &[Sampled<'_>],
    looked_at: &[Sampled<'_>],
    broken: &BTreeSet<&str>,
) -> Estimate {
    let weights = Weights::of(sample);
    let of_all = weights.sum(&sample.works);
    let of_those = weights.sum(looked_at);
    if of_all <= 0.0 || of_those <= 0.0 {
        return Estimate { about: 0, low: 0, high: 0 };
    }
    let of_broken: f64 =
        looked_at.iter().filter(|work| broken.contains(work.id)).map(|work| weights.of_one(work)).sum();
    let squares: f64 = looked_at.iter().map(|work| weights.of_one(work).powi(2)).sum();
    let share = of_broken / of_those;
    let (low, high) = wilson(share, of_those * of_those / squares);
    let concerned = real(sample.total) * weights.sum(among) / of_all;
    let works = |share: f64| rounded(share * concerned);
    let seen = broken.len();
    Estimate {
        about: works(share).max(seen),
        low: works(low).max(seen),
        high: works(high).clamp(seen, sample.total.max(seen)),
    }
}

/// How many works of the catalogue a sampled work stands for.
struct Weights<'s>(HashMap<&'s str, f64>);

impl<'s> Weights<'s> {
    fn of(sample: &'s Sample<'_>) -> Self {
        let mut drawn: HashMap<&str, usize> = HashMap::new();
        for work in &sample.works {
            *drawn.entry(work.work_type()).or_default() += 1;
        }
        let weigh = |(work_type, drawn): (&'s str, usize)| {
            // A type that no facet counts, and works without one, stand for themselves.
            let counted = sample.of_type.get(work_type).copied().unwrap_or(drawn);
            (work_type, real(counted.max(drawn)) / real(drawn))
        };
        Self(drawn.into_iter().map(weigh).collect())
    }

    fn of_one(&self, work: &Sampled<'_>) -> f64 {
        self.0.get(work.work_type()).copied().unwrap_or(1.0)
    }

    fn sum(&self, works: &[Sampled<'_>]) -> f64 {
        works.iter().map(|work| self.of_one(work)).sum()
    }
}

/// Wilson's interval for a share that was seen among `number`, with a confidence of 95 %.
fn wilson(share: f64, number: f64) -> (f64, f64) {
    let z2 = 1.96_f64.powi(2);
    let centre = share + z2 / (2.0 * number);
    let spread = 1.96 * (share * (1.0 - share) / number + z2 / (4.0 * number * number)).sqrt();
    let scale = 1.0 + z2 / number;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

/// A count to calculate with; exact up to 2^53, and no catalogue is larger.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn real(count: usize) -> f64 {
    count as f64
}

/// The whole number nearest to what was calculated; 0 for what lies below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what does not fit becomes the nearest that does"
)]
fn rounded(number: f64) -> usize {
    number.round() as usize
}
