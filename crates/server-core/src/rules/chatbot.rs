//! What a chatbot does to its conversation: it asks, hears, and makes room for people.
//!
//! Invariant: at most one question of a conversation is open, and it is the one the run waits
//! for; once an agent answers, none is.

use protocol::chatbot::{AnswerButton, Question, QuestionInput};
use protocol::feed::Feed;
use protocol::ids::MessageId;
use protocol::message::Format;

use super::change::Change;
use super::edit::{Edit, Line, session_of};
use crate::domain::{
    Audience, ChatbotRecord, ConversationRecord, MessageAuthor, MessageRecord, SessionAnswer,
    Subject,
};
use crate::error::Error;
use crate::ports::storage::Stored;
use crate::script::{AnswerId, Answered, Asked, Expects, Kind, Script, Status};

/// Most answers a session keeps; the oldest give way.
const ANSWERS: usize = 200;
/// Longest name a contact is given by what they answered, in characters.
const LONGEST_NAME: usize = 100;

/// Says what the chatbot says, under an id of its own where it has one already.
pub(crate) fn say(
    change: &mut Change<'_>,
    edit: &mut Edit,
    script: &Script,
    text: String,
    asked: Option<&Asked>,
    id: Option<MessageId>,
) -> Result<MessageRecord, Error> {
    edit.say(
        change,
        Line {
            audience: Audience::All,
            author: MessageAuthor::Automated(Some(script.name.clone())),
            text,
            format: Format::Plain,
            event: None,
            question: asked.map(question),
            attachments: Vec::new(),
            reply_to: None,
            client_id: None,
            id,
        },
    )
}

/// An open question in the words of the wire.
pub(crate) fn question(asked: &Asked) -> Question {
    let buttons = asked.buttons.iter().map(|button| AnswerButton {
        id: button.id.0.clone(),
        text: button.text.clone(),
        link: button.link.clone(),
    });
    Question {
        input: match asked.input {
            Expects::Buttons => QuestionInput::Buttons,
            Expects::Email => QuestionInput::Email,
            Expects::Phone => QuestionInput::Phone,
            Expects::Line => QuestionInput::Line,
            Expects::Lines => QuestionInput::Lines,
        },
        locked: asked.locked,
        open: true,
        buttons: buttons.collect(),
        chosen: None,
    }
}

/// Nobody can answer the open question any more; everybody's copy of it says so.
pub(crate) fn close_question(
    change: &mut Change<'_>,
    edit: &mut Edit,
    chatbot: &mut ChatbotRecord,
    chosen: Option<&AnswerId>,
) -> Result<(), Error> {
    let Some(id) = chatbot.asked.take() else {
        return Ok(());
    };
    let asked = change.tx.message(&id)?.and_then(|message| message.question);
    if let Some(mut question) = asked {
        question.open = false;
        question.chosen = chosen.map(|answer| answer.0.clone());
        change.tx.put_question(&id, &question)?;
        edit.message_changed(change, &id)?;
    }
    Ok(())
}

/// The visitor answered: the question is closed, agents see the answer (mission P9), and what
/// tells who they are goes on the contact's record.
pub(crate) fn answered(
    change: &mut Change<'_>,
    edit: &mut Edit,
    script: &Script,
    chatbot: &mut ChatbotRecord,
    answered: &Answered,
) -> Result<(), Error> {
    close_question(change, edit, chatbot, answered.answer.as_ref())?;
    let given = SessionAnswer {
        question: answered.question.clone(),
        answer: answered.text.clone(),
        at: change.now.0,
        round: answered.round,
    };
    keep_answers(change, &edit.record, [given])?;
    put_on_contact(change, edit, script, answered)
}

/// Adds answers to those of the running session.
pub(crate) fn keep_answers(
    change: &mut Change<'_>,
    conversation: &ConversationRecord,
    given: impl IntoIterator<Item = SessionAnswer>,
) -> Result<(), Error> {
    let mut session = session_of(change.reading(), conversation)?;
    session.answers.extend(given);
    let too_many = session.answers.len().saturating_sub(ANSWERS);
    session.answers.drain(..too_many);
    change.tx.put_session(&session)?;
    let id = &conversation.id;
    change.entry(
        Feed::Conversation(id.clone()),
        &Subject::Answers(id.clone()),
    )?;
    Ok(())
}

fn put_on_contact(
    change: &mut Change<'_>,
    edit: &mut Edit,
    script: &Script,
    answered: &Answered,
) -> Result<(), Error> {
    let Some(mut contact) = change.tx.contact(&edit.record.contact)? else {
        return Ok(());
    };
    let before = contact.clone();
    let step = script.find(&answered.step).map(|(_, step)| step);
    let is_typed = step.is_some_and(|step| matches!(step.kind, Kind::Input { .. }));
    let names_them = step.and_then(|step| step.save_as.as_deref()) == Some("name");
    match answered.input {
        Expects::Email => contact.email = answered.normalised.clone().or(contact.email),
        Expects::Phone => contact.phone = answered.normalised.clone().or(contact.phone),
        Expects::Line if is_typed && names_them && answered.answer.is_none() => {
            let name: String = answered.text.trim().chars().take(LONGEST_NAME).collect();
            contact.name = Some(name);
        }
        _ => {}
    }
    if contact != before {
        change.tx.put_contact(&contact)?;
        edit.contact_changed();
    }
    Ok(())
}

/// An agent answers for the conversation now: its chatbot says and asks nothing more.
pub(crate) fn make_room(change: &mut Change<'_>, edit: &mut Edit) -> Result<(), Error> {
    let Some(mut chatbot) = change.tx.chatbot(&edit.record.session)? else {
        return Ok(());
    };
    if matches!(chatbot.run.status, Status::Forwarded) {
        return Ok(());
    }
    chatbot.run.status = Status::Forwarded;
    chatbot.due_at = None;
    chatbot.typing = false;
    // Nothing asks for it any more.
    chatbot.page = None;
    close_question(change, edit, &mut chatbot, None)?;
    change.tx.put_chatbot(&chatbot)?;
    edit.chatbot_changed();
    Ok(())
}

/// Keeps the run; what it does next is looked at right after.
pub(crate) fn goes_on(change: &mut Change<'_>, chatbot: &mut ChatbotRecord) -> Stored<()> {
    chatbot.due_at = Some(change.now);
    chatbot.typing = false;
    change.tx.put_chatbot(chatbot)?;
    change.chatbot_due();
    Ok(())
}
