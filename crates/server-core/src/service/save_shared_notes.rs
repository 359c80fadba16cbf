//! An agent writes in the shared notes of a conversation (mission P10).
//!
//! Invariants: what others saved since the version the agent went on from stays, word by word; a
//! text that is too long for that is refused as a whole. Writing them takes nothing and tells the
//! visitor nothing.

use protocol::agent::{SaveSharedNotes, SharedNotes, SharedNotesSaved, merge};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::AgentId;
use protocol::message::normalise_text;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal, SharedNotesRecord, Subject};
use crate::error::Error;
use crate::rules::access::{self, Reader};
use crate::rules::view::View;

/// What one agent saves within so long is one piece of writing, of which history keeps the end.
const PAUSE_MS: i64 = 60_000;

impl Service {
    /// Keeps the text, merged with what others wrote, and tells the agents who watch. The answer
    /// carries the newest version, in which the text is, also when it was saved before.
    pub fn save_shared_notes(
        &self,
        agent: &AgentId,
        order: &SaveSharedNotes,
    ) -> Result<SharedNotesSaved, Error> {
        let text = normalise_text(&order.text);
        let id = &order.conversation;
        let (base, restores) = (
            order.base_version.to_string(),
            order.restores.map_or_else(String::new, |it| it.to_string()),
        );
        let command = Command {
            principal: &Principal::Agent(agent.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&[
                "save_shared_notes",
                id.as_str(),
                &base,
                &restores,
                &text,
            ]),
        };
        self.once(&command, |change| {
            access::conversation(change.reading(), Reader::Agent(agent), id)?;
            let newest = change.tx.shared_notes(id, None)?;
            let base = match order.base_version {
                0 => None,
                version => change.tx.shared_notes(id, Some(version))?,
            };
            let before = newest.as_ref().map_or("", |it| &it.text);
            let merged = merge(base.as_ref().map_or("", |it| &it.text), before, &text);
            if merged == before {
                return Ok(None);
            }
            if merged.chars().count() > self.settings.limits.text_scalars as usize {
                return Err(ErrorCode::TextTooLong.into());
            }
            let fresh = SharedNotesRecord {
                conversation: id.clone(),
                version: newest.as_ref().map_or(0, |it| it.version) + 1,
                text: merged,
                author: agent.clone(),
                saved_at: change.now,
                restores: order.restores,
                passing: false,
            };
            if let Some(newest) = newest
                && is_passing(&newest, &fresh)
            {
                change.tx.put_shared_notes(&SharedNotesRecord {
                    passing: true,
                    ..newest
                })?;
            }
            change.tx.put_shared_notes(&fresh)?;
            let subject = Subject::SharedNotes(id.clone());
            change.entry(Feed::Conversation(id.clone()), &subject)?;
            Ok(None)
        })?;
        let reader = Reader::Agent(agent);
        let notes: SharedNotes = self.look(|reading| {
            access::conversation(reading, reader, id)?;
            Ok(View::new(reading, reader).shared_notes(id)?)
        })?;
        Ok(SharedNotesSaved {
            client_id: order.client_id.clone(),
            conversation: id.clone(),
            notes,
        })
    }
}

/// Whether a version is only a step on the way to the next one. What was cut down, or brought
/// back, is one to come back to.
fn is_passing(version: &SharedNotesRecord, next: &SharedNotesRecord) -> bool {
    version.author == next.author
        && next.saved_at.since(version.saved_at) <= PAUSE_MS
        && version.restores.is_none()
        && next.restores.is_none()
        && next.text.chars().count() >= version.text.chars().count()
}
