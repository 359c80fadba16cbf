//! The files that can be looked at, in the order of the conversation, and which one is beside
//! which. They come from the views and not from the page: a row that has scrolled away may have
//! no elements.

use client_core::view::{AttachmentView, RowContent};

use crate::bridge::{Mirror, RowSlot};
use crate::chat::attachment_tile::{Place, shape};

/// A file that can be looked at.
pub(super) struct Seen {
    pub(super) place: Place,
    /// `image`, `video` or `audio`.
    pub(super) shape: &'static str,
}

/// Another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    First,
    Previous,
    Next,
    Last,
}

/// All of them; who runs now is called again when there are others.
pub(super) fn all(mirror: Mirror) -> Vec<Seen> {
    mirror.order.with(|slots| {
        let mut found = Vec::new();
        for slot in slots {
            slot.content
                .with(|content| collect(slot, content, &mut found));
        }
        found
    })
}

/// All of them as they are now.
pub(super) fn all_now(mirror: Mirror) -> Vec<Seen> {
    mirror.order.with_untracked(|slots| {
        let mut found = Vec::new();
        for slot in slots {
            slot.content
                .with_untracked(|content| collect(slot, content, &mut found));
        }
        found
    })
}

fn collect(slot: &RowSlot, content: &RowContent, found: &mut Vec<Seen>) {
    let RowContent::Message(row) = content else {
        return;
    };
    for file in &row.attachments {
        if let Some(shape) = looked_at(file).filter(|_| !row.deleted) {
            found.push(Seen {
                place: Place {
                    content: slot.content.clone(),
                    key: file.key.clone(),
                },
                shape,
            });
        }
    }
}

/// How the viewer shows a file; nothing for what has no place in it.
fn looked_at(file: &AttachmentView) -> Option<&'static str> {
    let shape = shape(file);
    matches!(shape, "image" | "video" | "audio").then_some(shape)
}

/// Which one a step leads to, of so many. `at` is where one is, or, for a file that `is_gone`,
/// where it was.
pub(super) fn beside(to: To, at: usize, is_gone: bool, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let there = match to {
        To::First => 0,
        To::Last => last,
        To::Previous => at.checked_sub(1)?,
        // The next one has moved into the place of one that is gone.
        To::Next if is_gone => at,
        To::Next => at + 1,
    };
    (there <= last && (is_gone || there != at)).then_some(there)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{To, beside};

    #[test]
    fn steps_end_at_the_first_and_the_last() {
        assert_eq!(beside(To::Next, 0, false, 3), Some(1));
        assert_eq!(beside(To::Next, 2, false, 3), None);
        assert_eq!(beside(To::Previous, 0, false, 3), None);
        assert_eq!(beside(To::Last, 0, false, 3), Some(2));
        assert_eq!(beside(To::First, 0, false, 3), None, "it is there already");
        assert_eq!(beside(To::Next, 0, false, 0), None);
    }

    #[test]
    fn from_what_is_gone_one_goes_to_its_neighbours() {
        assert_eq!(beside(To::Next, 1, true, 2), Some(1));
        assert_eq!(beside(To::Previous, 1, true, 2), Some(0));
        assert_eq!(beside(To::Next, 2, true, 2), None);
        assert_eq!(beside(To::Last, 1, true, 2), Some(1));
        assert_eq!(beside(To::First, 0, true, 0), None);
    }
}
