//! What tests share: a bad network, a page without a browser, a server to kill, a signed-in agent.

pub mod fault_proxy;
pub mod native_client;
pub mod server_process;
pub mod sign_in;
pub mod socket;
