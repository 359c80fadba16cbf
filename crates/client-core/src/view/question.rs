//! A question's buttons, as screens read them.

use protocol::chatbot::Question;
use protocol::ids::MessageId;

use crate::state::State;

/// The buttons below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// The message that asks.
    pub message: MessageId,
    /// Whether a button can be pressed.
    pub state: AnswerState,
    /// The buttons.
    pub buttons: Vec<AnswerView>,
}

/// Whether a question can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerState {
    /// It waits for an answer.
    Open,
    /// The answer is on its way.
    Answering,
    /// It was answered, or is not asked any more.
    Closed,
}

impl AnswerState {
    /// The word for `data-answers`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answering => "answering",
            Self::Closed => "closed",
        }
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// Its name in the question.
    pub id: String,
    /// What stands on it.
    pub text: String,
    /// The page it opens besides: `http` or `https` only.
    pub href: Option<String>,
    /// Whether it was pressed.
    pub chosen: bool,
}

impl QuestionView {
    /// Nothing when there is no button to draw.
    pub(super) fn of(state: &State, message: &MessageId, question: &Question) -> Option<Self> {
        if question.buttons.is_empty() {
            return None;
        }
        let pressed = state.outbox.pressed(message);
        let chosen = question
            .chosen
            .as_deref()
            .or_else(|| pressed.map(|pressed| pressed.button.as_str()));
        let buttons = question.buttons.iter().map(|button| AnswerView {
            id: button.id.clone(),
            text: button.text.clone(),
            href: button.link.clone().filter(|link| is_page(link)),
            chosen: chosen == Some(&button.id),
        });
        Some(Self {
            message: message.clone(),
            state: if !question.open || state.outbox.has_answered(message) {
                AnswerState::Closed
            } else if pressed.is_some() {
                AnswerState::Answering
            } else {
                AnswerState::Open
            },
            buttons: buttons.collect(),
        })
    }
}

/// Whether an address is one of a page; the server lets no other through, but pages are opened
/// here.
fn is_page(link: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        link.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}
