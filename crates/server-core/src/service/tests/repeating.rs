//! Commands that come again, and commands that come too fast.

use std::sync::{Arc, Barrier, OnceLock};

use protocol::agent::TakeConversation;
use protocol::error::{ErrorCode, Refusal};

use super::house::{House, agent, agent_id, code, post, posted};
use crate::error::{Error, StorageError};
use crate::memory::MemoryStorage;
use crate::ports::storage::{ReadWork, Storage, Stored, WriteWork};
use crate::settings::Settings;

const DAY: i64 = 24 * 3600 * 1000;

#[test]
fn repeat_gets_the_first_answer() {
    let house = House::new();
    let visitor = house.visitor();
    let command = post(house.fresh(), None, "Hello?");
    let first = house.service.post_message(&visitor, &command).unwrap();
    house.wait(1000);
    house.woken();
    let again = house.service.post_message(&visitor, &command).unwrap();
    assert_eq!(first, again);
    assert_eq!(house.woken(), [""; 0]);
    let id = first.posted.unwrap().conversation;
    assert_eq!(house.lines(&visitor, &id).len(), 2);
}

#[test]
fn fifty_at_once_make_one_message() {
    let house = House::with(Settings {
        visitor_posts: Vec::new(),
        ..Settings::default()
    });
    let visitor = house.visitor();
    let command = post(house.fresh(), None, "Hello?");
    let gate = Barrier::new(50);
    let send = || {
        gate.wait();
        house.service.post_message(&visitor, &command).unwrap()
    };
    let answers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..50).map(|_| scope.spawn(send)).collect();
        let answers = threads.into_iter().map(|thread| thread.join().unwrap());
        answers.collect::<Vec<_>>()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let id = posted(Ok(answers[0].clone())).conversation;
    assert_eq!(house.lines(&visitor, &id).len(), 2);
}

/// Storage in which readers wait for each other once the gate is up.
struct GatedStorage {
    inner: MemoryStorage,
    gate: OnceLock<Barrier>,
}

impl Storage for GatedStorage {
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        let done = self.inner.read(work);
        if let Some(gate) = self.gate.get() {
            gate.wait();
        }
        done
    }

    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.inner.write(work)
    }
}

#[test]
fn repeats_that_both_found_no_answer_make_one_message() {
    let gated = Arc::new(GatedStorage {
        inner: MemoryStorage::new(),
        gate: OnceLock::new(),
    });
    let house = House::on(gated.clone(), Settings::default());
    let visitor = house.visitor();
    let command = post(house.fresh(), None, "Hello?");
    gated.gate.get_or_init(|| Barrier::new(2));
    let send = || house.service.post_message(&visitor, &command).unwrap();
    let (one, other) = std::thread::scope(|scope| {
        let (one, other) = (scope.spawn(send), scope.spawn(send));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_eq!(one, other);
}

#[test]
fn repeat_that_has_learnt_the_conversation_is_still_a_repeat() {
    let house = House::new();
    let visitor = house.visitor();
    let mut command = post(house.fresh(), None, "Hello?");
    let first = house.service.post_message(&visitor, &command).unwrap();
    command.conversation = first
        .posted
        .as_ref()
        .map(|posted| posted.conversation.clone());
    let again = house.service.post_message(&visitor, &command).unwrap();
    assert_eq!(first, again);
}

#[test]
fn other_content_under_a_used_client_id_is_refused() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let (_, other) = house.conversation();
    let mut command = post(house.fresh(), Some(&id), "Hello?");
    let ana = agent("ana");
    house.service.post_message(&ana, &command).unwrap();
    command.text = "Bye".to_owned();
    let changed = house.service.post_message(&ana, &command);
    assert_eq!(code(changed), ErrorCode::IdempotencyMismatch);
    command.text = "Hello?".to_owned();
    command.conversation = Some(other);
    let moved = house.service.post_message(&ana, &command);
    assert_eq!(code(moved), ErrorCode::IdempotencyMismatch);
    let take = TakeConversation {
        client_id: command.client_id.clone(),
        conversation: id.clone(),
    };
    let taken = house.service.take_conversation(&agent_id("ana"), &take);
    assert_eq!(code(taken), ErrorCode::IdempotencyMismatch);
    // Somebody else's client ids are their own.
    command.conversation = Some(id);
    house.service.post_message(&visitor, &command).unwrap();
}

#[test]
fn refusal_for_good_is_remembered() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    let take = TakeConversation {
        client_id: house.fresh(),
        conversation: id.clone(),
    };
    let take = || house.service.take_conversation(&agent_id("ben"), &take);
    assert_eq!(code(take()), ErrorCode::AlreadyTaken);
    house.leave("ana", &id).unwrap();
    assert_eq!(code(take()), ErrorCode::AlreadyTaken);
    house.take("ben", &id).unwrap();
}

#[test]
fn answers_are_remembered_for_seven_days() {
    let house = House::new();
    let visitor = house.visitor();
    let command = post(house.fresh(), None, "Hello?");
    let first = house.service.post_message(&visitor, &command).unwrap();
    house.wait(7 * DAY);
    assert_eq!(house.service.forget_old_answers(), Ok(0));
    let again = house.service.post_message(&visitor, &command).unwrap();
    assert_eq!(first, again);
    house.wait(1);
    assert_eq!(house.service.forget_old_answers(), Ok(1));
    let anew = house.service.post_message(&visitor, &command).unwrap();
    assert_ne!(first, anew);
}

#[test]
fn visitor_who_writes_too_fast_is_told_how_long_to_wait() {
    let house = House::new();
    let visitor = house.visitor();
    let first = post(house.fresh(), None, "0");
    house.service.post_message(&visitor, &first).unwrap();
    for number in 1..10 {
        house.post(&visitor, &number.to_string()).unwrap();
    }
    house.wait(3_000);
    let command = post(house.fresh(), None, "one too many");
    let refused = house.service.post_message(&visitor, &command);
    let wanted = Refusal {
        code: ErrorCode::RateLimited,
        retryable: true,
        retry_after_ms: Some(7_000),
        detail: None,
        faults: None,
        session: None,
    };
    assert_eq!(refused.unwrap_err().refusal(), wanted);
    // Repeats are no load, and other visitors are not concerned.
    house.service.post_message(&visitor, &first).unwrap();
    house.conversation();
    // The same command passes after the wait.
    house.wait(7_000);
    house.service.post_message(&visitor, &command).unwrap();
}

#[test]
fn visitor_may_write_every_second_for_minutes() {
    let house = House::new();
    let visitor = house.visitor();
    for number in 0..200 {
        house.post(&visitor, &number.to_string()).unwrap();
        house.wait(1_000);
    }
}

#[test]
fn agents_are_not_slowed_down() {
    let house = House::new();
    let (_, id) = house.conversation();
    for number in 0..100 {
        let text = number.to_string();
        house.post_to(&agent("ana"), &id, &text).unwrap();
    }
}

/// Storage with no room for anything new.
struct FullStorage(MemoryStorage);

impl Storage for FullStorage {
    fn read(&self, work: &mut ReadWork<'_>) -> Stored<()> {
        self.0.read(work)
    }

    fn write(&self, work: &mut WriteWork<'_>) -> Stored<()> {
        self.0.write(&mut |transaction| {
            work(transaction)?;
            match transaction.meta("full")? {
                Some(_) => Err(StorageError::Full("no room".to_owned())),
                None => Ok(()),
            }
        })
    }
}

#[test]
fn full_storage_refuses_visibly_and_forgets_the_attempt() {
    let full = Arc::new(FullStorage(MemoryStorage::new()));
    let house = House::on(full.clone(), Settings::default());
    let visitor = house.visitor();
    let command = post(house.fresh(), None, "Hello?");
    full.0
        .write(&mut |transaction| transaction.put_meta("full", "yes"))
        .unwrap();
    let refused = house.service.post_message(&visitor, &command);
    assert_eq!(
        refused,
        Err(Error::Storage(StorageError::Full("no room".to_owned())))
    );
    let refusal = refused.unwrap_err().refusal();
    assert_eq!(
        (refusal.code, refusal.retryable),
        (ErrorCode::StorageFull, true)
    );
    assert_eq!(house.woken(), [""; 0]);
    assert!(house.list("ana").rows.is_empty());
}
