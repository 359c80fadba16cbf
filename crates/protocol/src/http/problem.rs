//! Refusals over HTTP: `application/problem+json` (RFC 9457) with our code in it.

use serde::{Deserialize, Serialize};

use crate::error::ErrorCode;

/// Body of every answer with a status of 400 and above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The reason.
    pub code: ErrorCode,
    /// How long to wait before trying again, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u32>,
}
