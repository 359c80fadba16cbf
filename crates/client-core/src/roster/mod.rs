//! The conversation list of an agent.
//!
//! Invariants: of two copies of a row the one with the higher version stays; a row is held once.

mod sorters;
#[cfg(test)]
mod tests;

use protocol::agent::ListCursor;
use protocol::conversation::ConversationSummary;
use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ConversationId};
use protocol::message::MessageKind;

use crate::effect::Alert;

pub(crate) use sorters::{latest_first, longest_wanted_first};

/// Rows of one page.
pub(crate) const PAGE: u32 = 50;

/// The list.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) channels: Vec<ChannelRef>,
    pub(crate) rows: Vec<ConversationSummary>,
    /// A first page has come.
    pub(crate) loaded: bool,
    /// What is held is complete and kept so by its feeds; otherwise the list has to be fetched.
    pub(crate) current: bool,
    /// Where the next page begins.
    pub(crate) next: Option<ListCursor>,
    /// More rows were asked for while none could be fetched.
    pub(crate) more_wanted: bool,
}

impl Roster {
    pub(crate) fn get(&self, id: &ConversationId) -> Option<&ConversationSummary> {
        self.rows.iter().find(|row| row.id == *id)
    }

    fn get_mut(&mut self, id: &ConversationId) -> Option<&mut ConversationSummary> {
        self.rows.iter_mut().find(|row| row.id == *id)
    }

    /// Takes a copy of a row unless a newer one is held; hands the old one out if it was
    /// replaced, or says that there was none.
    fn put(&mut self, summary: ConversationSummary) -> Put {
        match self.get_mut(&summary.id) {
            Some(row) if row.version > summary.version => Put::Older,
            Some(row) => {
                let unread = row.unread;
                *row = summary;
                Put::Replaced { unread }
            }
            None => {
                self.rows.push(summary);
                Put::Replaced { unread: 0 }
            }
        }
    }

    /// Takes a row of a feed; the alert to raise if it tells of a new message of the visitor, or of
    /// help that is wanted from now on.
    pub(crate) fn changed(
        &mut self,
        summary: ConversationSummary,
        me: Option<&AgentId>,
    ) -> Option<Alert> {
        let is_visitors = summary
            .preview
            .as_ref()
            .is_some_and(|preview| preview.kind == MessageKind::Visitor);
        let concerns_me = concerns(&summary, me);
        let unread = summary.unread;
        let alert = Alert::MessageArrived {
            author: summary.contact.name.clone(),
            text: summary
                .preview
                .as_ref()
                .map(|preview| preview.text.clone())
                .unwrap_or_default(),
            attachment: summary
                .preview
                .as_ref()
                .and_then(|preview| preview.attachment),
        };
        let call = self.call_for_help(&summary, me);
        match self.put(summary) {
            Put::Replaced { .. } if call.is_some() => call,
            Put::Replaced { unread: before } if unread > before => {
                (is_visitors && concerns_me).then_some(alert)
            }
            _ => None,
        }
    }

    /// The alert to raise when others begin to look for help that this agent could give.
    fn call_for_help(&self, summary: &ConversationSummary, me: Option<&AgentId>) -> Option<Alert> {
        let help = summary.help.as_ref().filter(|help| help.own_expertise)?;
        let known = self.get(&summary.id).and_then(|row| row.help.as_ref());
        let is_new = known.is_none_or(|known| known.since != help.since);
        (is_new && !is_mine(summary, me)).then(|| Alert::HelpWanted {
            conversation: summary.id.clone(),
            by: help.by.clone(),
            contact: summary.contact.clone(),
        })
    }

    /// Takes the first page. Rows behind it that are held from earlier may be out of date and
    /// go, except `kept`; nothing goes when `ahead`: newer rows than the page were taken in.
    pub(crate) fn listed(
        &mut self,
        page: Vec<ConversationSummary>,
        next: Option<ListCursor>,
        kept: Option<&ConversationId>,
        ahead: bool,
    ) {
        if !ahead {
            self.rows.retain(|row| {
                Some(&row.id) == kept || page.iter().any(|listed| listed.id == row.id)
            });
        }
        self.listed_more(page, next);
        self.loaded = true;
        self.current = true;
    }

    /// Takes a further page.
    pub(crate) fn listed_more(&mut self, page: Vec<ConversationSummary>, next: Option<ListCursor>) {
        for summary in page {
            self.put(summary);
        }
        self.next = next;
    }

    /// Takes the row of the conversation that was opened; it may lie behind the pages that were
    /// fetched. From now on the feed of its channel keeps it up to date.
    pub(crate) fn opened(&mut self, summary: ConversationSummary) {
        self.put(summary);
    }

    /// A row is out of the agent's reach.
    pub(crate) fn withdrawn(&mut self, id: &ConversationId) {
        self.rows.retain(|row| row.id != *id);
    }

    /// The agent read, here or on another screen.
    pub(crate) fn set_unread(&mut self, id: &ConversationId, unread: u32) {
        if let Some(row) = self.get_mut(id) {
            row.unread = unread;
        }
    }
}

enum Put {
    Older,
    Replaced { unread: u32 },
}

/// Whether what is written in a conversation is for this agent to read: it is theirs, or nobody's in
/// a channel of theirs.
pub(crate) fn concerns(summary: &ConversationSummary, me: Option<&AgentId>) -> bool {
    is_mine(summary, me) || (summary.owner().is_none() && summary.elsewhere.is_none())
}

/// Whether the agent owns a conversation or takes part.
pub(crate) fn is_mine(summary: &ConversationSummary, me: Option<&AgentId>) -> bool {
    summary
        .participants
        .iter()
        .any(|participant| Some(&participant.agent.id) == me)
}
