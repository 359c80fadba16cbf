//! Expertise: which there is, and which a session wants (`model.md`, Expertise).

use std::collections::BTreeSet;

use protocol::agent::SessionExpertise;

use crate::domain::{ConversationRecord, SessionRecord};
use crate::ports::storage::{Reading, Stored};

/// All there is: what any agent has.
pub(crate) fn known(reading: &dyn Reading) -> Stored<BTreeSet<String>> {
    let agents = reading.agents()?.into_iter();
    Ok(agents.flat_map(|agent| agent.profile.expertise).collect())
}

/// What a session wants: what its chatbot asked for, then what agents chose beside that.
pub(crate) fn of_session(session: &SessionRecord) -> Vec<String> {
    let mut all = session.expertise.clone();
    for chosen in &session.chosen_expertise {
        if !all.contains(chosen) {
            all.push(chosen.clone());
        }
    }
    all
}

/// The same as agents see it. What is wanted can be seen, whether anybody has it or not.
pub(crate) fn shown(
    reading: &dyn Reading,
    record: &ConversationRecord,
) -> Stored<SessionExpertise> {
    let session = reading.session(&record.session)?;
    let mut all = known(reading)?;
    if let Some(session) = &session {
        all.extend(of_session(session));
    }
    let (wanted, chosen) = session
        .map(|session| (session.expertise, session.chosen_expertise))
        .unwrap_or_default();
    Ok(SessionExpertise {
        known: all.into_iter().collect(),
        chosen,
        wanted,
    })
}
