//! From a sample to the whole catalogue: about how many works something is true of, and how sure that is.

use serde::Serialize;

/// How many works of the catalogue something is true of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// The most likely number.
    pub about: usize,
    /// With a confidence of 95 %, it is no less than this,
    pub low: usize,
    /// and no more than this.
    pub high: usize,
}

/// The works of one type: how many there are, and how many of those that were drawn are what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stratum {
    /// How many the whole catalogue has.
    pub works: usize,
    /// How many were drawn.
    pub drawn: usize,
    /// How many of those the claim is about.
    pub among: usize,
    /// How many of those were looked at.
    pub looked_at: usize,
    /// How many of those are broken.
    pub broken: usize,
}

impl Stratum {
    /// How many works of the catalogue one that was drawn stands for.
    fn weight(&self) -> f64 {
        if self.drawn == 0 { 1.0 } else { real(self.works.max(self.drawn)) / real(self.drawn) }
    }
}

/// How many works of a catalogue of so many are broken, if so many were `seen` to be, of these strata.
#[must_use]
pub fn of_strata(strata: &[Stratum], total: usize, seen: usize) -> Estimate {
    let sum = |count: fn(&Stratum) -> usize| -> f64 {
        strata.iter().map(|stratum| stratum.weight() * real(count(stratum))).sum()
    };
    let of_all = sum(|stratum| stratum.drawn);
    let of_those = sum(|stratum| stratum.looked_at);
    if of_all <= 0.0 || of_those <= 0.0 {
        return Estimate { about: 0, low: 0, high: 0 };
    }
    let squares: f64 = strata.iter().map(|it| it.weight().powi(2) * real(it.looked_at)).sum();
    let share = sum(|stratum| stratum.broken) / of_those;
    let (low, high) = wilson(share, of_those * of_those / squares);
    let concerned = real(total) * sum(|stratum| stratum.among) / of_all;
    let works = |share: f64| rounded(share * concerned);
    Estimate {
        about: works(share).max(seen),
        low: works(low).max(seen),
        high: works(high).clamp(seen, total.max(seen)),
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
