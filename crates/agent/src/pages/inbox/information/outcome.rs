//! How the latest session ended, in words (mission P15).

use protocol::session::{Outcome, OutcomeReason, SessionOutcome};
use ui::i18n::{Catalogue, Key};

/// The outcome with its reason; nothing for what a later version knows.
pub(super) fn outcome_told(texts: &Catalogue, told: SessionOutcome) -> Option<String> {
    let outcome = texts.text(outcome_word(told.outcome)?);
    let Some(reason) = reason_words(told.reason) else {
        return Some(outcome);
    };
    let reason = texts.text(reason);
    let words = [("outcome", outcome.as_str()), ("reason", reason.as_str())];
    Some(texts.text_with(Key::AGENT_OUTCOME_TOLD, &words))
}

fn outcome_word(outcome: Outcome) -> Option<Key> {
    Some(match outcome {
        Outcome::Escalated => Key::AGENT_OUTCOME_ESCALATED,
        Outcome::NoOneAvailable => Key::AGENT_OUTCOME_NO_ONE_AVAILABLE,
        Outcome::NoAnswer => Key::AGENT_OUTCOME_NO_ANSWER,
        Outcome::Success => Key::AGENT_OUTCOME_SUCCESS,
        Outcome::Unknown => return None,
    })
}

fn reason_words(reason: OutcomeReason) -> Option<Key> {
    Some(match reason {
        OutcomeReason::Transferred => Key::AGENT_OUTCOME_REASON_TRANSFERRED,
        OutcomeReason::Helped => Key::AGENT_OUTCOME_REASON_HELPED,
        OutcomeReason::NobodyThere => Key::AGENT_OUTCOME_REASON_NOBODY_THERE,
        OutcomeReason::OffersMissed => Key::AGENT_OUTCOME_REASON_OFFERS_MISSED,
        OutcomeReason::VisitorSilent => Key::AGENT_OUTCOME_REASON_VISITOR_SILENT,
        OutcomeReason::VisitorSilentAfterAnswer => {
            Key::AGENT_OUTCOME_REASON_VISITOR_SILENT_AFTER_ANSWER
        }
        OutcomeReason::LeftWhileOffered => Key::AGENT_OUTCOME_REASON_LEFT_WHILE_OFFERED,
        OutcomeReason::Attended => Key::AGENT_OUTCOME_REASON_ATTENDED,
        OutcomeReason::ChatbotAlone => Key::AGENT_OUTCOME_REASON_CHATBOT_ALONE,
        OutcomeReason::NotTaken => Key::AGENT_OUTCOME_REASON_NOT_TAKEN,
        OutcomeReason::Unknown => return None,
    })
}
