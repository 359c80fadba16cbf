//! What goes with a message beside its text: the greeting it answers, the button it presses, the
//! form that was filled in, the files, the message it quotes; whom a note mentions; and that it is
//! no message of its own but changes one.
//!
//! Written down as fields of one line, each with a letter in front that says what it is. Nothing
//! in them can end a field or the line, so whatever people and scripts write comes back as it was.

use protocol::attachment::VoiceNote;
use protocol::chatbot::PressedButton;
use protocol::digits::digits;
use protocol::form::FieldValue;
#[cfg(feature = "agent")]
use protocol::ids::{AgentId, TeamId};
use protocol::ids::{ClientId, MessageId};

use super::upload::{Upload, UploadState};
#[cfg(feature = "agent")]
use crate::mentions::Mentioned;

const GREETING: char = 'g';
const QUESTION: char = 'q';
const BUTTON: char = 'b';
const NAME: char = 'n';
const VALUE: char = 'v';
#[cfg(feature = "agent")]
const MENTION: char = 'm';
#[cfg(feature = "agent")]
const TEAM: char = 'p';
const REPLY: char = 'r';
const EDIT: char = 'e';
const DELETE: char = 'd';
const UPLOAD: char = 'u';
const FILE: char = 'i';
const SIZE: char = 's';
const TYPE: char = 't';
const STORED: char = 'a';
const RECORDED: char = 'w';

/// What goes with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    /// The greeting that was on screen when the first message was written.
    pub(crate) greeting: Option<String>,
    /// The button whose text the message is.
    pub(crate) pressed: Option<PressedButton>,
    /// What was filled in before the first message.
    pub(crate) form: Option<Vec<FieldValue>>,
    /// It is no message but a private note, which mentions these agents and teams.
    #[cfg(feature = "agent")]
    pub(crate) note: Option<Mentioned>,
    /// The message it answers.
    pub(crate) reply_to: Option<MessageId>,
    /// The message it changes.
    pub(crate) change: Option<Change>,
    /// The files.
    pub(crate) files: Vec<Upload>,
}

/// That an entry changes a message that was posted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Which one.
    pub(crate) message: MessageId,
    /// Whether it deletes it; else the entry's text is what it is to say.
    pub(crate) deletes: bool,
}

/// The values of a form as one line.
pub(crate) fn write_values(values: &[FieldValue]) -> String {
    let mut line = String::new();
    for value in values {
        put(&mut line, NAME, &value.name);
        put(&mut line, VALUE, &value.value);
    }
    line
}

/// The values of a form that were written as one line.
pub(crate) fn read_values(line: &str) -> Vec<FieldValue> {
    read(line).form.unwrap_or_default()
}

/// Appends the fields to a line; each begins with a tab.
pub(super) fn write(line: &mut String, extras: &Extras) {
    if let Some(greeting) = &extras.greeting {
        put(line, GREETING, greeting);
    }
    if let Some(pressed) = &extras.pressed {
        put(line, QUESTION, pressed.question.as_str());
        put(line, BUTTON, &pressed.button);
    }
    if let Some(form) = &extras.form {
        line.push_str(&write_values(form));
    }
    #[cfg(feature = "agent")]
    if let Some(mentioned) = &extras.note {
        for agent in &mentioned.agents {
            put(line, MENTION, agent.as_str());
        }
        for team in &mentioned.teams {
            put(line, TEAM, team.as_str());
        }
    }
    if let Some(message) = &extras.reply_to {
        put(line, REPLY, message.as_str());
    }
    if let Some(change) = &extras.change {
        let kind = if change.deletes { DELETE } else { EDIT };
        put(line, kind, change.message.as_str());
    }
    for file in &extras.files {
        put(line, UPLOAD, file.client_id.as_str());
        put(line, FILE, &file.name);
        put(line, SIZE, &digits(file.size));
        put(line, TYPE, &file.media_type);
        if let Some(voice) = &file.voice {
            let mut told = digits(voice.duration_ms.into());
            told.push(' ');
            told.push_str(&voice.waveform);
            put(line, RECORDED, &told);
        }
        if file.is_stored {
            put(line, STORED, "");
        }
    }
}

/// Reads the fields of a line. What is not known is passed over.
pub(super) fn read(line: &str) -> Extras {
    let mut extras = Extras::default();
    let (mut question, mut name) = (None, None);
    for field in line.split('\t') {
        let mut letters = field.chars();
        let Some(kind) = letters.next() else {
            continue;
        };
        let text = unescaped(letters);
        match kind {
            GREETING => extras.greeting = Some(text),
            QUESTION => question = MessageId::parse(&text),
            BUTTON => {
                extras.pressed = question.take().map(|question| PressedButton {
                    question,
                    button: text,
                });
            }
            NAME => name = Some(text),
            VALUE => {
                if let Some(name) = name.take() {
                    let form = extras.form.get_or_insert_default();
                    form.push(FieldValue { name, value: text });
                }
            }
            #[cfg(feature = "agent")]
            MENTION => {
                let note = extras.note.get_or_insert_default();
                note.agents.extend(AgentId::parse(&text));
            }
            #[cfg(feature = "agent")]
            TEAM => {
                let note = extras.note.get_or_insert_default();
                note.teams.extend(TeamId::parse(&text));
            }
            REPLY => extras.reply_to = MessageId::parse(&text),
            EDIT | DELETE => {
                extras.change = MessageId::parse(&text).map(|message| Change {
                    message,
                    deletes: kind == DELETE,
                });
            }
            UPLOAD => {
                if let Some(client_id) = ClientId::parse(&text) {
                    extras.files.push(Upload {
                        client_id,
                        local: None,
                        name: String::new(),
                        size: 0,
                        media_type: String::new(),
                        voice: None,
                        is_stored: false,
                        state: UploadState::Waiting,
                        failures: 0,
                    });
                }
            }
            _ => {
                let Some(file) = extras.files.last_mut() else {
                    continue;
                };
                match kind {
                    FILE => file.name = text,
                    SIZE => file.size = text.parse().unwrap_or(0),
                    TYPE => file.media_type = text,
                    RECORDED => {
                        let told = text.split_once(' ');
                        file.voice = told.map(|(duration, waveform)| VoiceNote {
                            duration_ms: duration.parse().unwrap_or(0),
                            waveform: waveform.to_owned(),
                        });
                    }
                    STORED => file.is_stored = true,
                    _ => {}
                }
            }
        }
    }
    extras
}

fn put(line: &mut String, kind: char, text: &str) {
    line.push('\t');
    line.push(kind);
    for letter in text.chars() {
        match letter {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\t' => line.push_str("\\t"),
            _ => line.push(letter),
        }
    }
}

fn unescaped(mut letters: std::str::Chars<'_>) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(other) => other,
                None => break,
            },
            _ => letter,
        });
    }
    text
}
