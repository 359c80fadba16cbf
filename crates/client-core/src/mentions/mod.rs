//! Mentions: who is named in a note, and which notes name the agent.
//!
//! Invariants: what is mentioned is read from the text alone, so that it is always what stands
//! there; a mention is seen when its conversation is in front of the agent's eyes.

mod found;
#[cfg(test)]
mod tests;

use protocol::agent::{Mention, TeamRef};
use protocol::ids::{ConversationId, MessageId};
use protocol::seq::Position;

pub(crate) use found::{Mentioned, found};

/// Mentions that are kept, beside those not seen.
const KEPT: usize = 100;

/// The agent's mentions, newest first.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    held: Vec<Mention>,
}

impl Mentions {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Mention> {
        self.held.iter()
    }

    /// The team through which a note mentions the agent, when it does not name themselves.
    pub(crate) fn through(&self, note: &MessageId) -> Option<&TeamRef> {
        let mention = self.held.iter().find(|mention| mention.note == *note)?;
        mention.team.as_ref()
    }

    /// Takes a full copy.
    pub(crate) fn list(&mut self, mentions: Vec<Mention>) {
        self.held = mentions;
        self.sort();
    }

    /// Takes an entry; says whether it is new and not seen.
    pub(crate) fn change(&mut self, mention: Mention) -> bool {
        let before = self.held.len();
        self.held.retain(|known| known.note != mention.note);
        let is_news = self.held.len() == before && !mention.seen;
        if mention.deleted_at.is_none() {
            self.held.push(mention);
            self.sort();
        }
        is_news
    }

    fn sort(&mut self) {
        self.held
            .sort_by(|one, other| (other.position, &other.note).cmp(&(one.position, &one.note)));
        let mut seen = 0;
        self.held.retain(|mention| {
            seen += usize::from(mention.seen);
            !mention.seen || seen <= KEPT
        });
    }

    /// The agent looks at a conversation: the place up to which mentions in it are seen now, if
    /// any was not.
    pub(crate) fn look_at(&mut self, conversation: &ConversationId) -> Option<Position> {
        let mut last = None;
        for mention in &mut self.held {
            if mention.conversation == *conversation && !mention.seen {
                mention.seen = true;
                last = last.max(Some(mention.position));
            }
        }
        last
    }
}
