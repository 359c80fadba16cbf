//! What a visitor told a chatbot or a form, as agents see it (mission P9).

use serde::{Deserialize, Serialize};

use crate::feed::Feed;
use crate::ids::ConversationId;
use crate::seq::Seq;
use crate::time::Timestamp;

/// An answer with its question, both as they were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GivenAnswer {
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// When.
    pub answered_at: Timestamp,
    /// How often the chatbot had been restarted before; answers of earlier rounds stay on
    /// record.
    pub round: u32,
}

wire!(GivenAnswer {
    question,
    answer,
    answered_at,
    round
});

/// The visitor told more. Entry of `conversation/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswersChanged {
    /// The feed this is an entry of.
    pub feed: Feed,
    /// Its place there.
    pub seq: Seq,
    /// Where.
    pub conversation: ConversationId,
    /// All answers of its latest session, in order.
    pub answers: Vec<GivenAnswer>,
}

wire!(AnswersChanged {
    feed,
    seq,
    conversation,
    answers
});
