//! Which conversation is on screen, and what moves with it: feed, draft, stored name.

use protocol::ids::ConversationId;

use crate::effect::Slice;
#[cfg(feature = "agent")]
use crate::outgoing::Outgoing;
use crate::session::keys;
use crate::side::Party;
use crate::state::State;
use crate::turn::Turn;

/// Takes a visitor's conversation from storage.
pub(super) fn restore(state: &mut State, value: &str, turn: &mut Turn) {
    if state.party() == Party::Visitor
        && let Some(id) = ConversationId::parse(value)
    {
        state.composer.switch(Some(id.clone()), turn);
        state.timelines.show(Some(id));
    }
}

/// This is the visitor's conversation from now on.
pub(super) fn adopt(state: &mut State, id: &ConversationId, turn: &mut Turn) {
    if state.timelines.shown_id() == Some(id) {
        return;
    }
    if state.timelines.shown_id().is_some() {
        leave_feed(state);
        state.composer.switch(Some(id.clone()), turn);
    } else {
        state.composer.rename(Some(id.clone()), turn);
    }
    state.form.done(turn);
    turn.save(keys::CONVERSATION.to_owned(), id.as_str().to_owned());
    state.timelines.show(Some(id.clone()));
    turn.render(Slice::Timeline);
}

/// The visitor's conversation is gone; what is being written stays.
pub(super) fn drop_visitors(state: &mut State, turn: &mut Turn) {
    let Some(id) = state.timelines.shown_id().cloned() else {
        return;
    };
    leave_feed(state);
    state.timelines.show(None);
    state.timelines.drop(&id);
    state.composer.rename(None, turn);
    turn.forget(keys::CONVERSATION.to_owned());
    turn.render(Slice::Timeline);
}

fn leave_feed(state: &mut State) {
    if let Some(id) = state.timelines.shown_id() {
        let feed = state.feed_of(id);
        state.feeds.leave(&feed);
    }
}

/// The agent looks at another conversation, or at none. The old one is kept as it is; its feed is
/// closed, and opening it again brings it up to date.
#[cfg(feature = "agent")]
pub(super) fn select(state: &mut State, to: Option<ConversationId>, turn: &mut Turn) {
    use crate::connection::queries::Query;
    use protocol::agent::{AgentCommand, CloseConversation};

    if state.timelines.shown_id() == to.as_ref() {
        return;
    }
    super::intents::look_away(state, turn);
    if let Some(old) = state.timelines.shown_id().cloned() {
        leave_feed(state);
        state.queries.withdraw(&Query::Open(old.clone()));
        if let Some(timeline) = state.timelines.shown_mut() {
            timeline.loading_older = false;
        }
        if state.connection.is_online() {
            turn.send(Outgoing::Agent(AgentCommand::CloseConversation(
                CloseConversation { conversation: old },
            )));
        }
    }
    if let Some(to) = &to {
        state.desk.looked_at(to);
        turn.render(Slice::Desk);
    }
    state.composer.switch(to.clone(), turn);
    state.timelines.show(to);
    turn.render(Slice::Timeline);
    turn.render(Slice::Roster);
    state.shared_notes.keep_only(state.timelines.shown_id());
    turn.render(Slice::Information);
}

/// A conversation could not be opened, for good.
pub(super) fn unavailable(
    state: &mut State,
    id: &ConversationId,
    #[cfg(feature = "agent")] code: protocol::error::ErrorCode,
    #[cfg(feature = "agent")] by: Option<protocol::author::AgentRef>,
    turn: &mut Turn,
) {
    if state.timelines.shown_id() != Some(id) {
        return;
    }
    match state.party() {
        Party::Visitor => drop_visitors(state, turn),
        #[cfg(feature = "agent")]
        Party::Agent => {
            select(state, None, turn);
            state.timelines.drop(id);
            turn.alert(crate::effect::Alert::ActionRefused {
                conversation: id.clone(),
                code,
                by,
            });
        }
    }
}
