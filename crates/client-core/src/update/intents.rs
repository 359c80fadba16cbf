//! What the person wants, translated into what the slices do.

#[cfg(feature = "agent")]
use protocol::agent::{
    AgentCommand, EndSession, JoinConversation, LeaveConversation, SetLiveStatus, TakeConversation,
};
#[cfg(feature = "agent")]
use protocol::ids::{ClientId, ConversationId};
use protocol::version::Capability;
use protocol::visitor::FetchMessages;

use super::{changes, conversations, later, visit};
#[cfg(feature = "agent")]
use super::{desk, information, notes};
#[cfg(feature = "agent")]
use crate::composer::Mode;
use crate::composer::Place;
use crate::connection::Phase;
use crate::connection::queries::Query;
use crate::effect::{Effect, Slice};
use crate::event::{Event, Intent, LocalFile};
#[cfg(feature = "agent")]
use crate::outbox::errands::Purpose;
use crate::outbox::upload::Upload;
use crate::outbox::{Entry, Extras};
#[cfg(feature = "agent")]
use crate::outgoing::Outgoing;
use crate::outgoing::Shared;
use crate::side::{FOR_VISITORS, Party};
use crate::state::State;
use crate::turn::Turn;
use crate::view::composer::can_attach;

/// Messages of one page.
pub(super) const PAGE: u32 = 50;

pub(super) fn wanted(state: &mut State, intent: Intent, turn: &mut Turn) {
    match intent {
        Intent::Connect => connect(state, turn),
        Intent::ReconnectNow if state.session.acted => state.connection.open(turn),
        Intent::ReconnectNow => {}
        Intent::LookAtNewest { in_view } => state.receipts.look(in_view),
        Intent::LookAway => {
            state.receipts.look(false);
            look_away(state, turn);
        }
        Intent::EditDraft { text } => edit_draft(state, text, turn),
        Intent::SendDraft => send_draft(state, turn),
        // Nobody wants these where no visitor is.
        Intent::PressButton { .. } | Intent::Arrive(_) | Intent::ChooseLanguage { .. }
            if !FOR_VISITORS => {}
        Intent::PressButton { question, button } => visit::press(state, question, button, turn),
        Intent::Arrive(arrival) => state.session.arrive(arrival),
        Intent::ChooseLanguage { language } => visit::choose_language(state, language, turn),
        intent => later(state, Event::Intent(intent), turn),
    }
}

/// What does not lead to a first message.
pub(super) fn wanted_later(state: &mut State, intent: Intent, turn: &mut Turn) {
    match intent {
        // These were heard already.
        Intent::Connect
        | Intent::ReconnectNow
        | Intent::LookAtNewest { .. }
        | Intent::LookAway
        | Intent::EditDraft { .. }
        | Intent::SendDraft
        | Intent::PressButton { .. }
        | Intent::Arrive(_) => {}
        Intent::StartOver => start_over(state, turn),
        Intent::AttachFiles(files) => attach(state, files, turn),
        #[cfg(feature = "agent")]
        Intent::AttachFilesTo(place, files) => notes::attach_to(state, &place, files, turn),
        Intent::SendVoice(recorded) => send_voice(state, *recorded, turn),
        Intent::RemoveFile { id } => state.composer.remove_file(&id, turn),
        Intent::ChooseAgain { upload, file } => state.outbox.choose_again(&upload, file, turn),
        // Nobody wants these where no visitor is.
        Intent::RestartChatbot | Intent::EditField { .. } | Intent::ChooseLanguage { .. }
            if !FOR_VISITORS => {}
        Intent::RestartChatbot => visit::restart(state, turn),
        Intent::EditField { name, value } => state.form.edit(name, value, turn),
        Intent::ReplyTo { key } => changes::reply_to(state, &key, turn),
        Intent::EditMessage { key } => changes::edit(state, &key, turn),
        Intent::EditLast => changes::edit_last(state, turn),
        Intent::LeaveAim => changes::leave_aim(state, turn),
        Intent::DeleteMessage { key } => changes::delete(state, &key, turn),
        Intent::SeekMessage(message) => changes::seek(state, message),
        #[cfg(feature = "agent")]
        Intent::ToggleHistory { key } => changes::toggle_history(state, &key, turn),
        Intent::RetryMessage { key } => {
            let key = changes::failed_in(state, key);
            retry(state, &key, turn);
        }
        Intent::DiscardMessage { key } => {
            let key = changes::failed_in(state, key);
            if let Some(entry) = state.outbox.discard(&key, turn) {
                put_back(state, entry, turn);
            }
            turn.render(Slice::Form);
            turn.render(Slice::Composer);
        }
        Intent::LoadOlder => load_older(state, PAGE, turn),
        Intent::ChooseLanguage { language } => visit::tell_language(state, language, turn),
        #[cfg(feature = "agent")]
        Intent::SelectConversation(to) => {
            state.receipts.look(false);
            conversations::select(state, to, turn);
        }
        #[cfg(feature = "agent")]
        Intent::LoadMoreConversations => state.roster.more_wanted = true,
        #[cfg(feature = "agent")]
        Intent::TakeConversation(conversation) => {
            attend(state, conversation, turn, |client_id, conversation| {
                TakeConversation {
                    client_id,
                    conversation,
                }
                .into()
            });
        }
        #[cfg(feature = "agent")]
        Intent::JoinConversation(conversation) => {
            attend(state, conversation, turn, |client_id, conversation| {
                JoinConversation {
                    client_id,
                    conversation,
                    helping: None,
                }
                .into()
            });
        }
        #[cfg(feature = "agent")]
        Intent::HelpIn(conversation) => {
            attend(state, conversation, turn, |client_id, conversation| {
                JoinConversation {
                    client_id,
                    conversation,
                    helping: Some(true),
                }
                .into()
            });
        }
        #[cfg(feature = "agent")]
        Intent::EndSession(conversation) => {
            attend(state, conversation, turn, |client_id, conversation| {
                EndSession {
                    client_id,
                    conversation,
                }
                .into()
            });
        }
        #[cfg(feature = "agent")]
        Intent::SetLiveStatus {
            conversation,
            status,
        } => attend(state, conversation, turn, |client_id, conversation| {
            SetLiveStatus {
                client_id,
                conversation,
                status,
            }
            .into()
        }),
        #[cfg(feature = "agent")]
        Intent::LeaveConversation(conversation) => {
            attend(state, conversation, turn, |client_id, conversation| {
                LeaveConversation {
                    client_id,
                    conversation,
                }
                .into()
            });
        }
        #[cfg(feature = "agent")]
        Intent::ChooseMode(mode) => notes::choose_mode(state, mode, turn),
        #[cfg(feature = "agent")]
        Intent::EditSharedNotes { from, text } => {
            information::edit_shared_notes(state, &from, text, turn);
        }
        #[cfg(feature = "agent")]
        Intent::ShowNotesHistory(shown) => information::show_history(state, shown, turn),
        #[cfg(feature = "agent")]
        Intent::LoadMoreNotesHistory => information::load_more_history(state),
        #[cfg(feature = "agent")]
        Intent::RestoreVersion(version) => information::restore_version(state, version, turn),
        #[cfg(feature = "agent")]
        Intent::ChooseExpertise { name, chosen } => {
            information::choose_expertise(state, name, chosen, turn);
        }
        #[cfg(feature = "agent")]
        Intent::ShowFiles { more } => information::show_files(state, more),
        #[cfg(feature = "agent")]
        Intent::SetState {
            availability,
            reason,
        } => desk::set_state(state, availability, reason, turn),
        #[cfg(feature = "agent")]
        Intent::AcceptOffer(offer) => desk::accept(state, &offer, true, turn),
        #[cfg(feature = "agent")]
        Intent::AcceptAll => desk::accept_all(state, turn),
        #[cfg(feature = "agent")]
        Intent::DeclineOffer { offer, reason } => desk::decline(state, &offer, reason, turn),
        #[cfg(feature = "agent")]
        Intent::DismissNotice { id } => {
            state.desk.notices.dismiss(id);
            turn.render(Slice::Desk);
        }
    }
}

fn connect(state: &mut State, turn: &mut Turn) {
    if !state.session.acted {
        // What was written and chosen before the person acted is stored from now on.
        state.session.acted = true;
        turn.storing = true;
        state.session.keep_language(turn);
        state.outbox.store_all(turn);
        state.composer.store_if_any(turn);
    }
    #[cfg(feature = "agent")]
    state.desk.ring.begin(turn);
    state.connection.open(turn);
}

/// The stored token is worth nothing any more: the visitor is a new one, with what they wrote.
fn start_over(state: &mut State, turn: &mut Turn) {
    if state.party() != Party::Visitor || !matches!(state.connection.phase(), Phase::Refused { .. })
    {
        return;
    }
    state.session.forget_token(turn);
    conversations::drop_visitors(state, turn);
    state.outbox.retarget(turn);
    state.feeds.clear();
    state.receipts.clear();
    state.errands.clear();
    state.links.forget();
    state.connection.been_online = false;
    state.connection.open(turn);
}

/// Nothing is being read or written any more.
pub(super) fn look_away(state: &mut State, turn: &mut Turn) {
    if state.is_complete() {
        looked_away(state, turn);
    }
}

/// The same for the whole program. Entered from outside.
#[inline(never)]
fn looked_away(state: &mut State, turn: &mut Turn) {
    stop_typing(state, turn);
    let party = state.party();
    if let Some(timeline) = state.timelines.shown_mut()
        && timeline.divider.is_some()
    {
        timeline.looked_away(party);
        turn.render(Slice::Timeline);
    }
}

/// A failed message was given up: its text can be written on.
fn put_back(state: &mut State, entry: Entry, turn: &mut Turn) {
    #[cfg(feature = "agent")]
    if state.party() == Party::Agent {
        notes::put_back(state, entry, turn);
        return;
    }
    state.composer.put_back(entry.text, turn);
}

pub(super) fn stop_typing(state: &mut State, turn: &mut Turn) {
    if let Some(signal) = state.typing.stopped(turn)
        && state.connection.is_online()
    {
        turn.send(signal.by(state.party()));
    }
}

/// Whether there is something to write into: an agent writes into a conversation only.
pub(super) fn can_write(state: &State) -> bool {
    state.party() == Party::Visitor || state.timelines.shown_id().is_some()
}

fn edit_draft(state: &mut State, text: String, turn: &mut Turn) {
    if !can_write(state) || !state.composer.edit(text, turn) {
        return;
    }
    if state.storage_failed {
        turn.render(Slice::Banner);
    }
    #[cfg(feature = "agent")]
    turn.render(Slice::Roster);
    if state.is_complete() {
        typed(state, turn);
    }
}

/// The draft is another one: whoever waits for it is told. Entered from outside.
#[inline(never)]
fn typed(state: &mut State, turn: &mut Turn) {
    let is_blank = state.composer.draft().chars().all(char::is_whitespace);
    if is_blank {
        stop_typing(state, turn);
    } else if state.connection.is_online()
        && state.session.offers(Capability::Typing)
        && let Some(conversation) = state.timelines.shown_id()
        && let Some(signal) = state.typing.pressed(
            conversation,
            #[cfg(feature = "agent")]
            (state.composer.mode() == Mode::Note),
            turn,
        )
    {
        turn.send(signal.by(state.party()));
    }
}

/// Takes files for what is being written, where there is something they can go with.
fn attach(state: &mut State, files: Vec<LocalFile>, turn: &mut Turn) {
    if can_attach(state) {
        let place = state.composer.place();
        state
            .composer
            .attach(&place, files, &state.session.limits, turn);
    } else {
        forget(files, turn);
    }
}

pub(super) fn forget(files: Vec<LocalFile>, turn: &mut Turn) {
    for file in files {
        turn.push(Effect::ForgetFile { file: file.id });
    }
}

/// Sends a recording. Where something else is wanted first, it waits for that among the files of
/// what is being written.
#[inline(never)]
fn send_voice(state: &mut State, (place, file): (Place, LocalFile), turn: &mut Turn) {
    if visit::asks_form(state) || visit::is_locked(state) {
        let limits = &state.session.limits;
        state.composer.attach(&place, vec![file], limits, turn);
        send_all(state, turn);
        return;
    }
    let extras = Extras {
        files: vec![Upload::of(file, turn)],
        ..Extras::default()
    };
    #[cfg(feature = "agent")]
    if state.party() == Party::Agent {
        notes::post_from(state, place, extras, turn);
        return;
    }
    visit::post(state, String::new(), extras, turn);
    posted(state, turn);
}

/// What was written is on its way: nothing above it is news. Entered from outside.
#[inline(never)]
pub(super) fn posted(state: &mut State, turn: &mut Turn) {
    stop_typing(state, turn);
    if let Some(timeline) = state.timelines.shown_mut() {
        timeline.divider = None;
    }
    #[cfg(feature = "agent")]
    turn.render(Slice::Roster);
}

/// Sends what was written, where it is words and nothing else.
fn send_draft(state: &mut State, turn: &mut Turn) {
    if state.is_complete() {
        return send_all(state, turn);
    }
    if visit::is_locked(state) {
        return;
    }
    let Some(text) = state.composer.take(&state.session.limits, turn) else {
        return;
    };
    // The text is stored as a message before it is forgotten as a draft.
    visit::post(state, text, Extras::default(), turn);
    state.composer.sent(turn);
}

/// Sends what was written, with all that goes with it. Entered from outside.
#[inline(never)]
fn send_all(state: &mut State, turn: &mut Turn) {
    if !can_write(state) || visit::is_locked(state) {
        return;
    }
    let is_first = visit::asks_form(state);
    let form = if is_first {
        state.form.submit(turn)
    } else {
        None
    };
    if is_first && form.is_none() {
        // What is wrong with the message is told beside what is wrong with the form.
        state.composer.check(&state.session.limits, turn);
        return;
    }
    let Some(text) = state.composer.take(&state.session.limits, turn) else {
        return;
    };
    let aim = state.composer.drop_aim(turn);
    if let Some(aim) = aim.as_ref().filter(|aim| aim.text.is_some()) {
        changes::send(state, aim, text, false, turn);
        state.composer.sent(turn);
        stop_typing(state, turn);
        return;
    }
    #[cfg(feature = "agent")]
    let extras = notes::extras(state, &text);
    #[cfg(not(feature = "agent"))]
    let extras = Extras::default();
    let mut files = Vec::new();
    for file in state.composer.take_files() {
        files.push(Upload::of(file, turn));
    }
    let extras = Extras {
        form,
        files,
        reply_to: aim.map(|aim| aim.message),
        ..extras
    };
    // The text is stored as a message before it is forgotten as a draft.
    visit::post(state, text, extras, turn);
    state.composer.sent(turn);
    posted(state, turn);
}

fn retry(state: &mut State, key: &str, turn: &mut Turn) {
    let conversation = match state.party() {
        Party::Visitor => state.timelines.shown_id().cloned(),
        #[cfg(feature = "agent")]
        Party::Agent => state.outbox.conversation_of(key).cloned(),
    };
    state.outbox.retry(key, conversation, turn);
}

pub(super) fn load_older(state: &mut State, limit: u32, turn: &mut Turn) {
    let party = state.party();
    if !state.connection.is_online() {
        return;
    }
    let Some(timeline) = state.timelines.shown_mut() else {
        return;
    };
    let Some(before) = timeline.oldest() else {
        return;
    };
    if !timeline.loaded || !timeline.has_older || timeline.loading_older {
        return;
    }
    timeline.loading_older = true;
    let conversation = timeline.id.clone();
    turn.send(
        FetchMessages {
            reference: state
                .queries
                .ask(Query::Older(conversation.clone(), before)),
            conversation,
            before,
            limit: limit.min(state.session.limits.page_rows),
        }
        .by(party),
    );
    turn.render(Slice::Timeline);
}

#[cfg(feature = "agent")]
fn attend(
    state: &mut State,
    conversation: ConversationId,
    turn: &mut Turn,
    command: impl FnOnce(ClientId, ConversationId) -> AgentCommand,
) {
    let client_id = turn.client_id();
    let purpose = Purpose::Attendance(conversation.clone());
    let frame = Outgoing::Agent(command(client_id.clone(), conversation));
    state.errands.add(client_id, purpose, frame);
}
