//! Secrets of the server's own, drawn once and kept with the data.

use super::Service;
use crate::error::Error;

impl Service {
    /// The secret of this name: 256 random bits as 64 hexadecimal digits, always the same for
    /// one storage. Visitors' tokens are signed with one.
    pub fn secret(&self, name: &str) -> Result<String, Error> {
        let key = format!("secret/{name}");
        self.change(|change| {
            if let Some(known) = change.tx.meta(&key)? {
                return Ok(known);
            }
            let fresh = self.fresh_secret();
            change.tx.put_meta(&key, &fresh)?;
            Ok(fresh)
        })
    }
}
