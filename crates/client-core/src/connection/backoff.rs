//! How long to wait before the next attempt.
//!
//! Full jitter: any time up to a bound that doubles with each attempt, so that clients that were
//! cut off together do not come back together.

const FIRST_MS: u32 = 500;
const LONGEST_MS: u32 = 30_000;

/// Milliseconds to wait after this many failed attempts.
pub(crate) fn delay_ms(attempt: u32, random: u128) -> u32 {
    let bound = (FIRST_MS << attempt.min(6)).min(LONGEST_MS);
    // Half of the bits are plenty; dividing all of them would be 1 KB in every download.
    (random as u64 % u64::from(bound + 1)) as u32
}
