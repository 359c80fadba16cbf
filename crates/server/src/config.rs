//! What a server is started with, after all sources were read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::ObjectStore;
use protocol::limits;
use server_core::settings::{Rate, SessionSettings, Settings, UploadSettings};

use crate::country::CountrySettings;
use crate::error::StartError;
use crate::offer_options::OfferConfig;

/// Everything a server needs to know before it starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen on; port 0 picks a free one.
    pub listen: String,
    /// Folder for everything that is kept.
    pub data: PathBuf,
    /// Whether an empty database is filled with demo agents and channels.
    pub demo: bool,
    /// Address under which browsers reach the server, when it is not the one they name in
    /// `Host`.
    pub public_url: Option<PublicUrl>,
    /// How many messages a visitor may send in a minute; a sixth of that in ten seconds.
    pub visitor_sends_per_minute: u32,
    /// How visitors' countries are found.
    pub country: CountrySettings,
    /// When sessions are offered.
    pub offers: OfferConfig,
    /// What running sessions do by themselves.
    pub sessions: SessionSettings,
    /// How much may be uploaded.
    pub uploads: UploadSettings,
    /// Where the bytes of files lie; in the data folder unless said.
    pub blobs: Option<Arc<dyn ObjectStore>>,
    /// How often the files of sites are looked at.
    pub look_every: Duration,
    /// The most pages of 4 KiB the database may have.
    pub database_pages: Option<u32>,
    /// Time between two heartbeats.
    pub heartbeat: Duration,
    /// Time after a heartbeat without any sign of life before a socket is taken for dead.
    pub silence: Duration,
    /// Time a new socket has for its first frame.
    pub connect_timeout: Duration,
    /// Time a stopping server waits for its sockets and requests.
    pub stop_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            data: PathBuf::from("parlour-data"),
            demo: false,
            public_url: None,
            visitor_sends_per_minute: 60,
            country: CountrySettings::default(),
            offers: OfferConfig::default(),
            sessions: SessionSettings::default(),
            uploads: UploadSettings::default(),
            blobs: None,
            look_every: Duration::from_secs(2),
            database_pages: None,
            heartbeat: Duration::from_millis(u64::from(limits::HEARTBEAT_MS)),
            silence: Duration::from_secs(10),
            connect_timeout: Duration::from_millis(u64::from(limits::CONNECT_TIMEOUT_MS)),
            stop_timeout: Duration::from_secs(10),
        }
    }
}

impl Config {
    /// What the use cases are told.
    pub fn settings(&self) -> Settings {
        let minute = self.visitor_sends_per_minute.max(1);
        let rate = |count: u32, per_ms: i64| Rate {
            count: count.max(1),
            per_ms,
        };
        Settings {
            heartbeat_ms: u32::try_from(self.heartbeat.as_millis()).unwrap_or(u32::MAX),
            visitor_posts: vec![rate(minute / 6, 10_000), rate(minute, 60_000)],
            visitor_commands: vec![rate(minute, 10_000), rate(minute.saturating_mul(5), 60_000)],
            offers: self.offers.settings.clone(),
            sessions: self.sessions.clone(),
            uploads: self.uploads.clone(),
            ..Settings::default()
        }
    }
}

/// The origin under which browsers reach the server: `https://chat.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    /// Reads an address; a path behind the host is not supported and refused.
    ///
    /// # Errors
    /// When it is not `http://host[:port]` or `https://host[:port]`.
    pub fn parse(url: &str) -> Result<Self, StartError> {
        let origin = url.trim_end_matches('/').to_ascii_lowercase();
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {
                Ok(Self { origin })
            }
            _ => Err(StartError::Config {
                detail: format!("`{url}` is no public URL of the form https://chat.example.com"),
            }),
        }
    }

    /// As browsers write it in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether cookies may be kept to encrypted connections.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}
