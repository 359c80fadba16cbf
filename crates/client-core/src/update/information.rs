//! What the information panel shows beside the row and the answers: shared notes, expertise and
//! files. From the agent to the server and back.

use protocol::agent::{
    AgentCommand, ChooseExpertise, ExpertiseChanged, FetchSharedNotes, FilesListed, ListFiles,
    MOST_VERSIONS, SessionExpertise, SharedFile, SharedNotes, SharedNotesChanged,
    SharedNotesFetched, SharedNotesSaved,
};
use protocol::attachment::Attachment;
use protocol::author::Author;
use protocol::ids::{ConversationId, MessageId};
use protocol::seq::{FeedCursor, Position};
use protocol::time::Timestamp;

use super::entries::admit;
use crate::connection::queries::Query;
use crate::effect::Slice;
use crate::outbox::errands::Purpose;
use crate::outgoing::Outgoing;
use crate::shared_notes::{Ask, History, Order};
use crate::state::State;
use crate::timeline::files::Files;
use crate::turn::Turn;

/// Messages whose files come at once.
const FILES_PAGE: u32 = 20;

/// Something of an earlier page, or of another one, waits to be saved.
pub(super) fn restore(state: &mut State, rest: &str, value: &str, turn: &Turn) {
    if let Some(order) = state.shared_notes.restore(rest, value, turn.now) {
        send(state, order);
    }
}

/// The errands repeat it until it is answered.
fn send(state: &mut State, order: Order) {
    let client_id = order.client_id.clone();
    let purpose = Purpose::SharedNotes(order.conversation.clone());
    let frame = Outgoing::Agent(AgentCommand::SaveSharedNotes(order));
    state.errands.add(client_id, purpose, frame);
}

pub(super) fn edit_shared_notes(state: &mut State, from: &str, text: String, turn: &mut Turn) {
    if let Some(id) = state.timelines.shown_id() {
        state.shared_notes.edit(id, from, text, turn);
    }
}

pub(super) fn restore_version(state: &mut State, version: u64, turn: &mut Turn) {
    if let Some(id) = state.timelines.shown_id()
        && let Some(order) = state.shared_notes.restore_version(id, version, turn)
    {
        send(state, order);
    }
}

/// The agent looks at earlier versions, or no longer.
pub(super) fn show_history(state: &mut State, shown: bool, turn: &mut Turn) {
    if let Some(id) = state.timelines.shown_id()
        && let Some(pad) = state.shared_notes.get_mut(id)
    {
        pad.history = shown.then(History::begin);
        turn.render(Slice::Information);
    }
}

pub(super) fn load_more_history(state: &mut State) {
    if let Some(id) = state.timelines.shown_id()
        && let Some(pad) = state.shared_notes.get_mut(id)
        && let Some(history) = &mut pad.history
        && history.has_more
        && history.ask.is_none()
    {
        history.ask = Some(Ask::Earlier);
    }
}

pub(super) fn shared_notes_changed(state: &mut State, entry: SharedNotesChanged, turn: &mut Turn) {
    if admit(state, &entry.feed, entry.seq, turn).is_some() {
        state
            .shared_notes
            .told(&entry.conversation, entry.notes, turn);
    }
}

pub(super) fn shared_notes_saved(state: &mut State, saved: SharedNotesSaved, turn: &mut Turn) {
    state.errands.answered(&saved.client_id);
    state
        .shared_notes
        .saved(&saved.client_id, saved.notes, turn);
}

pub(super) fn shared_notes_fetched(
    state: &mut State,
    fetched: SharedNotesFetched,
    turn: &mut Turn,
) {
    let Some(Query::NotesHistory(id, before)) = state.queries.answered(fetched.reference) else {
        return;
    };
    if let Some(pad) = state.shared_notes.get_mut(&id)
        && let Some(history) = &mut pad.history
    {
        history.fetched(before, fetched);
        turn.render(Slice::Information);
    }
}

/// Shows the choice at once; the server's word comes behind it.
pub(super) fn choose_expertise(state: &mut State, name: String, chosen: bool, turn: &mut Turn) {
    let Some(timeline) = state.timelines.shown_mut() else {
        return;
    };
    let Some(expertise) = &mut timeline.expertise else {
        return;
    };
    choose(expertise, &name, chosen);
    let client_id = turn.client_id();
    let conversation = timeline.id.clone();
    let purpose = Purpose::Expertise(conversation.clone());
    let frame = Outgoing::Agent(AgentCommand::ChooseExpertise(ChooseExpertise {
        client_id: client_id.clone(),
        conversation,
        expertise: name,
        chosen,
    }));
    state.errands.add(client_id, purpose, frame);
    turn.render(Slice::Information);
}

pub(super) fn expertise_changed(state: &mut State, entry: ExpertiseChanged, turn: &mut Turn) {
    if admit(state, &entry.feed, entry.seq, turn).is_some() {
        set_expertise(state, &entry.conversation, Some(entry.expertise), turn);
    }
}

/// Takes what the server says, with what was chosen here and is not answered yet.
fn set_expertise(
    state: &mut State,
    of: &ConversationId,
    told: Option<SessionExpertise>,
    turn: &mut Turn,
) {
    let Some(timeline) = state.timelines.get_mut(of) else {
        return;
    };
    timeline.expertise = told;
    if let Some(expertise) = &mut timeline.expertise {
        let purpose = Purpose::Expertise(of.clone());
        for frame in state.errands.waiting_for(&purpose) {
            if let Outgoing::Agent(AgentCommand::ChooseExpertise(order)) = frame {
                choose(expertise, &order.expertise, order.chosen);
            }
        }
    }
    turn.render(Slice::Information);
}

fn choose(expertise: &mut SessionExpertise, name: &str, chosen: bool) {
    expertise.chosen.retain(|other| other != name);
    if chosen {
        expertise.chosen.push(name.to_owned());
    }
}

/// A fresh copy of the conversation came. What is ahead of it knows better.
pub(super) fn opened(
    state: &mut State,
    cursor: &FeedCursor,
    of: &ConversationId,
    (notes, expertise): (Option<SharedNotes>, Option<SessionExpertise>),
    turn: &mut Turn,
) {
    if let Some(notes) = notes {
        state.shared_notes.told(of, notes, turn);
    }
    if !state.feeds.is_ahead_of(cursor) {
        set_expertise(state, of, expertise, turn);
        if let Some(timeline) = state.timelines.get_mut(of)
            && let Some(files) = &mut timeline.files
        {
            // What came meanwhile may not have been told.
            (files.loaded, files.wanted) = (false, true);
        }
    }
}

/// The server did not take a choice: only a fresh copy tells what stands there.
pub(super) fn expertise_refused(state: &mut State, of: &ConversationId) {
    if let Some(timeline) = state.timelines.get_mut(of) {
        timeline.wants_copy = true;
    }
}

/// The files are looked at; `more` wants earlier ones, too.
pub(super) fn show_files(state: &mut State, more: bool) {
    if let Some(timeline) = state.timelines.shown_mut() {
        let files = timeline.files.get_or_insert_with(Files::begin);
        files.wanted |= more && files.has_more;
    }
}

pub(super) fn files_listed(state: &mut State, listed: FilesListed, turn: &mut Turn) {
    let Some(Query::Files(id, before)) = state.queries.answered(listed.reference) else {
        return;
    };
    if let Some(timeline) = state.timelines.get_mut(&id)
        && let Some(files) = &mut timeline.files
    {
        files.listed(before, listed);
        turn.render(Slice::Information);
    }
}

/// What was asked cannot be had: it is not asked again, and what it was for is not shown.
pub(super) fn query_refused(state: &mut State, query: &Query, turn: &mut Turn) {
    turn.render(Slice::Information);
    match query {
        Query::NotesHistory(id, _) => {
            if let Some(pad) = state.shared_notes.get_mut(id)
                && let Some(history) = &mut pad.history
            {
                history.ask = None;
            }
        }
        Query::Files(id, _) => {
            if let Some(timeline) = state.timelines.get_mut(id)
                && let Some(files) = &mut timeline.files
            {
                files.wanted = false;
            }
        }
        _ => {}
    }
}

/// A message or a note was told of: its files are those of the list now.
pub(super) fn files_of(
    state: &mut State,
    of: (&ConversationId, &MessageId, Position, Timestamp),
    author: &Author,
    attachments: &[Attachment],
    private: bool,
    turn: &mut Turn,
) {
    let (conversation, message, position, posted_at) = of;
    if let Some(timeline) = state.timelines.get_mut(conversation)
        && let Some(files) = &mut timeline.files
    {
        let fresh = attachments.iter().map(|attachment| SharedFile {
            attachment: attachment.clone(),
            message: message.clone(),
            position,
            author: author.clone(),
            posted_at,
            private,
        });
        files.posted(message, position, fresh.collect());
        turn.render(Slice::Information);
    }
}

/// Saves and asks for what is due. Call it at the end of every turn.
pub(super) fn settle(state: &mut State, turn: &mut Turn) {
    let is_online = state.connection.is_online();
    let limits = &state.session.limits;
    for order in state.shared_notes.due(is_online, limits, turn) {
        send(state, order);
    }
    if is_online && !state.queries.is_paused(turn.now) {
        ask(state, turn);
    }
}

fn ask(state: &mut State, turn: &mut Turn) {
    let Some(timeline) = state.timelines.shown().filter(|it| it.loaded) else {
        return;
    };
    let conversation = timeline.id.clone();
    let files = timeline.files.as_ref().filter(|files| files.wanted);
    if let Some(before) = files.map(Files::before) {
        let query = Query::Files(conversation.clone(), before);
        if !state.queries.is_pending(&query) {
            turn.send(Outgoing::Agent(AgentCommand::ListFiles(ListFiles {
                reference: state.queries.ask(query),
                conversation: conversation.clone(),
                before,
                limit: FILES_PAGE,
            })));
        }
    }
    let pad = state.shared_notes.get(&conversation);
    let history = pad.and_then(|pad| pad.history.as_ref());
    if let Some(history) = history.filter(|history| history.ask.is_some()) {
        let before = history.before();
        let query = Query::NotesHistory(conversation.clone(), before);
        if !state.queries.is_pending(&query) {
            turn.send(Outgoing::Agent(AgentCommand::FetchSharedNotes(
                FetchSharedNotes {
                    reference: state.queries.ask(query),
                    conversation,
                    before,
                    limit: MOST_VERSIONS,
                },
            )));
        }
    }
}
