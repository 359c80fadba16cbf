//! An agent writes something else in a private note of theirs, or deletes it.
//!
//! Invariant: as with the note itself, the visitor can tell from nothing that it happened.

use protocol::agent::{DeleteNote, EditNote};
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::{AgentId, ConversationId, MessageId, TeamId};
use protocol::message::normalise_text;

use super::Service;
use super::once::Command;
use super::post_note::TEAMS;
use crate::domain::{Fingerprint, Principal, Subject};
use crate::error::Error;
use crate::rules::change::Change;
use crate::rules::mentioning::{mentioned, tell};
use crate::rules::revising::{self, Wanted};

impl Service {
    /// Changes the text of a note. Those it mentions now are told, and those it did are told
    /// what it says.
    pub fn edit_note(&self, agent: &AgentId, order: &EditNote) -> Result<Done, Error> {
        let text = normalise_text(&order.text);
        let (place, id) = (&order.conversation, &order.note);
        let mut said = vec!["edit_note", place.as_str(), id.as_str(), &text];
        said.extend(order.mentions.iter().map(AgentId::as_str));
        if !order.teams.is_empty() {
            said.push(TEAMS);
            said.extend(order.teams.iter().map(TeamId::as_str));
        }
        let who = &Principal::Agent(agent.clone());
        let command = Command {
            principal: who,
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.post_once(&command, |change| {
            let own = revising::own(change, who, place, id, Wanted::Note, self.edit_ms())?;
            self.check_length(&text, &own.message.attachments)?;
            let reading = change.reading();
            let named = &order.mentions;
            let wanted = mentioned(reading, &own.place, agent, named, &order.teams)?;
            let (note, before) = (own.message.clone(), own.message.version());
            let posted = own.rewrite(change, &text)?;
            if posted.version != Some(before) {
                tell_mentioned(change, place, id)?;
                tell(change, &note, wanted)?;
            }
            Ok(Some(posted))
        })
    }

    /// Deletes what a note says. It keeps its place among agents, and mentions nobody any more.
    pub fn delete_note(&self, agent: &AgentId, order: &DeleteNote) -> Result<Done, Error> {
        let (place, id) = (&order.conversation, &order.note);
        let said = ["delete_note", place.as_str(), id.as_str()];
        let who = &Principal::Agent(agent.clone());
        let command = Command {
            principal: who,
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.once(&command, |change| {
            let own = revising::own(change, who, place, id, Wanted::Note, self.edit_ms())?;
            let before = own.message.version();
            let posted = own.delete(change)?;
            if posted.version != Some(before) {
                tell_mentioned(change, place, id)?;
            }
            Ok(Some(posted))
        })
    }
}

/// Everybody a note mentioned sees its beginning in a list, which is old now.
fn tell_mentioned(
    change: &mut Change<'_>,
    conversation: &ConversationId,
    note: &MessageId,
) -> Result<(), Error> {
    for mention in change.tx.mentions_in(note)? {
        let subject = Subject::Mention(conversation.clone(), note.clone());
        change.entry(Feed::Agent(mention.agent), &subject)?;
    }
    Ok(())
}
