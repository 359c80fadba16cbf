//! Where a conversation's latest session stands, and what the agent can do about it.
//!
//! Invariant: the server decides; what cannot be done is known here only to be shown.

use protocol::agent::{SessionChanged, SessionStanding};
use protocol::ids::ConversationId;
use protocol::seq::FeedCursor;

use super::entries::admit;
use crate::effect::Slice;
use crate::state::State;
use crate::turn::Turn;

pub(super) fn changed(state: &mut State, entry: SessionChanged, turn: &mut Turn) {
    if admit(state, &entry.feed, entry.seq, turn).is_some() {
        set(state, &entry.conversation, Some(entry.standing), turn);
    }
}

/// A fresh copy of the conversation came. What is ahead of it knows better.
pub(super) fn opened(
    state: &mut State,
    cursor: &FeedCursor,
    of: &ConversationId,
    standing: Option<SessionStanding>,
    turn: &mut Turn,
) {
    if !state.feeds.is_ahead_of(cursor) {
        set(state, of, standing, turn);
    }
}

fn set(state: &mut State, of: &ConversationId, told: Option<SessionStanding>, turn: &mut Turn) {
    if let Some(timeline) = state.timelines.get_mut(of) {
        timeline.standing = told;
        turn.render(Slice::Information);
    }
}
