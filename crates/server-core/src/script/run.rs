//! One visitor's way through a script, and what goes in and comes out.
//!
//! A [`Run`] is all that is remembered between two actions. A use case keeps it as text
//! ([`Run::to_text`]) in the transaction that posts what the bot said. Invariant: a run names
//! steps by id, never by place, so that it survives being stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::Input;

/// Most answers on record; a visitor who goes in circles loses old ones.
const ANSWERS: usize = 200;

/// Names a step in its script.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub String);

/// Names an answer of its question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnswerId(pub String);

/// What is true now. Collected anew for every action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The visitor's language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The whole address of the page the visitor is on.
    pub page: Option<String>,
    /// Whether the channel's business hours run.
    pub hours_open: bool,
    /// Whether somebody could take the conversation now.
    pub somebody_available: bool,
    /// The channel's name.
    pub channel: String,
    /// What is on record about the contact.
    pub contact: ContactFacts,
    /// Whether the visitor's system asks for less motion; then nothing is delayed.
    pub reduced_motion: bool,
}

/// What is on record about a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFacts {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
}

/// What the bot does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It says something, after a pause.
    Say {
        /// The step that says it.
        step: StepId,
        /// The words.
        text: String,
        /// What it asks with them.
        question: Option<Asked>,
        /// How long it types before, in milliseconds.
        delay_ms: u32,
    },
    /// It looks for a person. Answer with [`super::engine::forward_succeeded`] or
    /// [`super::engine::forward_failed`]; until then it says nothing more.
    Forward {
        /// The step that forwards.
        step: StepId,
        /// What the person should know about; joins the session's expertise.
        expertise: Vec<String>,
        /// What to say when somebody was found.
        text: Option<String>,
    },
    /// The script is over, without a person.
    End,
}

/// A question as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The step that asks.
    pub step: StepId,
    /// The words, without what was said when an answer did not do.
    pub text: String,
    /// What is typed; nothing when only buttons answer.
    pub input: Expects,
    /// Whether the composer is locked until a button is pressed.
    pub locked: bool,
    /// The buttons.
    pub buttons: Vec<Button>,
}

/// What answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// One of the buttons.
    Buttons,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One line of text.
    Line,
    /// Any number of lines.
    Lines,
}

impl From<Input> for Expects {
    fn from(input: Input) -> Self {
        match input {
            Input::Email => Self::Email,
            Input::Phone => Self::Phone,
            Input::Line => Self::Line,
            Input::Lines => Self::Lines,
        }
    }
}

/// A button as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// The answer it stands for.
    pub id: AnswerId,
    /// What stands on it.
    pub text: String,
    /// A page it opens besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// An answer with its question, both as they were shown (mission P9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The step that asked.
    pub step: StepId,
    /// What was asked for.
    pub input: Expects,
    /// The question's words.
    pub question: String,
    /// The button that was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerId>,
    /// The button's words, or what was typed.
    pub text: String,
    /// An e-mail address or number in the form to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalised: Option<String>,
    /// How often the script had been restarted before.
    pub round: u32,
}

/// Where the search for the next step begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the first step.
    Start,
    /// At this step.
    At(StepId),
    /// At this step, whose answer did not do: the question is asked again.
    Again(StepId),
    /// Nowhere: the script is over.
    Over,
}

/// What the bot is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Status {
    /// It goes on by itself.
    Speaking {
        /// Where.
        from: Place,
    },
    /// It waits for the visitor.
    Awaiting {
        /// What it asked.
        asked: Asked,
    },
    /// It waits to hear whether a person was found.
    Forwarding {
        /// The step that forwards.
        step: StepId,
    },
    /// A person was found; the bot has nothing more to say.
    Forwarded,
    /// The script is over.
    Ended,
}

/// One visitor's way through a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The version of the script it began with; it should go on with that one.
    pub script: String,
    /// What the bot is doing.
    pub status: Status,
    /// The step that spoke last.
    pub step: Option<StepId>,
    /// The steps that spoke since the last restart, each once, in order.
    pub said: Vec<StepId>,
    /// What was answered, in order, also before restarts.
    pub answers: Vec<Answered>,
    /// What answers were saved as, since the last restart.
    pub variables: BTreeMap<String, String>,
    /// How often the script was restarted.
    pub restarts: u32,
    /// How many actions there were since the visitor did something.
    pub unasked: u32,
}

impl Run {
    /// The latest answer to a step since the last restart.
    pub fn latest_answer(&self, step: &StepId) -> Option<&Answered> {
        let this_round = self.answers.iter().rev();
        let mut this_round = this_round.take_while(|answered| answered.round == self.restarts);
        this_round.find(|answered| answered.step == *step)
    }

    /// The run as text, to be stored.
    pub fn to_text(&self) -> String {
        // Neither a map with other keys than strings nor a failing writer is involved.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A stored run; nothing when the text is none.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Puts an answer on record. What gives way to it is the oldest that no condition looks at.
    pub(super) fn record(&mut self, answered: Answered) {
        if self.answers.len() >= ANSWERS {
            let counts = |old: &Answered| {
                let latest = self.latest_answer(&old.step);
                old.step != answered.step && latest.is_some_and(|latest| std::ptr::eq(latest, old))
            };
            let oldest = self.answers.iter().position(|old| !counts(old));
            self.answers.remove(oldest.unwrap_or(0));
        }
        self.answers.push(answered);
    }
}
