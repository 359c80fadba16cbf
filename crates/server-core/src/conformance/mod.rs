//! One suite that any storage must pass. Adapters call [`run_all`] from their tests.
//!
//! Each case gets a storage of its own and tells, as a sentence, what did not hold.

mod answers;
mod attachments;
mod chatbots;
mod conversations;
mod feeds;
mod mentions;
mod messages;
mod offers;
mod people;
mod samples;
mod shared_notes;
mod teams;
mod transactions;

use crate::error::StorageError;
use crate::ports::Storage;

/// What a case gives: nothing, or what did not hold.
pub type Outcome = Result<(), Failure>;

/// What did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self(error.to_string())
    }
}

/// One thing every storage does, by name.
pub struct Case {
    /// The fact that holds.
    pub name: &'static str,
    /// Shows it on an empty storage.
    pub run: fn(&dyn Storage) -> Outcome,
}

/// Every case.
pub fn cases() -> Vec<Case> {
    let groups = [
        transactions::CASES,
        people::CASES,
        conversations::CASES,
        messages::CASES,
        attachments::CASES,
        feeds::CASES,
        mentions::CASES,
        shared_notes::CASES,
        teams::CASES,
        offers::CASES,
        answers::CASES,
        chatbots::CASES,
    ];
    groups
        .into_iter()
        .flatten()
        .map(|(name, run)| Case { name, run: *run })
        .collect()
}

/// Runs every case on an empty storage of its own and gives the failures, one sentence each.
pub fn failures(make: &dyn Fn() -> Box<dyn Storage>) -> Vec<String> {
    let cases = cases().into_iter();
    cases
        .filter_map(|case| {
            let failure = (case.run)(&*make()).err()?;
            Some(format!("{}: {}", case.name, failure.0))
        })
        .collect()
}

/// Runs every case on an empty storage of its own.
///
/// # Panics
///
/// When a case fails; this is what tests are for.
pub fn run_all(make: &dyn Fn() -> Box<dyn Storage>) {
    let failures = failures(make);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

type Cases = &'static [(&'static str, fn(&dyn Storage) -> Outcome)];

/// Fails unless both are equal.
#[track_caller]
fn same<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Outcome {
    if found == wanted {
        return Ok(());
    }
    let place = std::panic::Location::caller();
    Err(Failure(format!(
        "{place}: found {found:?}, wanted {wanted:?}"
    )))
}

/// Fails unless storage refused.
#[track_caller]
fn refused<T>(result: Result<T, StorageError>) -> Outcome {
    let place = std::panic::Location::caller();
    match result {
        Ok(_) => Err(Failure(format!("{place}: was not refused"))),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStorage;

    #[test]
    fn memory_conforms() {
        run_all(&|| Box::new(MemoryStorage::new()));
    }
}
