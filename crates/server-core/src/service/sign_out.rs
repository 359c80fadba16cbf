//! An agent signs out in one browser.

use super::Service;
use crate::error::Error;
use crate::rules::availability;

impl Service {
    /// Ends the session a token stands for and closes its sockets. Who is signed in nowhere else
    /// is at work no longer. Repeats change nothing.
    pub fn sign_out(&self, token: &str) -> Result<(), Error> {
        let sign_in = self.ports.credentials.digest_token(token);
        let gone = self.change(|change| {
            let Some(record) = change.tx.sign_in(&sign_in)? else {
                return Ok(None);
            };
            change.tx.remove_sign_in(&sign_in)?;
            if change.tx.is_signed_in(&record.agent, change.now)? {
                return Ok(None);
            }
            availability::signed_out(change, &record.agent)?;
            Ok(Some(record.agent))
        })?;
        self.ports.publisher.signed_out(&sign_in);
        if let Some(agent) = gone {
            self.presence.signed_out(&agent, self.ports.clock.now());
            self.look_at_agent_again(&agent);
        }
        Ok(())
    }
}
