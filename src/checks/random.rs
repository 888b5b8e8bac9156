//! Random numbers from a seed: the same seed gives the same numbers on every machine, today and in ten years.
//!
//! `SplitMix64` (Steele, Lea and Flood, 2014), which is the generator that others are seeded with; written out, so that no
//! new version of a crate chooses other works.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of this seed for this purpose. Streams for different purposes have nothing to do with one another, so
    /// that a work type which comes or goes does not change what is drawn of the others.
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        purpose.bytes().fold(Self(seed), |stream, byte| {
            let mixed = Self(stream.0 ^ u64::from(byte)).next();
            Self(mixed)
        })
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, each as likely as any other; 0 if there is none.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let scaled = u128::from(self.next()) * bound as u128;
        usize::try_from(scaled >> 64).unwrap_or(0)
    }

    /// One of these; there is at least one.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Puts the entries into a random order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, entries: &mut [T]) {
        for last in (1..entries.len()).rev() {
            entries.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Random;

    fn order(seed: u64, purpose: &str) -> Vec<u32> {
        let mut entries: Vec<u32> = (0..8).collect();
        Random::new(seed, purpose).shuffle(&mut entries);
        entries
    }

    /// From the reference implementation.
    #[rstest]
    fn the_numbers_are_those_of_split_mix_64() {
        let mut stream = Random(1_234_567);
        let numbers = [stream.next(), stream.next(), stream.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[rstest]
    fn a_seed_and_a_purpose_give_one_order() {
        assert_eq!(order(2026, "workType=a"), order(2026, "workType=a"));
        assert_ne!(order(2026, "workType=a"), order(2027, "workType=a"));
        assert_ne!(order(2026, "workType=a"), order(2026, "workType=b"));
    }

    #[rstest]
    fn every_place_is_as_likely_as_any_other() {
        let mut first = [0_u32; 8];
        for seed in 0..8000 {
            first[order(seed, "")[0] as usize] += 1;
        }
        assert!(first.iter().all(|times| (850..1150).contains(times)), "{first:?}");
    }
}
