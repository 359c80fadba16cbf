//! What the server says that is no entry of a feed: `ready`, answers, signals, heartbeats.

use protocol::conversation::VisitorConversation;
use protocol::error::{ErrorCode, Refusal};
#[cfg(feature = "agent")]
use protocol::feed::Feed;
use protocol::hello::{Bye, Done, Pong, Refused, VisitorReady};
use protocol::ids::ClientId;
#[cfg(feature = "agent")]
use protocol::version::Capability;
use protocol::visitor::{ConversationOpened, MessagesFetched};

use super::{changes, conversations, entries, visit};
#[cfg(feature = "agent")]
use super::{desk, information, notes, standing};
use crate::connection::backoff;
use crate::connection::queries::Query;
#[cfg(feature = "agent")]
use crate::effect::Alert;
use crate::effect::Slice;
use crate::incoming::Incoming;
use crate::outbox::errands::Purpose;
use crate::outgoing::Shared;
use crate::side::{FOR_VISITORS, Party};
use crate::state::State;
use crate::timeline::echo;
use crate::turn::Turn;

pub(super) fn received(state: &mut State, frame: Incoming, turn: &mut Turn) {
    if !state.connection.has_socket() {
        // A late word of a socket that was given up.
        return;
    }
    state.connection.heard(turn.now);
    match frame {
        // Nobody hears these where no visitor is.
        Incoming::VisitorReady(_)
        | Incoming::ConversationChanged(_)
        | Incoming::ConversationStarted(_)
        | Incoming::ConversationOpened(_)
        | Incoming::PlaceChanged(_)
            if !FOR_VISITORS => {}
        Incoming::VisitorReady(ready) => visitor_ready(state, ready, turn),
        Incoming::Ping => turn.send(Pong {}.by(state.party())),
        Incoming::Pong => {}
        frame => received_later(state, frame, turn),
    }
}

/// What is said after the connection stands, heartbeats apart. The widget's shell keeps it until
/// this code is here.
#[inline(never)]
fn received_later(state: &mut State, frame: Incoming, turn: &mut Turn) {
    match frame {
        // These were heard already.
        Incoming::VisitorReady(_) | Incoming::Ping | Incoming::Pong => {}
        #[cfg(feature = "agent")]
        Incoming::AgentReady(ready) => agent_ready(state, ready, turn),
        Incoming::Refused(refused) => refused_frame(state, &refused, turn),
        Incoming::Bye(Bye { retry_after_ms, .. }) => {
            state.connection.come_back_after(retry_after_ms);
        }
        // The rest means something only between `ready` and the end of the socket.
        _ if !state.connection.is_online() => {}
        Incoming::Resumed(resumed) => state.feeds.resumed(&resumed.feed, resumed.missed),
        Incoming::ResyncRequired(resync) => {
            state.feeds.leave(&resync.feed);
            entries::want_copy(state, &resync.feed);
        }
        Incoming::Done(done) => done_frame(state, done, turn),
        Incoming::MessagePosted(entry) => entries::message_posted(state, entry, turn),
        Incoming::ReceiptsChanged(entry) => entries::receipts_changed(state, &entry, turn),
        Incoming::ConversationChanged(entry) => entries::conversation_changed(state, entry, turn),
        Incoming::ConversationStarted(started) => {
            conversations::adopt(state, &started.conversation.id, turn);
            entries::set_conversation(state, started.conversation, turn);
        }
        Incoming::ConversationOpened(opened) => {
            if is_awaited(state, &opened) {
                conversation_opened(state, opened, turn);
            }
        }
        #[cfg(feature = "agent")]
        Incoming::OpenedForAgent(opened) => {
            let (mut opened, own) = opened.into_parts();
            if is_awaited(state, &opened) {
                if let Some(timeline) = state.timelines.get_mut(&opened.conversation) {
                    timeline.colleagues = own.colleagues.unwrap_or_default();
                    timeline.teams = own.teams.unwrap_or_default();
                    let notes = own.notes.unwrap_or_default();
                    opened.messages = timeline.with_notes(opened.messages, notes);
                }
                // The row comes first: what is unread in the copy is read from it.
                if let Some(summary) = own.summary {
                    state.roster.opened(summary);
                    turn.render(Slice::Roster);
                }
                let answers = own.answers.unwrap_or_default();
                entries::copy_answers(state, &opened.cursor, &opened.conversation, answers, turn);
                let panel = (own.shared_notes, own.expertise);
                let of = &opened.conversation;
                standing::opened(state, &opened.cursor, of, own.standing, turn);
                information::opened(state, &opened.cursor, of, panel, turn);
                conversation_opened(state, opened, turn);
            }
        }
        Incoming::AttachmentsLinked(linked) => {
            if state.queries.answered(linked.reference) == Some(Query::Links) {
                state.links.answered(linked.links);
                turn.render(Slice::Timeline);
                #[cfg(feature = "agent")]
                turn.render(Slice::Information);
            }
        }
        Incoming::MessagesFetched(fetched) => messages_fetched(state, fetched, turn),
        #[cfg(feature = "agent")]
        Incoming::FetchedForAgent(fetched) => {
            let (mut fetched, notes) = fetched.into_parts();
            if let Some(timeline) = state.timelines.get_mut(&fetched.conversation) {
                let notes = notes.unwrap_or_default();
                fetched.messages = timeline.with_notes(fetched.messages, notes);
            }
            messages_fetched(state, fetched, turn);
        }
        #[cfg(feature = "agent")]
        Incoming::HistoryFetched(fetched) => changes::history_fetched(state, fetched, turn),
        #[cfg(feature = "agent")]
        Incoming::NotePosted(entry) => notes::note_posted(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::MentionChanged(entry) => notes::mention_changed(state, entry, turn),
        Incoming::TypingChanged(signal) => state.typing.changed(signal, turn),
        Incoming::PlaceChanged(place) => {
            state.waiting.changed(place);
            turn.render(Slice::Timeline);
        }
        #[cfg(feature = "agent")]
        Incoming::SummaryChanged(entry) => entries::summary_changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::SummaryWithdrawn(entry) => entries::summary_withdrawn(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::AnswersChanged(entry) => entries::answers_changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::SharedNotesChanged(entry) => {
            information::shared_notes_changed(state, entry, turn);
        }
        #[cfg(feature = "agent")]
        Incoming::SharedNotesSaved(saved) => information::shared_notes_saved(state, saved, turn),
        #[cfg(feature = "agent")]
        Incoming::SharedNotesFetched(fetched) => {
            information::shared_notes_fetched(state, fetched, turn);
        }
        #[cfg(feature = "agent")]
        Incoming::ExpertiseChanged(entry) => information::expertise_changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::SessionChanged(entry) => standing::changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::FilesListed(listed) => information::files_listed(state, listed, turn),
        #[cfg(feature = "agent")]
        Incoming::UnreadChanged(entry) => entries::unread_changed(state, &entry, turn),
        #[cfg(feature = "agent")]
        Incoming::StateChanged(entry) => desk::state_changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::OfferChanged(entry) => desk::offer_changed(state, entry, turn),
        #[cfg(feature = "agent")]
        Incoming::ConversationsListed(listed) => conversations_listed(state, listed, turn),
        Incoming::Unknown(frame) => {
            if let (Some(feed), Some(seq)) = (&frame.feed, frame.seq) {
                entries::admit(state, feed, seq, turn);
            }
        }
    }
}

fn visitor_ready(state: &mut State, mut ready: VisitorReady, turn: &mut Turn) {
    if !state.connection.ready(ready.server.heartbeat_ms, turn) {
        return;
    }
    state.session.learn(&ready.server, turn.now);
    visit::prepare(state, &mut ready, turn);
    state.session.renew_token(ready.token, turn);
    if state.is_complete() {
        go_on(state, ready.conversation, turn);
    }
    turn.render(Slice::Composer);
}

/// The visitor has a conversation, or none any more. Entered from outside.
#[inline(never)]
fn go_on(state: &mut State, conversation: Option<VisitorConversation>, turn: &mut Turn) {
    match conversation {
        Some(conversation) => {
            conversations::adopt(state, &conversation.id, turn);
            entries::set_conversation(state, conversation, turn);
        }
        None => conversations::drop_visitors(state, turn),
    }
}

#[cfg(feature = "agent")]
fn agent_ready(state: &mut State, ready: protocol::hello::AgentReady, turn: &mut Turn) {
    if !state.session.belongs_to(&ready.agent) {
        // The cookie changed hands. Nothing was sent yet, and nothing will be.
        state.connection.refuse(ErrorCode::Unauthenticated, turn);
        return;
    }
    if !state.connection.ready(ready.server.heartbeat_ms, turn) {
        return;
    }
    state.session.learn(&ready.server, turn.now);
    state.desk.clock.set(ready.server.server_time, turn.now);
    state.session.me = Some(ready.agent);
    let feeds = &state.feeds;
    if !ready
        .channels
        .iter()
        .all(|channel| feeds.follows(&Feed::Channel(channel.id.clone())))
    {
        state.roster.current = false;
    }
    state.roster.channels = ready.channels;
    if !state.session.offers(Capability::Notes) {
        state.composer.without_notes(turn);
    }
    turn.render(Slice::Roster);
    turn.render(Slice::Desk);
    turn.render(Slice::Timeline);
    turn.render(Slice::Composer);
    turn.render(Slice::Information);
}

fn done_frame(state: &mut State, done: Done, turn: &mut Turn) {
    if let Some(entry) = state.outbox.acknowledged(&done.client_id, turn) {
        let Some(posted) = done.posted else {
            return;
        };
        turn.render(Slice::Composer);
        if let Some(change) = &entry.extras.change {
            changes::done(state, change, entry.text, &posted, turn);
            return;
        }
        if state.party() == Party::Visitor {
            conversations::adopt(state, &posted.conversation, turn);
        }
        let (author, kind) = state.session.author();
        if let Some(timeline) = state.timelines.get_mut(&posted.conversation) {
            #[cfg(feature = "agent")]
            let note = entry.extras.note.clone();
            let quoted = entry.extras.reply_to.as_ref();
            let quoted = quoted.and_then(|id| timeline.quote(id));
            let held = echo::acknowledged(entry, posted, author, kind, quoted);
            #[cfg(feature = "agent")]
            match note {
                Some(mentioned) => {
                    let agents = notes::named(&timeline.colleagues, &mentioned.agents);
                    timeline.note_acknowledged(held, agents);
                }
                None => timeline.acknowledged(held),
            }
            #[cfg(not(feature = "agent"))]
            timeline.acknowledged(held);
        }
        if state.storage_failed {
            turn.render(Slice::Banner);
        }
    } else if state.receipts.answered(&done.client_id) {
        #[cfg(feature = "agent")]
        turn.render(Slice::Roster);
    } else {
        match state.errands.answered(&done.client_id) {
            #[cfg(feature = "agent")]
            Some(Purpose::State(client_id)) => desk::state_taken(state, &client_id, turn),
            #[cfg(feature = "agent")]
            Some(Purpose::Offer(offer)) => desk::answer_taken(state, &offer, turn),
            Some(Purpose::Restart) => turn.render(Slice::Timeline),
            _ => {}
        }
    }
}

fn refused_frame(state: &mut State, refused: &Refused, turn: &mut Turn) {
    let refusal = &refused.refusal;
    let ends_session = matches!(
        refusal.code,
        ErrorCode::Unauthenticated | ErrorCode::Expired
    );
    if ends_session {
        // Not the message is refused but who sends it: it stays in the outbox.
        state.connection.refuse(refusal.code, turn);
    } else if let Some(client_id) = &refused.client_id {
        command_refused(state, client_id, refusal, turn);
    } else if let Some(reference) = refused.reference {
        query_refused(state, reference, refusal, turn);
    } else if !state.connection.is_online() {
        // `connect` was refused.
        if refusal.retryable {
            if let Some(retry_after_ms) = refusal.retry_after_ms {
                state.connection.come_back_after(retry_after_ms);
            }
            state.connection.drop_socket(turn);
        } else {
            state.connection.refuse(refusal.code, turn);
        }
    } else if let Some(feed) = state.feeds.refused() {
        entries::want_copy(state, &feed);
    }
}

fn command_refused(state: &mut State, client_id: &ClientId, refusal: &Refusal, turn: &mut Turn) {
    turn.render(Slice::Form);
    if visit::took_back(state, client_id, refusal, turn)
        || state.outbox.refused(client_id, refusal, turn)
        || state.receipts.refused(client_id, refusal, turn)
    {
        return;
    }
    match state.errands.refused(client_id, refusal, turn) {
        #[cfg(feature = "agent")]
        Some(Purpose::Attendance(conversation)) => turn.alert(Alert::ActionRefused {
            conversation,
            code: refusal.code,
            by: refusal.session.as_ref().and_then(|told| told.by.clone()),
        }),
        #[cfg(feature = "agent")]
        Some(Purpose::State(choice)) => desk::state_refused(state, &choice, refusal.code, turn),
        #[cfg(feature = "agent")]
        Some(Purpose::Offer(offer)) => desk::answer_refused(state, &offer, refusal.code, turn),
        #[cfg(feature = "agent")]
        Some(Purpose::SharedNotes(conversation)) => {
            state
                .shared_notes
                .refused(&conversation, refusal.code, turn);
        }
        #[cfg(feature = "agent")]
        Some(Purpose::Expertise(conversation)) => {
            information::expertise_refused(state, &conversation);
        }
        // The next list says what is seen.
        #[cfg(feature = "agent")]
        Some(Purpose::Mentions) => {}
        // The button is there again, if the chatbot is.
        Some(Purpose::Restart) => turn.render(Slice::Timeline),
        Some(Purpose::Language) | None => {}
    }
}

fn query_refused(state: &mut State, reference: u32, refusal: &Refusal, turn: &mut Turn) {
    let Some(query) = state.queries.answered(reference) else {
        return;
    };
    if refusal.retryable {
        let random = turn.random();
        let pause = refusal
            .retry_after_ms
            .unwrap_or_else(|| backoff::delay_ms(state.queries.refused(), random));
        state.queries.paused_until = Some(turn.now.plus(i64::from(pause.max(250))));
    }
    match query {
        Query::Open(id) if !refusal.retryable => {
            conversations::unavailable(
                state,
                &id,
                #[cfg(feature = "agent")]
                refusal.code,
                #[cfg(feature = "agent")]
                None,
                turn,
            );
        }
        Query::Open(_) => {}
        // Refused for good: nothing has an address.
        Query::Links if !refusal.retryable => state.links.answered(Vec::new()),
        Query::Links => state.links.lost(),
        Query::Older(id, _) => {
            if let Some(timeline) = state.timelines.get_mut(&id) {
                timeline.loading_older = false;
                turn.render(Slice::Timeline);
            }
        }
        #[cfg(feature = "agent")]
        Query::History(..) => {}
        #[cfg(feature = "agent")]
        Query::NotesHistory(..) | Query::Files(..) if !refusal.retryable => {
            information::query_refused(state, &query, turn);
        }
        // Asked again by and by.
        #[cfg(feature = "agent")]
        Query::NotesHistory(..) | Query::Files(..) => {}
        #[cfg(feature = "agent")]
        Query::List if !refusal.retryable => {
            // Asking again would change nothing before the next connection.
            state.roster.current = true;
        }
        #[cfg(feature = "agent")]
        Query::List => {}
        #[cfg(feature = "agent")]
        Query::MoreList => state.roster.more_wanted &= refusal.retryable,
    }
}

/// Whether this answers a question that still stands.
fn is_awaited(state: &mut State, opened: &ConversationOpened) -> bool {
    let query = state.queries.answered(opened.reference);
    query == Some(Query::Open(opened.conversation.clone()))
}

fn conversation_opened(state: &mut State, opened: ConversationOpened, turn: &mut Turn) {
    state.queries.succeeded();
    let party = state.party();
    let ahead = state.feeds.is_ahead_of(&opened.cursor);
    if !ahead {
        state.feeds.follow(opened.cursor);
        if let Some(now) = opened.state {
            entries::set_conversation(state, now, turn);
        }
    }
    #[cfg(feature = "agent")]
    let unread = state.roster.get(&opened.conversation).map(|row| row.unread);
    let outbox = &mut state.outbox;
    let Some(timeline) = state.timelines.get_mut(&opened.conversation) else {
        return;
    };
    let is_first = !timeline.loaded;
    timeline.opened(
        opened.messages,
        opened.has_more_before,
        ahead,
        state.session.limits.edit_ms.unwrap_or(0),
        &mut |message| entries::key_for(outbox, message, turn),
    );
    state.outbox.copied(party, &opened.conversation);
    turn.render(Slice::Composer);
    timeline.receipts = timeline.receipts.merge(opened.receipts);
    match party {
        Party::Visitor => timeline.read_to(timeline.receipts.visitor.read),
        #[cfg(feature = "agent")]
        Party::Agent => match unread {
            Some(unread) => timeline.read_but(unread, party),
            None => timeline.read_to(timeline.receipts.agents.read),
        },
    }
    // Who was greeted has read the greeting, and looks on from the beginning: what came since is
    // unread only if they looked away, which is decided as for any message.
    let mut was_greeted = false;
    for held in &timeline.held {
        if state.greeting.has_shown(&held.message.id) {
            timeline.read_up_to = timeline.read_up_to.max(held.position());
            was_greeted = true;
        }
    }
    state.greeting.clear();
    if is_first && !was_greeted {
        timeline.draw_divider(party);
    }
    turn.render(Slice::Timeline);
}

fn messages_fetched(state: &mut State, fetched: MessagesFetched, turn: &mut Turn) {
    let Some(Query::Older(id, before)) = state.queries.answered(fetched.reference) else {
        return;
    };
    let outbox = &mut state.outbox;
    if let Some(timeline) = state.timelines.get_mut(&id) {
        timeline.older(
            before,
            fetched.messages,
            fetched.has_more_before,
            &mut |message| entries::key_for(outbox, message, turn),
        );
        turn.render(Slice::Timeline);
    }
}

#[cfg(feature = "agent")]
fn conversations_listed(
    state: &mut State,
    listed: protocol::agent::ConversationsListed,
    turn: &mut Turn,
) {
    let Some(query) = state.queries.answered(listed.reference) else {
        return;
    };
    state.queries.succeeded();
    state.roster.more_wanted = false;
    if query == Query::List {
        // A row behind the page is kept while it is on screen, and may be out of date by now.
        let is_again = state.roster.loaded;
        if let Some(timeline) = state.timelines.shown_mut() {
            let mut rows = listed.rows.iter().chain(listed.beside.iter().flatten());
            let is_listed = rows.any(|row| row.id == timeline.id);
            timeline.wants_copy |= is_again && !is_listed;
        }
        let (mut is_ahead, mut is_desk_ahead) = (false, false);
        for cursor in listed.cursors {
            if state.feeds.is_ahead_of(&cursor) {
                is_ahead = true;
                is_desk_ahead |= matches!(cursor.feed, Feed::Agent(_));
            } else {
                state.feeds.follow(cursor);
            }
        }
        let mut rows = listed.rows;
        rows.extend(listed.beside.unwrap_or_default());
        state
            .roster
            .listed(rows, listed.next, state.timelines.shown_id(), is_ahead);
        // Entries that came after the copy was made know better.
        if !is_desk_ahead {
            desk::listed(state, listed.desk, turn);
            notes::mentions_listed(state, listed.mentions);
        }
    } else {
        state.roster.listed_more(listed.rows, listed.next);
    }
    turn.render(Slice::Roster);
    turn.render(Slice::Timeline);
}
