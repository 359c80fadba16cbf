//! `GET /v1/meta`: what a backend is and offers. Needs no sign-in.

use serde::{Deserialize, Serialize};

use super::Endpoint;
use crate::limits::Limits;
use crate::version::Capability;

/// Answer of `GET /v1/meta`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Meta {
    /// Oldest protocol version served.
    pub protocol_min: u32,
    /// Newest protocol version served.
    pub protocol_max: u32,
    /// What is offered.
    pub capabilities: Vec<Capability>,
    /// What is refused.
    pub limits: Limits,
    /// Name and version of the server's software, for people.
    pub server: String,
}

impl Endpoint for Meta {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/v1/meta";
}
