//! Why countries cannot be found as the settings want it, one sentence each.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A setting that cannot be followed.
#[derive(Debug)]
pub enum CountryError {
    /// The GeoIP file cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no GeoIP file, or parts of it are lost.
    Damaged {
        /// Which.
        path: PathBuf,
        /// What its reader says.
        detail: String,
    },
    /// The file is whole but knows no countries.
    NoCountries {
        /// Which.
        path: PathBuf,
        /// What it calls itself.
        kind: String,
    },
    /// The header's name cannot be one.
    BadHeader {
        /// What was written.
        name: String,
    },
    /// A header is to be believed, but from nobody.
    NobodyTrusted {
        /// Which header.
        name: String,
    },
    /// A proxy's address cannot be read.
    BadNetwork {
        /// What was written.
        text: String,
    },
}

impl fmt::Display for CountryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => write!(
                out,
                "The GeoIP file {} cannot be read: {source}.",
                path.display()
            ),
            Self::Damaged { path, detail } => write!(
                out,
                "The GeoIP file {} is damaged or of another kind ({detail}); fetch it again.",
                path.display()
            ),
            Self::NoCountries { path, kind } => write!(
                out,
                "The GeoIP file {} is a {kind:?} and knows no countries; use one of countries or cities.",
                path.display()
            ),
            Self::BadHeader { name } => write!(
                out,
                "{name:?} is no name of a header; write one such as CF-IPCountry."
            ),
            Self::NobodyTrusted { name } => write!(
                out,
                "The header {name} is believed from trusted proxies only, and none is named."
            ),
            Self::BadNetwork { text } => write!(
                out,
                "{text:?} is no address of a proxy; write one such as 10.0.0.1 or 10.0.0.0/8."
            ),
        }
    }
}

impl std::error::Error for CountryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}
