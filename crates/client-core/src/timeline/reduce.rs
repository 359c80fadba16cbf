//! What copies of a conversation do to what is held of it.
//!
//! Invariant: the settled messages are one unbroken stretch of the conversation. Older history
//! stays only when the new copy overlaps it, otherwise the stretch would hide a gap, and when
//! nobody can have changed it meanwhile.

use protocol::hello::Posted;
use protocol::ids::MessageId;
use protocol::message::{Message, Quote, Revision, words};
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::Timeline;
use super::order::{Held, place};
use crate::outbox::Change;

/// Characters of a message that a quote repeats.
const QUOTED: usize = 140;

/// The beginning of a text, as quotes repeat it.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for sign in text.chars().take(QUOTED) {
        line.push(match sign {
            '\n' | '\r' => ' ',
            other => other,
        });
    }
    line
}

/// Finds the row name for a message that is not held yet.
pub(crate) type Name<'a> = &'a mut dyn FnMut(&Message) -> String;

impl Timeline {
    /// Takes a message of the feed; says whether it is new. One that changed far above, in
    /// history that is not loaded, stays out: it will come as it is then.
    pub(crate) fn posted(&mut self, message: Message, name: Name<'_>) -> bool {
        !self.is_history(message.position) && self.take(message, name)
    }

    fn is_history(&self, position: Position) -> bool {
        self.loaded && self.has_older && self.oldest().is_some_and(|oldest| position < oldest)
    }

    /// Takes a message of the conversation; says whether it is new.
    fn take(&mut self, message: Message, name: Name<'_>) -> bool {
        let key = name(&message);
        // What is shown of its history lacks something, if it was changed.
        #[cfg(feature = "agent")]
        self.histories.retain(|(of, _)| *of != message.id);
        place(
            &mut self.held,
            Held {
                message,
                key,
                settled: true,
            },
        )
    }

    /// Takes an own message that the server acknowledged. History that is not loaded yet stays
    /// out, or the stretch would hide a gap.
    pub(crate) fn acknowledged(&mut self, new: Held) {
        if !self.is_history(new.position()) {
            place(&mut self.held, new);
        }
    }

    /// Takes a fresh copy of the newest messages. `ahead`: entries that the copy does not know
    /// were applied already, so what it lacks may be newer than it. `edit_ms`: for how long
    /// messages can be changed.
    pub(crate) fn opened(
        &mut self,
        messages: Vec<Message>,
        has_more_before: bool,
        ahead: bool,
        edit_ms: u32,
        name: Name<'_>,
    ) {
        let oldest = messages.first().map(|message| message.position);
        let from_oldest = |held: &Held| oldest.is_some_and(|oldest| held.position() >= oldest);
        let last = |in_copy: bool| {
            let mut settled = self.held.iter().rev().filter(|held| held.settled);
            let last = settled.find(|held| from_oldest(held) == in_copy);
            last.map(|held| held.message.posted_at)
        };
        // What could still be changed when we knew the conversation last may have been since.
        let overlaps = last(true).is_some_and(|known| {
            last(false).is_none_or(|older| known.since(older) > i64::from(edit_ms))
        });
        let mut older_kept = false;
        let mut held = Vec::with_capacity(messages.len());
        for old in std::mem::take(&mut self.held) {
            let newer = from_oldest(&old);
            let keep = if messages.iter().any(|new| new.id == old.message.id) {
                // The copy below replaces it; the row's name is kept through it.
                true
            } else if newer || oldest.is_none() {
                ahead || !old.settled
            } else {
                overlaps || (!old.settled && !has_more_before)
            };
            if keep {
                older_kept |= old.settled && !newer;
                held.push(old);
            }
        }
        self.held = held;
        for message in messages {
            self.take(message, &mut *name);
        }
        if !older_kept {
            self.has_older = has_more_before;
        }
        self.loading_older = false;
        self.loaded = true;
        self.wants_copy = false;
    }

    /// Takes messages that were asked for as "before this place"; they are dropped when the
    /// stretch begins elsewhere by now.
    pub(crate) fn older(
        &mut self,
        before: Position,
        messages: Vec<Message>,
        has_more_before: bool,
        name: Name<'_>,
    ) {
        self.loading_older = false;
        if self.oldest() != Some(before) {
            return;
        }
        for message in messages {
            self.take(message, &mut *name);
        }
        self.has_older = has_more_before;
    }

    /// A message that is held.
    pub(crate) fn find(&self, id: &MessageId) -> Option<&Held> {
        self.held.iter().find(|held| held.message.id == *id)
    }

    /// A held message as another one quotes it.
    pub(crate) fn quote(&self, id: &MessageId) -> Option<Quote> {
        let message = &self.find(id)?.message;
        let file = message.attachments.first();
        Some(Quote {
            message: message.id.clone(),
            position: message.position,
            author: message.author.clone(),
            text: one_line(words(&message.text, file)),
            attachment: file.map(|file| file.kind),
            deleted: message.is_deleted(),
        })
    }

    /// Takes a change of one's own that the server acknowledged. The feed tells of it, too, and
    /// of later ones.
    pub(crate) fn revised(
        &mut self,
        posted: &Posted,
        change: &Change,
        text: String,
        at: Timestamp,
    ) {
        let version = posted.version.unwrap_or(0);
        let held = self.held.iter_mut();
        for held in held.filter(|held| held.message.id == change.message) {
            let message = &mut held.message;
            if message.version() < version {
                message.text = text;
                message.revision = Some(Revision {
                    version,
                    at,
                    deleted: change.deletes,
                });
                if change.deletes {
                    message.attachments = Vec::new();
                    message.question = None;
                    message.reply_to = None;
                }
                return;
            }
        }
    }

    /// Where the stretch begins.
    pub(crate) fn oldest(&self) -> Option<Position> {
        self.held.first().map(Held::position)
    }
}
