//! How a session ended (mission P15, `model.md`, Outcome): decided by what happened in it, when it ends.
//!
//! Invariant: the first rule that holds decides, so that every session has one outcome and one reason.

use protocol::session::{Outcome, OutcomeReason, SessionOutcome};

use crate::domain::SessionFacts;

/// The outcome of a session that is over.
pub fn outcome(facts: &SessionFacts) -> SessionOutcome {
    let reason = reason(facts);
    SessionOutcome {
        outcome: kind(reason),
        reason,
    }
}

fn reason(facts: &SessionFacts) -> OutcomeReason {
    if facts.transferred {
        return OutcomeReason::Transferred;
    }
    if facts.helped {
        return OutcomeReason::Helped;
    }
    if facts.wanted && !facts.attended {
        if facts.offers == 0 {
            return OutcomeReason::NobodyThere;
        }
        // Who left while it was still held out did not wait for a miss.
        if facts.missed == facts.offers && !facts.left_while_offered {
            return OutcomeReason::OffersMissed;
        }
    }
    if !facts.visitor_wrote {
        return OutcomeReason::VisitorSilent;
    }
    if facts.agent_wrote && !facts.visitor_wrote_on {
        return OutcomeReason::VisitorSilentAfterAnswer;
    }
    if facts.left_while_offered {
        return OutcomeReason::LeftWhileOffered;
    }
    match (facts.attended, facts.wanted) {
        (true, _) => OutcomeReason::Attended,
        (false, false) => OutcomeReason::ChatbotAlone,
        (false, true) => OutcomeReason::NotTaken,
    }
}

fn kind(reason: OutcomeReason) -> Outcome {
    match reason {
        OutcomeReason::Transferred | OutcomeReason::Helped => Outcome::Escalated,
        OutcomeReason::NobodyThere | OutcomeReason::OffersMissed => Outcome::NoOneAvailable,
        OutcomeReason::VisitorSilent
        | OutcomeReason::VisitorSilentAfterAnswer
        | OutcomeReason::LeftWhileOffered => Outcome::NoAnswer,
        OutcomeReason::Attended | OutcomeReason::ChatbotAlone | OutcomeReason::NotTaken => {
            Outcome::Success
        }
        OutcomeReason::Unknown => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use OutcomeReason::{
        Attended, ChatbotAlone, Helped, LeftWhileOffered, NobodyThere, NotTaken, OffersMissed,
        Transferred, VisitorSilent, VisitorSilentAfterAnswer,
    };

    /// One thing that happens.
    type Event = fn(&mut SessionFacts);

    const WRITES: Event = |facts| {
        facts.visitor_wrote = true;
        facts.visitor_wrote_on |= facts.agent_wrote;
    };
    const WANTED: Event = |facts| facts.wanted = true;
    const OFFERED: Event = |facts| facts.offers += 1;
    const MISSED: Event = |facts| facts.missed += 1;
    const TAKEN: Event = |facts| facts.attended = true;
    const ANSWERED: Event = |facts| {
        facts.attended = true;
        facts.agent_wrote = true;
    };
    const HELPED: Event = |facts| facts.helped = true;
    const TRANSFERRED: Event = |facts| facts.transferred = true;
    const LEFT: Event = |facts| facts.left_while_offered = true;
    /// What leaves no trace: reading along, a refused transfer, a declined offer, a help call that
    /// nobody answered, a hidden reader, a note.
    const NOTHING: Event = |_| {};

    const CASES: &[(&str, &[Event], OutcomeReason)] = &[
        // The chatbot alone.
        ("bot only, answered by buttons", &[WRITES], ChatbotAlone),
        (
            "bot only, answered in words",
            &[WRITES, WRITES],
            ChatbotAlone,
        ),
        (
            "bot only, ended by its script",
            &[WRITES, NOTHING],
            ChatbotAlone,
        ),
        ("opened and never written to", &[], VisitorSilent),
        (
            "an agent read along with the bot",
            &[WRITES, NOTHING],
            ChatbotAlone,
        ),
        // Attended.
        (
            "taken and answered, went on",
            &[WRITES, WANTED, TAKEN, ANSWERED, WRITES],
            Attended,
        ),
        (
            "offered, accepted, went on",
            &[WRITES, WANTED, OFFERED, TAKEN, ANSWERED, WRITES],
            Attended,
        ),
        (
            "answered, nothing after",
            &[WRITES, WANTED, TAKEN, ANSWERED],
            VisitorSilentAfterAnswer,
        ),
        (
            "answered twice, nothing after",
            &[WRITES, WANTED, ANSWERED, ANSWERED],
            VisitorSilentAfterAnswer,
        ),
        (
            "went on once, then silence",
            &[WRITES, WANTED, ANSWERED, WRITES, ANSWERED],
            Attended,
        ),
        (
            "taken and never answered",
            &[WRITES, WANTED, TAKEN],
            Attended,
        ),
        (
            "taken, never answered, visitor wrote on",
            &[WRITES, WANTED, TAKEN, WRITES],
            Attended,
        ),
        (
            "an agent wrote first, visitor silent",
            &[ANSWERED],
            VisitorSilent,
        ),
        (
            "an agent wrote first, visitor answered",
            &[ANSWERED, WRITES],
            Attended,
        ),
        (
            "two agents, both visible",
            &[WRITES, WANTED, ANSWERED, TAKEN, WRITES],
            Attended,
        ),
        (
            "a colleague read along hidden",
            &[WRITES, WANTED, ANSWERED, NOTHING, WRITES],
            Attended,
        ),
        (
            "a colleague left a note",
            &[WRITES, WANTED, ANSWERED, NOTHING, WRITES],
            Attended,
        ),
        (
            "taken out of the bot's hands",
            &[WRITES, TAKEN, ANSWERED, WRITES],
            Attended,
        ),
        (
            "owner left, taken by another from the line",
            &[WRITES, WANTED, ANSWERED, WANTED, OFFERED, TAKEN, WRITES],
            Attended,
        ),
        (
            "owner left, nobody took it again",
            &[WRITES, WANTED, ANSWERED, WRITES, WANTED, OFFERED, MISSED],
            Attended,
        ),
        // Transfers and help.
        (
            "transferred and accepted",
            &[WRITES, WANTED, ANSWERED, TRANSFERRED, WRITES],
            Transferred,
        ),
        (
            "transfer refused",
            &[WRITES, WANTED, ANSWERED, NOTHING, WRITES],
            Attended,
        ),
        (
            "transfer timed out, visitor silent",
            &[WRITES, WANTED, ANSWERED, NOTHING],
            VisitorSilentAfterAnswer,
        ),
        (
            "transfer cancelled",
            &[WRITES, WANTED, ANSWERED, WRITES, NOTHING],
            Attended,
        ),
        (
            "transferred, visitor silent",
            &[WRITES, WANTED, ANSWERED, TRANSFERRED],
            Transferred,
        ),
        (
            "transferred twice",
            &[WRITES, ANSWERED, TRANSFERRED, TRANSFERRED],
            Transferred,
        ),
        (
            "help came",
            &[WRITES, WANTED, ANSWERED, HELPED, WRITES],
            Helped,
        ),
        (
            "help came, visitor silent",
            &[WRITES, WANTED, ANSWERED, HELPED],
            Helped,
        ),
        (
            "help wanted, nobody came",
            &[WRITES, WANTED, ANSWERED, NOTHING, WRITES],
            Attended,
        ),
        (
            "help wanted, somebody only read",
            &[WRITES, WANTED, ANSWERED, NOTHING, WRITES],
            Attended,
        ),
        (
            "help came, then transferred",
            &[WRITES, ANSWERED, HELPED, TRANSFERRED],
            Transferred,
        ),
        (
            "a helper took what waited",
            &[WRITES, WANTED, HELPED, TAKEN],
            Helped,
        ),
        // Nobody there.
        ("wanted, nobody there", &[WRITES, WANTED], NobodyThere),
        (
            "wanted, nobody there, wrote on",
            &[WRITES, WANTED, WRITES],
            NobodyThere,
        ),
        ("offline form", &[WRITES, WANTED], NobodyThere),
        (
            "nobody there, then somebody took it",
            &[WRITES, WANTED, OFFERED, TAKEN, ANSWERED, WRITES],
            Attended,
        ),
        (
            "nobody there, then missed",
            &[WRITES, WANTED, OFFERED, MISSED],
            OffersMissed,
        ),
        (
            "every offer missed",
            &[WRITES, WANTED, OFFERED, MISSED, OFFERED, MISSED],
            OffersMissed,
        ),
        (
            "one missed, one declined",
            &[WRITES, WANTED, OFFERED, MISSED, OFFERED],
            NotTaken,
        ),
        (
            "declined by the only one",
            &[WRITES, WANTED, OFFERED],
            NotTaken,
        ),
        (
            "missed, then accepted, silent after",
            &[WRITES, WANTED, OFFERED, MISSED, OFFERED, TAKEN, ANSWERED],
            VisitorSilentAfterAnswer,
        ),
        ("wanted without a word", &[WANTED], NobodyThere),
        (
            "wanted without a word, held out",
            &[WANTED, OFFERED],
            VisitorSilent,
        ),
        // Left the line.
        (
            "left while held out",
            &[WRITES, WANTED, OFFERED, LEFT],
            LeftWhileOffered,
        ),
        (
            "left while held out, after a miss",
            &[WRITES, WANTED, OFFERED, MISSED, OFFERED, LEFT],
            LeftWhileOffered,
        ),
        (
            "left while queued, nobody there",
            &[WRITES, WANTED],
            NobodyThere,
        ),
        (
            "left between two offers, all missed",
            &[WRITES, WANTED, OFFERED, MISSED],
            OffersMissed,
        ),
        // Reopened: a session has no facts of the one before it.
        (
            "reopened, answered by nobody",
            &[WRITES, WANTED],
            NobodyThere,
        ),
        (
            "reopened, taken by the same agent, silent",
            &[WRITES, WANTED, OFFERED, TAKEN, ANSWERED],
            VisitorSilentAfterAnswer,
        ),
        (
            "reopened by an agent, visitor silent",
            &[TAKEN, ANSWERED],
            VisitorSilent,
        ),
    ];

    #[test]
    fn cases() {
        assert!(CASES.len() >= 40);
        for (name, events, wanted) in CASES {
            let mut facts = SessionFacts::default();
            for event in *events {
                event(&mut facts);
            }
            let told = outcome(&facts);
            assert_eq!(told.reason, *wanted, "{name}");
            assert_eq!(told.outcome, kind(*wanted), "{name}");
        }
    }

    #[test]
    fn each_reason_has_its_outcome() {
        for (reason, wanted) in [
            (Transferred, Outcome::Escalated),
            (Helped, Outcome::Escalated),
            (NobodyThere, Outcome::NoOneAvailable),
            (OffersMissed, Outcome::NoOneAvailable),
            (VisitorSilent, Outcome::NoAnswer),
            (VisitorSilentAfterAnswer, Outcome::NoAnswer),
            (LeftWhileOffered, Outcome::NoAnswer),
            (Attended, Outcome::Success),
            (ChatbotAlone, Outcome::Success),
            (NotTaken, Outcome::Success),
        ] {
            assert_eq!(kind(reason), wanted);
        }
        assert_eq!(OutcomeReason::KNOWN.len(), 10);
    }
}
