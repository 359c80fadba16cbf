//! Somebody says something else in a message of theirs.

use protocol::hello::Done;
use protocol::message::normalise_text;
use protocol::visitor::EditMessage;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::revising::{self, Wanted};

impl Service {
    /// Changes the text of a message and tells everybody who sees it. Its place, its files and
    /// the time of its posting stay.
    pub fn edit_message(&self, who: &Principal, order: &EditMessage) -> Result<Done, Error> {
        let text = normalise_text(&order.text);
        let (place, id) = (&order.conversation, &order.message);
        let said = ["edit_message", place.as_str(), id.as_str(), &text];
        let command = Command {
            principal: who,
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.post_once(&command, |change| {
            let own = revising::own(change, who, place, id, Wanted::Message, self.edit_ms())?;
            self.check_length(&text, &own.message.attachments)?;
            own.rewrite(change, &text).map(Some)
        })
    }

    /// For how long authors may change what they posted.
    pub(super) fn edit_ms(&self) -> u32 {
        self.settings.limits.edit_ms.unwrap_or(0)
    }
}
