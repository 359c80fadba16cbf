//! Where a visitor is: by a trusted proxy's header, else by the GeoIP file, else guessed from the
//! browser's time zone, else unknown (`model.md`, Country).
//!
//! Invariant: no address leaves this module. It is not kept, not logged and in no error; all that
//! comes out is a country.

mod error;
mod geoip;
mod network;
mod proxy;
#[cfg(test)]
mod tests;
mod zones;

use std::net::IpAddr;
use std::path::PathBuf;

use axum::http::HeaderMap;

pub use error::CountryError;
use geoip::GeoIp;
use proxy::Proxy;

/// What an operator may set; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountrySettings {
    /// The header in which a proxy names the visitor's country, such as `CF-IPCountry`.
    pub header: Option<String>,
    /// Addresses or networks (`10.0.0.0/8`) of proxies whose headers are believed.
    pub trusted_proxies: Vec<String>,
    /// A GeoIP file in MaxMind's format that knows countries.
    pub geoip: Option<PathBuf>,
}

/// How far a country can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Found by the visitor's address.
    Found,
    /// Guessed from their time zone: people travel, and clocks are set wrong.
    Guessed,
}

/// A visitor's country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166 code, in capitals.
    pub code: String,
    /// How far to believe it.
    pub certainty: Certainty,
}

impl From<Country> for protocol::conversation::Country {
    fn from(country: Country) -> Self {
        Self {
            code: country.code,
            guessed: country.certainty == Certainty::Guessed,
        }
    }
}

/// Finds countries.
#[derive(Debug, Default)]
pub struct Countries {
    proxy: Proxy,
    geoip: Option<GeoIp>,
}

impl Countries {
    /// Reads what the settings name.
    ///
    /// # Errors
    /// One sentence that says what to mend.
    pub fn open(settings: &CountrySettings) -> Result<Self, CountryError> {
        Ok(Self {
            proxy: Proxy::new(settings.header.as_deref(), &settings.trusted_proxies)?,
            geoip: settings.geoip.as_deref().map(GeoIp::open).transpose()?,
        })
    }

    /// The country of who sent a request with these headers from this address.
    pub fn found(&self, headers: &HeaderMap, peer: IpAddr) -> Option<Country> {
        let by_header = || self.proxy.country(headers, peer);
        let by_address = || {
            let address = self.proxy.visitor(headers, peer)?;
            self.geoip.as_ref()?.country(address)
        };
        by_header().or_else(by_address).map(|code| Country {
            code,
            certainty: Certainty::Found,
        })
    }
}

/// The country of whose browser says to be in this time zone.
pub fn guessed(time_zone: &str) -> Option<Country> {
    zones::country(time_zone).map(|code| Country {
        code: code.to_owned(),
        certainty: Certainty::Guessed,
    })
}
