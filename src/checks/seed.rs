//! Chance that can be repeated: `SplitMix64`, which gives the same numbers for the same seed on every machine.

/// A sequence of numbers that look random and follow from a seed alone.
#[derive(Debug, Clone)]
pub struct Seed(u64);

impl Seed {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bias of the remainder is far below one in a billion for the bounds of this gate.
        self.next() % bound
    }

    /// One of these; there is at least one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let place = self.below(from.len() as u64);
        &from[usize::try_from(place).unwrap_or_default()]
    }

    /// The generator as Steele, Lea and Flood published it in 2014.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::Seed;

    /// The first numbers of seed 1234567, as the reference implementation gives them.
    #[rstest]
    fn the_numbers_are_those_of_the_published_generator() {
        let mut seed = Seed::new(1_234_567);
        let numbers = [seed.next(), seed.next(), seed.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }
}
