//! Somebody takes a message of theirs back.

use protocol::hello::Done;
use protocol::visitor::DeleteMessage;

use super::Service;
use super::once::Command;
use crate::domain::{Fingerprint, Principal};
use crate::error::Error;
use crate::rules::revising::{self, Wanted};

impl Service {
    /// Deletes what a message says, with its files, and tells everybody who saw it. Its place
    /// stays, marked as deleted.
    pub fn delete_message(&self, who: &Principal, order: &DeleteMessage) -> Result<Done, Error> {
        let (place, id) = (&order.conversation, &order.message);
        let said = ["delete_message", place.as_str(), id.as_str()];
        let command = Command {
            principal: who,
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&said),
        };
        self.once(&command, |change| {
            let own = revising::own(change, who, place, id, Wanted::Message, self.edit_ms())?;
            own.delete(change).map(Some)
        })
    }
}
