//! Channels: where conversations begin.

use protocol::hello::ChannelRef;
use protocol::ids::{ChannelId, SiteKey};

/// A website channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRecord {
    /// Which one.
    pub id: ChannelId,
    /// Its public key, as it stands in `data-site`; unique.
    pub site: SiteKey,
    /// Its name.
    pub name: String,
    /// Origins (`https://shop.example`) whose pages may use it; empty means any.
    pub allowed_origins: Vec<String>,
    /// What is set for it alone.
    pub settings: ChannelSettings,
}

/// What an operator may set for one channel; absent values are the server's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelSettings {
    /// How long a session is held out to an agent, in seconds.
    pub offer_seconds: Option<u32>,
}

impl ChannelRecord {
    /// The channel as others see it.
    pub fn to_ref(&self) -> ChannelRef {
        ChannelRef {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }

    /// Whether a page of this origin may use the channel.
    pub fn admits(&self, origin: &str) -> bool {
        self.allowed_origins.is_empty()
            || self
                .allowed_origins
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(origin))
    }
}
