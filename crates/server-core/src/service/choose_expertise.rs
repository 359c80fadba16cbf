//! An agent chooses expertise for the latest session of a conversation (mission P12).
//!
//! Invariant: what a chatbot asked for stays; only what agents chose can be taken back. While the
//! session waits, assignment looks at it again at once.

use protocol::agent::ChooseExpertise;
use protocol::conversation::LiveStatus;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::AgentId;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal, Subject};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::edit::{Edit, session_of};
use crate::rules::expertise;

impl Service {
    /// Keeps the choice, tells the agents who watch and whoever distributes work.
    pub fn choose_expertise(
        &self,
        agent: &AgentId,
        order: &ChooseExpertise,
    ) -> Result<Done, Error> {
        let (id, name) = (&order.conversation, &order.expertise);
        let chosen = if order.chosen { "chosen" } else { "dropped" };
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["choose_expertise", id.as_str(), name, chosen]),
        };
        self.once(&command, |change| {
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let mut session = session_of(change.reading(), &record)?;
            if session.chosen_expertise.contains(name) == order.chosen {
                return Ok(None);
            }
            if order.chosen {
                if !expertise::known(change.reading())?.contains(name) {
                    return Err(ErrorCode::NotFound.into());
                }
                session.chosen_expertise.push(name.clone());
            } else {
                session.chosen_expertise.retain(|chosen| chosen != name);
            }
            change.tx.put_session(&session)?;
            change.session_changed(&session.id);
            let subject = Subject::Expertise(id.clone());
            change.entry(Feed::Conversation(id.clone()), &subject)?;
            // Whose expertise is wanted is marked in the list.
            let mut edit = Edit::of(record);
            if edit.record.live_status == Some(LiveStatus::LookingForHelp) {
                edit.row_changed();
            }
            edit.finish_if_changed(change)?;
            Ok(None)
        })
    }
}
