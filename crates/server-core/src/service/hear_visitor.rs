//! A chatbot hears what its visitor says: an answer, or something for people.

use protocol::error::ErrorCode;
use protocol::visitor::PostMessage;

use super::Service;
use crate::domain::Visitor;
use crate::error::Error;
use crate::rules::change::Change;
use crate::rules::chatbot;
use crate::rules::edit::Edit;
use crate::script::engine::{self, ButtonOutcome, TextOutcome};
use crate::script::{AnswerId, Status};

/// For whom a visitor's message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The chatbot goes on; nobody else is wanted yet. The text of the button, when one was
    /// pressed.
    ByChatbot(Option<String>),
    /// People.
    ByPeople,
}

impl Service {
    /// Takes a message as an answer, if the conversation's chatbot waits for one.
    pub(super) fn hear(
        &self,
        change: &mut Change<'_>,
        edit: &mut Edit,
        visitor: &Visitor,
        post: &PostMessage,
        text: &str,
    ) -> Result<Heard, Error> {
        let for_people = || match &post.pressed {
            // What stands on the button would mean nothing to them.
            Some(_) => Err(ErrorCode::ChatbotOver.into()),
            None => Ok(Heard::ByPeople),
        };
        let Some(mut record) = change.tx.chatbot(&edit.record.session)? else {
            return for_people();
        };
        if edit.record.owner.is_some() {
            return for_people();
        }
        let hash = &record.run.script;
        let Some(file) = self.scripts.find(change.reading(), hash)? else {
            chatbot::make_room(change, edit)?;
            return for_people();
        };
        record.page.clone_from(&visitor.page);
        record.reduced_motion = visitor.reduced_motion;
        let script = &file.script;
        if let Some(pressed) = &post.pressed {
            let step = match &record.run.status {
                Status::Awaiting { asked } if record.asked.as_ref() == Some(&pressed.question) => {
                    asked.step.clone()
                }
                _ => return Err(ErrorCode::ChatbotOver.into()),
            };
            let button = AnswerId(pressed.button.clone());
            return match engine::answer_button(script, &mut record.run, &step, &button) {
                ButtonOutcome::Taken(answered) => {
                    chatbot::answered(change, edit, script, &mut record, &answered)?;
                    chatbot::goes_on(change, &mut record)?;
                    Ok(Heard::ByChatbot(Some(answered.text)))
                }
                ButtonOutcome::NoSuchAnswer => Err(ErrorCode::NoSuchAnswer.into()),
                ButtonOutcome::AlreadyAnswered | ButtonOutcome::NotAwaited => {
                    Err(ErrorCode::ChatbotOver.into())
                }
            };
        }
        if text.is_empty() {
            // A file alone answers nothing: it is kept for people, and the question stands.
            let bot_speaks = matches!(
                record.run.status,
                Status::Awaiting { .. } | Status::Speaking { .. }
            );
            return Ok(match bot_speaks {
                true => Heard::ByChatbot(None),
                false => Heard::ByPeople,
            });
        }
        match engine::answer_text(script, &mut record.run, text) {
            TextOutcome::Taken(answered) => {
                chatbot::answered(change, edit, script, &mut record, &answered)?;
                chatbot::goes_on(change, &mut record)?;
            }
            TextOutcome::NotValid => {
                chatbot::close_question(change, edit, &mut record, None)?;
                chatbot::goes_on(change, &mut record)?;
            }
            // It is kept for people to read; the question stands.
            TextOutcome::Locked => {}
            TextOutcome::NotAwaited => {
                if !matches!(record.run.status, Status::Speaking { .. }) {
                    return Ok(Heard::ByPeople);
                }
            }
        }
        Ok(Heard::ByChatbot(None))
    }
}
