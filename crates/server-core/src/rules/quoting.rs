//! Which messages may be quoted where.
//!
//! Invariant: what only agents may see is quoted only where only agents look.

use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{ConversationId, MessageId};

use crate::domain::{Audience, MessageAuthor};
use crate::error::Error;
use crate::ports::storage::Reading;

/// Passes when a message for this audience may quote that one. What must not be quoted is not
/// told apart from what is not there.
pub(crate) fn check(
    reading: &dyn Reading,
    conversation: &ConversationId,
    audience: Audience,
    quoted: Option<&MessageId>,
) -> Result<(), Error> {
    let Some(id) = quoted else {
        return Ok(());
    };
    let found = reading.message(id)?.is_some_and(|record| {
        record.conversation == *conversation
            && record.author != MessageAuthor::System
            && (record.audience == Audience::All || audience == Audience::Agents)
    });
    if found {
        return Ok(());
    }
    Err(Refusal {
        detail: Some(format!("{id} cannot be quoted there")),
        ..ErrorCode::NotFound.into()
    }
    .into())
}
