//! What handlers read from a request's head: origin and cookie.

pub mod cookie;
pub mod origin;
