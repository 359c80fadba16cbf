//! Which part of a long list is drawn: what the reader sees and some more on both sides.
//!
//! Heights of rows that were drawn once are known, others are taken for the usual one. Invariant:
//! what is in view does not move when something else is drawn. Where a guess was wrong the gap
//! above takes the difference, not the scroll position, so that a movement of the reader's own
//! goes on.
//!
//! A row that has the focus, or plays a voice note, stays drawn for as long as it is near enough.

use std::ops::Range;

use client_core::view::RowContent;
use web_sys::HtmlElement;

use super::drawn::Drawn;
use super::place::Place;
use crate::bridge::RowSlot;
use crate::dom::El;

/// So far beyond each edge of what is in view rows are drawn, in pixels.
const BEYOND: i32 = 1600;
/// When less than this is left beyond an edge, more is drawn.
const LEFT: i32 = 700;
/// A row's height where none is known.
const USUAL: i32 = 56;
/// Rows drawn on both sides of one that is looked for.
const AROUND: usize = 40;
/// How many rows a focused or playing one may be away.
const NEAR: usize = 300;
/// Marks what is not taken away while it is near.
const KEPT: &str = ":focus, [data-playing]";

/// Rows came, went or moved. The same are drawn as before; for who reads the newest message,
/// that and what is above it.
#[inline(never)]
pub(super) fn follow_order(drawn: &Drawn, at_newest: bool, room: i32) {
    let before = drawn.slots.take();
    let same = |slots: &[RowSlot]| {
        // A divider is another one when other rows are behind it.
        let mut lasting = before.iter().enumerate().filter(|(_, slot)| lasts(slot));
        let (at, place) = lasting.find_map(|(at, slot)| {
            let place = slots.iter().position(|other| other.key == slot.key)?;
            Some((at, place))
        })?;
        let start = place.saturating_sub(at);
        Some(start..start + before.len())
    };
    let stretch = drawn.mirror.order.with_untracked(|slots| {
        let same = if at_newest { None } else { same(slots) };
        same.unwrap_or_else(|| {
            let heights = Heights::of(slots);
            heights.around(slots.len(), 0, -room - BEYOND, 0)
        })
    });
    draw(drawn, stretch);
}

/// What is in view has changed: draws more where too little is left beyond its edges. `place` is
/// what must not move.
#[inline(never)]
pub(super) fn follow_view(drawn: &Drawn, viewport: &HtmlElement, place: Option<&Place>) {
    // Guesses may lead beside what is in view, and are better the second time.
    for _ in 0..3 {
        let Some((top, bottom)) = measure(drawn) else {
            return;
        };
        let start = drawn.start.get();
        let end = start + drawn.slots.borrow().len();
        let (from, height) = (viewport.scroll_top(), viewport.client_height());
        let stretch = drawn.mirror.order.with_untracked(|slots| {
            let is_covered = (start == 0 || top + LEFT <= from)
                && (end >= slots.len() || bottom >= from + height + LEFT);
            if is_covered {
                return None;
            }
            let (from, to) = (from - BEYOND - top, from + height + BEYOND - top);
            Some(Heights::of(slots).around(start, 0, from, to))
        });
        let Some(stretch) = stretch else {
            return;
        };
        let (above, below) = draw(drawn, stretch);
        if let Some(place) = place {
            let moved = place.moved(viewport);
            if drawn.start.get() > 0 && above >= moved {
                drawn.set_gaps(above - moved, below);
            } else {
                viewport.set_scroll_top(viewport.scroll_top() + moved);
            }
        }
    }
}

/// Draws the row at this place and some around it, unless it is there.
#[inline(never)]
pub(super) fn bring(drawn: &Drawn, at: usize) {
    let count = drawn.mirror.order.with_untracked(Vec::len);
    let at = at.min(count.saturating_sub(1));
    let start = drawn.start.get();
    let end = start + drawn.slots.borrow().len();
    // With the ones beside it, which arrow keys lead to.
    let is_there = (start == 0 || start < at) && (end >= count || at + 1 < end);
    if !is_there {
        measure(drawn);
        draw(drawn, at.saturating_sub(AROUND)..count.min(at + AROUND));
    }
}

/// Draws this stretch and what must be kept beside it. Says how high the gaps are.
fn draw(drawn: &Drawn, mut stretch: Range<usize>) -> (i32, i32) {
    for at in kept(drawn) {
        if at < stretch.start && stretch.start - at <= NEAR {
            stretch.start = at;
        } else if at >= stretch.end && at - stretch.end < NEAR {
            stretch.end = at + 1;
        }
    }
    let gaps = drawn.mirror.order.with_untracked(|slots| {
        let heights = Heights::of(slots);
        (
            heights.sum(0..stretch.start),
            heights.sum(stretch.end..slots.len()),
        )
    });
    drawn.draw(stretch);
    drawn.set_gaps(gaps.0, gaps.1);
    gaps
}

/// Whether a row stays itself when others come before it.
fn lasts(slot: &RowSlot) -> bool {
    slot.content.with_untracked(|content| {
        !matches!(content, RowContent::Day { .. } | RowContent::UnreadDivider)
    })
}

/// The places of rows that must not be taken away.
fn kept(drawn: &Drawn) -> Vec<usize> {
    let rows = drawn.rows.borrow();
    let is_kept = |row: &El| {
        let element = row.element();
        let holds = element.query_selector(KEPT).ok().flatten().is_some();
        holds || element.matches(KEPT).unwrap_or_default()
    };
    let marked = rows.elements().enumerate().filter(|(_, row)| is_kept(row));
    marked.map(|(at, _)| drawn.start.get() + at).collect()
}

/// Notes how high the rows are that are drawn. Says where they begin and end.
fn measure(drawn: &Drawn) -> Option<(i32, i32)> {
    let (rows, slots) = (drawn.rows.borrow(), drawn.slots.borrow());
    let tops: Vec<i32> = rows.elements().map(|row| row.html().offset_top()).collect();
    let last = rows.elements().next_back()?.html();
    let bottom = last.offset_top() + last.offset_height();
    // From one row's edge to the next one's, so that what is between them is counted.
    for (at, slot) in slots.iter().enumerate() {
        if let (Some(top), next) = (tops.get(at), tops.get(at + 1).unwrap_or(&bottom)) {
            slot.height.set(next - top);
        }
    }
    Some((*tops.first()?, bottom))
}

/// How high rows are, or are thought to be.
struct Heights<'a> {
    slots: &'a [RowSlot],
    usual: i32,
}

impl<'a> Heights<'a> {
    /// A row that was never drawn is as high as the others are on average.
    fn of(slots: &'a [RowSlot]) -> Self {
        let (mut count, mut sum) = (0, 0);
        for height in slots.iter().map(|slot| slot.height.get()) {
            if height > 0 {
                count += 1;
                sum += height;
            }
        }
        let usual = if count > 0 { sum / count } else { USUAL };
        Self { slots, usual }
    }

    fn at(&self, at: usize) -> i32 {
        match self.slots.get(at).map_or(0, |slot| slot.height.get()) {
            0 => self.usual,
            known => known,
        }
    }

    fn sum(&self, stretch: Range<usize>) -> i32 {
        stretch.map(|at| self.at(at)).sum()
    }

    /// The rows between two heights, where the row at `at` begins at `top`.
    fn around(&self, mut at: usize, mut top: i32, from: i32, to: i32) -> Range<usize> {
        let count = self.slots.len();
        while at > 0 && (top > from || at >= count) {
            at -= 1;
            top -= self.at(at);
        }
        while at + 1 < count && top + self.at(at) <= from {
            top += self.at(at);
            at += 1;
        }
        let start = at;
        while at < count && top < to {
            top += self.at(at);
            at += 1;
        }
        start..at.max(start + 1).min(count)
    }
}
