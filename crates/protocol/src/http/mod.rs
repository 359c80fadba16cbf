//! What frames cannot carry: finding out about a server, signing in, and the bytes of files.

mod meta;
mod problem;
mod sign_in;
mod uploads;

pub use meta::Meta;
pub use problem::Problem;
pub use sign_in::{SIGN_OUT_PATH, SignInRequest, SignedIn};
pub use uploads::{UploadPurpose, UploadRequest, UploadTicket};

/// An endpoint: how it is asked.
pub trait Endpoint {
    /// The HTTP method.
    const METHOD: &'static str;
    /// The path below the backend's base address.
    const PATH: &'static str;
}
