//! A script that was checked.
//!
//! Invariant: every [`Target`] is a step of the script or its end, every text has a version in
//! the script's first language. Only the checker makes scripts.

use super::condition::Condition;
use super::run::{AnswerId, StepId};
use crate::domain::language::lookup;

/// The answer of a visitor who would rather not say; see [`Kind::Input`].
pub const SKIP: &str = "skip";

/// A chatbot's script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Names this version of the file: equal files have equal hashes.
    pub hash: String,
    /// What agents and reports call it.
    pub name: String,
    /// BCP 47 tags; the first is spoken to everybody whose language is not among them.
    pub languages: Vec<String>,
    /// How fast it speaks.
    pub typing: Typing,
    /// Its steps, in order; at least one.
    pub steps: Vec<Step>,
}

/// How fast a script speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// With a pause before each message, longer before a longer one.
    #[default]
    Natural,
    /// At once.
    None,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name in the script.
    pub id: StepId,
    /// When it takes place; always, when there are none. See [`super::condition::hold`].
    pub conditions: Vec<Condition>,
    /// What is said; forwards and ends may say nothing.
    pub text: Option<Texts>,
    /// The variable that keeps the answer.
    pub save_as: Option<String>,
    /// Where the script looks for the next step.
    pub next: Target,
    /// What it does.
    pub kind: Kind,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Says something.
    Text,
    /// Asks, with buttons for the answers.
    Question {
        /// The buttons.
        choices: Vec<Choice>,
        /// Whether only a button will do; the composer is locked until then.
        required: bool,
        /// Where a typed answer leads.
        on_text: Target,
    },
    /// Asks for something typed.
    Input {
        /// What is asked for.
        input: Input,
        /// What is said when the answer is no such thing; otherwise the step's own text.
        again: Option<Texts>,
        /// A button for whoever would rather not say; its answer's id is [`SKIP`].
        skip: Option<Texts>,
    },
    /// Looks for a person. When one is found nothing after it takes place.
    Forward {
        /// What they should know about.
        expertise: Vec<String>,
        /// Where the script goes on when there is nobody.
        if_nobody: Target,
    },
    /// Ends the script.
    End,
}

/// A button under a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in the script.
    pub id: AnswerId,
    /// What stands on it.
    pub text: Texts,
    /// A page it opens besides being the answer.
    pub link: Option<String>,
    /// Where it leads.
    pub next: Target,
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One line of text.
    Line,
    /// Any number of lines.
    Lines,
}

/// Where the search for the next step begins: at the step of this index, or, at the number of
/// steps, nowhere, which ends the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target(pub usize);

/// One text in the languages of its script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub(super) Vec<(String, String)>);

impl Texts {
    /// The text in this language, or in the script's first one.
    pub fn said_in(&self, language: Option<&str>) -> &str {
        let tags: Vec<&str> = self.0.iter().map(|(tag, _)| tag.as_str()).collect();
        let chosen = language.and_then(|wanted| lookup(wanted, &tags));
        let chosen = self.0.iter().find(|(tag, _)| Some(tag.as_str()) == chosen);
        let chosen = chosen.or_else(|| self.0.first());
        chosen.map_or("", |(_, text)| text)
    }
}

impl Script {
    /// A step and its index.
    pub fn find(&self, id: &StepId) -> Option<(usize, &Step)> {
        let mut steps = self.steps.iter().enumerate();
        steps.find(|(_, step)| step.id == *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_spoken_and_else_the_first() {
        let texts = ["en", "pt-PT", "pt-BR", "zh-CN"].map(|tag| (tag.to_owned(), tag.to_owned()));
        let texts = Texts(texts.to_vec());
        for (wanted, said) in [
            (Some("en-GB"), "en"),
            (Some("pt-br"), "pt-BR"),
            (Some("pt"), "pt-PT"),
            (Some("zh-SG"), "zh-CN"),
            (Some("zh-TW"), "en"),
            (None, "en"),
        ] {
            assert_eq!(texts.said_in(wanted), said, "{wanted:?}");
        }
    }
}
