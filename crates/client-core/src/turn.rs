//! What one input may use and what it brings about.
//!
//! A turn lends the slices the time and the randomness of the input and collects the effects in
//! the order they were asked for. Invariants: every id drawn in a turn is different; each part of
//! the views is announced once, after everything else; nothing is stored before the person acted.

use protocol::ids::ClientId;
use protocol::time::Timestamp;

use crate::effect::{Alert, Effect, Slice, Timer};
use crate::outgoing::Outgoing;

/// The work on one input.
pub(crate) struct Turn {
    /// The time of the input.
    pub(crate) now: Timestamp,
    /// Whether the person acted, so that storage may be written (mission V9).
    pub(crate) storing: bool,
    entropy: u128,
    drawn: u128,
    effects: Vec<Effect>,
    changed: [bool; 7],
}

impl Turn {
    pub(crate) fn new(now: Timestamp, entropy: u128, storing: bool) -> Self {
        Self {
            now,
            storing,
            entropy,
            drawn: 0,
            effects: Vec::new(),
            changed: [false; 7],
        }
    }

    /// 128 bits that no other draw of this turn gives.
    pub(crate) fn random(&mut self) -> u128 {
        self.drawn += 1;
        mix(self
            .entropy
            .wrapping_add(self.drawn.wrapping_mul(GOLDEN_RATIO)))
    }

    pub(crate) fn client_id(&mut self) -> ClientId {
        ClientId::from_bits(self.random())
    }

    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(crate) fn send(&mut self, frame: Outgoing) {
        self.push(Effect::Send(Box::new(frame)));
    }

    pub(crate) fn set_timer(&mut self, timer: Timer, after_ms: u32) {
        self.push(Effect::SetTimer { timer, after_ms });
    }

    pub(crate) fn cancel_timer(&mut self, timer: Timer) {
        self.push(Effect::CancelTimer(timer));
    }

    pub(crate) fn save(&mut self, key: String, value: String) {
        if self.storing {
            self.push(Effect::Save { key, value });
        }
    }

    pub(crate) fn forget(&mut self, key: String) {
        if self.storing {
            self.push(Effect::Forget { key });
        }
    }

    pub(crate) fn alert(&mut self, alert: Alert) {
        self.push(Effect::Alert(alert));
    }

    pub(crate) fn render(&mut self, slice: Slice) {
        self.changed[slice as usize] = true;
    }

    pub(crate) fn finish(mut self) -> Vec<Effect> {
        for slice in [
            Slice::Banner,
            Slice::Timeline,
            Slice::Composer,
            Slice::Form,
            Slice::Roster,
            Slice::Desk,
            Slice::Information,
        ] {
            if self.changed[slice as usize] {
                self.effects.push(Effect::Render(slice));
            }
        }
        self.effects
    }
}

/// 2^128 divided by the golden ratio, made odd: multiples of it stay far apart.
const GOLDEN_RATIO: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// A one-to-one scrambling of 128 bits: different numbers in, different and unlike numbers out.
fn mix(bits: u128) -> u128 {
    const FACTOR: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
    let mut bits = bits;
    for shift in [64, 59, 67] {
        bits = (bits ^ (bits >> shift)).wrapping_mul(FACTOR);
    }
    bits ^ (bits >> 64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_of_one_turn_and_of_neighbouring_turns_differ() {
        let mut seen = BTreeSet::new();
        for entropy in 0..100 {
            let mut turn = Turn::new(Timestamp(0), entropy, true);
            for _ in 0..10 {
                assert!(seen.insert(turn.client_id()));
            }
        }
    }

    #[test]
    fn one_bit_of_entropy_changes_about_half_of_an_id() {
        let draw = |entropy| Turn::new(Timestamp(0), entropy, true).random();
        for bit in 0..128 {
            let changed = (draw(7) ^ draw(7 ^ (1 << bit))).count_ones();
            assert!((30..=98).contains(&changed), "bit {bit}: {changed}");
        }
    }

    #[test]
    fn parts_of_the_views_are_announced_once_and_last() {
        let mut turn = Turn::new(Timestamp(0), 0, true);
        turn.render(Slice::Timeline);
        turn.save("a".to_owned(), "b".to_owned());
        turn.render(Slice::Timeline);
        assert_eq!(
            turn.finish(),
            [
                Effect::Save {
                    key: "a".to_owned(),
                    value: "b".to_owned()
                },
                Effect::Render(Slice::Timeline)
            ]
        );
    }

    #[test]
    fn nothing_is_stored_before_the_person_acted() {
        let mut turn = Turn::new(Timestamp(0), 0, false);
        turn.save("a".to_owned(), "b".to_owned());
        turn.forget("a".to_owned());
        assert_eq!(turn.finish(), []);
    }
}
