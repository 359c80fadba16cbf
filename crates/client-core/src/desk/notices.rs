//! What became of offers, told once: each cause has its own word, so that nobody is told
//! "missed" who was merely slower than a colleague.

use protocol::agent::{Offer, OfferStatus};
use protocol::author::AgentRef;
use protocol::conversation::ContactRef;
use protocol::error::ErrorCode;
use protocol::ids::{ConversationId, OfferId};
use protocol::time::Timestamp;

/// Time after which what needs no doing goes by itself.
const SHOWN_MS: i64 = 20_000;
/// Notices at once; the oldest gives way.
const MOST: usize = 3;

/// Something the agent is told about an offer or about their state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskNotice {
    /// Its name on this page.
    pub id: u32,
    /// What happened.
    pub kind: NoticeKind,
    /// Which offer it is about.
    pub offer: Option<OfferId>,
    /// Which conversation.
    pub conversation: Option<ConversationId>,
    /// With whom.
    pub contact: Option<ContactRef>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// The deadline passed.
    Missed,
    /// The agent said no.
    Declined,
    /// Nobody is wanted any more.
    Withdrawn,
    /// Somebody else took the session.
    TakenBy(Option<AgentRef>),
    /// The agent's last screen was gone for too long.
    Disconnected,
    /// The answer was refused.
    Refused(ErrorCode),
    /// The chosen state was refused; the one before is back.
    StateRefused(ErrorCode),
    /// Accepted while the agent was writing elsewhere: it waits in the list.
    Arrived,
}

impl NoticeKind {
    /// How an offer ended, if that has to be told.
    fn of(offer: &Offer) -> Option<Self> {
        match offer.status {
            OfferStatus::Missed => Some(Self::Missed),
            OfferStatus::Declined => Some(Self::Declined),
            OfferStatus::Withdrawn => Some(Self::Withdrawn),
            OfferStatus::TakenByAnother => Some(Self::TakenBy(offer.taken_by.clone())),
            OfferStatus::Disconnected => Some(Self::Disconnected),
            OfferStatus::Open
            | OfferStatus::Accepted
            | OfferStatus::AutoAccepted
            | OfferStatus::Unknown => None,
        }
    }

    /// Whether it goes by itself: nothing has to be done about it, and nothing went wrong.
    fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Declined | Self::Withdrawn | Self::TakenBy(_) | Self::Arrived
        )
    }
}

/// What is told at the moment, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    shown: Vec<(DeskNotice, Option<Timestamp>)>,
    told: u32,
}

impl Notices {
    pub(crate) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &DeskNotice> {
        self.shown.iter().map(|(notice, _)| notice)
    }

    /// Tells how an offer ended, if that has to be told.
    pub(crate) fn ended(&mut self, offer: &Offer, now: Timestamp) {
        if let Some(kind) = NoticeKind::of(offer) {
            self.about(kind, offer, now);
        }
    }

    /// Tells something about an offer; of what was told about it before only this stays.
    pub(crate) fn about(&mut self, kind: NoticeKind, offer: &Offer, now: Timestamp) {
        self.shown
            .retain(|(notice, _)| notice.offer.as_ref() != Some(&offer.id));
        let notice = DeskNotice {
            id: 0,
            kind,
            offer: Some(offer.id.clone()),
            conversation: Some(offer.conversation.clone()),
            contact: Some(offer.contact.clone()),
        };
        self.tell(notice, now);
    }

    /// Tells that a chosen state was refused.
    pub(crate) fn state_refused(&mut self, code: ErrorCode, now: Timestamp) {
        let notice = DeskNotice {
            id: 0,
            kind: NoticeKind::StateRefused(code),
            offer: None,
            conversation: None,
            contact: None,
        };
        self.tell(notice, now);
    }

    fn tell(&mut self, notice: DeskNotice, now: Timestamp) {
        self.told += 1;
        let until = notice.kind.is_passing().then(|| now.plus(SHOWN_MS));
        let notice = DeskNotice {
            id: self.told,
            ..notice
        };
        self.shown.push((notice, until));
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
    }

    pub(crate) fn dismiss(&mut self, id: u32) {
        self.shown.retain(|(notice, _)| notice.id != id);
    }

    /// What was told about the agent's state before the latest choice is over.
    pub(crate) fn state_chosen(&mut self) {
        let is_past = |notice: &DeskNotice| matches!(notice.kind, NoticeKind::StateRefused(_));
        self.shown.retain(|(notice, _)| !is_past(notice));
    }

    /// A conversation that waited in the list is looked at.
    pub(crate) fn looked_at(&mut self, conversation: &ConversationId) {
        self.shown.retain(|(notice, _)| {
            notice.kind != NoticeKind::Arrived || notice.conversation.as_ref() != Some(conversation)
        });
    }

    /// Lets go of what was shown for long enough.
    pub(crate) fn pass(&mut self, now: Timestamp) {
        self.shown
            .retain(|(_, until)| until.is_none_or(|until| now < until));
    }
}
