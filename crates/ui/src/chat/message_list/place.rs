//! A place in the list: a message, and how far it is below the upper edge of what is in view.

use web_sys::HtmlElement;

use super::drawn::Drawn;
use crate::dom::El;

/// What does not move while the reader does not.
pub(super) struct Place {
    message: HtmlElement,
    distance: i32,
}

impl Place {
    /// Where the reader is now: at the first message that can be seen. Dividers come and go.
    pub(super) fn of(drawn: &Drawn, viewport: &HtmlElement) -> Option<Self> {
        let top = viewport.scroll_top();
        let rows = drawn.rows.borrow();
        let mut messages = rows.elements().filter(|row| is_message(row));
        let first = messages.find(|row| {
            let row = row.html();
            row.offset_top() + row.offset_height() > top
        })?;
        Some(Self {
            distance: first.html().offset_top() - top,
            message: first.html().clone(),
        })
    }

    /// How far it is from where it was, in pixels downwards.
    pub(super) fn moved(&self, viewport: &HtmlElement) -> i32 {
        if !self.message.is_connected() {
            return 0;
        }
        self.message.offset_top() - viewport.scroll_top() - self.distance
    }
}

/// Whether this row is one, and no divider.
pub(super) fn is_message(row: &El) -> bool {
    row.element().has_attribute("data-kind")
}
