//! Chance that is the same everywhere: integers only, so no machine rounds differently.

/// A stream of numbers from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

/// Quantiles of the exponential distribution, in thousandths of its mean, at the middles of 32
/// equal parts.
const EXPONENTIAL: [i64; 32] = [
    16, 48, 81, 116, 152, 189, 227, 267, 309, 352, 398, 446, 496, 549, 605, 664, 727, 794, 866,
    944, 1_028, 1_119, 1_219, 1_331, 1_456, 1_599, 1_766, 1_966, 2_218, 2_557, 3_068, 4_159,
];

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(super) fn in_thousand(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    /// A time that is spread as times between independent events are.
    pub(super) fn around(&mut self, mean_ms: i64) -> i64 {
        mean_ms * EXPONENTIAL[self.below(EXPONENTIAL.len())] / 1000
    }

    /// A time between two others.
    pub(super) fn between(&mut self, from_ms: i64, to_ms: i64) -> i64 {
        from_ms + (self.next() % (to_ms - from_ms).max(1) as u64) as i64
    }
}
