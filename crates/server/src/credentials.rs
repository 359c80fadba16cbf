//! The ports for secrets and chance: argon2id for passwords, SHA-256 for random tokens, the
//! system's generator for bits.
//!
//! A password image is slow and takes 19 MiB on purpose; callers hold one of a few turns
//! ([`crate::state`]) while they make one.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use rand::TryRng;
use rand::rngs::SysRng;
use server_core::domain::TokenDigest;
use server_core::ports::{Credentials, Entropy};
use sha2::{Digest, Sha256};

use crate::tokens::hex;

/// Argon2id with the parameters OWASP asks for (19 MiB, two rounds).
#[derive(Clone, Copy, Debug, Default)]
pub struct Argon2Credentials;

impl Credentials for Argon2Credentials {
    /// An image that no password makes when it cannot be made: nobody signs in with it.
    fn hash_password(&self, password: &str) -> String {
        let mut salt = [0_u8; 16];
        SysEntropy::fill(&mut salt);
        match Argon2::default().hash_password_with_salt(password.as_bytes(), &salt) {
            Ok(hash) => hash.to_string(),
            Err(error) => {
                tracing::error!(%error, "a password could not be hashed");
                String::new()
            }
        }
    }

    fn verify_password(&self, password: &str, hash: &str) -> bool {
        Argon2::default()
            .verify_password(password.as_bytes(), hash)
            .is_ok()
    }

    fn digest_token(&self, token: &str) -> TokenDigest {
        TokenDigest(hex(&Sha256::digest(token.as_bytes())))
    }
}

/// The system's random generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SysEntropy;

impl SysEntropy {
    /// Fills a buffer. A system that has no randomness cannot give out secrets: the process
    /// ends rather than going on with guessable ones.
    pub fn fill(buffer: &mut [u8]) {
        if let Err(error) = SysRng.try_fill_bytes(buffer) {
            tracing::error!(%error, "the system gives no random bits");
            std::process::abort();
        }
    }
}

impl Entropy for SysEntropy {
    fn draw(&self) -> u128 {
        let mut bits = [0; 16];
        Self::fill(&mut bits);
        u128::from_le_bytes(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_makes_its_image() {
        let credentials = Argon2Credentials;
        let image = credentials.hash_password("parlour-demo");
        assert!(image.starts_with("$argon2id$"), "{image}");
        assert_ne!(image, credentials.hash_password("parlour-demo"));
        assert!(credentials.verify_password("parlour-demo", &image));
        assert!(!credentials.verify_password("parlour", &image));
        assert!(!credentials.verify_password("", ""));
    }
}
