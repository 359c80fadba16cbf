//! A chatbot's run as it is kept, and what visitors told it.

use protocol::agent::GivenAnswer;
use protocol::chatbot::ChatbotState;
use protocol::ids::{ConversationId, MessageId};
use protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::script::{Run, Status};
use protocol::ids::SessionId;

/// How far the chatbot of one session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatbotRecord {
    /// In which session; one run each.
    pub session: SessionId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// The way through the script so far.
    pub run: Run,
    /// The message with the question that is open.
    pub asked: Option<MessageId>,
    /// When it goes on by itself; absent while it waits for somebody or is over.
    pub due_at: Option<Timestamp>,
    /// Whether it types until then.
    pub typing: bool,
    /// The page the visitor was on last.
    pub page: Option<String>,
    /// Whether the visitor's system asks for less motion.
    pub reduced_motion: bool,
}

impl ChatbotRecord {
    /// How far it is, in the words of the wire.
    pub fn state(&self) -> ChatbotState {
        match self.run.status {
            Status::Speaking { .. } | Status::Awaiting { .. } => ChatbotState::Active,
            Status::Forwarding { .. } | Status::Forwarded => ChatbotState::Forwarded,
            Status::Ended => ChatbotState::Over,
        }
    }
}

/// What a visitor told a chatbot or a form, kept with its session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// When, in milliseconds.
    pub at: i64,
    /// How often the chatbot had been restarted before.
    pub round: u32,
}

impl SessionAnswer {
    /// The answer as agents see it.
    pub fn to_given(&self) -> GivenAnswer {
        GivenAnswer {
            question: self.question.clone(),
            answer: self.answer.clone(),
            answered_at: Timestamp(self.at),
            round: self.round,
        }
    }
}
