//! An agent leaves a private note.
//!
//! Invariant: a note changes nothing but itself. Who writes one neither takes the conversation nor
//! joins it, nobody who waits is answered, and the visitor can tell from nothing that there is one.

use protocol::agent::PostNote;
use protocol::hello::{Done, Posted};
use protocol::ids::{AgentId, AttachmentId, TeamId};
use protocol::message::{Format, normalise_text};

use super::Service;
use super::once::Command;
use super::post_message::REPLY_TO;
use crate::domain::{Audience, Fingerprint, MessageAuthor, Principal, Uploader};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::attaching;
use crate::rules::edit::{Edit, Line};
use crate::rules::mentioning::{mentioned, tell};
use crate::rules::quoting;

/// Stands before the teams in a command's image: no id holds a space.
pub(super) const TEAMS: &str = "the teams";

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
        if !post.teams.is_empty() {
            said.push(TEAMS);
            said.extend(post.teams.iter().map(TeamId::as_str));
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
            let (reading, named) = (change.reading(), &post.mentions);
            let mentioned = mentioned(reading, &record, agent, named, &post.teams)?;
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
            tell(change, &note, mentioned)?;
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
