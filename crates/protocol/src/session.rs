//! Sessions: where one run of a conversation stands, and what may be done about it.
//!
//! The reference server's machine is `server_core::session`; `docs/sessions.md` shows it as a table.

use serde::{Deserialize, Serialize};

use crate::author::AgentRef;

open_enum!(
    /// Where a session stands.
    SessionState {
        /// No agent is wanted yet: a chatbot speaks, or nobody has written.
        Chatbot = "chatbot",
        /// It waits in line for an agent.
        Waiting = "waiting",
        /// It waits, and is held out to an agent.
        Offered = "offered",
        /// An agent answers for it.
        Attended = "attended",
        /// An agent answers for it, and it is held out to another who is to do so instead.
        Transferring = "transferring",
        /// It is over, and its agent has still to say how it went.
        WrappingUp = "wrapping_up",
        /// It is over.
        Closed = "closed",
    }
);

open_enum!(
    /// What an agent may do about a session.
    SessionAction {
        /// Become its owner.
        Take = "take",
        /// Take part beside the owner.
        Join = "join",
        /// Take part no longer.
        Leave = "leave",
        /// Set its status to `in_progress`.
        Proceed = "proceed",
        /// Set its status to `waiting_for_customer`.
        AwaitCustomer = "await_customer",
        /// Set its status to `looking_for_help`.
        AskForHelp = "ask_for_help",
        /// Hold it out to somebody who is to own it.
        Transfer = "transfer",
        /// Take that back.
        CancelTransfer = "cancel_transfer",
        /// Ask somebody to take part.
        Invite = "invite",
        /// Make another participant its owner.
        HandOver = "hand_over",
        /// End it for everybody.
        End = "end",
        /// Say how it went.
        WrapUp = "wrap_up",
        /// Have more time for that.
        ExtendWrapUp = "extend_wrap_up",
        /// Begin another session of the same conversation.
        Reopen = "reopen",
    }
);

open_enum!(
    /// Why an agent cannot do something about a session now.
    Obstacle {
        /// It is over.
        SessionOver = "session_over",
        /// It is not over yet.
        SessionRuns = "session_runs",
        /// Another agent owns it.
        Owned = "owned",
        /// The agent owns it already.
        OwnAlready = "own_already",
        /// Nobody owns it.
        NotOwned = "not_owned",
        /// Only its owner may.
        NotOwner = "not_owner",
        /// Only who takes part may.
        NotParticipant = "not_participant",
        /// The agent takes part already.
        ParticipantAlready = "participant_already",
        /// Its status is that already.
        StatusAlready = "status_already",
        /// It is held out to another agent.
        TransferPending = "transfer_pending",
        /// It is held out to nobody.
        NoTransfer = "no_transfer",
        /// Nobody else takes part.
        NobodyElse = "nobody_else",
        /// The agent does not answer in its channel, and no help is wanted.
        OtherChannel = "other_channel",
        /// No help is wanted, or somebody came to help before.
        NoHelpWanted = "no_help_wanted",
        /// The agent has nothing left to say about it.
        NoWrapUp = "no_wrap_up",
        /// The time was extended before.
        ExtendedAlready = "extended_already",
    }
);

open_enum!(
    /// How a session ended (mission P15).
    Outcome {
        /// Another agent had to take it over, or help.
        Escalated = "escalated",
        /// People were wanted, and nobody could come.
        NoOneAvailable = "no_one_available",
        /// The visitor did not answer.
        NoAnswer = "no_answer",
        /// As it should.
        Success = "success",
    }
);

open_enum!(
    /// Why a session has its outcome.
    OutcomeReason {
        /// Another agent took it by a transfer.
        Transferred = "transferred",
        /// Another agent came to help.
        Helped = "helped",
        /// Nobody was available while people were wanted.
        NobodyThere = "nobody_there",
        /// Everybody it was held out to missed it.
        OffersMissed = "offers_missed",
        /// The visitor wrote nothing.
        VisitorSilent = "visitor_silent",
        /// The visitor wrote nothing after the first message of an agent.
        VisitorSilentAfterAnswer = "visitor_silent_after_answer",
        /// The visitor left the waiting line while it was held out.
        LeftWhileOffered = "left_while_offered",
        /// An agent answered for it.
        Attended = "attended",
        /// The chatbot was enough.
        ChatbotAlone = "chatbot_alone",
        /// Agents were asked, and none took it.
        NotTaken = "not_taken",
    }
);

/// How a session ended, and why it is taken to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionOutcome {
    /// How.
    pub outcome: Outcome,
    /// Why.
    pub reason: OutcomeReason,
}

wire!(SessionOutcome { outcome, reason });

/// Whether something can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActionState {
    /// What.
    pub action: SessionAction,
    /// Why not; absent when it can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
}

wire!(ActionState { action, obstacle });

/// With the error code `not_now`: where the session stands instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionRefusal {
    /// Where it stands.
    pub state: SessionState,
    /// Why this cannot be done.
    pub obstacle: Obstacle,
    /// What the same agent can do.
    pub allowed: Vec<SessionAction>,
    /// Who was first, where somebody was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AgentRef>,
}

wire!(SessionRefusal {
    state,
    obstacle,
    allowed,
    by
});
