//! The machine as `docs/sessions.md` shows it.
//!
//! Invariant: the page is made of the same tables and the same function that the server decides by; a
//! test fails when it is stale.

use std::fmt::Write;

use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::session::{SessionAction, SessionState};

use super::action::{Part, Situation, check};
use super::machine::{
    OFFERS, OfferStep, PARTICIPANTS, ParticipantStep, Participation, SESSIONS, SessionStep,
};
use crate::domain::Visibility;

const BEGIN: &str = "<!-- begin generated: tables -->\n";
const END: &str = "<!-- end generated: tables -->";

/// The page with its generated part renewed.
pub fn renew_tables(page: &str) -> String {
    match (page.split_once(BEGIN), page.split_once(END)) {
        (Some((before, _)), Some((_, after))) => {
            format!("{before}{BEGIN}{}{END}{after}", tables())
        }
        _ => page.to_owned(),
    }
}

fn tables() -> String {
    let mut text = String::from("### Sessions\n\n| From | When | To |\n|---|---|---|\n");
    // Writing to a text cannot fail.
    for (from, step, to) in SESSIONS {
        let (from, to) = (from.as_str(), to.as_str());
        let _ = writeln!(text, "| `{from}` | {} | `{to}` |", step.says());
    }
    text.push_str("\n### Offers\n\n| An open offer ends when | As |\n|---|---|\n");
    for (step, status) in OFFERS {
        let _ = writeln!(text, "| {} | `{}` |", step.says(), status.as_str());
    }
    text.push_str("\n### Participants\n\n| From | When | To |\n|---|---|---|\n");
    for (from, step, to) in PARTICIPANTS {
        let (from, to) = (from.says(), to.says());
        let _ = writeln!(text, "| {from} | {} | {to} |", step.says());
    }
    text.push_str("\n### Actions\n\n");
    actions(&mut text);
    text
}

/// Who of these can do what while the session stands so.
fn actions(text: &mut String) {
    text.push_str("| Action |");
    for state in SessionState::KNOWN {
        let _ = write!(text, " `{}` |", state.as_str());
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(SessionState::KNOWN.len()));
    text.push('\n');
    for action in SessionAction::KNOWN {
        let _ = write!(text, "| `{}` |", action.as_str());
        for state in SessionState::KNOWN {
            let who: Vec<_> = People::ALL
                .iter()
                .filter(|who| who.can_be_there(*state) && who.can(*action, *state))
                .map(|who| who.says())
                .collect();
            let _ = write!(text, " {} |", who.join(", "));
        }
        text.push('\n');
    }
}

/// Whom the table of actions tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum People {
    Owner,
    Member,
    Colleague,
    Stranger,
}

impl People {
    const ALL: [Self; 4] = [Self::Owner, Self::Member, Self::Colleague, Self::Stranger];

    fn says(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Member => "member",
            Self::Colleague => "colleague",
            Self::Stranger => "helper",
        }
    }

    /// Nobody owns what waits.
    fn can_be_there(self, state: SessionState) -> bool {
        let is_nobodys = matches!(
            state,
            SessionState::Chatbot | SessionState::Waiting | SessionState::Offered
        );
        !(is_nobodys && self == Self::Owner)
    }

    fn part(self) -> Option<Part> {
        let role = match self {
            Self::Owner => ParticipantRole::Owner,
            Self::Member => ParticipantRole::Member,
            Self::Colleague | Self::Stranger => return None,
        };
        Some(Part {
            role,
            visibility: Visibility::Visible,
        })
    }

    /// Whether they can under any status the session may have.
    fn can(self, action: SessionAction, state: SessionState) -> bool {
        let is_over = matches!(state, SessionState::WrappingUp | SessionState::Closed);
        let statuses: Vec<_> = match (is_over, self) {
            (true, _) => vec![None],
            (false, Self::Stranger) => vec![Some(LiveStatus::LookingForHelp)],
            (false, _) => LiveStatus::KNOWN.iter().copied().map(Some).collect(),
        };
        statuses.into_iter().any(|live_status| {
            let now = Situation {
                state,
                live_status,
                part: self.part(),
                others: true,
                answers_here: self != Self::Stranger,
                owes_wrap_up: state == SessionState::WrappingUp && self == Self::Owner,
                extended: false,
            };
            check(action, &now).is_ok()
        })
    }
}

impl SessionStep {
    fn says(self) -> &'static str {
        match self {
            Self::Wanted => "a chatbot forwards, or the visitor writes where none listens",
            Self::HeldOut => "it is held out to an agent",
            Self::NotTaken => "that agent did not take it",
            Self::Taken => "an agent becomes its owner",
            Self::GivenBack => "its owner leaves, or is gone for good",
            Self::TransferBegun => "its owner holds it out to somebody who is to own it",
            Self::TransferAccepted => "they take it",
            Self::TransferFailed => "they do not, or it is taken back",
            Self::Ended => "it ends with nothing left to say about it",
            Self::EndedByOwner => "it ends, and its owner has to say how it went",
            Self::WrappedUp => "they have, or their time is up",
        }
    }
}

impl OfferStep {
    fn says(self) -> &'static str {
        match self {
            Self::Accept => "its agent takes it",
            Self::Decline => "its agent does not want it",
            Self::TimeOut => "its deadline passes before the agent's eyes",
            Self::TakenByAnother => "somebody else takes the session",
            Self::Withdraw => "nobody is wanted any more, or its agent stops taking work",
            Self::Disconnect => "its agent's last screen is gone for too long",
        }
    }
}

impl Participation {
    fn says(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Invited => "invited",
            Self::Hidden => "hidden reader",
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }
}

impl ParticipantStep {
    fn says(self) -> &'static str {
        match self {
            Self::Take => "they take what nobody owns",
            Self::Join => "they join, or answer",
            Self::Invite => "they are asked to take part",
            Self::AcceptVisibly => "they say yes, to take part visibly",
            Self::AcceptHidden => "they say yes, to read along",
            Self::NotAccepted => "they say no, or nothing",
            Self::GivenLead => "the owner makes them the owner, or they accept a transfer",
            Self::GiveLead => "they make somebody else the owner",
            Self::Leave => "they leave, are sent away, or are gone for good",
        }
    }
}
