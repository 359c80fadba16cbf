//! Typing signals, ours and theirs.
//!
//! Invariants: ours goes out at most once in three seconds and is taken back when it no longer
//! holds; theirs is forgotten after six seconds without a repeat.

#[cfg(test)]
mod tests;

#[cfg(feature = "agent")]
use protocol::agent::SetNoteTyping;
use protocol::author::Author;
use protocol::ids::ConversationId;
use protocol::limits::{TYPING_EVERY_MS, TYPING_EXPIRES_MS};
use protocol::time::Timestamp;
use protocol::typing::TypingChanged;
use protocol::visitor::SetTyping;

use crate::effect::{Slice, Timer};
use crate::outgoing::{Outgoing, Shared};
use crate::side::Party;
use crate::turn::Turn;

/// Time without a key after which typing is over.
const IDLE_MS: u32 = 4_000;

#[derive(Debug)]
struct Own {
    conversation: ConversationId,
    /// It is a note that is typed.
    #[cfg(feature = "agent")]
    in_note: bool,
    signalled_at: Timestamp,
    pressed_at: Timestamp,
}

#[derive(Debug)]
struct Other {
    conversation: ConversationId,
    author: Author,
    until: Timestamp,
}

impl Other {
    fn is(&self, conversation: &ConversationId, author: &Author) -> bool {
        self.conversation == *conversation
            && self.author.role == author.role
            && self.author.agent == author.agent
    }
}

/// What is said of the person's own typing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Signal {
    conversation: ConversationId,
    typing: bool,
    #[cfg(feature = "agent")]
    in_note: bool,
}

impl Shared for Signal {
    /// Invariant: what is said of a note is said in words that visitors never hear.
    fn by(self, party: Party) -> Outgoing {
        let (conversation, typing) = (self.conversation, self.typing);
        #[cfg(feature = "agent")]
        if self.in_note {
            let signal = SetNoteTyping {
                conversation,
                typing,
            };
            return Outgoing::Agent(signal.into());
        }
        SetTyping {
            conversation,
            typing,
        }
        .by(party)
    }
}

/// Who types.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    own: Option<Own>,
    others: Vec<Other>,
}

impl Typing {
    /// The person changed the draft; the signal to send, if one is due.
    pub(crate) fn pressed(
        &mut self,
        conversation: &ConversationId,
        #[cfg(feature = "agent")] in_note: bool,
        turn: &mut Turn,
    ) -> Option<Signal> {
        let now = turn.now;
        if let Some(own) = &mut self.own
            && own.conversation == *conversation
        {
            own.pressed_at = now;
            if now.since(own.signalled_at) < i64::from(TYPING_EVERY_MS) {
                return None;
            }
            own.signalled_at = now;
        } else {
            turn.set_timer(Timer::OwnTyping, IDLE_MS);
            self.own = Some(Own {
                conversation: conversation.clone(),
                #[cfg(feature = "agent")]
                in_note,
                signalled_at: now,
                pressed_at: now,
            });
        }
        Some(Signal {
            conversation: conversation.clone(),
            typing: true,
            #[cfg(feature = "agent")]
            in_note,
        })
    }

    /// The person no longer types; the signal to send, if they did.
    pub(crate) fn stopped(&mut self, turn: &mut Turn) -> Option<Signal> {
        let own = self.own.take()?;
        turn.cancel_timer(Timer::OwnTyping);
        Some(Signal {
            conversation: own.conversation,
            typing: false,
            #[cfg(feature = "agent")]
            in_note: own.in_note,
        })
    }

    /// `Timer::OwnTyping` ran out; the signal to send, if typing is over.
    pub(crate) fn own_timer(&mut self, turn: &mut Turn) -> Option<Signal> {
        let idle = turn.now.since(self.own.as_ref()?.pressed_at);
        let left = i64::from(IDLE_MS) - idle;
        if left <= 0 {
            return self.stopped(turn);
        }
        turn.set_timer(Timer::OwnTyping, left.min(i64::from(IDLE_MS)) as u32);
        None
    }

    /// Somebody else began, goes on or stopped.
    pub(crate) fn changed(&mut self, signal: TypingChanged, turn: &mut Turn) {
        if !signal.typing {
            self.ended(&signal.conversation, &signal.author, turn);
            return;
        }
        let until = turn.now.plus(i64::from(TYPING_EXPIRES_MS));
        let known = self
            .others
            .iter_mut()
            .find(|other| other.is(&signal.conversation, &signal.author));
        if let Some(other) = known {
            other.until = until;
            return;
        }
        self.others.push(Other {
            conversation: signal.conversation,
            author: signal.author,
            until,
        });
        turn.render(Slice::Timeline);
    }

    /// Somebody else stopped, or their message is there.
    pub(crate) fn ended(
        &mut self,
        conversation: &ConversationId,
        author: &Author,
        turn: &mut Turn,
    ) {
        self.retain(turn, |other| !other.is(conversation, author));
    }

    /// `Timer::OthersTyping` ran out.
    pub(crate) fn others_timer(&mut self, turn: &mut Turn) {
        let now = turn.now;
        self.retain(turn, |other| other.until > now);
    }

    /// The socket is gone: nobody hears us, and we hear nobody.
    pub(crate) fn lost(&mut self, turn: &mut Turn) {
        self.stopped(turn);
        self.retain(turn, |_| false);
    }

    fn retain(&mut self, turn: &mut Turn, keep: impl Fn(&Other) -> bool) {
        let before = self.others.len();
        self.others.retain(keep);
        if self.others.len() != before {
            turn.render(Slice::Timeline);
        }
    }

    /// Who types in a conversation, in the order they began.
    pub(crate) fn authors(&self, conversation: &ConversationId) -> Vec<Author> {
        self.others
            .iter()
            .filter(|other| other.conversation == *conversation)
            .map(|other| other.author.clone())
            .collect()
    }

    /// When the next signal of others runs out.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.others.iter().map(|other| other.until).min()
    }
}
