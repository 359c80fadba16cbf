//! Chatbots do what they do by themselves: say the next thing, look for a person, end.
//!
//! Called by the task that distributes work, whenever a chatbot is due. Invariants: each thing
//! is a transaction of its own and looks at storage again before it acts, so that what visitors
//! and agents do meanwhile wins; a restart of the server goes on where it stopped.

use protocol::author::{Author, AuthorRole};
use protocol::feed::Feed;
use protocol::ids::SessionId;
use protocol::time::Timestamp;
use protocol::typing::TypingChanged;

use super::Service;
use crate::domain::{ChatbotRecord, Subject, TypingNotice};
use crate::error::Error;
use crate::ports::storage::Reading;
use crate::rules::change::Change;
use crate::rules::chatbot;
use crate::rules::edit::{Edit, session_of};
use crate::rules::waiting;
use crate::script::{Action, Facts, Run, Script, Status, engine};

/// How many chatbots are looked at together.
const AT_ONCE: u32 = 50;
/// How long a chatbot that forwarded hopes for somebody to come back, once everybody has gone;
/// in milliseconds.
const HOPE_MS: i64 = 30_000;

impl Service {
    /// Lets every chatbot that is due go on, and says when the next one is.
    pub fn speak(&self) -> Result<Option<Timestamp>, Error> {
        loop {
            let next = self.look(|reading| Ok(reading.next_chatbots(AT_ONCE)?))?;
            let now = self.ports.clock.now();
            let is_due = |record: &&ChatbotRecord| record.due_at.is_some_and(|due| due <= now);
            let due: Vec<_> = next.iter().filter(is_due).collect();
            if due.is_empty() {
                return Ok(next.first().and_then(|record| record.due_at));
            }
            for record in due {
                self.go_on(&record.session)?;
            }
        }
    }

    /// Somebody has gone: chatbots that forwarded where nobody is left will look again in a
    /// while, and then speak their fallback.
    pub(super) fn look_for_nobody(&self) -> Result<(), Error> {
        let left_alone = self.look(|reading| {
            let mut sessions = Vec::new();
            for session in reading.waiting_sessions()? {
                if let Some(record) = reading.chatbot(&session.id)?
                    && self.looks_in_vain(reading, &record)?
                {
                    sessions.push(session.id);
                }
            }
            Ok(sessions)
        })?;
        for session in left_alone {
            self.change(|change| {
                let Some(mut record) = change.tx.chatbot(&session)? else {
                    return Ok(());
                };
                if self.looks_in_vain(change.reading(), &record)? {
                    record.due_at = Some(change.now.plus(HOPE_MS));
                    change.tx.put_chatbot(&record)?;
                    change.chatbot_due();
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn looks_in_vain(&self, reading: &dyn Reading, record: &ChatbotRecord) -> Result<bool, Error> {
        let is_looking = matches!(record.run.status, Status::Forwarding { .. });
        if !is_looking || record.due_at.is_some() {
            return Ok(false);
        }
        let conversation = reading.conversation(&record.conversation)?;
        Ok(conversation.is_some_and(|it| !self.line.is_anybody_there(&it.channel)))
    }

    /// One chatbot's next thing.
    fn go_on(&self, session: &SessionId) -> Result<(), Error> {
        self.change(|change| {
            let Some(mut record) = change.tx.chatbot(session)? else {
                return Ok(());
            };
            if record.due_at.is_none_or(|due| due > change.now) {
                return Ok(());
            }
            let conversation = change.tx.conversation(&record.conversation)?;
            let runs = conversation.filter(|conversation| {
                conversation.session == *session
                    && conversation.live_status.is_some()
                    && conversation.owner.is_none()
            });
            let file = self.scripts.find(change.reading(), &record.run.script)?;
            let (Some(conversation), Some(file)) = (runs, file) else {
                record.due_at = None;
                change.tx.put_chatbot(&record)?;
                return Ok(());
            };
            let mut edit = Edit::of(conversation);
            let Some(facts) = self.facts_now(change, &edit, &record)? else {
                return Ok(());
            };
            let before = record.state();
            act(change, &mut edit, &file.script, &mut record, &facts)?;
            change.tx.put_chatbot(&record)?;
            if record.due_at.is_some_and(|due| due <= change.now) {
                change.chatbot_due();
            }
            if record.state() != before {
                edit.chatbot_changed();
            }
            edit.finish_if_changed(change)
        })
    }

    fn facts_now(
        &self,
        change: &Change<'_>,
        edit: &Edit,
        record: &ChatbotRecord,
    ) -> Result<Option<Facts>, Error> {
        let Some(channel) = change.tx.channel(&edit.record.channel)? else {
            return Ok(None);
        };
        let contact = change.tx.contact(&edit.record.contact)?;
        Ok(Some(Facts {
            page: record.page.clone(),
            reduced_motion: record.reduced_motion,
            ..self.facts_of(&channel, contact.as_ref())
        }))
    }
}

/// Does the next thing, or begins to type before it.
fn act(
    change: &mut Change<'_>,
    edit: &mut Edit,
    script: &Script,
    record: &mut ChatbotRecord,
    facts: &Facts,
) -> Result<(), Error> {
    if matches!(record.run.status, Status::Forwarding { .. }) {
        keep_looking(change, script, record, facts);
        return Ok(());
    }
    let mut ahead: Run = record.run.clone();
    match engine::next(script, &mut ahead, facts) {
        Some(Action::Say { delay_ms, .. }) if !record.typing && delay_ms > 0 => {
            record.typing = true;
            record.due_at = Some(change.now.plus(i64::from(delay_ms)));
            change.typing(typing(edit, script));
        }
        Some(Action::Say { text, question, .. }) => {
            record.run = ahead;
            let asked = question.as_ref();
            let message = chatbot::say(change, edit, script, text, asked, None)?;
            record.asked = question.map(|_| message.id);
            record.typing = false;
            let goes_on = matches!(record.run.status, Status::Speaking { .. });
            record.due_at = goes_on.then_some(change.now);
        }
        Some(Action::Forward {
            expertise, text, ..
        }) => {
            record.run = ahead;
            record.typing = false;
            // Nobody is promised who is not there.
            if let Some(text) = text.filter(|_| facts.somebody_available) {
                chatbot::say(change, edit, script, text, None, None)?;
            }
            want_somebody(change, edit, expertise)?;
            keep_looking(change, script, record, facts);
        }
        Some(Action::End) => {
            record.run = ahead;
            record.due_at = None;
            // Nothing asks for it any more.
            record.page = None;
            // Whoever was forwarded waits for somebody, whatever else the chatbot had to say.
            let session = session_of(change.reading(), &edit.record)?;
            if session.waiting_since.is_none() {
                waiting::over(change, edit)?;
            }
        }
        None => record.due_at = None,
    }
    Ok(())
}

/// The session waits for an agent who knows about this (`model.md`, Expertise).
fn want_somebody(
    change: &mut Change<'_>,
    edit: &mut Edit,
    expertise: Vec<String>,
) -> Result<(), Error> {
    let mut session = session_of(change.reading(), &edit.record)?;
    let before = session.expertise.len();
    for wanted in expertise {
        if !session.expertise.contains(&wanted) {
            session.expertise.push(wanted);
        }
    }
    if session.expertise.len() > before {
        let id = &edit.record.id;
        let subject = Subject::Expertise(id.clone());
        change.entry(Feed::Conversation(id.clone()), &subject)?;
    }
    change.tx.put_session(&session)?;
    waiting::wanted(change, edit)
}

/// Whether anybody is there who could come: if not, the script goes on with its fallback, and
/// the session waits all the same.
fn keep_looking(change: &Change<'_>, script: &Script, record: &mut ChatbotRecord, facts: &Facts) {
    if facts.somebody_available {
        record.due_at = None;
    } else {
        engine::forward_failed(script, &mut record.run);
        record.due_at = Some(change.now);
    }
}

fn typing(edit: &Edit, script: &Script) -> TypingNotice {
    let id = &edit.record.id;
    TypingNotice {
        to: vec![Feed::Visitor(id.clone()), Feed::Conversation(id.clone())],
        frame: TypingChanged {
            conversation: id.clone(),
            author: Author {
                role: AuthorRole::Automated,
                agent: None,
                name: Some(script.name.clone()),
            },
            typing: true,
        },
    }
}
