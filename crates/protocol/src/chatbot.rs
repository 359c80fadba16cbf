//! The chatbot: what it asks, how it is answered, and how far it is (mission V3).

use serde::{Deserialize, Serialize};

use crate::ids::MessageId;

open_enum!(
    /// What answers a question.
    QuestionInput {
        /// One of the buttons; a typed text may do, too, unless the question is locked.
        Buttons = "buttons",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// One line of text.
        Line = "line",
        /// Any number of lines.
        Lines = "lines",
    }
);

/// A question, beside the text of the message that asks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// What answers it.
    pub input: QuestionInput,
    /// Whether only a button will do: the composer is locked while the question is open.
    pub locked: bool,
    /// Whether it can still be answered.
    pub open: bool,
    /// The buttons.
    pub buttons: Vec<AnswerButton>,
    /// The button that was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
}

wire!(Question {
    input,
    locked,
    open,
    buttons,
    chosen
});

/// A button under a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerButton {
    /// Its name in the question.
    pub id: String,
    /// What stands on it.
    pub text: String,
    /// A page it opens besides being the answer; always `http:` or `https:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

wire!(AnswerButton { id, text, link });

/// Which button a message presses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PressedButton {
    /// The message that asks.
    pub question: MessageId,
    /// The button's `id`.
    pub button: String,
}

wire!(PressedButton { question, button });

/// What the chatbot says before the visitor has done anything. Nothing of it is stored until
/// they write or press a button; then the same messages, under the same ids, begin the
/// conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Greeting {
    /// Names the greeting; repeated in the first message, so that what was shown is what is
    /// stored.
    pub id: String,
    /// The name the chatbot has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it says, in order.
    pub messages: Vec<GreetingMessage>,
}

wire!(Greeting { id, name, messages });

/// One message of a greeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GreetingMessage {
    /// The id it will have.
    pub id: MessageId,
    /// The text.
    pub text: String,
    /// What it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// How long the chatbot types before it, in milliseconds; zero for visitors whose system
    /// asks for less motion.
    pub delay_ms: u32,
}

wire!(GreetingMessage {
    id,
    text,
    question,
    delay_ms
});

open_enum!(
    /// How far the chatbot of a running session is.
    ChatbotState {
        /// It speaks, or waits for an answer.
        Active = "active",
        /// It looks for an agent, or has found one.
        Forwarded = "forwarded",
        /// It has said all it had to say.
        Over = "over",
    }
);
