//! How fast a line moves, and what that means for those in it.
//!
//! With `n` departures kept, the oldest of them `t` ago, one leaves every `t / n`; so the one at
//! position `p` is expected to leave after `p * t / n`. The time since the latest departure is
//! part of `t`: a line that stands still makes longer promises.

use std::collections::VecDeque;

use protocol::time::Timestamp;

/// Departures older than this say nothing about now, in milliseconds.
const RECENT_MS: i64 = 30 * 60 * 1000;
/// At most this many of the latest departures count.
const KEPT: usize = 20;
/// With fewer there is no telling.
const ENOUGH: usize = 3;

/// When sessions left the line lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    departures: VecDeque<Timestamp>,
}

impl Pace {
    /// Notes that a session has left the line for good: an agent accepted, or the visitor left.
    pub fn departed(&mut self, at: Timestamp) {
        self.departures.push_back(at);
        while self.departures.len() > KEPT {
            self.departures.pop_front();
        }
    }

    /// How long somebody at this position, counted from 1, is expected to wait, in milliseconds;
    /// nothing when too few left lately to tell.
    pub fn expected_wait_ms(&self, position: u32, now: Timestamp) -> Option<i64> {
        let recent = |at: &&Timestamp| (0..=RECENT_MS).contains(&now.since(**at));
        let count = self.departures.iter().filter(recent).count();
        if count < ENOUGH {
            return None;
        }
        let oldest = self.departures.iter().filter(recent).min()?;
        let each = now.since(*oldest) / i64::try_from(count).ok()?;
        Some(each.saturating_mul(i64::from(position)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(departures: &[i64]) -> Pace {
        let mut pace = Pace::default();
        for at in departures {
            pace.departed(Timestamp(*at));
        }
        pace
    }

    #[test]
    fn expected_wait_is_position_times_the_mean_gap() {
        let pace = pace(&[0, 60_000, 120_000]);
        assert_eq!(pace.expected_wait_ms(1, Timestamp(180_000)), Some(60_000));
        assert_eq!(pace.expected_wait_ms(4, Timestamp(180_000)), Some(240_000));
    }

    #[test]
    fn a_line_that_stands_still_promises_longer_waits() {
        let pace = pace(&[0, 60_000, 120_000]);
        assert_eq!(pace.expected_wait_ms(1, Timestamp(300_000)), Some(100_000));
    }

    #[test]
    fn too_few_or_too_old_departures_tell_nothing() {
        assert_eq!(Pace::default().expected_wait_ms(1, Timestamp(0)), None);
        assert_eq!(pace(&[1, 2]).expected_wait_ms(1, Timestamp(3)), None);
        let old = pace(&[0, 1, 2]);
        assert_eq!(old.expected_wait_ms(1, Timestamp(RECENT_MS + 3)), None);
        assert_eq!(old.expected_wait_ms(1, Timestamp(-1)), None);
    }

    #[test]
    fn only_the_latest_departures_count() {
        let mut all: Vec<i64> = vec![0; 100];
        all.extend((0..20).map(|at| 600_000 + at * 1000));
        let pace = pace(&all);
        assert_eq!(pace.expected_wait_ms(1, Timestamp(620_000)), Some(1000));
    }
}
