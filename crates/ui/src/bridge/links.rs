//! Addresses of single messages: the app knows how they are written, and who keeps what was copied.

use std::cell::Cell;

use protocol::ids::{ConversationId, MessageId};

/// Copies a message's address, and says whether that could be done.
type Copy = fn(&ConversationId, &MessageId, Box<dyn FnOnce(bool)>);

thread_local! {
    static COPY: Cell<Option<Copy>> = const { Cell::new(None) };
}

/// Says how a message's address is copied. A page has one app, which says it once.
pub fn provide_message_links(copy: Copy) {
    COPY.set(Some(copy));
}

/// Copies a message's address, and says whether that could be done.
pub(crate) fn copy_link(
    conversation: &ConversationId,
    message: &MessageId,
    told: Box<dyn FnOnce(bool)>,
) {
    match COPY.get() {
        Some(copy) => copy(conversation, message, told),
        None => told(false),
    }
}
