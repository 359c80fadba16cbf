//! A visitor lets the chatbot begin again.

use protocol::error::ErrorCode;
use protocol::hello::Done;
use protocol::visitor::RestartChatbot;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal, Visitor};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::change::Change;
use crate::rules::chatbot;
use crate::rules::edit::{Edit, session_of};
use crate::script::engine;

impl Service {
    /// Begins again with the site's script of today. What was answered stays on record. Refused
    /// once an agent was looked for, and where no chatbot spoke.
    pub fn restart_chatbot(
        &self,
        visitor: &Visitor,
        order: &RestartChatbot,
    ) -> Result<Done, Error> {
        let command = Command {
            principal: &Principal::Visitor(visitor.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["restart_chatbot", order.conversation.as_str()]),
        };
        self.once(&command, |change| {
            let reader = Reader::Visitor(&visitor.contact);
            let record = access::conversation(change.reading(), reader, &order.conversation)?;
            let mut edit = Edit::of(record);
            self.begin_again(change, &mut edit, visitor)?;
            edit.finish(change)?;
            Ok(None)
        })
    }

    fn begin_again(
        &self,
        change: &mut Change<'_>,
        edit: &mut Edit,
        visitor: &Visitor,
    ) -> Result<(), Error> {
        let over = || Error::from(ErrorCode::ChatbotOver);
        let known = change.tx.chatbot(&edit.record.session)?;
        let mut record = known.ok_or_else(over)?;
        if edit.record.owner.is_some() {
            return Err(over());
        }
        let channel = change.tx.channel(&edit.record.channel)?.ok_or_else(over)?;
        let current = self.ports.sites.script(&channel.site);
        let file = match current {
            Some(current) => current,
            None => {
                let begun_with = self.scripts.find(change.reading(), &record.run.script)?;
                begun_with.ok_or_else(over)?
            }
        };
        chatbot::close_question(change, edit, &mut record, None)?;
        if !engine::restart(&file.script, &mut record.run) {
            return Err(over());
        }
        if edit.record.live_status.is_none() {
            let before = session_of(change.reading(), &edit.record)?;
            edit.reopen(change)?;
            record.session = edit.record.session.clone();
            chatbot::keep_answers(change, &edit.record, before.answers)?;
        }
        record.page.clone_from(&visitor.page);
        record.reduced_motion = visitor.reduced_motion;
        self.scripts.keep(&file);
        let (hash, source) = (&file.script.hash, &file.source);
        change.tx.put_script_source(hash, source)?;
        chatbot::goes_on(change, &mut record)?;
        edit.chatbot_changed();
        Ok(())
    }
}
