//! Words that only this installation can have signed.
//!
//! Invariant: signatures are compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::tokens::{hex, unhex};

/// Signs words with a secret and knows its own signatures again.
#[derive(Clone)]
pub struct Signer {
    mac: Hmac<Sha256>,
}

impl Signer {
    /// With a secret of this installation.
    pub fn new(secret: &[u8; 32]) -> Self {
        // A key shorter than the hash's block is filled up with zeros, as HMAC itself does.
        let mut key = [0; 64];
        key[..32].copy_from_slice(secret);
        Self {
            mac: Hmac::new(&key.into()),
        }
    }

    /// The signature of these words, in hexadecimal digits.
    pub fn sign(&self, words: &str) -> String {
        hex(&self.mac_of(words).finalize().into_bytes())
    }

    /// Whether a signature is ours, and of these words.
    pub fn knows(&self, words: &str, signature: &str) -> bool {
        unhex(signature)
            .is_some_and(|signature| self.mac_of(words).verify_slice(&signature).is_ok())
    }

    fn mac_of(&self, words: &str) -> Hmac<Sha256> {
        self.mac.clone().chain_update(words.as_bytes())
    }
}
