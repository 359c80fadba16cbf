//! The conversation list: rows under the channel they began in (mission P2, C3).

use protocol::conversation::ConversationSummary;
use protocol::hello::ChannelRef;
use protocol::ids::AgentId;

use crate::roster::{is_mine, latest_first};
use crate::state::State;

/// What the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterView {
    /// Whether rows are there.
    pub phase: RosterPhase,
    /// All known conversations, by channel; each channel's rows latest activity first.
    pub groups: Vec<RosterGroup>,
    /// Whether "show more" makes sense.
    pub has_more: bool,
    /// Unread visitor messages in all conversations that are the agent's or nobody's.
    pub unread: u32,
}

/// Whether there is something to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RosterPhase {
    /// The rows are on their way.
    #[default]
    Loading,
    /// They are there.
    Ready,
}

/// A channel and its conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterGroup {
    /// The channel.
    pub channel: ChannelRef,
    /// Its conversations.
    pub rows: Vec<RosterRow>,
}

/// A conversation as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    /// The conversation.
    pub summary: ConversationSummary,
    /// Whether the agent owns it or takes part ("Mine").
    pub mine: bool,
    /// Whether nobody owns it ("Unassigned").
    pub unassigned: bool,
    /// Whether it is the one that is open.
    pub selected: bool,
    /// Whether a draft of the agent waits in it.
    pub has_draft: bool,
    /// Whether the agent accepted it and has not looked at it yet.
    pub is_new: bool,
}

impl RosterView {
    pub(crate) fn of(state: &State) -> Self {
        let roster = &state.roster;
        let me = state.session.me.as_ref().map(|me| &me.id);
        let mut rows: Vec<RosterRow> = roster
            .rows
            .iter()
            .map(|summary| row(state, summary, me))
            .collect();
        rows.sort_by(|a, b| latest_first(&a.summary, &b.summary));
        let unread = rows
            .iter()
            .filter(|row| row.mine || row.unassigned)
            .map(|row| row.summary.unread)
            .sum();
        let mut groups: Vec<RosterGroup> = roster
            .channels
            .iter()
            .map(|channel| RosterGroup {
                channel: channel.clone(),
                rows: Vec::new(),
            })
            .collect();
        for row in rows {
            let group = groups
                .iter_mut()
                .find(|group| group.channel.id == row.summary.channel);
            if let Some(group) = group {
                group.rows.push(row);
            }
        }
        Self {
            phase: if roster.loaded {
                RosterPhase::Ready
            } else {
                RosterPhase::Loading
            },
            groups,
            has_more: roster.next.is_some(),
            unread,
        }
    }
}

fn row(state: &State, summary: &ConversationSummary, me: Option<&AgentId>) -> RosterRow {
    let selected = state.timelines.shown_id() == Some(&summary.id);
    let mut summary = summary.clone();
    // What is being read here counts as read before the server has said so.
    if (selected && state.receipts.is_reading()) || state.receipts.is_telling_read(&summary.id) {
        summary.unread = 0;
    }
    RosterRow {
        mine: is_mine(&summary, me),
        unassigned: summary.owner().is_none(),
        selected,
        has_draft: state.composer.has_draft(&summary.id),
        is_new: state.desk.has_arrived(&summary.id),
        summary,
    }
}
