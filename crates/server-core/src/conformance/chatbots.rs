//! Chatbots' runs, the scripts they began with, and what they ask.

use std::collections::BTreeMap;

use protocol::time::Timestamp;

use super::samples::{
    HOSTILE, conversation_id, furnish, message, message_id, question, session_id,
};
use super::{Cases, Outcome, same};
use crate::domain::ChatbotRecord;
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};
use crate::script::{Place, Run, Status, StepId};

pub(super) const CASES: Cases = &[
    ("runs_come_back_as_they_were", runs),
    ("runs_that_are_due_are_found_the_nearest_first", due),
    ("a_script_s_text_is_kept_under_its_hash", sources),
    ("what_a_message_asks_can_change", questions),
];

fn chatbot(session: &str, due_at: Option<i64>) -> Stored<ChatbotRecord> {
    Ok(ChatbotRecord {
        session: session_id(session)?,
        conversation: conversation_id("c1")?,
        run: Run {
            script: "h1".to_owned(),
            status: Status::Speaking { from: Place::Start },
            step: Some(StepId(HOSTILE.to_owned())),
            said: Vec::new(),
            answers: Vec::new(),
            variables: BTreeMap::from([("name".to_owned(), HOSTILE.to_owned())]),
            restarts: 3,
            unasked: 1,
        },
        asked: Some(message_id("m1")?),
        due_at: due_at.map(Timestamp),
        typing: true,
        page: Some("https://shop.example/?a=1".to_owned()),
        reduced_motion: true,
    })
}

fn runs(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let session = session_id("s1")?;
    let find = || read::<_, StorageError>(storage, |reading| reading.chatbot(&session));
    same(find()?, None)?;
    let first = chatbot("s1", Some(5))?;
    write::<_, StorageError>(storage, |tx| tx.put_chatbot(&first))?;
    same(find()?, Some(first.clone()))?;
    let later = ChatbotRecord {
        asked: None,
        due_at: None,
        typing: false,
        page: None,
        reduced_motion: false,
        ..first
    };
    write::<_, StorageError>(storage, |tx| tx.put_chatbot(&later))?;
    same(find()?, Some(later))
}

fn due(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for (session, at) in [
            ("s1", Some(30)),
            ("s2", None),
            ("s3", Some(-1)),
            ("s4", Some(7)),
        ] {
            tx.put_chatbot(&chatbot(session, at)?)?;
        }
        Ok(())
    })?;
    let sessions = |limit| {
        read::<_, StorageError>(storage, |reading| {
            let found = reading.next_chatbots(limit)?;
            Ok(found
                .into_iter()
                .map(|row| row.session.as_str().to_owned())
                .collect::<Vec<_>>())
        })
    };
    same(
        sessions(9)?,
        vec!["s3".to_owned(), "s4".to_owned(), "s1".to_owned()],
    )?;
    same(sessions(1)?, vec!["s3".to_owned()])
}

fn sources(storage: &dyn Storage) -> Outcome {
    let find = |hash: &str| read::<_, StorageError>(storage, |reading| reading.script_source(hash));
    same(find("h1")?, None)?;
    for text in [HOSTILE, "another"] {
        write::<_, StorageError>(storage, |tx| tx.put_script_source("h1", text))?;
    }
    let kept = find("h1")?;
    same(kept.is_some(), true)?;
    same(find("h2")?, None)
}

fn questions(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut record = message("c1", 10)?;
    write::<_, StorageError>(storage, |tx| tx.add_message(&record))?;
    let mut closed = question();
    closed.open = false;
    closed.chosen = Some("order".to_owned());
    write::<_, StorageError>(storage, |tx| {
        tx.put_question(&record.id, &closed)?;
        // One that is not there is nobody's.
        tx.put_question(&message_id("elsewhere")?, &closed)
    })?;
    record.question = Some(closed);
    let found = read::<_, StorageError>(storage, |reading| reading.message(&record.id))?;
    same(found, Some(record))
}
