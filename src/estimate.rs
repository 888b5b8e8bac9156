//! From a sample to the whole catalogue: about how many works something is true of, and how sure that is.
//!
//! What was drawn is known, and only the rest is estimated. Each work type is a stratum: of the `U` works of it that were
//! not drawn, as large a share is taken to be broken as of the `n` that were, and the interval of that share is Wilson's
//! for `nU/(n+U)` works drawn one by one. That is the variance of the finite population correction (Cochran,
//! *Sampling Techniques*, 1977, chapter 2; Valliant, Dorfman and Royall, *Finite Population Sampling*, 2000, chapter 2,
//! for the same seen as a prediction of the rest): nothing is left to estimate where all were looked at. The intervals
//! of strata are added as Zou and Donner do (*Statistics in Medicine* 27, 2008, 1693–1702): the squares of their arms
//! add up.
//!
//! Works are drawn by pages of a hundred, and count as if they were drawn one by one: lists are ordered by id, ids are
//! given out at random, so neighbours have no more in common than any two works of their type, and a page has no design
//! effect to speak of. It would have one, and the interval would be too narrow, if an index were half built in the order
//! of ids. That is no matter for the bounds that block: they go by what was seen, and not by what is estimated.

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
    /// Of how many that the claim is about it is known whether they are: of those, and of any that were not drawn.
    pub known: usize,
    /// How many of those that are known are broken.
    pub known_broken: usize,
}

/// What is true of one stratum.
struct Part {
    likely: f64,
    low: f64,
    high: f64,
}

impl Estimate {
    /// Whether it was counted, so that there is nothing to estimate.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The same, if so many were seen.
    #[must_use]
    pub fn at_least(self, seen: usize) -> Self {
        let Self { about, low, high } = self;
        Self { about: about.max(seen), low: low.max(seen), high: high.max(seen) }
    }
}

/// How many works of a catalogue of so many are broken, of these strata.
#[must_use]
pub fn of_strata(strata: &[Stratum], total: usize) -> Estimate {
    let seen: usize = strata.iter().map(|it| it.known_broken).sum();
    let known: usize = strata.iter().map(|it| it.known + it.drawn.saturating_sub(it.among)).sum();
    let unknown = total.saturating_sub(known);
    if unknown == 0 {
        return Estimate { about: seen, low: seen, high: seen };
    }
    let looked_at = || strata.iter().filter(|it| it.looked_at > 0);
    let counted: f64 = strata.iter().filter(|it| it.drawn > 0).map(Stratum::whole).sum();
    let covered: f64 = looked_at().map(Stratum::concerned).sum();
    if covered <= 0.0 {
        return Estimate { about: seen, low: seen, high: seen + unknown };
    }
    // What no stratum counts, and strata of which none was looked at, are taken to be like the others.
    let concerned: f64 = strata.iter().map(Stratum::concerned).sum();
    let more = (concerned / covered) * (real(total) / counted).max(1.0);
    let parts: Vec<Part> = looked_at().map(|it| it.part(more)).collect();
    let likely: f64 = parts.iter().map(|it| it.likely).sum();
    let arm = |of: fn(&Part) -> f64| parts.iter().map(|it| of(it).powi(2)).sum::<f64>().sqrt();
    let (below, above) = (arm(|it| it.likely - it.low), arm(|it| it.high - it.likely));
    let works = |number: f64| whole_number(number).clamp(seen, seen + unknown);
    Estimate {
        about: works(likely.round()),
        low: works((likely - below).floor()),
        high: works((likely + above).ceil()),
    }
}

impl Stratum {
    /// How many works it has, whatever facets count.
    fn whole(&self) -> f64 {
        real(self.works.max(self.drawn))
    }

    /// How many of them the claim is about, as far as those that were drawn tell.
    fn concerned(&self) -> f64 {
        if self.drawn == 0 { 0.0 } else { self.whole() * real(self.among) / real(self.drawn) }
    }

    /// How many of them are broken, if it stands for so many times as many works.
    fn part(&self, more: f64) -> Part {
        let (works, drawn) = (self.concerned() * more, real(self.looked_at));
        let (seen, unknown) = (real(self.known_broken), works - real(self.known));
        if unknown < 0.5 {
            return Part { likely: seen, low: seen, high: seen };
        }
        // Works that were not drawn bound what is possible, but are no measure of the others: what is lost, say, can
        // not be drawn from where it is not.
        let rest = works - drawn;
        let with = |share: f64| (real(self.broken) + share * rest).clamp(seen, seen + unknown);
        let share = real(self.broken) / drawn;
        let (low, high) = wilson(share, drawn * rest / (drawn + rest));
        let (low, likely, high) = (with(low), with(share), with(high));
        Part { likely, low: if low < high { low } else { seen }, high }
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

/// A whole number as a count; 0 for what lies below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what does not fit becomes the nearest that does"
)]
fn whole_number(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::{Estimate, Stratum, of_strata, real};

    /// So many works, so many of which were drawn and looked at, and so many of those are broken.
    fn stratum(works: usize, drawn: usize, broken: usize) -> Stratum {
        Stratum { works, drawn, among: drawn, looked_at: drawn, broken, known: drawn, known_broken: broken }
    }

    #[test]
    fn what_was_looked_at_as_a_whole_is_counted_and_not_estimated() {
        let found = of_strata(&[stratum(300, 300, 58), stratum(40, 40, 0)], 340);
        assert_eq!(found, Estimate { about: 58, low: 58, high: 58 });
        assert!(found.is_exact());
    }

    #[test]
    fn a_type_that_was_looked_at_as_a_whole_adds_nothing_that_is_unsure() {
        let (whole, some) = (stratum(300, 300, 58), stratum(1_000, 50, 5));
        let (both, alone) = (of_strata(&[whole, some], 1_300), of_strata(&[some], 1_000));
        let Estimate { about, low, high } = alone;
        assert_eq!(both, Estimate { about: about + 58, low: low + 58, high: high + 58 });
        assert!(!both.is_exact());
    }

    #[rstest]
    #[case::chosen_ones_are_certain_too(Stratum { known: 60, known_broken: 40, ..stratum(1_000, 50, 1) }, 40, 980)]
    #[case::two_of_which_nothing_is_known(Stratum { known: 98, known_broken: 22, ..stratum(100, 20, 20) }, 22, 24)]
    #[case::what_was_seen_is_the_least(stratum(60, 58, 58), 58, 60)]
    #[case::what_holds_does_not_break(stratum(100, 90, 1), 1, 11)]
    fn what_was_seen_bounds_what_is_said(
        #[case] stratum: Stratum,
        #[case] least: usize,
        #[case] most: usize,
    ) {
        let found = of_strata(&[stratum], stratum.works);
        assert!(least <= found.low && found.low <= found.about, "{found:?}");
        assert!(found.about <= found.high && found.high <= most, "{found:?}");
    }

    #[test]
    fn the_more_of_a_catalogue_is_looked_at_the_surer_it_is() {
        let width = |works: usize| {
            let found = of_strata(&[stratum(works, 500, 250)], works);
            real(found.high - found.low) / real(works)
        };
        assert!(width(600) < width(2_000) / 2.0, "{} {}", width(600), width(2_000));
        assert!(width(2_000) < width(1_000_000) * 0.9, "{} {}", width(2_000), width(1_000_000));
    }

    #[test]
    fn what_no_type_counts_is_taken_to_be_like_the_rest() {
        assert_eq!(of_strata(&[stratum(1_000, 100, 10)], 2_000).about, 200);
    }

    #[test]
    fn where_nothing_was_looked_at_anything_may_be() {
        let none = Stratum { works: 1_000, ..Stratum::default() };
        assert_eq!(of_strata(&[none], 1_000), Estimate { about: 0, low: 0, high: 1_000 });
    }

    /// How often the interval holds what is true, over every sample of so many of so many works, `true_number` of which
    /// are broken (the hypergeometric distribution).
    fn coverage(works: usize, drawn: usize, true_number: usize) -> f64 {
        let choose = |of: usize, number: usize| -> f64 {
            (0..number).map(|it| (real(of - it) / real(it + 1)).ln()).sum()
        };
        let possible = drawn.saturating_sub(works - true_number)..=drawn.min(true_number);
        let covers = |broken: &usize| {
            let found = of_strata(&[stratum(works, drawn, *broken)], works);
            found.low <= true_number && true_number <= found.high
        };
        let probability = |broken: usize| {
            let of_rest = choose(works - true_number, drawn - broken);
            (choose(true_number, broken) + of_rest - choose(works, drawn)).exp()
        };
        possible.filter(covers).map(probability).sum()
    }

    #[rstest]
    #[case::few_of_many(20_000, 100)]
    #[case::a_tenth(1_000, 100)]
    #[case::half(400, 200)]
    #[case::most(200, 160)]
    fn the_interval_holds_the_true_number_nearly_always(#[case] works: usize, #[case] drawn: usize) {
        let each: Vec<f64> =
            (1..20).map(|twentieths| coverage(works, drawn, works * twentieths / 20)).collect();
        let mean = each.iter().sum::<f64>() / real(each.len());
        assert!(each.iter().all(|it| *it > 0.91), "{each:?}");
        assert!((0.94..0.985).contains(&mean), "{mean}");
    }
}
