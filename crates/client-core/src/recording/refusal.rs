//! Why there is no recording, by what the browser calls it.

/// Why there is no recording. Each has a sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person, their browser or the page around forbids it.
    Denied,
    /// There is no microphone.
    Missing,
    /// Another program has it.
    Busy,
    /// Not a sound was recorded.
    Silent,
    /// It cannot be used, for whatever reason.
    Unusable,
}

impl Refusal {
    /// Reads the name of a browser's exception.
    pub(super) fn read(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" | "PermissionDeniedError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" | "DevicesNotFoundError" => Self::Missing,
            "NotReadableError" | "AbortError" | "TrackStartError" => Self::Busy,
            _ => Self::Unusable,
        }
    }
}
