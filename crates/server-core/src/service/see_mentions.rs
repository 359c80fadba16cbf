//! An agent has seen the notes that mention them.

use protocol::agent::SeeMentions;
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::AgentId;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, MentionRecord, Principal, Subject};
use crate::error::Error;
use crate::rules::access::{self, Reader};

impl Service {
    /// Keeps that the agent has seen the mentions of a conversation up to a place, and tells
    /// their other screens.
    pub fn see_mentions(&self, agent: &AgentId, order: &SeeMentions) -> Result<Done, Error> {
        let id = &order.conversation;
        let place = order.up_to.0.to_string();
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["see_mentions", id.as_str(), &place]),
        };
        self.once(&command, |change| {
            access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let unseen = change.tx.unseen_mentions(agent, id)?;
            for mention in unseen.iter().filter(|it| it.position <= order.up_to) {
                change.tx.put_mention(&MentionRecord {
                    seen: true,
                    ..mention.clone()
                })?;
                let subject = Subject::Mention(id.clone(), mention.note.clone());
                change.entry(Feed::Agent(agent.clone()), &subject)?;
            }
            Ok(None)
        })
    }
}
