//! Orders of rows.

use std::cmp::Ordering;

use protocol::conversation::ConversationSummary;

/// Latest activity first; rows of the same instant by id, as the server pages them.
pub(crate) fn latest_first(a: &ConversationSummary, b: &ConversationSummary) -> Ordering {
    b.last_activity_at
        .cmp(&a.last_activity_at)
        .then_with(|| a.id.cmp(&b.id))
}
