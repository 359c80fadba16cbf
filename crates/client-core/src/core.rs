//! The core itself: one function in, effects out.

use protocol::version::Capability;

use crate::effect::Effect;
use crate::event::Input;
use crate::side::Side;
use crate::state::State;
use crate::turn::Turn;
use crate::update::update;
use crate::view::{BannerView, ComposerView, FormView, TimelineView};
#[cfg(feature = "agent")]
use crate::view::{DeskView, InformationView, MentionsView, RosterView};

/// Everything a chat client knows and wants.
#[derive(Debug)]
pub struct Core {
    state: State,
}

impl Core {
    /// A client of this side that knows nothing yet. It stores and asks nothing before
    /// `Intent::Connect` (mission V9).
    pub fn new(side: Side) -> Self {
        Self {
            state: State::new(side),
        }
    }

    /// The same in a page that does not have the whole program yet. It does what leads to a first
    /// message; what else happens, and what an earlier page left, waits for
    /// [`Event::Completed`](crate::Event::Completed), and asks for it by
    /// [`Effect::Complete`](crate::Effect::Complete). Until then only frames that
    /// [`Incoming::decode_visitor_opening`](crate::Incoming::decode_visitor_opening) reads may be
    /// brought, and none while the client [waits](Self::waits).
    pub fn incomplete(side: Side) -> Self {
        let mut core = Self::new(side);
        core.state.completed = false;
        core
    }

    /// Whether all frames have to wait for the whole program.
    pub fn waits(&self) -> bool {
        self.state.waits()
    }

    /// Knows nothing any more, as a new client of the same side.
    pub fn forget_all(&mut self) {
        let completed = self.state.completed;
        self.state = State::new(self.state.session.side.clone());
        self.state.completed = completed;
    }

    /// Takes one input in and says what to do.
    pub fn handle(&mut self, input: Input) -> Vec<Effect> {
        let mut turn = Turn::new(input.now, input.entropy, self.state.session.acted);
        update(&mut self.state, input.event, &mut turn);
        turn.finish()
    }

    /// What the connection banner shows.
    pub fn banner(&self) -> BannerView {
        BannerView::of(&self.state)
    }

    /// What the open conversation shows.
    pub fn timeline(&self) -> TimelineView {
        TimelineView::of(&self.state)
    }

    /// The form before a conversation, while there is one to fill in.
    pub fn form(&self) -> Option<FormView> {
        match self.state.is_complete() {
            true => FormView::of(&self.state),
            false => None,
        }
    }

    /// What the composer shows.
    pub fn composer(&self) -> ComposerView {
        ComposerView::of(&self.state)
    }

    /// What the conversation list shows.
    #[cfg(feature = "agent")]
    pub fn roster(&self) -> RosterView {
        RosterView::of(&self.state)
    }

    /// The notes that mention the agent. Changes with [`Slice::Roster`](crate::Slice::Roster).
    #[cfg(feature = "agent")]
    pub fn mentions(&self) -> MentionsView {
        MentionsView::of(&self.state)
    }

    /// What the agent's desk shows.
    #[cfg(feature = "agent")]
    pub fn desk(&self) -> DeskView {
        DeskView::of(&self.state)
    }

    /// What the information panel shows of the open conversation.
    #[cfg(feature = "agent")]
    pub fn information(&self) -> InformationView {
        InformationView::of(&self.state)
    }

    /// Whether the server offers something; nothing is offered before it was reached once.
    /// Changes with [`Slice::Banner`](crate::Slice::Banner).
    pub fn offers(&self, capability: Capability) -> bool {
        self.state.session.offers(capability)
    }
}
