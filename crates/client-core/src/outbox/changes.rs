//! Entries that change a message which was posted before: they wait, are sent and are answered as
//! any entry, but show in that message's row and not in one of their own.

#[cfg(feature = "agent")]
use protocol::agent::{DeleteNote, EditNote};
use protocol::ids::{ConversationId, MessageId};
use protocol::visitor::{DeleteMessage, EditMessage};

use super::entry::{Entry, EntryState};
use super::extras::Change;
use super::queue::Outbox;
use crate::outgoing::{Outgoing, Shared};
use crate::side::Party;

impl Outbox {
    /// The latest change of a message that the server has not taken.
    pub(crate) fn change_of(&self, message: &MessageId) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| {
            matches!(&entry.extras.change, Some(change) if change.message == *message)
                && entry.state != EntryState::Taken
        })
    }

    /// The name of the entry that failed in the row of a message: its own, or that of a change
    /// of the message.
    pub(crate) fn failed_in(&self, message: &MessageId) -> Option<&str> {
        let entry = self.change_of(message)?;
        entry.has_failed().then_some(&entry.key)
    }
}

impl Entry {
    /// The order to change a message, if the entry is one.
    pub(super) fn order(&self, change: &Change, place: &ConversationId, party: Party) -> Outgoing {
        let (client_id, conversation) = (self.client_id.clone(), place.clone());
        let message = change.message.clone();
        #[cfg(feature = "agent")]
        if let Some(mentioned) = &self.extras.note {
            let note = message;
            return Outgoing::Agent(if change.deletes {
                DeleteNote {
                    client_id,
                    conversation,
                    note,
                }
                .into()
            } else {
                EditNote {
                    client_id,
                    conversation,
                    note,
                    text: self.text.clone(),
                    mentions: mentioned.agents.clone(),
                    teams: mentioned.teams.clone(),
                }
                .into()
            });
        }
        if change.deletes {
            DeleteMessage {
                client_id,
                conversation,
                message,
            }
            .by(party)
        } else {
            EditMessage {
                client_id,
                conversation,
                message,
                text: self.text.clone(),
            }
            .by(party)
        }
    }
}
