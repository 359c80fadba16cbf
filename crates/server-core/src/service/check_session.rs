//! Is this token an agent's, and still good?
//!
//! A session lasts as long as the agent is active and some hours more; every check counts as
//! activity.

use protocol::author::AgentRef;
use protocol::error::ErrorCode;
use protocol::http::SignedIn;
use protocol::time::Timestamp;

use super::Service;
use crate::domain::{SignInRecord, TokenDigest};
use crate::error::Error;

/// A longer session is stored at most this often, so that checks seldom write.
const RENEW_AFTER_MS: i64 = 60_000;

/// A sign-in that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which sign-in; sockets are closed by it.
    pub sign_in: TokenDigest,
    /// Who.
    pub agent: AgentRef,
    /// Until when, unless they are active meanwhile.
    pub expires_at: Timestamp,
}

impl Session {
    /// The body of `GET /v1/me`.
    pub fn to_wire(&self) -> SignedIn {
        SignedIn {
            agent: self.agent.clone(),
            expires_at: self.expires_at,
        }
    }
}

impl Service {
    /// The session a token stands for: `unauthenticated` or `expired` when there is none.
    pub fn check_session(&self, token: &str) -> Result<Session, Error> {
        self.renew_session(&self.ports.credentials.digest_token(token))
    }

    /// The same for a socket, which knows the sign-in but not the token.
    pub fn renew_session(&self, sign_in: &TokenDigest) -> Result<Session, Error> {
        let now = self.ports.clock.now();
        let (record, agent) = self.look(|reading| {
            let record = reading.sign_in(sign_in)?;
            let record = record.ok_or(ErrorCode::Unauthenticated)?;
            check(&record, now)?;
            let agent = reading.agent(&record.agent)?;
            Ok((record, agent.ok_or(ErrorCode::Unauthenticated)?))
        })?;
        let mut expires_at = record.expires_at;
        let renewed = now.plus(self.settings.sign_in_kept_ms);
        if renewed.since(expires_at) >= RENEW_AFTER_MS {
            expires_at = self.change(|change| {
                // It may have been signed out meanwhile, and must not come back.
                let record = change.tx.sign_in(sign_in)?;
                let mut record = record.ok_or(ErrorCode::Unauthenticated)?;
                record.expires_at = record.expires_at.max(renewed);
                change.tx.put_sign_in(&record)?;
                Ok(record.expires_at)
            })?;
        }
        Ok(Session {
            sign_in: sign_in.clone(),
            agent: agent.to_ref(),
            expires_at,
        })
    }
}

fn check(record: &SignInRecord, now: Timestamp) -> Result<(), Error> {
    if now >= record.expires_at {
        return Err(ErrorCode::Expired.into());
    }
    Ok(())
}
