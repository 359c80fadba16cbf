//! Numbers and letters as plain text: the protocol writes and tells them with few bytes, and the
//! kit, which knows no protocol, needs no more of it.

pub(crate) use protocol::digits::digits;
pub(crate) use protocol::letters::is_word;
