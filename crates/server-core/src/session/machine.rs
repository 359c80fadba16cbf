//! What leads where. Everything that happens to a session, an offer or a participant is a row here;
//! what is no row cannot happen.

use protocol::agent::OfferStatus;
use protocol::session::SessionState;

/// What happens to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SessionStep {
    /// A chatbot forwards, or the visitor writes where no chatbot listens.
    Wanted,
    /// It is held out to an agent.
    HeldOut,
    /// That agent did not take it.
    NotTaken,
    /// An agent becomes its owner.
    Taken,
    /// Its owner leaves, or is gone for good.
    GivenBack,
    /// It is held out to somebody who is to own it instead.
    TransferBegun,
    /// They take it.
    TransferAccepted,
    /// They do not, or it is taken back.
    TransferFailed,
    /// It ends with nothing left to say about it.
    Ended,
    /// It ends, and its owner has still to say how it went.
    EndedByOwner,
    /// They have, or their time is up.
    WrappedUp,
}

/// Where a session can go: from, by what, to.
pub const SESSIONS: &[(SessionState, SessionStep, SessionState)] = {
    use SessionState::{Attended, Chatbot, Closed, Offered, Transferring, Waiting, WrappingUp};
    use SessionStep::{
        Ended, EndedByOwner, GivenBack, HeldOut, NotTaken, Taken, TransferAccepted, TransferBegun,
        TransferFailed, Wanted, WrappedUp,
    };
    &[
        (Chatbot, Wanted, Waiting),
        (Chatbot, Taken, Attended),
        (Chatbot, Ended, Closed),
        (Waiting, HeldOut, Offered),
        (Waiting, Taken, Attended),
        (Waiting, Ended, Closed),
        (Offered, NotTaken, Waiting),
        (Offered, Taken, Attended),
        (Offered, Ended, Closed),
        (Attended, GivenBack, Waiting),
        (Attended, TransferBegun, Transferring),
        (Attended, EndedByOwner, WrappingUp),
        (Attended, Ended, Closed),
        (Transferring, TransferAccepted, Attended),
        (Transferring, TransferFailed, Attended),
        (Transferring, GivenBack, Waiting),
        (Transferring, EndedByOwner, WrappingUp),
        (Transferring, Ended, Closed),
        (WrappingUp, WrappedUp, Closed),
    ]
};

/// Where the step leads from there; nothing when it cannot happen there.
pub fn leads_to(from: SessionState, step: SessionStep) -> Option<SessionState> {
    let row = SESSIONS
        .iter()
        .find(|(at, by, _)| *at == from && *by == step);
    row.map(|(_, _, to)| *to)
}

/// What happens to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferStep {
    /// Its agent takes it.
    Accept,
    /// Its agent does not want it.
    Decline,
    /// Its deadline passes before the agent's eyes.
    TimeOut,
    /// Somebody else takes the session.
    TakenByAnother,
    /// Nobody is wanted any more, it is taken back, or its agent stops taking work.
    Withdraw,
    /// Its agent's last screen is gone for too long.
    Disconnect,
}

/// How an open offer ends. It is never open again.
pub const OFFERS: &[(OfferStep, OfferStatus)] = &[
    (OfferStep::Accept, OfferStatus::Accepted),
    (OfferStep::Decline, OfferStatus::Declined),
    (OfferStep::TimeOut, OfferStatus::Missed),
    (OfferStep::TakenByAnother, OfferStatus::TakenByAnother),
    (OfferStep::Withdraw, OfferStatus::Withdrawn),
    (OfferStep::Disconnect, OfferStatus::Disconnected),
];

/// An agent's part in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Participation {
    /// None.
    Absent,
    /// They are asked to take part.
    Invited,
    /// They read along, and the visitor may not know.
    Hidden,
    /// They take part.
    Member,
    /// They answer for it.
    Owner,
}

/// What happens to an agent's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParticipantStep {
    /// They take what nobody owns.
    Take,
    /// They join, or answer.
    Join,
    /// They are asked to take part.
    Invite,
    /// They say yes, to take part visibly.
    AcceptVisibly,
    /// They say yes, to read along.
    AcceptHidden,
    /// They say no, or nothing.
    NotAccepted,
    /// The owner makes them the owner, or they accept a transfer.
    GivenLead,
    /// They make somebody else the owner.
    GiveLead,
    /// They leave, are sent away, or are gone for good.
    Leave,
}

/// Where an agent's part can go: from, by what, to.
pub const PARTICIPANTS: &[(Participation, ParticipantStep, Participation)] = {
    use ParticipantStep::{
        AcceptHidden, AcceptVisibly, GiveLead, GivenLead, Invite, Join, Leave, NotAccepted, Take,
    };
    use Participation::{Absent, Hidden, Invited, Member, Owner};
    &[
        (Absent, Take, Owner),
        (Absent, Join, Member),
        (Absent, Invite, Invited),
        (Absent, GivenLead, Owner),
        (Invited, AcceptVisibly, Member),
        (Invited, AcceptHidden, Hidden),
        (Invited, NotAccepted, Absent),
        (Invited, Join, Member),
        (Hidden, Join, Member),
        (Hidden, GivenLead, Owner),
        (Hidden, Leave, Absent),
        (Member, Take, Owner),
        (Member, GivenLead, Owner),
        (Member, Leave, Absent),
        (Owner, GiveLead, Member),
        (Owner, Leave, Absent),
    ]
};
