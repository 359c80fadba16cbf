//! Orders of rows.

use std::cmp::Ordering;

use protocol::conversation::ConversationSummary;

/// Latest activity first; rows of the same instant by id, as the server pages them.
pub(crate) fn latest_first(a: &ConversationSummary, b: &ConversationSummary) -> Ordering {
    b.last_activity_at
        .cmp(&a.last_activity_at)
        .then_with(|| a.id.cmp(&b.id))
}

/// The longest wanted help first; of the same instant by id. Rows without come last.
pub(crate) fn longest_wanted_first(a: &ConversationSummary, b: &ConversationSummary) -> Ordering {
    let place = |row: &ConversationSummary| match &row.help {
        Some(help) => (false, help.since),
        None => (true, row.started_at),
    };
    place(a).cmp(&place(b)).then_with(|| a.id.cmp(&b.id))
}
