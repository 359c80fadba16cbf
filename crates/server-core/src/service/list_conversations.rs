//! An agent looks at the list of conversations.
//!
//! Invariant: the rows of the first page, its desk, its mentions and its cursors are of one state.

use protocol::agent::{ConversationsListed, Desk, ListConversations, ListCursor};
use protocol::conversation::ConversationSummary;
use protocol::feed::Feed;
use protocol::ids::AgentId;
use protocol::time::Timestamp;

use super::Service;
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};
use crate::rules::access::Reader;
use crate::rules::view::View;

/// Mentions that come with the first page.
const MENTIONS: u32 = 100;
/// Conversations beside the channels' pages, of each kind.
const BESIDE: u32 = 200;

impl Service {
    /// A page of the conversations of the agent's channels, latest activity first. The first
    /// page comes with the cursors of those channels' feeds and of the agent's own, and with what
    /// the agent reaches beside those channels.
    pub fn list_conversations(
        &self,
        agent: &AgentId,
        query: &ListConversations,
    ) -> Result<ConversationsListed, Error> {
        let limit = self.page_rows(query.limit);
        self.look(|reading| {
            let channels = reading.channels_of_agent(agent)?;
            let ids: Vec<_> = channels.into_iter().map(|channel| channel.id).collect();
            let mut records = reading.list_conversations(&ids, query.after.as_ref(), limit + 1)?;
            let has_more = records.len() > limit as usize;
            records.truncate(limit as usize);
            let next = records.last().filter(|_| has_more);
            let next = next.map(|last| ListCursor {
                last_activity_at: last.last_activity_at,
                conversation: last.id.clone(),
            });
            let view = View::new(reading, Reader::Agent(agent));
            let rows = records.iter().map(|record| view.summary(record, agent));
            let rows = rows.collect::<Result<_, _>>()?;
            let mut cursors = Vec::new();
            let (mut desk, mut mentions, mut beside) = (None, None, None);
            if query.after.is_none() {
                for id in ids {
                    cursors.push(self.cursor(reading, Feed::Channel(id))?);
                }
                cursors.push(self.cursor(reading, Feed::Agent(agent.clone()))?);
                beside = Some(rows_beside(reading, agent, &view)?);
                desk = Some(self.desk(reading, agent, &view)?);
                let latest = reading.mentions_of(agent, MENTIONS)?;
                let latest = latest.iter().map(|mention| view.mention(mention));
                mentions = Some(
                    latest
                        .filter_map(Result::transpose)
                        .filter(|mention| !matches!(mention, Ok(it) if it.deleted_at.is_some()))
                        .collect::<Stored<_>>()?,
                );
            }
            Ok(ConversationsListed {
                reference: query.reference,
                rows,
                beside,
                next,
                cursors,
                desk,
                mentions,
            })
        })
    }

    fn desk(&self, reading: &dyn Reading, agent: &AgentId, view: &View<'_>) -> Stored<Desk> {
        let open = reading.open_offers(agent)?;
        Ok(Desk {
            state: view.agent_state(agent, self.active_since())?,
            offers: open
                .iter()
                .map(|offer| view.offer(offer))
                .collect::<Stored<_>>()?,
        })
    }

    /// Conversations in which nothing happened since then hold no capacity.
    pub(super) fn active_since(&self) -> Timestamp {
        let now = self.ports.clock.now();
        now.plus(-self.settings.offers.silent_after_ms)
    }
}

/// The rows of conversations that look for help, and of those of other channels in which the agent
/// takes part.
fn rows_beside(
    reading: &dyn Reading,
    agent: &AgentId,
    view: &View<'_>,
) -> Stored<Vec<ConversationSummary>> {
    let mut records = reading.wanting_help(BESIDE)?;
    for record in reading.taking_part_elsewhere(agent, BESIDE)? {
        if records.iter().all(|known| known.id != record.id) {
            records.push(record);
        }
    }
    let rows = records.iter().map(|record| view.summary(record, agent));
    rows.collect()
}
