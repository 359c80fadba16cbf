//! Help that an agent looks for: who called, who came, and who beyond the channel hears of it
//! (mission P6 to P8).
//!
//! Invariant: whoever reaches a conversation without answering in its channel hears of it in their
//! own feed; once they reach it no longer, the same entry tells them just that.

use std::collections::BTreeSet;

use protocol::ids::AgentId;

use super::change::Change;
use super::edit::session_of;
use crate::domain::{ConversationRecord, HelpRecord};
use crate::error::Error;
use crate::ports::storage::{Reading, Stored};

/// An agent calls for help now.
pub(crate) fn called(
    change: &mut Change<'_>,
    record: &ConversationRecord,
    by: &AgentId,
) -> Result<(), Error> {
    let mut session = session_of(change.reading(), record)?;
    session.help = Some(HelpRecord {
        wanted_at: change.now,
        wanted_by: by.clone(),
        answered_by: None,
    });
    change.tx.put_session(&session)?;
    Ok(())
}

/// An agent came while help was wanted.
pub(crate) fn came(
    change: &mut Change<'_>,
    record: &ConversationRecord,
    agent: &AgentId,
) -> Result<(), Error> {
    let mut session = session_of(change.reading(), record)?;
    if let Some(help) = &mut session.help {
        help.answered_by = Some(agent.clone());
        session.facts.helped = true;
        change.tx.put_session(&session)?;
    }
    Ok(())
}

/// Who came to help last in the latest session, while they take part.
pub(crate) fn answered_by(
    reading: &dyn Reading,
    record: &ConversationRecord,
) -> Stored<Option<AgentId>> {
    let session = session_of(reading, record)?;
    let Some(helper) = session.help.and_then(|help| help.answered_by) else {
        return Ok(None);
    };
    let present = reading.participants(&record.id)?;
    Ok(present
        .iter()
        .any(|part| part.agent == helper)
        .then_some(helper))
}

/// The agents who are to hear of the conversation in their own feeds: everybody else while help is
/// wanted, or was until now, and else those who take part, or did until now.
pub(crate) fn beyond_channel(
    reading: &dyn Reading,
    record: &ConversationRecord,
    everybody: bool,
    left: &[AgentId],
) -> Stored<BTreeSet<AgentId>> {
    let mut concerned: BTreeSet<AgentId> = left.iter().cloned().collect();
    if everybody {
        let agents = reading.agents()?.into_iter();
        concerned.extend(agents.map(|agent| agent.id));
        for agent in reading.agents_of_channel(&record.channel)? {
            concerned.remove(&agent.id);
        }
        return Ok(concerned);
    }
    let present = reading.participants(&record.id)?.into_iter();
    concerned.extend(present.map(|part| part.agent));
    let mut beyond = BTreeSet::new();
    for agent in concerned {
        if !reading.answers_in(&agent, &record.channel)? {
            beyond.insert(agent);
        }
    }
    Ok(beyond)
}
