//! The core's views as signals, so that only what differs is drawn again.
//!
//! Invariant: a row's slot, and with it its DOM node, lives as long as its key is in the
//! timeline; what the row shows changes inside the slot.

use std::cell::Cell;
use std::rc::Rc;

use client_core::view::{
    BannerView, ComposerView, FormView, Found, LoadPhase, Restart, Row, RowContent, TimelineView,
    WaitingView,
};
#[cfg(feature = "agent")]
use client_core::view::{DeskView, InformationView, MentionsView, RosterView};
use client_core::{Alert, Core, Slice};
use protocol::author::{AgentRef, Author};
use protocol::form::OpeningHours;
use protocol::ids::ConversationId;

use crate::shown::{RcShown, Shown};

/// Everything about the open conversation except its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineHead {
    /// Which conversation.
    pub conversation: Option<ConversationId>,
    /// Whether its messages are there.
    pub phase: LoadPhase,
    /// Whether "show older" makes sense.
    pub has_older: bool,
    /// Whether older messages are on their way.
    pub loading_older: bool,
    /// The row that was looked for last.
    pub found: Option<Found>,
    /// Others who type right now.
    pub typing: Vec<Author>,
    /// Messages of others that were not in view yet.
    pub unread: u32,
    /// The agents who take part.
    pub agents: Vec<AgentRef>,
    /// That the visitor waits for an agent.
    pub waiting: Option<WaitingView>,
    /// Whether the chatbot can begin again.
    pub restart: Restart,
    /// Whether a chatbot answers, and nobody is looked for.
    pub is_with_chatbot: bool,
    /// When somebody is there, where the channel says so.
    pub hours: Option<OpeningHours>,
    /// Which hour it is; names of days are looked up again when it changes.
    pub hour: i64,
}

/// A row's place in the list: its key, and a signal with what it shows.
#[derive(Clone)]
pub struct RowSlot {
    /// The row's name.
    pub key: String,
    /// What it shows.
    pub content: RcShown<RowContent>,
    /// How high it was when it was drawn last, in pixels; 0 if it never was.
    pub height: Rc<Cell<i32>>,
}

/// What a person who cannot see the screen is to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// How many alerts there were so far.
    pub count: u32,
    /// The latest.
    pub latest: Option<Alert>,
}

/// The signals. Copied freely.
#[derive(Clone, Copy)]
pub struct Mirror {
    /// The connection banner.
    pub banner: Shown<BannerView>,
    /// The composer.
    pub composer: Shown<ComposerView>,
    /// The form before a conversation, while there is one to fill in.
    pub form: Shown<Option<FormView>>,
    /// Grows when a button of the chatbot was pressed: writing goes on in the composer.
    pub answered: Shown<u32>,
    /// The open conversation, except its rows.
    pub head: Shown<TimelineHead>,
    /// The rows, oldest first. Changes only when rows come, go or move.
    pub order: Shown<Vec<RowSlot>>,
    /// What the announcer is to say.
    pub heard: Shown<Heard>,
    /// The conversation list.
    #[cfg(feature = "agent")]
    pub roster: Shown<RosterView>,
    /// The notes that mention the agent.
    #[cfg(feature = "agent")]
    pub mentions: Shown<MentionsView>,
    /// The agent's state and the sessions held out to them.
    #[cfg(feature = "agent")]
    pub desk: Shown<DeskView>,
    /// What the information panel shows of the open conversation.
    #[cfg(feature = "agent")]
    pub information: Shown<InformationView>,
}

impl Default for Mirror {
    fn default() -> Self {
        Self::new()
    }
}

impl Mirror {
    /// Signals that show nothing yet. Call it under the app's owner.
    pub fn new() -> Self {
        Self {
            banner: Shown::new(BannerView::default()),
            composer: Shown::new(ComposerView::default()),
            form: Shown::new(None),
            answered: Shown::new(0),
            head: Shown::new(TimelineHead::default()),
            order: Shown::new(Vec::new()),
            heard: Shown::new(Heard::default()),
            #[cfg(feature = "agent")]
            roster: Shown::new(RosterView::default()),
            #[cfg(feature = "agent")]
            mentions: Shown::new(MentionsView::default()),
            #[cfg(feature = "agent")]
            desk: Shown::new(DeskView::default()),
            #[cfg(feature = "agent")]
            information: Shown::new(InformationView::default()),
        }
    }

    /// Takes over one part of the core's views; call it for `Effect::Render`.
    pub fn render(self, slice: Slice, core: &Core) {
        match slice {
            Slice::Banner => self.banner.replace(core.banner()),
            Slice::Composer => self.composer.replace(core.composer()),
            Slice::Form if cfg!(feature = "visitor") => self.form.replace(core.form()),
            Slice::Form => {}
            Slice::Timeline => self.show_timeline(core.timeline()),
            #[cfg(feature = "agent")]
            Slice::Roster => {
                self.roster.replace(core.roster());
                self.mentions.replace(core.mentions());
            }
            #[cfg(feature = "agent")]
            Slice::Desk => self.desk.replace(core.desk()),
            #[cfg(feature = "agent")]
            Slice::Information => self.information.replace(core.information()),
            #[cfg(not(feature = "agent"))]
            Slice::Roster | Slice::Desk | Slice::Information => {}
        }
    }

    /// Tells the announcer; call it for `Effect::Alert`.
    pub fn alert(self, alert: Alert) {
        self.heard.update(|heard| {
            heard.count += 1;
            heard.latest = Some(alert);
        });
    }

    /// Takes over a timeline. Public for screens and tests that have one without a core.
    pub fn show_timeline(self, view: TimelineView) {
        self.head.replace(TimelineHead {
            conversation: view.conversation,
            phase: view.phase,
            has_older: view.has_older,
            loading_older: view.loading_older,
            found: view.found,
            typing: view.typing,
            unread: view.unread,
            agents: view.agents,
            waiting: view.waiting,
            restart: view.restart,
            is_with_chatbot: view.is_with_chatbot,
            hours: view.hours,
            hour: view.hour,
        });
        if let Some(order) = self.order.with_untracked(|slots| placed(slots, view.rows)) {
            self.order.set(order);
        }
    }
}

/// Shows the rows in the slots they have. Says the new order when it differs.
///
/// Rows mostly keep their order, so the search goes on behind the slot found last.
fn placed(slots: &[RowSlot], rows: Vec<Row>) -> Option<Vec<RowSlot>> {
    let mut next = 0;
    let mut moved = rows.len() != slots.len();
    let mut order = Vec::with_capacity(rows.len());
    for row in rows {
        let found = (next..slots.len())
            .chain(0..next)
            .find(|&at| slots[at].key == row.key);
        match found {
            Some(at) => {
                moved |= at != order.len();
                next = at + 1;
                let slot = slots[at].clone();
                slot.content.replace(row.content);
                order.push(slot);
            }
            None => {
                moved = true;
                order.push(RowSlot {
                    key: row.key,
                    content: RcShown::new(row.content),
                    height: Rc::default(),
                });
            }
        }
    }
    moved.then_some(order)
}
