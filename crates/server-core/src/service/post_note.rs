//! An agent leaves a private note.
//!
//! Invariant: a note changes nothing but itself. Who writes one neither takes the conversation nor
//! joins it, nobody who waits is answered, and the visitor can tell from nothing that there is one.

use protocol::agent::{MOST_MENTIONS, PostNote};
use protocol::error::{ErrorCode, Refusal};
use protocol::feed::Feed;
use protocol::hello::{Done, Posted};
use protocol::ids::{AgentId, AttachmentId, ChannelId};
use protocol::message::{Format, normalise_text};

use super::Service;
use super::once::{Command, bad_frame};
use super::post_message::REPLY_TO;
use crate::domain::{
    Audience, Fingerprint, MentionRecord, MessageAuthor, MessageRecord, Principal, Subject,
    Uploader,
};
use crate::error::Error;
use crate::ports::storage::Reading;
use crate::rules::access::{self, Reader};
use crate::rules::attaching;
use crate::rules::change::Change;
use crate::rules::edit::{Edit, Line};
use crate::rules::quoting;

impl Service {
    /// Stores a note, tells the agents who watch, and those it mentions.
    pub fn post_note(&self, agent: &AgentId, post: &PostNote) -> Result<Done, Error> {
        let text = normalise_text(&post.text);
        let id = &post.conversation;
        let mut said = vec!["post_note", id.as_str(), &text];
        said.extend(post.mentions.iter().map(AgentId::as_str));
        said.extend(post.reply_to.iter().flat_map(|id| [REPLY_TO, id.as_str()]));
        if !post.attachments.is_empty() {
            // No agent has this name: what follows is no mention.
            said.push("");
            said.extend(post.attachments.iter().map(AttachmentId::as_str));
        }
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &post.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.post_once(&command, |change| {
            self.check_length(&text, &post.attachments)?;
            let record = access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let (uploader, audience) = (Uploader::Agent(agent.clone()), Audience::Agents);
            let files = &post.attachments;
            attaching::check(change.reading(), &uploader, Some(id), audience, files)?;
            let mentioned = mentioned(change.reading(), &record.channel, agent, &post.mentions)?;
            let quoted = post.reply_to.as_ref();
            quoting::check(change.reading(), id, Audience::Agents, quoted)?;
            let line = Line {
                audience,
                author: MessageAuthor::Agent(agent.clone()),
                text: text.clone(),
                format: Format::Plain,
                event: None,
                question: None,
                reply_to: post.reply_to.clone(),
                attachments: files.clone(),
                client_id: Some(post.client_id.clone()),
                id: None,
            };
            let note = Edit::of(record).note(change, line)?;
            for agent in mentioned {
                mention(change, &note, agent)?;
            }
            Ok(Some(Posted {
                conversation: note.conversation,
                message: note.id,
                position: note.position,
                posted_at: note.posted_at,
                version: None,
            }))
        })
    }
}

/// The agents to tell, each once. Whoever may not see the conversation must not hear of it, and
/// whoever wrote the note would be told that in vain. Nobody reads themselves.
pub(super) fn mentioned(
    reading: &dyn Reading,
    channel: &ChannelId,
    author: &AgentId,
    wanted: &[AgentId],
) -> Result<Vec<AgentId>, Error> {
    if wanted.len() > MOST_MENTIONS {
        return Err(bad_frame("too many mentions"));
    }
    let mut agents = wanted.to_vec();
    agents.sort();
    agents.dedup();
    for agent in &agents {
        if !reading.answers_in(agent, channel)? {
            return Err(Refusal {
                detail: Some("somebody who is mentioned may not see the conversation".to_owned()),
                ..ErrorCode::Forbidden.into()
            }
            .into());
        }
    }
    agents.retain(|agent| agent != author);
    Ok(agents)
}

pub(super) fn mention(
    change: &mut Change<'_>,
    note: &MessageRecord,
    agent: AgentId,
) -> Result<(), Error> {
    change.tx.put_mention(&MentionRecord {
        note: note.id.clone(),
        agent: agent.clone(),
        conversation: note.conversation.clone(),
        position: note.position,
        seen: false,
    })?;
    let subject = Subject::Mention(note.conversation.clone(), note.id.clone());
    change.entry(Feed::Agent(agent), &subject)?;
    Ok(())
}
