//! Refusals over HTTP: `application/problem+json` (RFC 9457) with our code in it.

use serde::{Deserialize, Serialize};

use crate::error::ErrorCode;
use crate::json;

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

wire!(Problem {
    status,
    code,
    retry_after_ms
});

impl Problem {
    /// Reads a body; nothing when it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_reads_as_serde_reads_it() {
        for retry_after_ms in [None, Some(4_000)] {
            let problem = Problem {
                status: 429,
                code: ErrorCode::TooManyAttempts,
                retry_after_ms,
            };
            let text = serde_json::to_string(&problem).expect("JSON");
            assert_eq!(Problem::from_json(&text), Some(problem));
        }
        assert_eq!(Problem::from_json("Bad gateway"), None);
    }
}
