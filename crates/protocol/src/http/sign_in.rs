//! `POST /v1/sign-in`, `POST /v1/sign-out`, `GET /v1/me`: agents come and go.
//!
//! The answer sets an HttpOnly, SameSite=Strict cookie; the token itself is never shown to
//! the page.

use serde::{Deserialize, Serialize};

use super::Endpoint;
use crate::author::AgentRef;
use crate::json;
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

impl SignInRequest {
    /// The body.
    pub fn to_json(&self) -> String {
        json::to_string(self)
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

wire!(SignedIn { agent, expires_at });

impl SignedIn {
    /// Reads a body; nothing when it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        json::from_str(text)
    }
}

impl Endpoint for SignedIn {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/v1/me";
}

/// Path of `POST /v1/sign-out`.
pub const SIGN_OUT_PATH: &str = "/v1/sign-out";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AgentId;

    #[test]
    fn bodies_read_and_write_as_serde_does() {
        let request = SignInRequest {
            email: "ana@example.com".to_owned(),
            password: "\"quoted\"\n".to_owned(),
        };
        let written = serde_json::from_str(&request.to_json()).ok();
        assert_eq!(written, Some(request));

        let answer = SignedIn {
            agent: AgentRef {
                id: AgentId::parse("ana").expect("an id"),
                name: "Ana".to_owned(),
            },
            expires_at: Timestamp(1_700_000_000_000),
        };
        let text = serde_json::to_string(&answer).expect("JSON");
        assert_eq!(SignedIn::from_json(&text), Some(answer));
        assert_eq!(SignedIn::from_json("<html>"), None);
    }
}
