//! Remembered answers.

use protocol::error::{ErrorCode, Refusal};
use protocol::hello::Posted;
use protocol::seq::Position;
use protocol::session::{Obstacle, SessionAction, SessionRefusal, SessionState};
use protocol::time::Timestamp;

use super::samples::{HOSTILE, client_id, conversation_id, message_id};
use super::{Cases, Outcome, refused, same};
use crate::domain::{Answer, AnswerRecord, Fingerprint};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("answers_come_back_as_they_were", records),
    ("answers_belong_to_one_principal", principals),
    ("answers_are_given_once", once),
    ("old_answers_are_forgotten_a_few_at_a_time", forgetting),
];

fn answer(principal: &str, number: u128, at: i64) -> AnswerRecord {
    AnswerRecord {
        principal: principal.to_owned(),
        client_id: client_id(number),
        fingerprint: Fingerprint::of(&[principal]),
        answer: Answer::Done(None),
        answered_at: Timestamp(at),
    }
}

fn find(storage: &dyn Storage, principal: &str, number: u128) -> Stored<Option<AnswerRecord>> {
    read(storage, |reading| {
        reading.answer(principal, &client_id(number))
    })
}

fn records(storage: &dyn Storage) -> Outcome {
    let answers = [
        Answer::Done(None),
        Answer::Done(Some(Posted {
            conversation: conversation_id("c1")?,
            message: message_id("m1")?,
            position: Position((1 << 53) - 1),
            posted_at: Timestamp(1_700_000_000_123),
            version: None,
        })),
        Answer::Done(Some(Posted {
            conversation: conversation_id("c1")?,
            message: message_id("m1")?,
            position: Position(7),
            posted_at: Timestamp(-1),
            version: Some(u32::MAX),
        })),
        Answer::Refused(ErrorCode::AlreadyTaken.into()),
        Answer::Refused(Refusal {
            detail: Some(HOSTILE.to_owned()),
            ..ErrorCode::BadFrame.into()
        }),
        Answer::Refused(Refusal {
            session: Some(Box::new(SessionRefusal {
                state: SessionState::Closed,
                obstacle: Obstacle::SessionOver,
                allowed: vec![SessionAction::Reopen],
                by: None,
            })),
            ..ErrorCode::NotNow.into()
        }),
    ];
    for (number, kind) in (0..).zip(answers) {
        let mut record = answer("visitor/kim", number, 1);
        record.answer = kind;
        write(storage, |tx| tx.add_answer(&record))?;
        same(find(storage, "visitor/kim", number)?, Some(record))?;
    }
    same(find(storage, "visitor/kim", 99)?, None)
}

fn principals(storage: &dyn Storage) -> Outcome {
    let (kim, ana) = (answer("visitor/kim", 1, 1), answer("agent/ana", 1, 2));
    write::<_, StorageError>(storage, |tx| {
        tx.add_answer(&kim)?;
        tx.add_answer(&ana)
    })?;
    same(find(storage, "visitor/kim", 1)?, Some(kim))?;
    same(find(storage, "agent/ana", 1)?, Some(ana))
}

fn once(storage: &dyn Storage) -> Outcome {
    let first = answer("visitor/kim", 1, 1);
    write(storage, |tx| tx.add_answer(&first))?;
    refused(write(storage, |tx| {
        tx.add_answer(&answer("visitor/kim", 1, 2))
    }))?;
    same(find(storage, "visitor/kim", 1)?, Some(first))
}

fn forgetting(storage: &dyn Storage) -> Outcome {
    write::<_, StorageError>(storage, |tx| {
        for number in 0..5 {
            let at = i64::try_from(number).unwrap_or_default();
            tx.add_answer(&answer("visitor/kim", number, at))?;
        }
        Ok(())
    })?;
    let forget = || write(storage, |tx| tx.remove_answers_before(Timestamp(4), 3));
    same(forget()?, 3)?;
    same(forget()?, 1)?;
    same(forget()?, 0)?;
    same(find(storage, "visitor/kim", 3)?, None)?;
    same(
        find(storage, "visitor/kim", 4)?,
        Some(answer("visitor/kim", 4, 4)),
    )
}
