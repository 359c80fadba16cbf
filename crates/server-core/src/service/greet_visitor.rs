//! What a chatbot says before the visitor has done anything, and how a conversation begins
//! with it.
//!
//! The greeting is made anew whenever it is asked for and stored only when the visitor acts.
//! Invariant: the same script and the same facts give the same messages under the same ids, so
//! that what was shown is what is stored.

use std::sync::Arc;

use protocol::chatbot::{Greeting, GreetingMessage};
use protocol::ids::{ContactId, MessageId};

use super::Service;
use crate::domain::{ChannelRecord, ChatbotRecord, ContactRecord, Fingerprint, Visitor};
use crate::error::{Error, StorageError};
use crate::ports::ScriptFile;
use crate::ports::storage::Stored;
use crate::rules::change::Change;
use crate::rules::chatbot;
use crate::rules::edit::Edit;
use crate::script::{Action, Asked, ContactFacts, Facts, Run, Script, engine};

/// A greeting by name: a script's version, and the facts that may be others by the time it is
/// stored.
struct GreetingName {
    hash: String,
    hours_open: bool,
    somebody_available: bool,
}

impl GreetingName {
    fn of(script: &Script, facts: &Facts) -> Self {
        Self {
            hash: script.hash.clone(),
            hours_open: facts.hours_open,
            somebody_available: facts.somebody_available,
        }
    }

    fn to_text(&self) -> String {
        let flag = |holds: bool| if holds { '1' } else { '0' };
        let (open, available) = (flag(self.hours_open), flag(self.somebody_available));
        format!("{}-{open}{available}", self.hash)
    }

    fn parse(text: &str) -> Option<Self> {
        let (hash, flags) = text.rsplit_once('-')?;
        let flag = |at: usize| match flags.as_bytes().get(at)? {
            b'0' => Some(false),
            b'1' => Some(true),
            _ => None,
        };
        Some(Self {
            hash: hash.to_owned(),
            hours_open: flag(0)?,
            somebody_available: flag(1)?,
        })
    }
}

/// One thing the chatbot says by itself.
struct Said {
    text: String,
    asked: Option<Asked>,
    delay_ms: u32,
}

impl Service {
    /// What greets a visitor without a conversation; nothing where no script does.
    pub(super) fn greeting(
        &self,
        channel: &ChannelRecord,
        visitor: &Visitor,
    ) -> Result<Option<Greeting>, Error> {
        let Some(file) = self.ports.sites.script(&channel.site) else {
            return Ok(None);
        };
        self.scripts.keep(&file);
        let facts = self.facts_of_stranger(channel, visitor);
        let (_, said) = prelude(&file.script, &facts);
        let id = GreetingName::of(&file.script, &facts).to_text();
        let mut messages = Vec::with_capacity(said.len());
        for (number, said) in said.into_iter().enumerate() {
            messages.push(GreetingMessage {
                id: message_id(&visitor.contact, &id, number)?,
                question: said.asked.as_ref().map(chatbot::question),
                text: said.text,
                delay_ms: said.delay_ms,
            });
        }
        if messages.is_empty() {
            return Ok(None);
        }
        let name = Some(file.script.name.clone());
        Ok(Some(Greeting { id, name, messages }))
    }

    /// Begins a new conversation's chatbot with the greeting the visitor saw, or, when they saw
    /// none, with the one they would see now.
    pub(super) fn begin_chatbot(
        &self,
        change: &mut Change<'_>,
        edit: &mut Edit,
        channel: &ChannelRecord,
        visitor: &Visitor,
        greeting: Option<&str>,
    ) -> Result<(), Error> {
        let mut facts = self.facts_of_stranger(channel, visitor);
        let Some(file) = self.script_seen(channel, greeting, &mut facts) else {
            return Ok(());
        };
        let (run, said) = prelude(&file.script, &facts);
        let name = GreetingName::of(&file.script, &facts).to_text();
        let mut record = ChatbotRecord {
            session: edit.record.session.clone(),
            conversation: edit.record.id.clone(),
            run,
            asked: None,
            due_at: None,
            typing: false,
            page: visitor.page.clone(),
            reduced_motion: visitor.reduced_motion,
        };
        for (number, said) in said.into_iter().enumerate() {
            let id = message_id(&visitor.contact, &name, number)?;
            let asked = said.asked.as_ref();
            let id = Some(id);
            let message = chatbot::say(change, edit, &file.script, said.text, asked, id)?;
            record.asked = said.asked.map(|_| message.id);
        }
        let (hash, source) = (&file.script.hash, &file.source);
        change.tx.put_script_source(hash, source)?;
        chatbot::goes_on(change, &mut record)?;
        Ok(())
    }

    /// The script of the greeting that was seen, its facts put back; else the site's own.
    fn script_seen(
        &self,
        channel: &ChannelRecord,
        greeting: Option<&str>,
        facts: &mut Facts,
    ) -> Option<Arc<ScriptFile>> {
        let seen = greeting.and_then(GreetingName::parse).and_then(|name| {
            let file = self.scripts.at_hand(&name.hash)?;
            facts.hours_open = name.hours_open;
            facts.somebody_available = name.somebody_available;
            Some(file)
        });
        seen.or_else(|| self.ports.sites.script(&channel.site))
    }

    fn facts_of_stranger(&self, channel: &ChannelRecord, visitor: &Visitor) -> Facts {
        let languages = &visitor.languages;
        let language = languages.widget.clone().or(languages.browser.clone());
        Facts {
            language,
            page: visitor.page.clone(),
            reduced_motion: visitor.reduced_motion,
            ..self.facts_of(channel, None)
        }
    }

    /// What is true of a channel now, and of a contact, if they are on record.
    pub(super) fn facts_of(
        &self,
        channel: &ChannelRecord,
        contact: Option<&ContactRecord>,
    ) -> Facts {
        let rules = self.ports.sites.rules(&channel.site);
        let now = self.ports.clock.now();
        let language = contact.and_then(|contact| {
            let shown = contact.widget_language.clone();
            shown.or(contact.language.clone())
        });
        Facts {
            language,
            page: None,
            hours_open: rules.hours.as_ref().is_none_or(|hours| hours.is_open(now)),
            somebody_available: self.line.is_anybody_there(&channel.id),
            channel: channel.name.clone(),
            contact: contact.map_or_else(ContactFacts::default, |contact| ContactFacts {
                name: contact.name.clone(),
                email: contact.email.clone(),
                phone: contact.phone.clone(),
            }),
            reduced_motion: false,
        }
    }
}

/// What the chatbot says until it wants something: an answer, a person, or to end. That itself
/// is left to be done, so that nobody is looked for before the visitor acts.
fn prelude(script: &Script, facts: &Facts) -> (Run, Vec<Said>) {
    let mut run = engine::begin(script);
    let mut all = Vec::new();
    loop {
        let mut ahead = run.clone();
        let Some(Action::Say {
            text,
            question,
            delay_ms,
            ..
        }) = engine::next(script, &mut ahead, facts)
        else {
            return (run, all);
        };
        run = ahead;
        all.push(Said {
            text,
            asked: question,
            delay_ms,
        });
    }
}

/// The id a message of a greeting has for this visitor. Ids are names, not secrets.
fn message_id(contact: &ContactId, greeting: &str, number: usize) -> Stored<MessageId> {
    let number = number.to_string();
    let name = Fingerprint::of(&["greeting", contact.as_str(), greeting, &number]).0;
    MessageId::parse(&name).ok_or_else(|| StorageError::Other(format!("{name} is no id")))
}
