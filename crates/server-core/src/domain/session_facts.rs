//! What happened in a session, as far as its outcome depends on it (`model.md`, Outcome).

use serde::{Deserialize, Serialize};

/// What happened. Facts only come true; none is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionFacts {
    /// The visitor wrote, or pressed a button.
    pub visitor_wrote: bool,
    /// People were wanted.
    pub wanted: bool,
    /// An agent accepted: took it, or took part visibly.
    pub attended: bool,
    /// It was held out so many times.
    pub offers: u32,
    /// So many of these were missed.
    pub missed: u32,
    /// An agent wrote to the visitor.
    pub agent_wrote: bool,
    /// The visitor wrote after that.
    pub visitor_wrote_on: bool,
    /// The visitor left the waiting line while it was held out.
    pub left_while_offered: bool,
    /// Another agent took it by a transfer.
    pub transferred: bool,
    /// Another agent came to help.
    pub helped: bool,
}
