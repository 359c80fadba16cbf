//! Visitors' tokens.
//!
//! A token says who the visitor is and is signed; the server stores nothing for it, so that
//! opening the panel leaves no row.

use std::fmt::Write;

use protocol::ids::{ChannelId, ContactId};
use protocol::time::Timestamp;

use crate::signing::Signer;

/// How long a visitor's token is good, in milliseconds.
pub const VISITOR_TOKEN_MS: i64 = 365 * 24 * 3600 * 1000;

const VERSION: &str = "v1";

/// What a visitor's token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorPass {
    /// Who.
    pub contact: ContactId,
    /// Of which channel.
    pub channel: ChannelId,
    /// Since when.
    pub issued_at: Timestamp,
}

/// A token that admits nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It was not made here.
    Foreign,
    /// It has run out.
    Expired,
}

/// Signs and reads visitors' tokens.
#[derive(Clone)]
pub struct TokenSigner {
    signer: Signer,
}

impl TokenSigner {
    /// With the secret of this installation.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            signer: Signer::new(secret),
        }
    }

    /// The token that says this.
    pub fn sign(&self, pass: &VisitorPass) -> String {
        let words = format!(
            "{VERSION}.{}.{}.{}",
            pass.contact, pass.channel, pass.issued_at.0
        );
        let signature = self.signer.sign(&words);
        format!("{words}.{signature}")
    }

    /// What a token says, if it was made here and is still good.
    ///
    /// # Errors
    /// When it was not, or is no longer.
    pub fn read(&self, token: &str, now: Timestamp) -> Result<VisitorPass, TokenFault> {
        let (words, signature) = token.rsplit_once('.').ok_or(TokenFault::Foreign)?;
        if !self.signer.knows(words, signature) {
            return Err(TokenFault::Foreign);
        }
        let pass = parse(words).ok_or(TokenFault::Foreign)?;
        if now.since(pass.issued_at) >= VISITOR_TOKEN_MS {
            return Err(TokenFault::Expired);
        }
        Ok(pass)
    }
}

fn parse(words: &str) -> Option<VisitorPass> {
    let mut parts = words.split('.');
    let (version, contact, channel, issued_at) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if version != VERSION || parts.next().is_some() {
        return None;
    }
    Some(VisitorPass {
        contact: ContactId::parse(contact)?,
        channel: ChannelId::parse(channel)?,
        issued_at: Timestamp(issued_at.parse().ok()?),
    })
}

/// Bytes as lowercase hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The bytes that hexadecimal digits stand for.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn pass() -> VisitorPass {
        VisitorPass {
            contact: ContactId::parse("k_1").unwrap(),
            channel: ChannelId::parse("support").unwrap(),
            issued_at: NOW,
        }
    }

    #[test]
    fn a_token_reads_as_it_was_signed_for_a_year() {
        let signer = TokenSigner::new(&[7; 32]);
        let token = signer.sign(&pass());
        assert_eq!(
            signer.read(&token, NOW.plus(VISITOR_TOKEN_MS - 1)),
            Ok(pass())
        );
        assert_eq!(
            signer.read(&token, NOW.plus(VISITOR_TOKEN_MS)),
            Err(TokenFault::Expired)
        );
    }

    #[test]
    fn a_changed_or_foreign_token_admits_nobody() {
        let signer = TokenSigner::new(&[7; 32]);
        let token = signer.sign(&pass());
        let other = token.replace("k_1", "k_2");
        for foreign in [
            other.as_str(),
            &TokenSigner::new(&[8; 32]).sign(&pass()),
            "",
            "v1.k_1.support.1700000000000",
            "v1.k_1.support.1700000000000.zz",
            &token[..token.len() - 2],
        ] {
            assert_eq!(
                signer.read(foreign, NOW),
                Err(TokenFault::Foreign),
                "{foreign}"
            );
        }
    }
}
