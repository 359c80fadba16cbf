//! Carrying a command out once, however often and from wherever it is sent.
//!
//! The answer is stored in the command's own transaction. Refusals for good are remembered, too,
//! in a transaction of their own, because the first one was undone.

use protocol::error::{ErrorCode, Refusal};
use protocol::hello::{Done, Posted};
use protocol::ids::ClientId;

use super::Service;
use crate::domain::{Answer, AnswerRecord, Fingerprint, Principal};
use crate::error::Error;
use crate::rules::change::Change;
use crate::rules::rates::Limiter;

/// A command by name and content.
pub(super) struct Command<'c> {
    pub(super) principal: &'c Principal,
    pub(super) client_id: &'c ClientId,
    pub(super) fingerprint: Fingerprint,
}

impl Service {
    /// A command of moderate cost.
    pub(super) fn once(
        &self,
        command: &Command<'_>,
        work: impl FnOnce(&mut Change<'_>) -> Result<Option<Posted>, Error>,
    ) -> Result<Done, Error> {
        self.once_within(&self.commands, command, work)
    }

    /// A command that adds a message.
    pub(super) fn post_once(
        &self,
        command: &Command<'_>,
        work: impl FnOnce(&mut Change<'_>) -> Result<Option<Posted>, Error>,
    ) -> Result<Done, Error> {
        self.once_within(&self.posts, command, work)
    }

    fn once_within(
        &self,
        limiter: &Limiter,
        command: &Command<'_>,
        work: impl FnOnce(&mut Change<'_>) -> Result<Option<Posted>, Error>,
    ) -> Result<Done, Error> {
        let key = command.principal.key();
        // Repeats are answered before they are counted: whoever reconnects sends many.
        if let Some(known) = self.look(|reading| Ok(reading.answer(&key, command.client_id)?))? {
            return replay(&known, command);
        }
        if let Principal::Visitor(_) = command.principal {
            limiter.admit(&key, self.ports.clock.now())?;
        }
        let outcome = self.change(|change| {
            if let Some(known) = change.tx.answer(&key, command.client_id)? {
                return replay(&known, command);
            }
            let posted = work(change)?;
            let answer = Answer::Done(posted.clone());
            remember(change, &key, command, answer)?;
            Ok(Done {
                client_id: command.client_id.clone(),
                posted,
            })
        });
        match outcome {
            Err(Error::Refused(refusal)) if !refusal.retryable => {
                self.remember_refusal(&key, command, refusal)
            }
            other => other,
        }
    }

    /// A repeat at the same moment may have been answered meanwhile; then that answer stands.
    fn remember_refusal(
        &self,
        key: &str,
        command: &Command<'_>,
        refusal: Refusal,
    ) -> Result<Done, Error> {
        let stored = self.change(|change| {
            if let Some(known) = change.tx.answer(key, command.client_id)? {
                return Ok(Some(known));
            }
            let answer = Answer::Refused(refusal.clone());
            remember(change, key, command, answer)?;
            Ok(None)
        });
        match stored {
            Ok(Some(known)) => replay(&known, command),
            // The refusal is right, whether or not it could be noted down.
            Ok(None) | Err(_) => Err(refusal.into()),
        }
    }
}

fn remember(
    change: &mut Change<'_>,
    key: &str,
    command: &Command<'_>,
    answer: Answer,
) -> Result<(), Error> {
    change.tx.add_answer(&AnswerRecord {
        principal: key.to_owned(),
        client_id: command.client_id.clone(),
        fingerprint: command.fingerprint.clone(),
        answer,
        answered_at: change.now,
    })?;
    Ok(())
}

fn replay(known: &AnswerRecord, command: &Command<'_>) -> Result<Done, Error> {
    if known.fingerprint != command.fingerprint {
        return Err(ErrorCode::IdempotencyMismatch.into());
    }
    match &known.answer {
        Answer::Done(posted) => Ok(Done {
            client_id: known.client_id.clone(),
            posted: posted.clone(),
        }),
        Answer::Refused(refusal) => Err(refusal.clone().into()),
    }
}

/// A frame whose fields make no sense.
pub(super) fn bad_frame(detail: &str) -> Error {
    Refusal {
        detail: Some(detail.to_owned()),
        ..ErrorCode::BadFrame.into()
    }
    .into()
}
