//! What frames cannot carry: finding out about a server, and signing in.

mod meta;
mod problem;
mod sign_in;

pub use meta::Meta;
pub use problem::Problem;
pub use sign_in::{SIGN_OUT_PATH, SignInRequest, SignedIn};

/// An endpoint: how it is asked.
pub trait Endpoint {
    /// The HTTP method.
    const METHOD: &'static str;
    /// The path below the backend's base address.
    const PATH: &'static str;
}
