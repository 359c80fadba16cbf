//! `POST /v1/sign-in`, `POST /v1/sign-out`, `GET /v1/me`: agents come and go.
//!
//! The answer sets an HttpOnly, SameSite=Strict cookie; the token itself is never shown to
//! the page.

use serde::{Deserialize, Serialize};

use super::Endpoint;
use crate::author::AgentRef;
use crate::time::Timestamp;

/// Body of `POST /v1/sign-in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInRequest {
    /// The agent's e-mail address; case does not matter.
    pub email: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for SignInRequest {
    // Passwords stay out of logs.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SignInRequest")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

impl Endpoint for SignInRequest {
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/v1/sign-in";
}

/// Answer of `POST /v1/sign-in` and `GET /v1/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedIn {
    /// Who.
    pub agent: AgentRef,
    /// Until when, unless they are active meanwhile.
    pub expires_at: Timestamp,
}

impl Endpoint for SignedIn {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/v1/me";
}

/// Path of `POST /v1/sign-out`.
pub const SIGN_OUT_PATH: &str = "/v1/sign-out";
