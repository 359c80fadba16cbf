//! An agent signs in.
//!
//! Invariants: an unknown e-mail address takes the same work and gets the same answer as a wrong
//! password; only the token's image is stored.

use protocol::error::ErrorCode;

use super::Service;
use super::check_session::Session;
use crate::domain::{AgentRecord, SignInRecord};
use crate::error::Error;
use crate::rules::availability;

/// Longer texts are no e-mail addresses (RFC 5321, 4.5.3.1.3), and no passwords of ours.
pub(super) const LONGEST_EMAIL: usize = 254;
pub(super) const LONGEST_PASSWORD: usize = 1024;

/// An agent has signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSignIn {
    /// What the browser keeps; it is never shown again.
    pub token: String,
    /// The session it stands for.
    pub session: Session,
}

impl std::fmt::Debug for NewSignIn {
    // Tokens stay out of logs.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NewSignIn")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl Service {
    /// Checks e-mail and password. Takes long on purpose.
    pub fn sign_in(&self, email: &str, password: &str) -> Result<NewSignIn, Error> {
        let email = canonical_email(email);
        let plausible = email.len() <= LONGEST_EMAIL && password.len() <= LONGEST_PASSWORD;
        let (counted, tried) = match plausible {
            true => (email.as_str(), password),
            false => ("", ""),
        };
        self.guesses.attempt(counted, self.ports.clock.now())?;
        let agent = match plausible {
            true => self.look(|reading| Ok(reading.agent_by_email(&email)?))?,
            false => None,
        };
        let hash = agent.as_ref().map(|agent| agent.password_hash.as_str());
        let fits = self
            .ports
            .credentials
            .verify_password(tried, hash.unwrap_or(&self.decoy));
        let Some(agent) = agent.filter(|_| fits) else {
            return Err(ErrorCode::WrongCredentials.into());
        };
        self.guesses.succeeded(counted);
        self.begin_session(&agent)
    }

    fn begin_session(&self, agent: &AgentRecord) -> Result<NewSignIn, Error> {
        let token = self.fresh_secret();
        let digest = self.ports.credentials.digest_token(&token);
        let expires_at = self.change(|change| {
            let expires_at = change.now.plus(self.settings.sign_in_kept_ms);
            if !change.tx.is_signed_in(&agent.id, change.now)? {
                availability::signed_in(change, &agent.id)?;
            }
            change.tx.put_sign_in(&SignInRecord {
                token: digest.clone(),
                agent: agent.id.clone(),
                created_at: change.now,
                expires_at,
            })?;
            Ok(expires_at)
        })?;
        self.presence.signed_in(&agent.id);
        let session = Session {
            sign_in: digest,
            agent: agent.to_ref(),
            expires_at,
        };
        Ok(NewSignIn { token, session })
    }
}

/// An e-mail address as it is stored and compared.
pub(super) fn canonical_email(email: &str) -> String {
    email.trim().to_lowercase()
}
