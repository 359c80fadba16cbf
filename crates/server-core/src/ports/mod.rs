//! What the use cases need from the world, as traits. The server and the tests bring the rest.

pub mod clock;
pub mod credentials;
pub mod entropy;
pub mod publisher;
pub mod sites;
pub mod storage;

pub use clock::Clock;
pub use credentials::Credentials;
pub use entropy::Entropy;
pub use publisher::Publisher;
pub use sites::{NoSites, ScriptFile, SiteRules, Sites};
pub use storage::{Reading, Storage, Transaction};
