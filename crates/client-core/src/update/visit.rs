//! What only a visitor meets: the greeting, the chatbot's questions, the form before a
//! conversation, another language.

use protocol::chatbot::PressedButton;
use protocol::error::{ErrorCode, Refusal};
use protocol::hello::VisitorReady;
use protocol::ids::{ClientId, MessageId};
use protocol::visitor::{RestartChatbot, SetLanguage, VisitorCommand};

use super::{intents, later};
use crate::chatbot;
use crate::connection::Phase;
use crate::effect::{Alert, Effect, Slice};
use crate::event::{Event, Intent, LocalFile};
use crate::outbox::errands::Purpose;
use crate::outbox::{Entry, Extras};
use crate::outgoing::Outgoing;
use crate::side::{FOR_VISITORS, Party};
use crate::state::State;
use crate::turn::Turn;
use crate::view::may_link;

/// The server says what comes before a conversation, or nothing when there is one. Call it
/// before anything is sent.
pub(super) fn prepare(state: &mut State, ready: &mut VisitorReady, turn: &mut Turn) {
    let greeting = ready.greeting.take();
    state.form.hours = ready.hours.take();
    turn.render(Slice::Form);
    turn.render(Slice::Timeline);
    if state.is_complete() {
        prepare_form(state, ready, turn);
    }
    if ready.conversation.is_some() {
        // The copy takes the greeting's place when it comes.
        return;
    }
    let is_greeted = state.form.form.is_none() && !state.outbox.begins();
    let greeted = state.greeting.id();
    if greeted.is_some_and(|id| state.outbox.answers_greeting(id)) {
        // It is on screen above its answer, which will reach the server yet.
        return;
    }
    match greeting.filter(|_| is_greeted) {
        Some(greeting) => state.greeting.told(greeting, turn.now),
        None => state.greeting.clear(),
    }
}

/// The same for the form. Entered from outside.
#[inline(never)]
fn prepare_form(state: &mut State, ready: &mut VisitorReady, turn: &mut Turn) {
    let form = ready.form.take();
    if ready.conversation.is_some() {
        state.form.done(turn);
        return;
    }
    if form.is_some() {
        // What was written before anybody knew of the form goes with it.
        while let Some(entry) = state.outbox.withdraw_untried(turn) {
            put_back(state, entry, turn);
        }
    }
    state.form.asked(form, turn);
}

/// Shows what the chatbot says by now.
pub(super) fn reveal(state: &mut State, turn: &mut Turn) {
    if !FOR_VISITORS {
        return;
    }
    let texts = state.greeting.reveal(turn.now);
    if texts.is_empty() {
        return;
    }
    let author = state.greeting.author().name;
    for text in texts {
        if !state.is_complete() && may_link(&text) {
            turn.push(Effect::Complete);
        }
        turn.alert(Alert::MessageArrived {
            author: author.clone(),
            text: super::entries::beginning(&text),
            attachment: None,
        });
    }
    turn.render(Slice::Timeline);
    turn.render(Slice::Composer);
}

/// Puts a message that was sent too early back into the composer; of its files, those that this
/// page still has.
fn put_back(state: &mut State, entry: Entry, turn: &mut Turn) {
    for file in entry.extras.files {
        if let Some(id) = file.local {
            let file = LocalFile {
                id,
                name: file.name,
                size: file.size,
                media_type: file.media_type,
                voice: file.voice,
            };
            state.composer.put_file_back(file, turn);
        }
    }
    if !entry.text.is_empty() {
        state.composer.put_back_before(entry.text, turn);
    }
}

/// Whether the chatbot wants one of its buttons and nothing else.
pub(crate) fn is_locked(state: &State) -> bool {
    FOR_VISITORS && chatbot::newest_open(state).is_some_and(|question| question.locked)
}

/// Whether the form is on screen: it is asked for, there is no conversation, and no message is
/// on its way to begin one.
pub(crate) fn asks_form(state: &State) -> bool {
    FOR_VISITORS
        && state.form.form.is_some()
        && state.timelines.shown_id().is_none()
        && !state.outbox.begins()
        && !state.outbox.holds_form()
}

/// Puts a message into the outbox, with what it answers.
pub(super) fn post(state: &mut State, text: String, mut extras: Extras, turn: &mut Turn) {
    let conversation = state.timelines.shown_id().cloned();
    if conversation.is_none() && state.party() == Party::Visitor {
        state.greeting.reveal_all(turn.now);
        extras.greeting = state.greeting.id().map(str::to_owned);
    }
    turn.render(Slice::Form);
    turn.render(Slice::Composer);
    state.outbox.push(text, conversation, extras, None, turn);
}

/// The visitor presses a button. A question that is closed, or is being answered, has none.
pub(super) fn press(state: &mut State, question: MessageId, button: String, turn: &mut Turn) {
    if state.party() != Party::Visitor || state.outbox.pressed(&question).is_some() {
        return;
    }
    let text = chatbot::find(state, &question)
        .filter(|asked| asked.open)
        .and_then(|asked| asked.buttons.iter().find(|known| known.id == button))
        .map(|button| button.text.clone());
    let Some(text) = text else {
        return;
    };
    state.outbox.forget_failed_answers(&question, turn);
    let pressed = Some(PressedButton { question, button });
    let extras = Extras {
        pressed,
        ..Extras::default()
    };
    post(state, text, extras, turn);
    intents::look_away(state, turn);
}

/// The chatbot is to begin again.
pub(super) fn restart(state: &mut State, turn: &mut Turn) {
    let Some(conversation) = state.timelines.shown_id().cloned() else {
        return;
    };
    if state.party() != Party::Visitor || state.errands.is_restarting() {
        return;
    }
    let client_id = turn.client_id();
    let frame = VisitorCommand::RestartChatbot(RestartChatbot {
        client_id: client_id.clone(),
        conversation,
    });
    state
        .errands
        .add(client_id, Purpose::Restart, Outgoing::Visitor(frame));
    turn.render(Slice::Timeline);
}

/// The server did not take a message, and it must not stand there as failed: an answer that was
/// given elsewhere goes away, a form that lacks something comes back.
pub(super) fn took_back(
    state: &mut State,
    client_id: &ClientId,
    refusal: &Refusal,
    turn: &mut Turn,
) -> bool {
    if !FOR_VISITORS {
        return false;
    }
    let Some(entry) = state.outbox.get(client_id) else {
        return false;
    };
    match refusal.code {
        ErrorCode::ChatbotOver | ErrorCode::NoSuchAnswer if entry.extras.pressed.is_some() => {
            state.outbox.withdraw(client_id, turn);
            turn.render(Slice::Composer);
            true
        }
        ErrorCode::FormInvalid if state.party() == Party::Visitor => {
            if let Some(entry) = state.outbox.withdraw(client_id, turn) {
                put_back(state, entry, turn);
            }
            state
                .form
                .found(refusal.faults.clone().unwrap_or_default(), turn);
            if state.form.form.is_none() {
                // The form is newer than this connection.
                begin_anew(state, turn);
            }
            true
        }
        _ => false,
    }
}

/// Takes another language. Without a conversation greeting and form come in it, too: the server
/// says them when one connects.
pub(super) fn choose_language(state: &mut State, language: String, turn: &mut Turn) {
    if !state.session.choose_language(&language, turn) || !state.session.acted {
        return;
    }
    let has_nothing = state.timelines.shown_id().is_none() && !state.outbox.begins();
    let is_met = match state.connection.phase() {
        Phase::Connecting => true,
        Phase::Online => state.greeting.id().is_some() || state.form.form.is_some(),
        _ => false,
    };
    if has_nothing && is_met {
        begin_anew(state, turn);
        return;
    }
    later(
        state,
        Event::Intent(Intent::ChooseLanguage { language }),
        turn,
    );
}

/// Tells the server of the language that was chosen.
pub(super) fn tell_language(state: &mut State, language: String, turn: &mut Turn) {
    let client_id = turn.client_id();
    let frame = VisitorCommand::SetLanguage(SetLanguage {
        client_id: client_id.clone(),
        language,
    });
    state
        .errands
        .add(client_id, Purpose::Language, Outgoing::Visitor(frame));
}

/// Connects again, on purpose: nobody is to be told that a connection was lost.
fn begin_anew(state: &mut State, turn: &mut Turn) {
    state.connection.been_online = false;
    state.connection.reopen(turn);
}
