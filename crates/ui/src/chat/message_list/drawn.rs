//! The rows that are drawn: all of a short list, of a long one the part that [`window`] wants.
//!
//! Invariant: what is drawn is one stretch of the order without holes. What lies before and
//! behind it is stood for by two gaps as high as those rows are thought to be.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use client_core::view::RowContent;
use web_sys::Element;

use super::super::day_divider::day_divider;
use super::super::message_bubble::message_bubble;
use super::super::system_line::system_line;
use super::super::unread_divider::unread_divider;
use super::MeSide;
use super::window;
use crate::bridge::{Mirror, RowSlot};
use crate::characters::digits;
use crate::dom::{El, Rows};

/// Of a list with more rows than this only a part is drawn.
pub(super) const ALL: usize = 160;

/// What is in the list, and what of it has elements.
pub(super) struct Drawn {
    pub(super) mirror: Mirror,
    pub(super) me_side: MeSide,
    /// Stand for the rows that are not drawn. A drawing has a height without a style attribute.
    above: El,
    below: El,
    pub(super) rows: RefCell<Rows>,
    /// What is drawn, beginning with the row at this place of the order.
    pub(super) slots: RefCell<Vec<RowSlot>>,
    pub(super) start: Cell<usize>,
    /// Whether something may be left out: what chooses it comes with the second module.
    pub(super) may_leave_out: Cell<bool>,
}

impl Drawn {
    /// Nothing yet; rows will stand at the end of `content`.
    pub(super) fn new(content: &El, mirror: Mirror, me_side: MeSide) -> Self {
        let gap = || El::new("svg|class=message-list-gap|aria-hidden=true|height=0");
        let (above, below) = (gap(), gap());
        content.append(&above);
        content.append(&below);
        Self {
            mirror,
            me_side,
            rows: RefCell::new(Rows::new(content, Some(&below))),
            above,
            below,
            slots: RefCell::default(),
            start: Cell::new(0),
            may_leave_out: Cell::new(false),
        }
    }

    /// Shows something that is no message.
    pub(super) fn show_instead(&self, what: &dyn Fn() -> El) {
        self.slots.take();
        self.set_gaps(0, 0);
        self.rows.borrow_mut().show_one(Some(""), what);
    }

    /// Whether only a part is drawn.
    pub(super) fn is_part(&self) -> bool {
        self.may_leave_out.get() && self.mirror.order.with_untracked(Vec::len) > ALL
    }

    /// Rows came, went or moved.
    pub(super) fn follow_order(&self, at_newest: bool, room: i32) {
        if self.is_part() {
            window::follow_order(self, at_newest, room);
        } else {
            self.set_gaps(0, 0);
            self.draw(0..usize::MAX);
        }
    }

    /// Which row of the order this element is.
    pub(super) fn place_of(&self, element: &Element) -> Option<usize> {
        let rows = self.rows.borrow();
        let at = rows.elements().position(|row| row.element() == element)?;
        Some(self.start.get() + at)
    }

    /// How high in pixels those are who are not drawn.
    pub(super) fn set_gaps(&self, above: i32, below: i32) {
        for (gap, height) in [(&self.above, above), (&self.below, below)] {
            gap.set("height", Some(&digits(height.unsigned_abs().into())));
        }
    }

    /// Draws this stretch, as far as the order goes, and nothing else.
    pub(super) fn draw(&self, stretch: Range<usize>) {
        // A copy: drawing may ask for something, and the answer may change the order.
        let slots: Vec<RowSlot> = self.mirror.order.with_untracked(|slots| {
            let behind = slots.iter().skip(stretch.start);
            behind.take(stretch.len()).cloned().collect()
        });
        let keys = slots.iter().map(|slot| slot.key.clone()).collect();
        let mut build = |at: usize| row(&slots[at], self.me_side);
        self.rows.borrow_mut().show(keys, &mut build);
        self.start.set(stretch.start);
        self.slots.replace(slots);
    }
}

/// A row; what it shows changes in place with its content and the language. A key stands for
/// one kind of row for as long as it is there.
fn row(slot: &RowSlot, me_side: MeSide) -> El {
    slot.content.with_untracked(|content| match content {
        RowContent::Message(_) => message_bubble(slot, me_side),
        RowContent::System { event, at } => system_line(event.clone(), *at),
        RowContent::Day { at } => day_divider(*at),
        RowContent::UnreadDivider => unread_divider(),
    })
}
