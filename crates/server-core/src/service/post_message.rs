//! Somebody says something.
//!
//! Invariant: the text is stored as it was sent, but for CRLF; what is refused leaves no trace.

use protocol::conversation::{ConversationStatus, LiveStatus};
use protocol::error::ErrorCode;
use protocol::form::FormKind;
use protocol::hello::{Done, Posted};
use protocol::ids::{AgentId, AttachmentId};
use protocol::message::{Format, normalise_text};
use protocol::visitor::PostMessage;

use super::Service;
use super::hear_visitor::Heard;
use super::once::{Command, bad_frame};
use crate::domain::{
    Audience, ContactRecord, Fingerprint, MessageAuthor, MessageRecord, Principal, Uploader,
    Visitor,
};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attaching;
use crate::rules::attendance;
use crate::rules::change::Change;
use crate::rules::edit::{Edit, Line};
use crate::rules::quoting;
use crate::rules::view::View;
use crate::rules::waiting;

/// Stands before the id of what is quoted when a command is told from others; no id has a space.
pub(super) const REPLY_TO: &str = "reply to";

impl Service {
    /// Stores a message and tells everybody who may see it.
    ///
    /// A visitor's first message begins the conversation; one to a resolved conversation
    /// reopens it. An agent who answers takes part, and owns what nobody owns.
    pub fn post_message(&self, who: &Principal, post: &PostMessage) -> Result<Done, Error> {
        let text = normalise_text(&post.text);
        let format = match (who, post.format) {
            (Principal::Agent(_), Format::Markdown) => Format::Markdown,
            _ => Format::Plain,
        };
        // The conversation is not part of it: a client may have learnt its id since it first
        // sent the command without.
        let mut said = vec!["post_message", &*text, format.as_str()];
        said.extend(post.attachments.iter().map(AttachmentId::as_str));
        said.extend(post.reply_to.iter().flat_map(|id| [REPLY_TO, id.as_str()]));
        let fingerprint = Fingerprint::of(&said);
        let command = Command {
            principal: who,
            client_id: &post.client_id,
            fingerprint,
        };
        let done = self.post_once(&command, |change| {
            self.check_length(&text, &post.attachments)?;
            let mut line = Line {
                audience: Audience::All,
                author: MessageAuthor::System,
                text,
                format,
                event: None,
                question: None,
                attachments: post.attachments.clone(),
                reply_to: post.reply_to.clone(),
                client_id: Some(post.client_id.clone()),
                id: None,
            };
            let message = match who {
                Principal::Visitor(visitor) => {
                    line.author = MessageAuthor::Visitor(visitor.contact.clone());
                    self.post_as_visitor(change, visitor, post, line)
                }
                Principal::Agent(agent) => {
                    line.author = MessageAuthor::Agent(agent.clone());
                    self.post_as_agent(change, agent, post, line)
                }
            }?;
            Ok(Some(Posted {
                conversation: message.conversation,
                message: message.id,
                position: message.position,
                posted_at: message.posted_at,
                version: None,
            }))
        })?;
        match (&post.conversation, &done.posted) {
            // Only a repeat can differ, and then it is no repeat.
            (Some(asked), Some(posted)) if *asked != posted.conversation => {
                Err(ErrorCode::IdempotencyMismatch.into())
            }
            _ => Ok(done),
        }
    }

    pub(super) fn check_length(
        &self,
        text: &str,
        attachments: &[AttachmentId],
    ) -> Result<(), Error> {
        let most = self.settings.limits.attachments_per_message.unwrap_or(0);
        if attachments.len() > most as usize {
            return Err(ErrorCode::TooManyAttachments.into());
        }
        if text.is_empty() && attachments.is_empty() {
            return Err(ErrorCode::TextEmpty.into());
        }
        let longest = self.settings.limits.text_scalars as usize;
        // Counting stops as soon as the answer is known.
        if text.chars().nth(longest).is_some() {
            return Err(ErrorCode::TextTooLong.into());
        }
        Ok(())
    }

    fn post_as_visitor(
        &self,
        change: &mut Change<'_>,
        visitor: &Visitor,
        post: &PostMessage,
        mut line: Line,
    ) -> Result<MessageRecord, Error> {
        let reader = Reader::Visitor(&visitor.contact);
        let known = match &post.conversation {
            Some(id) => Some(access::conversation(change.reading(), reader, id)?),
            None => current(change, visitor)?,
        };
        let is_new = known.is_none();
        let place = known.as_ref().map(|record| &record.id);
        let uploader = Uploader::Visitor(visitor.contact.clone());
        let files = &line.attachments;
        attaching::check(change.reading(), &uploader, place, line.audience, files)?;
        let mut edit = match known {
            Some(record) => Edit::of(record),
            None => self.start_conversation(change, visitor, post)?,
        };
        let quoted = line.reply_to.as_ref();
        quoting::check(change.reading(), &edit.record.id, line.audience, quoted)?;
        if edit.record.status == ConversationStatus::Resolved {
            edit.reopen(change)?;
        }
        if edit.record.live_status == Some(LiveStatus::WaitingForCustomer) {
            edit.set_live_status(LiveStatus::InProgress);
        }
        let heard = self.hear(change, &mut edit, visitor, post, &line.text)?;
        if let Heard::ByChatbot(Some(button)) = &heard {
            line.text.clone_from(button);
        }
        let message = edit.say(change, line)?;
        if heard == Heard::ByPeople {
            self.find_somebody(change, &mut edit)?;
        }
        let record = edit.finish(change)?;
        if is_new {
            let started = View::new(change.reading(), reader).conversation(&record)?;
            change.conversation_started(record.contact, started);
        }
        Ok(message)
    }

    /// Begins the visitor's conversation with what greeted them.
    fn start_conversation(
        &self,
        change: &mut Change<'_>,
        visitor: &Visitor,
        post: &PostMessage,
    ) -> Result<Edit, Error> {
        put_contact_on_record(change, visitor)?;
        let channel = change.tx.channel(&visitor.channel)?;
        let channel = channel.ok_or(ErrorCode::UnknownSite)?;
        let mut edit = Edit::start(change, &channel.id, &visitor.contact)?;
        let form = post.form.as_deref();
        let form = self.take_form(change, &mut edit, &channel, visitor, form)?;
        // What is sent while nobody is there waits for people.
        if form != Some(FormKind::Offline) {
            let greeting = post.greeting.as_deref();
            self.begin_chatbot(change, &mut edit, &channel, visitor, greeting)?;
        }
        edit.tell_start(change)?;
        Ok(edit)
    }

    fn post_as_agent(
        &self,
        change: &mut Change<'_>,
        agent: &AgentId,
        post: &PostMessage,
        line: Line,
    ) -> Result<MessageRecord, Error> {
        let Some(id) = &post.conversation else {
            return Err(bad_frame("an agent's message names its conversation"));
        };
        let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
        let uploader = Uploader::Agent(agent.clone());
        let files = &line.attachments;
        attaching::check(change.reading(), &uploader, Some(id), line.audience, files)?;
        quoting::check(change.reading(), id, line.audience, line.reply_to.as_ref())?;
        let mut edit = Edit::of(record);
        // Who writes to a customer after the end begins anew with them.
        if edit.record.status == ConversationStatus::Resolved {
            edit.reopen(change)?;
        }
        attendance::answer(change, &mut edit, agent)?;
        let message = edit.say(change, line)?;
        let proceeds = edit.record.live_status == Some(LiveStatus::InProgress);
        if self.settings.sessions.await_customer && proceeds {
            edit.set_live_status(LiveStatus::WaitingForCustomer);
        }
        edit.finish(change)?;
        Ok(message)
    }

    /// Who writes wants an agent who is there: an owner who is gone for good answers no more.
    fn find_somebody(&self, change: &mut Change<'_>, edit: &mut Edit) -> Result<(), Error> {
        let owner = edit.record.owner.as_ref().map(|owner| owner.agent.clone());
        if let Some(owner) = owner {
            let settings = &self.settings.offers;
            if self.presence.is_gone(&owner, change.now, settings) {
                attendance::leave(change, edit, &owner)?;
            }
        }
        waiting::wanted(change, edit)
    }
}

fn current(
    change: &Change<'_>,
    visitor: &Visitor,
) -> Result<Option<crate::domain::ConversationRecord>, Error> {
    let own = change.tx.conversations_of_contact(&visitor.contact)?;
    Ok(own.into_iter().next())
}

fn put_contact_on_record(change: &mut Change<'_>, visitor: &Visitor) -> Result<(), Error> {
    if change.tx.contact(&visitor.contact)?.is_some() {
        return Ok(());
    }
    change.tx.put_contact(&ContactRecord {
        id: visitor.contact.clone(),
        channel: visitor.channel.clone(),
        name: None,
        email: None,
        phone: None,
        language: visitor.languages.browser.clone(),
        widget_language: visitor.languages.widget_if_different(),
        country: visitor.country.clone(),
        created_at: change.now,
    })?;
    Ok(())
}
