//! Sessions in which nothing was said for long end by themselves (`model.md`, Statuses).
//!
//! Invariant: what waits for an agent or for help never ends by silence, and what was said in the last
//! moment counts.

use protocol::time::Timestamp;

use super::Service;
use crate::domain::ConversationRecord;
use crate::error::Error;
use crate::rules::edit::Edit;
use crate::rules::ending;

/// How many are looked at together.
const AT_ONCE: u32 = 50;

impl Service {
    /// Ends what has been silent for too long, and says when to look again.
    pub(super) fn end_silent(&self) -> Result<Option<Timestamp>, Error> {
        let Some(longest) = self.settings.sessions.end_after_ms else {
            return Ok(None);
        };
        let known = *self.silence_due();
        if let Some(due) = known
            && due > self.ports.clock.now()
        {
            return Ok(Some(due));
        }
        let due = loop {
            let now = self.ports.clock.now();
            let silent = self.look(|reading| Ok(reading.silent_conversations(AT_ONCE)?))?;
            let first = silent.first().map(|first| ends_at(first, longest));
            match first {
                Some(at) if at <= now => {
                    for conversation in silent {
                        self.end_if_silent(&conversation, longest)?;
                    }
                }
                // What begins from here on ends no sooner than that.
                _ => break now.plus(longest).min(first.unwrap_or(now.plus(longest))),
            }
        };
        *self.silence_due() = Some(due);
        Ok(Some(due))
    }

    fn end_if_silent(&self, known: &ConversationRecord, longest: i64) -> Result<(), Error> {
        self.change(|change| {
            let Some(record) = change.tx.conversation(&known.id)? else {
                return Ok(());
            };
            let is_due = ends_at(&record, longest) <= change.now;
            if record.live_status != known.live_status || !is_due {
                return Ok(());
            }
            let mut edit = Edit::of(record);
            ending::expire(change, &mut edit)?;
            edit.finish(change)?;
            Ok(())
        })
    }

    fn silence_due(&self) -> std::sync::MutexGuard<'_, Option<Timestamp>> {
        let due = self.silence_due.lock();
        due.unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn ends_at(record: &ConversationRecord, longest: i64) -> Timestamp {
    record.silent_since().plus(longest)
}
