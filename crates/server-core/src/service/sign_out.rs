//! An agent signs out in one browser.

use super::Service;
use crate::error::Error;

impl Service {
    /// Ends the session a token stands for and closes its sockets. Repeats change nothing.
    pub fn sign_out(&self, token: &str) -> Result<(), Error> {
        let sign_in = self.ports.credentials.digest_token(token);
        self.change(|change| Ok(change.tx.remove_sign_in(&sign_in)?))?;
        self.ports.publisher.signed_out(&sign_in);
        Ok(())
    }
}
