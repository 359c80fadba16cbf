//! Somebody types. Passed on while it is fresh, kept nowhere.

use protocol::agent::SetNoteTyping;
use protocol::feed::Feed;
use protocol::ids::AgentId;
use protocol::typing::TypingChanged;
use protocol::visitor::SetTyping;

use super::Service;
use crate::domain::{MessageAuthor, Principal, TypingNotice, Visibility};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::view::View;

impl Service {
    /// Says who is to hear that the principal types. A hidden participant is not heard by the
    /// visitor.
    pub fn set_typing(&self, who: &Principal, signal: &SetTyping) -> Result<TypingNotice, Error> {
        let id = &signal.conversation;
        self.look(|reading| {
            let record = access::conversation(reading, who.into(), id)?;
            let mut to = vec![Feed::Conversation(id.clone())];
            let author = match who {
                Principal::Visitor(visitor) => {
                    // Other screens of the visitor are the author's own.
                    MessageAuthor::Visitor(visitor.contact.clone())
                }
                Principal::Agent(agent) => {
                    let present = reading.participants(&record.id)?;
                    let is_hidden = present
                        .iter()
                        .any(|part| part.agent == *agent && part.visibility == Visibility::Hidden);
                    if !is_hidden {
                        to.push(Feed::Visitor(id.clone()));
                    }
                    MessageAuthor::Agent(agent.clone())
                }
            };
            Ok(TypingNotice {
                to,
                frame: TypingChanged {
                    conversation: id.clone(),
                    author: View::new(reading, who.into()).author(&author)?,
                    typing: signal.typing,
                },
            })
        })
    }

    /// The same for a note, of which agents alone hear.
    pub fn set_note_typing(
        &self,
        agent: &AgentId,
        signal: &SetNoteTyping,
    ) -> Result<TypingNotice, Error> {
        let id = &signal.conversation;
        let reader = Reader::Agent(agent);
        self.look(|reading| {
            access::conversation(reading, reader, id)?;
            let author = MessageAuthor::Agent(agent.clone());
            Ok(TypingNotice {
                to: vec![Feed::Conversation(id.clone())],
                frame: TypingChanged {
                    conversation: id.clone(),
                    author: View::new(reading, reader).author(&author)?,
                    typing: signal.typing,
                },
            })
        })
    }
}
