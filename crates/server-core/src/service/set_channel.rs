//! An operator sets something for one channel.

use protocol::ids::SiteKey;

use super::Service;
use crate::domain::ChannelSettings;
use crate::error::Error;

impl Service {
    /// Sets what the channel with this site key does its own way. Says whether there is one.
    pub fn set_channel(&self, site: &SiteKey, settings: &ChannelSettings) -> Result<bool, Error> {
        self.change(|change| {
            let Some(mut record) = change.tx.channel_by_site(site)? else {
                return Ok(false);
            };
            if record.settings != *settings {
                record.settings = settings.clone();
                change.tx.put_channel(&record)?;
            }
            Ok(true)
        })
    }
}
