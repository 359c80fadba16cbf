//! Entries of feeds: the one path on which anything new reaches the screen, the person's own
//! messages included.

#[cfg(feature = "agent")]
use protocol::agent::GivenAnswer;
use protocol::attachment::Attachment;
use protocol::conversation::VisitorConversation;
#[cfg(feature = "agent")]
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::Resume;
#[cfg(feature = "agent")]
use protocol::ids::ConversationId;
use protocol::message::{Message, MessageKind, words};
#[cfg(feature = "agent")]
use protocol::seq::FeedCursor;
use protocol::seq::Seq;
use protocol::visitor::{ConversationChanged, MessagePosted, ReceiptsChanged};

#[cfg(feature = "agent")]
use super::conversations;
use crate::connection::resume::Verdict;
use crate::effect::{Alert, Slice};
use crate::outbox::Outbox;
use crate::outgoing::Shared;
use crate::side::Party;
use crate::state::State;
use crate::timeline::echo;
use crate::turn::Turn;

/// Characters of a message that an alert repeats.
const ALERT_SCALARS: usize = 140;

/// Whether an entry is the next of its feed, and then whether it happens now. Asks for what is
/// missing before it.
pub(super) fn admit(state: &mut State, feed: &Feed, seq: Seq, turn: &mut Turn) -> Option<bool> {
    match state.feeds.judge(feed, seq) {
        Verdict::Apply { live } => Some(live),
        Verdict::Drop => None,
        Verdict::Ask(from) => {
            turn.send(Resume { from }.by(state.party()));
            None
        }
        Verdict::GiveUp => {
            want_copy(state, feed);
            None
        }
    }
}

/// A feed cannot go on: its fresh copy is asked for, the old view stays meanwhile.
pub(super) fn want_copy(state: &mut State, feed: &Feed) {
    match feed {
        Feed::Visitor(id) | Feed::Conversation(id) => {
            if let Some(timeline) = state.timelines.get_mut(id) {
                timeline.wants_copy = true;
            }
        }
        Feed::Channel(_) | Feed::Agent(_) => {
            #[cfg(feature = "agent")]
            {
                state.roster.current = false;
            }
        }
    }
}

/// The name of the row that shows a message. An own message leaves the outbox with this.
pub(super) fn key_for(outbox: &mut Outbox, message: &Message, turn: &mut Turn) -> String {
    message
        .client_id
        .as_ref()
        .and_then(|client_id| outbox.acknowledged(client_id, turn))
        .map_or_else(|| echo::key_of(message), |entry| entry.key)
}

/// As much of a message as an alert repeats.
pub(super) fn told(text: &str, attachments: &[Attachment]) -> String {
    beginning(words(text, attachments.first()))
}

/// As much of a text as an alert repeats.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(ALERT_SCALARS).collect()
}

pub(super) fn message_posted(state: &mut State, entry: MessagePosted, turn: &mut Turn) {
    let Some(live) = admit(state, &entry.feed, entry.seq, turn) else {
        return;
    };
    let message = entry.message;
    #[cfg(feature = "agent")]
    {
        let of = (
            &message.conversation,
            &message.id,
            message.position,
            message.posted_at,
        );
        super::information::files_of(
            state,
            of,
            &message.author,
            &message.attachments,
            false,
            turn,
        );
    }
    state
        .typing
        .ended(&message.conversation, &message.author, turn);
    let own = state.session.is_own(&message.author);
    let alert =
        (live && !own && message.kind != MessageKind::System).then(|| Alert::MessageArrived {
            author: message.author.name.clone(),
            text: told(&message.text, &message.attachments),
            attachment: message.attachments.first().map(|file| file.kind),
        });
    let outbox = &mut state.outbox;
    let Some(timeline) = state.timelines.get_mut(&message.conversation) else {
        return;
    };
    let is_new = timeline.posted(message, &mut |message| key_for(outbox, message, turn));
    if let Some(alert) = alert
        && is_new
    {
        turn.alert(alert);
    }
    if state.storage_failed {
        turn.render(Slice::Banner);
    }
    turn.render(Slice::Composer);
    turn.render(Slice::Timeline);
}

pub(super) fn receipts_changed(state: &mut State, entry: &ReceiptsChanged, turn: &mut Turn) {
    if admit(state, &entry.feed, entry.seq, turn).is_none() {
        return;
    }
    let party = state.party();
    if let Some(timeline) = state.timelines.get_mut(&entry.conversation) {
        timeline.receipts = timeline.receipts.merge(entry.receipts);
        if party == Party::Visitor {
            timeline.read_to(timeline.receipts.visitor.read);
        }
        turn.render(Slice::Timeline);
    }
}

pub(super) fn conversation_changed(state: &mut State, entry: ConversationChanged, turn: &mut Turn) {
    if admit(state, &entry.feed, entry.seq, turn).is_some() {
        set_conversation(state, entry.conversation, turn);
    }
}

/// Takes who attends the visitor, and who will.
pub(super) fn set_conversation(
    state: &mut State,
    conversation: VisitorConversation,
    turn: &mut Turn,
) {
    if let Some(timeline) = state.timelines.get_mut(&conversation.id) {
        timeline.agents = conversation.agents;
        timeline.chatbot = conversation.chatbot;
        timeline.waiting_since = conversation.waiting_since;
        if conversation.waiting_since.is_none() {
            state.waiting.forget();
        }
        turn.render(Slice::Timeline);
    }
}

#[cfg(feature = "agent")]
pub(super) fn summary_changed(
    state: &mut State,
    entry: protocol::agent::SummaryChanged,
    turn: &mut Turn,
) {
    let Some(live) = admit(state, &entry.feed, entry.seq, turn) else {
        return;
    };
    let is_shown = state.timelines.shown_id() == Some(&entry.summary.id);
    let me = state.session.me.as_ref().map(|me| &me.id);
    let alert = state.roster.changed(entry.summary, me);
    // The messages of the conversation on screen raise their alerts themselves.
    if let Some(alert) = alert
        && live
        && !is_shown
    {
        turn.alert(alert);
    }
    turn.render(Slice::Roster);
    if is_shown {
        turn.render(Slice::Timeline);
    }
}

/// The agent reaches a conversation of another channel no longer; what they wrote there is kept.
#[cfg(feature = "agent")]
pub(super) fn summary_withdrawn(
    state: &mut State,
    entry: protocol::agent::SummaryWithdrawn,
    turn: &mut Turn,
) {
    if admit(state, &entry.feed, entry.seq, turn).is_none() {
        return;
    }
    let id = entry.conversation;
    state.roster.withdrawn(&id);
    if state.timelines.shown_id() == Some(&id) {
        conversations::unavailable(state, &id, ErrorCode::Forbidden, entry.helped_by, turn);
    } else {
        state.timelines.drop(&id);
    }
    turn.render(Slice::Roster);
}

#[cfg(feature = "agent")]
pub(super) fn unread_changed(
    state: &mut State,
    entry: &protocol::agent::UnreadChanged,
    turn: &mut Turn,
) {
    if admit(state, &entry.feed, entry.seq, turn).is_none() {
        return;
    }
    state.roster.set_unread(&entry.conversation, entry.unread);
    let party = state.party();
    if let Some(timeline) = state.timelines.get_mut(&entry.conversation) {
        timeline.read_but(entry.unread, party);
        turn.render(Slice::Timeline);
    }
    turn.render(Slice::Roster);
}

#[cfg(feature = "agent")]
pub(super) fn answers_changed(
    state: &mut State,
    entry: protocol::agent::AnswersChanged,
    turn: &mut Turn,
) {
    if admit(state, &entry.feed, entry.seq, turn).is_some() {
        set_answers(state, &entry.conversation, entry.answers, turn);
    }
}

/// Takes the answers of a fresh copy, unless entries that came after it know better.
#[cfg(feature = "agent")]
pub(super) fn copy_answers(
    state: &mut State,
    cursor: &FeedCursor,
    conversation: &ConversationId,
    answers: Vec<GivenAnswer>,
    turn: &mut Turn,
) {
    if !state.feeds.is_ahead_of(cursor) {
        set_answers(state, conversation, answers, turn);
    }
}

#[cfg(feature = "agent")]
fn set_answers(
    state: &mut State,
    conversation: &ConversationId,
    answers: Vec<GivenAnswer>,
    turn: &mut Turn,
) {
    if let Some(timeline) = state.timelines.get_mut(conversation) {
        timeline.answers = answers;
        turn.render(Slice::Information);
    }
}
