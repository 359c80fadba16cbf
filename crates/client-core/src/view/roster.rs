//! The conversation list: rows under the channel they began in (mission P2, C3).

use protocol::conversation::ConversationSummary;
use protocol::hello::ChannelRef;

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
}
