//! Small commands: sent with a client id, sent again after a reconnect until they are answered,
//! not worth storing.

use protocol::error::Refusal;
use protocol::ids::ClientId;
use protocol::time::Timestamp;

use crate::connection::backoff;
use crate::outgoing::Outgoing;
use crate::turn::Turn;

/// What a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The widget's language.
    Language,
    /// The chatbot begins again.
    Restart,
    /// An agent's part in a conversation.
    #[cfg(feature = "agent")]
    Attendance(protocol::ids::ConversationId),
    /// An agent's own state, with the name of the choice.
    #[cfg(feature = "agent")]
    State(ClientId),
    /// Mentions the agent has seen.
    #[cfg(feature = "agent")]
    Mentions,
    /// Shared notes that are saved.
    #[cfg(feature = "agent")]
    SharedNotes(protocol::ids::ConversationId),
    /// Expertise that was chosen.
    #[cfg(feature = "agent")]
    Expertise(protocol::ids::ConversationId),
    /// The answer to an offer.
    #[cfg(feature = "agent")]
    Offer(protocol::ids::OfferId),
}

impl Purpose {
    /// Whether a later command takes the place of an earlier one without an answer.
    fn is_replaced_by(&self, later: &Self) -> bool {
        #[cfg(feature = "agent")]
        if matches!((self, later), (Self::State(_), Self::State(_))) {
            return true;
        }
        *self == Self::Language && *later == Self::Language
    }
}

#[derive(Debug)]
struct Errand {
    client_id: ClientId,
    purpose: Purpose,
    frame: Outgoing,
    sent: bool,
    not_before: Option<Timestamp>,
    refusals: u32,
}

/// All small commands without an answer, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Errands {
    waiting: Vec<Errand>,
}

impl Errands {
    pub(crate) fn add(&mut self, client_id: ClientId, purpose: Purpose, frame: Outgoing) {
        self.waiting
            .retain(|errand| !errand.purpose.is_replaced_by(&purpose));
        self.waiting.push(Errand {
            client_id,
            purpose,
            frame,
            sent: false,
            not_before: None,
            refusals: 0,
        });
    }

    pub(crate) fn send_due(&mut self, turn: &mut Turn) {
        for errand in &mut self.waiting {
            if !errand.sent && errand.not_before.is_none_or(|at| at <= turn.now) {
                errand.sent = true;
                errand.not_before = None;
                turn.send(errand.frame.clone());
            }
        }
    }

    pub(crate) fn lost(&mut self) {
        for errand in &mut self.waiting {
            errand.sent = false;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The server did it: what it was about.
    pub(crate) fn answered(&mut self, client_id: &ClientId) -> Option<Purpose> {
        let is_it = |errand: &Errand| errand.client_id == *client_id;
        let at = self.waiting.iter().position(is_it)?;
        Some(self.waiting.remove(at).purpose)
    }

    /// The server said no; the purpose is handed out when it said so for good.
    pub(crate) fn refused(
        &mut self,
        client_id: &ClientId,
        refusal: &Refusal,
        turn: &mut Turn,
    ) -> Option<Purpose> {
        let at = self
            .waiting
            .iter()
            .position(|errand| errand.client_id == *client_id)?;
        if !refusal.retryable {
            return Some(self.waiting.remove(at).purpose);
        }
        let errand = &mut self.waiting[at];
        let pause = refusal
            .retry_after_ms
            .unwrap_or_else(|| backoff::delay_ms(errand.refusals, turn.random()));
        errand.refusals += 1;
        errand.sent = false;
        errand.not_before = Some(turn.now.plus(i64::from(pause)));
        None
    }

    /// What was sent for this and has no answer, oldest first.
    #[cfg(feature = "agent")]
    pub(crate) fn waiting_for<'a>(
        &'a self,
        purpose: &'a Purpose,
    ) -> impl Iterator<Item = &'a Outgoing> {
        let of_it = move |errand: &&Errand| errand.purpose == *purpose;
        self.waiting
            .iter()
            .filter(of_it)
            .map(|errand| &errand.frame)
    }

    /// Whether the chatbot was asked to begin again and has not answered.
    pub(crate) fn is_restarting(&self) -> bool {
        self.waiting
            .iter()
            .any(|errand| errand.purpose == Purpose::Restart)
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.waiting
            .iter()
            .filter_map(|errand| errand.not_before)
            .min()
    }
}
