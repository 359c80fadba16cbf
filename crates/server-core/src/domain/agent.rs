//! Agents and their sign-ins.

use std::fmt;

use protocol::author::AgentRef;
use protocol::ids::AgentId;
use protocol::time::Timestamp;

/// What an agent may do beyond answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentRole {
    /// Answers.
    Agent,
    /// Answers and sets things up.
    Administrator,
}

impl AgentRole {
    /// The word adapters store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word adapters store.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "agent" => Some(Self::Agent),
            "administrator" => Some(Self::Administrator),
            _ => None,
        }
    }
}

/// How many sessions an agent has at once unless said otherwise.
const USUAL_CAPACITY: u32 = 4;

/// How much work an agent takes, and of which kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProfile {
    /// How many sessions and open offers they have at once at most.
    pub capacity: u32,
    /// What they are good at.
    pub expertise: Vec<String>,
    /// What they write, as BCP 47 tags.
    pub languages: Vec<String>,
    /// Where they are, as an ISO 3166 code.
    pub country: Option<String>,
}

impl Default for AgentProfile {
    fn default() -> Self {
        Self {
            capacity: USUAL_CAPACITY,
            expertise: Vec::new(),
            languages: Vec::new(),
            country: None,
        }
    }
}

/// A person who answers.
#[derive(Clone, PartialEq, Eq)]
pub struct AgentRecord {
    /// Which one.
    pub id: AgentId,
    /// Their e-mail address in lower case; unique.
    pub email: String,
    /// Name to show.
    pub name: String,
    /// What the `Credentials` port made of their password.
    pub password_hash: String,
    /// What they may do.
    pub role: AgentRole,
    /// What assignment goes by.
    pub profile: AgentProfile,
    /// Since when they exist.
    pub created_at: Timestamp,
}

impl AgentRecord {
    /// The agent as others see them.
    pub fn to_ref(&self) -> AgentRef {
        AgentRef {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}

impl fmt::Debug for AgentRecord {
    // Password hashes stay out of logs.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("AgentRecord")
            .field("id", &self.id)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// One-way image of a sign-in token: who reads the database cannot sign in with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest(pub String);

/// One browser in which an agent is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRecord {
    /// Image of the token the browser holds; unique.
    pub token: TokenDigest,
    /// Who.
    pub agent: AgentId,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when, unless they are active meanwhile.
    pub expires_at: Timestamp,
}
