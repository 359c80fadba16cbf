//! The conversation list: rows under the channel they began in, above them those in which help is
//! wanted (mission P2, P6, C3).

use protocol::conversation::ConversationSummary;
use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ChannelId};

use crate::roster::{concerns, is_mine, latest_first, longest_wanted_first};
use crate::state::State;

/// What the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterView {
    /// Whether rows are there.
    pub phase: RosterPhase,
    /// All known conversations: those in which help is wanted, where there are any, the longest
    /// wanted first; then the others by channel, each channel's rows latest activity first. A
    /// channel of the agent's is there without rows, too; after those come others in which they
    /// take part.
    pub groups: Vec<RosterGroup>,
    /// Whether "show more" makes sense.
    pub has_more: bool,
    /// Unread visitor messages in all conversations that are the agent's, or nobody's in their
    /// channels.
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

/// What rows stand under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterHeading {
    /// Help is wanted (mission P6).
    Help,
    /// The channel they began in.
    Channel(ChannelRef),
}

/// Conversations under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterGroup {
    /// The heading.
    pub heading: RosterHeading,
    /// The conversations.
    pub rows: Vec<RosterRow>,
}

impl RosterGroup {
    fn of_channel(channel: ChannelRef) -> Self {
        Self {
            heading: RosterHeading::Channel(channel),
            rows: Vec::new(),
        }
    }

    /// The channel, where the heading is one.
    pub fn channel(&self) -> Option<&ChannelRef> {
        match &self.heading {
            RosterHeading::Channel(channel) => Some(channel),
            RosterHeading::Help => None,
        }
    }
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
            .filter(|row| concerns(&row.summary, me))
            .map(|row| row.summary.unread)
            .sum();
        let mut help = RosterGroup {
            heading: RosterHeading::Help,
            rows: Vec::new(),
        };
        let own = roster.channels.iter().cloned();
        let mut groups: Vec<_> = own.map(RosterGroup::of_channel).collect();
        for row in rows {
            if row.summary.help.is_some() {
                help.rows.push(row);
            } else if let Some(group) = group_of(&mut groups, &row.summary) {
                group.rows.push(row);
            }
        }
        help.rows
            .sort_by(|a, b| longest_wanted_first(&a.summary, &b.summary));
        if !help.rows.is_empty() {
            groups.insert(0, help);
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

    /// The name of a channel of the agent's, or of one in which they take part.
    pub fn channel_name(&self, id: &ChannelId) -> Option<&str> {
        let mut channels = self.groups.iter().filter_map(RosterGroup::channel);
        let channel = channels.find(|channel| channel.id == *id)?;
        Some(&channel.name)
    }

    /// The name of the channel a conversation began in.
    pub fn channel_of<'a>(&'a self, summary: &'a ConversationSummary) -> Option<&'a str> {
        match &summary.elsewhere {
            Some(channel) => Some(&channel.name),
            None => self.channel_name(&summary.channel),
        }
    }
}

/// The group of a row's channel; a channel that is not the agent's own gets one with its first row.
fn group_of<'g>(
    groups: &'g mut Vec<RosterGroup>,
    summary: &ConversationSummary,
) -> Option<&'g mut RosterGroup> {
    let is_its = |group: &RosterGroup| {
        let channel = group.channel();
        channel.is_some_and(|channel| channel.id == summary.channel)
    };
    let at = match groups.iter().position(is_its) {
        Some(at) => at,
        None => {
            groups.push(RosterGroup::of_channel(summary.elsewhere.clone()?));
            groups.len() - 1
        }
    };
    groups.get_mut(at)
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
