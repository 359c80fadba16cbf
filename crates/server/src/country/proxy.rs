//! What a proxy in front of the server says of the visitor.
//!
//! Anybody can write headers: they count only from peers that the operator trusts, and what stands
//! further to the left in `X-Forwarded-For` than the first stranger was written by strangers.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};

use super::error::CountryError;
use super::network::Network;
use super::zones;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies that are believed, and the header they name a country in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proxy {
    header: Option<HeaderName>,
    trusted: Vec<Network>,
}

impl Proxy {
    /// Reads the settings.
    ///
    /// # Errors
    /// When a name or an address is none, or a header is to be believed from nobody.
    pub(super) fn new(header: Option<&str>, trusted: &[String]) -> Result<Self, CountryError> {
        let trusted = trusted
            .iter()
            .map(|text| {
                Network::parse(text).ok_or_else(|| CountryError::BadNetwork { text: text.clone() })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let header = header
            .map(|name| {
                let bad = |_| CountryError::BadHeader {
                    name: name.to_owned(),
                };
                let header = HeaderName::from_bytes(name.as_bytes()).map_err(bad)?;
                if trusted.is_empty() {
                    let name = name.to_owned();
                    return Err(CountryError::NobodyTrusted { name });
                }
                Ok(header)
            })
            .transpose()?;
        Ok(Self { header, trusted })
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// The country in the header, when a trusted peer sent it and it is one: proxies write `XX`
    /// for unknown and `T1` for Tor.
    pub(super) fn country(&self, headers: &HeaderMap, peer: IpAddr) -> Option<String> {
        let header = self.header.as_ref().filter(|_| self.trusts(peer))?;
        // Of several, the last one was written by the nearest proxy.
        let told = headers.get_all(header).iter().next_back()?;
        zones::code(told.to_str().ok()?.trim())
    }

    /// The visitor's address: the peer's own, or, behind trusted proxies, the last one in
    /// `X-Forwarded-For` that is not a trusted proxy's. Nothing when that cannot be told.
    pub(super) fn visitor(&self, headers: &HeaderMap, peer: IpAddr) -> Option<IpAddr> {
        if !self.trusts(peer) {
            return Some(peer);
        }
        let values: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        let mut hops = values.iter().rev().flat_map(|value| value.rsplit(','));
        hops.find_map(|hop| match address(hop.trim()) {
            Some(address) if self.trusts(address) => None,
            // A hop that cannot be read ends the search: what stands before it proves nothing.
            stranger => Some(stranger),
        })
        .flatten()
    }
}

/// An address, as proxies write it: alone, in brackets, with a port.
fn address(text: &str) -> Option<IpAddr> {
    let alone = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    alone.parse().ok().or_else(with_port)
}
