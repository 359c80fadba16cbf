//! Which protocol this is, and what a backend offers within it.
//!
//! Within version 1 changes only add. What may be missing is a capability: a client shows
//! nothing whose capability the backend does not name (mission X4).

/// The WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "parlour.v1";
/// The version in `connect` frames.
pub const PROTOCOL: u32 = 1;

open_enum!(
    /// Something a backend may offer.
    Capability {
        /// Typing signals are passed on.
        Typing = "typing",
        /// Delivered and read positions are kept.
        Receipts = "receipts",
        /// Agents may take, join and leave conversations.
        Assignment = "assignment",
        /// Agents have a state, and sessions are offered to those who are available.
        Offers = "offers",
        /// Chatbots, queue positions and forms are there.
        Chatbot = "chatbot",
        /// Files may be attached to messages.
        Files = "files",
        /// Voice notes may be, too.
        Voice = "voice",
        /// Agents may leave private notes and mention each other, and teams, in them.
        Notes = "notes",
        /// Authors may change and delete what they posted, for a while.
        Edits = "edits",
        /// Messages may answer others by quoting them.
        Quotes = "quotes",
    }
);
