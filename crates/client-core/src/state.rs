//! Everything a client knows, slice by slice.
//!
//! A slice changes only its own fields; what concerns several goes through `update`.

use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::time::Timestamp;

use crate::chatbot::Greeting;
use crate::composer::Composer;
use crate::connection::Connection;
use crate::connection::queries::Queries;
use crate::connection::resume::Feeds;
#[cfg(feature = "agent")]
use crate::desk::Desk;
use crate::event::{Event, Saved};
use crate::form::FirstForm;
use crate::links::Links;
#[cfg(feature = "agent")]
use crate::mentions::Mentions;
use crate::outbox::Outbox;
use crate::outbox::errands::Errands;
use crate::receipts::Receipts;
#[cfg(feature = "agent")]
use crate::roster::Roster;
use crate::session::Session;
#[cfg(feature = "agent")]
use crate::shared_notes::SharedPads;
use crate::side::{FOR_VISITORS, Party, Side};
use crate::timeline::Timelines;
use crate::typing::Typing;
use crate::waiting::Waiting;

const HOUR_MS: i64 = 3_600_000;

/// The state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) session: Session,
    pub(crate) connection: Connection,
    pub(crate) feeds: Feeds,
    pub(crate) queries: Queries,
    pub(crate) timelines: Timelines,
    pub(crate) outbox: Outbox,
    pub(crate) errands: Errands,
    pub(crate) links: Links,
    pub(crate) composer: Composer,
    pub(crate) typing: Typing,
    pub(crate) receipts: Receipts,
    pub(crate) greeting: Greeting,
    pub(crate) form: FirstForm,
    pub(crate) waiting: Waiting,
    #[cfg(feature = "agent")]
    pub(crate) roster: Roster,
    #[cfg(feature = "agent")]
    pub(crate) desk: Desk,
    #[cfg(feature = "agent")]
    pub(crate) mentions: Mentions,
    #[cfg(feature = "agent")]
    pub(crate) shared_notes: SharedPads,
    /// The whole program is here. Before, only what leads to a first message is done.
    pub(crate) completed: bool,
    /// What an earlier page left that only the whole program reads.
    pub(crate) found: Saved,
    /// What happened that only the whole program can take, in its order.
    pub(crate) later: Vec<Event>,
    /// A value could not be stored.
    pub(crate) storage_failed: bool,
    /// The time of the last input.
    pub(crate) last_input: Timestamp,
    /// How far the shell's clock was set back since.
    pub(crate) set_back_ms: i64,
    /// When the timers that follow from the state will run out.
    pub(crate) outbox_timer: Option<Timestamp>,
    pub(crate) typing_timer: Option<Timestamp>,
    pub(crate) hour_timer: Option<Timestamp>,
    pub(crate) greeting_timer: Option<Timestamp>,
}

impl State {
    pub(crate) fn new(side: Side) -> Self {
        Self {
            session: Session::new(side),
            connection: Connection::new(),
            feeds: Feeds::default(),
            queries: Queries::default(),
            timelines: Timelines::default(),
            outbox: Outbox::default(),
            errands: Errands::default(),
            links: Links::default(),
            composer: Composer::default(),
            typing: Typing::default(),
            receipts: Receipts::new(),
            greeting: Greeting::default(),
            form: FirstForm::default(),
            waiting: Waiting::default(),
            #[cfg(feature = "agent")]
            roster: Roster::default(),
            #[cfg(feature = "agent")]
            desk: Desk::default(),
            #[cfg(feature = "agent")]
            mentions: Mentions::default(),
            #[cfg(feature = "agent")]
            shared_notes: SharedPads::default(),
            completed: true,
            found: Saved::new(),
            later: Vec::new(),
            storage_failed: false,
            last_input: Timestamp(0),
            set_back_ms: 0,
            outbox_timer: None,
            typing_timer: None,
            hour_timer: None,
            greeting_timer: None,
        }
    }

    /// Whether the whole program is here. Agents' clients never are without.
    pub(crate) fn is_complete(&self) -> bool {
        !FOR_VISITORS || self.completed
    }

    /// Whether what the server says has to wait for the whole program: there is a conversation, or
    /// something of an earlier page that was not read yet.
    pub(crate) fn waits(&self) -> bool {
        !self.is_complete() && (!self.found.is_empty() || self.timelines.shown_id().is_some())
    }

    /// Time as all slices know it: it never goes back. A clock that was set back by a day would
    /// otherwise hold every pause up for a day.
    pub(crate) fn steady(&mut self, now: Timestamp) -> Timestamp {
        let steady = if now < self.last_input {
            now.plus(self.set_back_ms).max(self.last_input)
        } else {
            now
        };
        self.set_back_ms = steady.since(now);
        steady
    }

    /// Which hour of the person's local time it is, counted from long ago.
    pub(crate) fn hour(&self) -> i64 {
        let offset_ms = i64::from(self.session.utc_offset_minutes) * 60_000;
        self.last_input
            .0
            .saturating_add(offset_ms)
            .div_euclid(HOUR_MS)
    }

    /// When the next one begins.
    pub(crate) fn next_hour(&self) -> Timestamp {
        let offset_ms = i64::from(self.session.utc_offset_minutes) * 60_000;
        Timestamp((self.hour() + 1) * HOUR_MS - offset_ms)
    }

    pub(crate) fn party(&self) -> Party {
        self.session.party()
    }

    /// The feed that carries a conversation's messages to this side.
    pub(crate) fn feed_of(&self, conversation: &ConversationId) -> Feed {
        match self.party() {
            Party::Visitor => Feed::Visitor(conversation.clone()),
            #[cfg(feature = "agent")]
            Party::Agent => Feed::Conversation(conversation.clone()),
        }
    }
}
