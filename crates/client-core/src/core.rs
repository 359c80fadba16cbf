//! The core itself: one function in, effects out.

use crate::effect::Effect;
use crate::event::{Input, Side};
#[cfg(feature = "agent")]
use crate::view::RosterView;
use crate::view::{BannerView, ComposerView, TimelineView};

/// Everything a chat client knows and wants.
#[derive(Debug)]
pub struct Core {
    _side: Side,
}

impl Core {
    /// A client of this side that knows nothing yet. It stores and asks nothing before
    /// `Intent::Connect` (mission V9).
    pub fn new(side: Side) -> Self {
        Self { _side: side }
    }

    /// Takes one input in and says what to do.
    pub fn handle(&mut self, _input: Input) -> Vec<Effect> {
        Vec::new()
    }

    /// What the connection banner shows.
    pub fn banner(&self) -> BannerView {
        BannerView::default()
    }

    /// What the open conversation shows.
    pub fn timeline(&self) -> TimelineView {
        TimelineView::default()
    }

    /// What the composer shows.
    pub fn composer(&self) -> ComposerView {
        ComposerView::default()
    }

    /// What the conversation list shows.
    #[cfg(feature = "agent")]
    pub fn roster(&self) -> RosterView {
        RosterView::default()
    }
}
