//! One-way functions for passwords and tokens; the algorithms stay outside this crate.

use crate::domain::TokenDigest;

/// Makes and checks images of secrets.
pub trait Credentials: Send + Sync {
    /// A slow, salted image of a password.
    fn hash_password(&self, password: &str) -> String;

    /// Whether the image was made of this password. Takes the same time for every password; an
    /// image it cannot read counts as "no".
    fn verify_password(&self, password: &str, hash: &str) -> bool;

    /// A fast image of a random token, always the same for the same token.
    fn digest_token(&self, token: &str) -> TokenDigest;
}
