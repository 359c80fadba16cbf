//! How often one visitor may do something. Kept in memory: after a restart everybody begins
//! afresh.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use protocol::error::{ErrorCode, Refusal};
use protocol::time::Timestamp;

use crate::settings::Rate;

/// Above this many names the quiet ones are forgotten.
const NAMES_BEFORE_CLEANING: usize = 4096;

/// Counts what each name did lately.
pub(crate) struct Limiter {
    rates: Vec<Rate>,
    lately: Mutex<Lately>,
}

#[derive(Default)]
struct Lately {
    by_name: HashMap<String, VecDeque<Timestamp>>,
    clean_above: usize,
}

impl Limiter {
    pub(crate) fn new(rates: &[Rate]) -> Self {
        Self {
            rates: rates.to_vec(),
            lately: Mutex::default(),
        }
    }

    /// Counts one more, or says how long to wait. What is refused does not count.
    pub(crate) fn admit(&self, name: &str, now: Timestamp) -> Result<(), Refusal> {
        let longest = self.rates.iter().map(|rate| rate.per_ms).max().unwrap_or(0);
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.clean(now, longest);
        let times = lately.by_name.entry(name.to_owned()).or_default();
        // A clock that was set back would otherwise shut people out until it has caught up.
        times.retain(|at| *at <= now && now.since(*at) < longest);
        let wait = self.rates.iter().filter_map(|rate| rate.wait(times, now));
        match wait.max() {
            None => {
                times.push_back(now);
                Ok(())
            }
            Some(wait) => Err(Refusal {
                retry_after_ms: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
                ..ErrorCode::RateLimited.into()
            }),
        }
    }
}

impl Rate {
    /// How long until one more is allowed; nothing when it is now.
    fn wait(&self, times: &VecDeque<Timestamp>, now: Timestamp) -> Option<i64> {
        let first_that_counts = times.len().checked_sub(self.count as usize)?;
        let Some(at) = times.get(first_that_counts) else {
            // A rate of none at all.
            return Some(self.per_ms);
        };
        let wait = at.plus(self.per_ms).since(now);
        (wait > 0).then_some(wait)
    }
}

impl Lately {
    fn clean(&mut self, now: Timestamp, longest: i64) {
        if self.by_name.len() <= self.clean_above.max(NAMES_BEFORE_CLEANING) {
            return;
        }
        self.by_name.retain(|_, times| {
            times
                .back()
                .is_some_and(|at| *at <= now && now.since(*at) < longest)
        });
        // Doubling keeps the cost of cleaning small when everybody is busy.
        self.clean_above = self.by_name.len() * 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> Limiter {
        Limiter::new(&[
            Rate {
                count: 3,
                per_ms: 10,
            },
            Rate {
                count: 5,
                per_ms: 100,
            },
        ])
    }

    fn wait(limiter: &Limiter, name: &str, now: i64) -> Option<u32> {
        let refusal = limiter.admit(name, Timestamp(now)).err()?;
        assert_eq!(refusal.code, ErrorCode::RateLimited);
        assert!(refusal.retryable);
        refusal.retry_after_ms
    }

    #[test]
    fn waiting_as_long_as_told_is_enough() {
        let limiter = limiter();
        for at in [0, 1, 2] {
            assert_eq!(wait(&limiter, "a", at), None);
        }
        assert_eq!(wait(&limiter, "a", 3), Some(7));
        assert_eq!(wait(&limiter, "b", 3), None);
        assert_eq!(wait(&limiter, "a", 10), None);
        assert_eq!(wait(&limiter, "a", 11), None);
        assert_eq!(wait(&limiter, "a", 21), Some(79));
        assert_eq!(wait(&limiter, "a", 100), None);
    }

    #[test]
    fn clock_set_back_shuts_nobody_out() {
        let limiter = limiter();
        for at in [1000, 1001, 1002] {
            assert_eq!(wait(&limiter, "a", at), None);
        }
        assert_eq!(wait(&limiter, "a", 5), None);
    }

    #[test]
    fn quiet_names_are_forgotten() {
        let limiter = limiter();
        for name in 0..=NAMES_BEFORE_CLEANING {
            assert_eq!(wait(&limiter, &name.to_string(), 0), None);
        }
        assert_eq!(wait(&limiter, "late", 500), None);
        let lately = limiter.lately.lock().unwrap();
        assert_eq!(lately.by_name.len(), 1);
    }
}
