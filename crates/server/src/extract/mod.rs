//! What handlers read from a request's head: origin, cookie, and who uploads.

pub mod cookie;
pub mod origin;
pub mod uploader;
