//! How long the sign-in button rests after too many wrong passwords.
//!
//! The server decides and would refuse anyway; this only shows its decision while it counts
//! down, so that nobody presses in vain.

use protocol::time::Timestamp;

/// Shortest rest when the server names none.
const UNNAMED_MS: u32 = 5_000;

/// The instant from which pressing makes sense again.
pub(crate) fn rests_until(now: Timestamp, retry_after_ms: Option<u32>) -> Timestamp {
    now.plus(i64::from(retry_after_ms.unwrap_or(UNNAMED_MS)))
}

/// What is left, in words a person counts in. Rounded up: it never says zero while it rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing: press.
    Nothing,
    /// Less than two minutes.
    Seconds(u32),
    /// More.
    Minutes(u32),
}

/// What is left at `now`.
pub(crate) fn left(until: Timestamp, now: Timestamp) -> Left {
    let millis = u32::try_from(until.since(now).max(0)).unwrap_or(u32::MAX);
    match millis.div_ceil(1_000) {
        0 => Left::Nothing,
        seconds @ 1..=119 => Left::Seconds(seconds),
        seconds => Left::Minutes(seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn the_rest_counts_down_and_ends() {
        let until = rests_until(NOW, Some(3_000));
        let at = |millis| left(until, NOW.plus(millis));
        assert_eq!(at(0), Left::Seconds(3));
        assert_eq!(at(1), Left::Seconds(3));
        assert_eq!(at(2_001), Left::Seconds(1));
        assert_eq!(at(3_000), Left::Nothing);
        assert_eq!(at(9_000), Left::Nothing);
    }

    #[test]
    fn long_rests_are_told_in_minutes() {
        let at = |millis| left(NOW.plus(millis), NOW);
        assert_eq!(at(119_000), Left::Seconds(119));
        assert_eq!(at(120_000), Left::Minutes(2));
        assert_eq!(at(120_001), Left::Minutes(3));
        assert_eq!(at(900_000), Left::Minutes(15));
    }

    #[test]
    fn a_refusal_without_a_time_still_rests() {
        let until = rests_until(NOW, None);
        assert_eq!(left(until, NOW), Left::Seconds(5));
    }
}
