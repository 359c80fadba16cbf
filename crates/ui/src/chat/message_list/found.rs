//! A message that was looked for, behind a quote or a link: shown, focused, marked for a moment.

use super::scroller::Scroller;
use super::window;
use crate::dom::later;

/// How long it is marked, in milliseconds.
const MARKED_MS: i32 = 2500;

/// Shows the row with this name in the middle, if it is in the list.
#[inline(never)]
pub(super) fn lead_to(scroller: &Scroller, key: &str) {
    let (drawn, viewport) = (&scroller.drawn, &scroller.viewport);
    let among = drawn
        .mirror
        .order
        .with_untracked(|slots| slots.iter().position(|slot| slot.key == key));
    let Some(at) = among else {
        return;
    };
    if drawn.is_part() {
        window::bring(drawn, at);
    }
    let row = {
        let rows = drawn.rows.borrow();
        let mut behind = rows.elements().skip(at.saturating_sub(drawn.start.get()));
        behind.next().cloned()
    };
    let Some(row) = row else {
        return;
    };
    let room = viewport.client_height() - row.html().offset_height();
    scroller.stand(false);
    viewport.set_scroll_top(row.html().offset_top() - room.max(0) / 2);
    scroller.scrolled();
    row.focus();
    row.set("data-found", Some(""));
    later(MARKED_MS, move || row.set("data-found", None));
}
