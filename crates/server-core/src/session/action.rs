//! What an agent can do about a session now, and why not.
//!
//! Invariant: one function decides; a screen's buttons and a use case's refusal both come from it.

use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::session::{ActionState, Obstacle, SessionAction, SessionState};

use crate::domain::Visibility;

/// How an agent takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// As what.
    pub role: ParticipantRole,
    /// Whether the visitor may know.
    pub visibility: Visibility,
}

impl Part {
    fn is_member(self) -> bool {
        self.visibility == Visibility::Visible && self.role != ParticipantRole::Reader
    }
}

/// All that decides what one agent can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Where the session stands.
    pub state: SessionState,
    /// Its live status, while it runs.
    pub live_status: Option<LiveStatus>,
    /// How the agent takes part.
    pub part: Option<Part>,
    /// Whether others take part, too.
    pub others: bool,
    /// Whether the agent answers in the conversation's channel.
    pub answers_here: bool,
    /// Whether the agent has still to say how the session went.
    pub owes_wrap_up: bool,
    /// Whether they had their time for that extended.
    pub extended: bool,
}

impl Situation {
    fn runs(&self) -> bool {
        !matches!(self.state, SessionState::WrappingUp | SessionState::Closed)
    }

    fn owned(&self) -> bool {
        matches!(
            self.state,
            SessionState::Attended | SessionState::Transferring
        )
    }

    fn owns(&self) -> bool {
        self.owned()
            && self
                .part
                .is_some_and(|part| part.role == ParticipantRole::Owner)
    }

    fn looks_for_help(&self) -> bool {
        self.live_status == Some(LiveStatus::LookingForHelp)
    }
}

/// Whether the agent can do this now.
///
/// # Errors
/// Why not.
pub fn check(action: SessionAction, now: &Situation) -> Result<(), Obstacle> {
    match action {
        SessionAction::Take => take(now),
        SessionAction::Join => join(now),
        SessionAction::Leave => now.part.map(|_| ()).ok_or(Obstacle::NotParticipant),
        SessionAction::Proceed => status(now, LiveStatus::InProgress),
        SessionAction::AwaitCustomer => status(now, LiveStatus::WaitingForCustomer),
        SessionAction::AskForHelp => status(now, LiveStatus::LookingForHelp),
        SessionAction::Transfer => {
            owner(now)?;
            no_transfer(now)
        }
        SessionAction::CancelTransfer => {
            owner(now)?;
            no_transfer(now)
                .err()
                .map(|_| ())
                .ok_or(Obstacle::NoTransfer)
        }
        SessionAction::Invite => owner(now),
        SessionAction::HandOver => {
            owner(now)?;
            no_transfer(now)?;
            now.others.then_some(()).ok_or(Obstacle::NobodyElse)
        }
        SessionAction::End => end(now),
        SessionAction::WrapUp => wrap_up(now),
        SessionAction::ExtendWrapUp => {
            wrap_up(now)?;
            (!now.extended)
                .then_some(())
                .ok_or(Obstacle::ExtendedAlready)
        }
        SessionAction::Reopen => reopen(now),
        // What this version does not know it cannot do.
        SessionAction::Unknown => Err(Obstacle::Unknown),
    }
}

/// Everything that can be done about sessions, and whether this agent can do it now.
pub fn actions(now: &Situation) -> Vec<ActionState> {
    let all = SessionAction::KNOWN.iter().map(|action| ActionState {
        action: *action,
        obstacle: check(*action, now).err(),
    });
    all.collect()
}

/// What this agent can do now.
pub fn allowed(now: &Situation) -> Vec<SessionAction> {
    let all = SessionAction::KNOWN.iter().copied();
    all.filter(|action| check(*action, now).is_ok()).collect()
}

fn running(now: &Situation) -> Result<(), Obstacle> {
    now.runs().then_some(()).ok_or(Obstacle::SessionOver)
}

/// Who may come at all: whoever answers in the channel, takes part, or could help.
fn reach(now: &Situation) -> Result<(), Obstacle> {
    let may = now.answers_here || now.part.is_some() || now.looks_for_help();
    may.then_some(()).ok_or(Obstacle::OtherChannel)
}

fn take(now: &Situation) -> Result<(), Obstacle> {
    running(now)?;
    if now.owns() {
        return Err(Obstacle::OwnAlready);
    }
    if now.owned() {
        return Err(Obstacle::Owned);
    }
    reach(now)
}

fn join(now: &Situation) -> Result<(), Obstacle> {
    running(now)?;
    if now.part.is_some_and(Part::is_member) {
        return Err(Obstacle::ParticipantAlready);
    }
    reach(now)
}

fn status(now: &Situation, wanted: LiveStatus) -> Result<(), Obstacle> {
    running(now)?;
    if now.part.is_none() {
        return Err(Obstacle::NotParticipant);
    }
    if now.live_status == Some(wanted) {
        return Err(Obstacle::StatusAlready);
    }
    Ok(())
}

fn owner(now: &Situation) -> Result<(), Obstacle> {
    running(now)?;
    if !now.owned() {
        return Err(Obstacle::NotOwned);
    }
    now.owns().then_some(()).ok_or(Obstacle::NotOwner)
}

fn no_transfer(now: &Situation) -> Result<(), Obstacle> {
    let pending = now.state == SessionState::Transferring;
    (!pending).then_some(()).ok_or(Obstacle::TransferPending)
}

/// The owner ends it; what nobody owns can be ended by whoever could take it.
fn end(now: &Situation) -> Result<(), Obstacle> {
    running(now)?;
    if now.owned() { owner(now) } else { reach(now) }
}

fn wrap_up(now: &Situation) -> Result<(), Obstacle> {
    if now.owes_wrap_up {
        Ok(())
    } else if now.runs() {
        Err(Obstacle::SessionRuns)
    } else {
        Err(Obstacle::NoWrapUp)
    }
}

fn reopen(now: &Situation) -> Result<(), Obstacle> {
    if now.runs() {
        return Err(Obstacle::SessionRuns);
    }
    reach(now)
}
