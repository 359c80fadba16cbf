//! Slows down guessing of passwords, for each e-mail address by itself. Kept in memory.
//!
//! Invariant: an attempt counts as wrong before it is checked, so that many at once get no
//! further than one after the other.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use protocol::error::{ErrorCode, Refusal};
use protocol::time::Timestamp;

/// This many wrong passwords cost nothing.
const FREE: u32 = 5;
/// The first wait, in milliseconds; it doubles with each further failure.
const FIRST_WAIT_MS: i64 = 5_000;
/// The longest wait, in milliseconds.
const LONGEST_WAIT_MS: i64 = 15 * 60 * 1000;
/// After this long without an attempt all is forgotten, in milliseconds.
const FORGOTTEN_MS: i64 = 60 * 60 * 1000;
/// Above this many addresses the quiet ones are forgotten.
const ADDRESSES_BEFORE_CLEANING: usize = 4096;

/// Failed attempts by e-mail address.
#[derive(Default)]
pub(crate) struct Guesses {
    by_email: Mutex<HashMap<String, Failures>>,
}

struct Failures {
    count: u32,
    last: Timestamp,
}

impl Failures {
    fn wait_ms(&self) -> i64 {
        match self.count.checked_sub(FREE) {
            None => 0,
            Some(beyond) => FIRST_WAIT_MS
                .saturating_mul(1_i64.checked_shl(beyond.min(32)).unwrap_or(i64::MAX))
                .min(LONGEST_WAIT_MS),
        }
    }

    fn is_forgotten(&self, now: Timestamp) -> bool {
        now < self.last || now.since(self.last) >= FORGOTTEN_MS
    }
}

impl Guesses {
    /// Counts an attempt, or says how long to wait before the next one.
    pub(crate) fn attempt(&self, email: &str, now: Timestamp) -> Result<(), Refusal> {
        let mut by_email = self.by_email.lock().unwrap_or_else(PoisonError::into_inner);
        if by_email.len() > ADDRESSES_BEFORE_CLEANING {
            by_email.retain(|_, failures| !failures.is_forgotten(now));
        }
        let failures = by_email
            .entry(email.to_owned())
            .and_modify(|failures| {
                if failures.is_forgotten(now) {
                    failures.count = 0;
                }
            })
            .or_insert(Failures {
                count: 0,
                last: now,
            });
        let wait = failures.last.plus(failures.wait_ms()).since(now);
        if wait > 0 {
            return Err(Refusal {
                retry_after_ms: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
                ..ErrorCode::TooManyAttempts.into()
            });
        }
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
        Ok(())
    }

    /// The password was right: all is forgiven.
    pub(crate) fn succeeded(&self, email: &str) {
        let mut by_email = self.by_email.lock().unwrap_or_else(PoisonError::into_inner);
        by_email.remove(email);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(guesses: &Guesses, now: i64) -> Option<u32> {
        let refusal = guesses.attempt("ana@example.com", Timestamp(now)).err()?;
        assert_eq!(refusal.code, ErrorCode::TooManyAttempts);
        refusal.retry_after_ms
    }

    #[test]
    fn waits_grow_after_five_failures_and_end() {
        let guesses = Guesses::default();
        for _ in 0..5 {
            assert_eq!(wait(&guesses, 0), None);
        }
        assert_eq!(wait(&guesses, 0), Some(5_000));
        assert_eq!(wait(&guesses, 4_000), Some(1_000));
        assert_eq!(wait(&guesses, 5_000), None);
        assert_eq!(wait(&guesses, 5_000), Some(10_000));
        assert_eq!(wait(&guesses, 15_000), None);
        assert_eq!(wait(&guesses, 15_000), Some(20_000));
        assert!(
            guesses
                .attempt("ben@example.com", Timestamp(15_000))
                .is_ok()
        );
    }

    #[test]
    fn waits_have_a_longest() {
        let failures = Failures {
            count: u32::MAX,
            last: Timestamp(0),
        };
        assert_eq!(failures.wait_ms(), LONGEST_WAIT_MS);
    }

    #[test]
    fn success_and_an_hour_of_quiet_forgive() {
        let guesses = Guesses::default();
        for _ in 0..5 {
            assert_eq!(wait(&guesses, 0), None);
        }
        guesses.succeeded("ana@example.com");
        for _ in 0..5 {
            assert_eq!(wait(&guesses, 0), None);
        }
        assert!(wait(&guesses, 0).is_some());
        for _ in 0..5 {
            assert_eq!(wait(&guesses, FORGOTTEN_MS), None);
        }
    }
}
