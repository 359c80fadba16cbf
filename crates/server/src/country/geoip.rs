//! Countries by address, from a file in MaxMind's format.
//!
//! The file is read once and checked as a whole, so that a damaged one is found when the server
//! starts and not when somebody from the damaged part comes.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use maxminddb::{PathElement, Reader};

use super::error::CountryError;
use super::zones;

/// Where such files keep the country: where somebody is, else where their address is registered.
const PLACES: [&str; 2] = ["country", "registered_country"];

/// A file of countries.
pub(super) struct GeoIp {
    reader: Reader<Vec<u8>>,
}

impl GeoIp {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// When it is missing, damaged or about something else.
    pub(super) fn open(path: &Path) -> Result<Self, CountryError> {
        let bytes = std::fs::read(path).map_err(|source| CountryError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let damaged = |error: maxminddb::MaxMindDbError| CountryError::Damaged {
            path: path.to_owned(),
            detail: one_line(&error.to_string()),
        };
        let reader = Reader::from_source(bytes).map_err(damaged)?;
        let kind = reader.metadata().database_type.clone();
        if !["Country", "City", "Enterprise"]
            .iter()
            .any(|known| kind.contains(known))
        {
            return Err(CountryError::NoCountries {
                path: path.to_owned(),
                kind,
            });
        }
        reader.verify().map_err(damaged)?;
        Ok(Self { reader })
    }

    /// The country of an address.
    pub(super) fn country(&self, address: IpAddr) -> Option<String> {
        // The file was checked: what cannot be read now is not in it.
        let found = self.reader.lookup(address.to_canonical()).ok()?;
        let code = PLACES.iter().find_map(|place| {
            let path = [PathElement::Key(place), PathElement::Key("iso_code")];
            found.decode_path::<&str>(&path).ok().flatten()
        });
        zones::code(code?)
    }
}

impl fmt::Debug for GeoIp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let metadata = self.reader.metadata();
        out.debug_struct("GeoIp")
            .field("kind", &metadata.database_type)
            .field("built", &metadata.build_epoch)
            .finish_non_exhaustive()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
