//! Countries, by headers, by a small GeoIP file made here, and by time zones.

mod address;
mod file;
mod settings;
mod zone;

use std::net::IpAddr;
use std::path::PathBuf;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use tempfile::TempDir;

use super::{Certainty, Countries, CountryError, CountrySettings, guessed};

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        })
        .collect()
}

/// Writes a GeoIP file; it lies there as long as the folder.
fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("countries.mmdb");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// 81.2.69.0/24 is in GB, 2001:db8::/32 in ES, 198.51.100.0/24 registered in FR, 203.0.113.0/24
/// in a country there is none of.
fn sample() -> Vec<u8> {
    file::geoip(
        "Test-Country",
        &[
            ("::81.2.69.0", 120, "country", "GB"),
            ("2001:db8::", 32, "country", "ES"),
            ("::198.51.100.0", 120, "registered_country", "FR"),
            ("::203.0.113.0", 120, "country", "ZZ"),
        ],
    )
}

/// Behind proxies of 10.0.0.0/8 that name a country in `cf-ipcountry`, with the sample file.
fn everything() -> Countries {
    let (_folder, path) = written(&sample());
    Countries::open(&CountrySettings {
        header: Some("CF-IPCountry".to_owned()),
        trusted_proxies: vec!["10.0.0.0/8".to_owned(), "fd00::/8".to_owned()],
        geoip: Some(path),
    })
    .unwrap()
}

/// Code and certainty, as short text.
fn told(
    countries: &Countries,
    headers: &HeaderMap,
    peer: &str,
    zone: Option<&str>,
) -> Option<String> {
    let found = countries.found(headers, address(peer));
    let country = found.or_else(|| guessed(zone?))?;
    Some(match country.certainty {
        Certainty::Found => country.code,
        Certainty::Guessed => format!("{}?", country.code),
    })
}
