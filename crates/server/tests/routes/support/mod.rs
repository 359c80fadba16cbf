//! What the tests of the routes share: a server in a folder of its own, and people on it.

pub(crate) mod files;
mod http;
mod people;

pub(crate) use http::{Answer, ask, get, post};
pub(crate) use people::{AGENT, Agent, Visitor, client_id, connect_visitor};

use std::net::SocketAddr;
use std::time::Duration;

use server::RunningServer;
use server::config::Config;

/// A server with demo data, and the folder it lives in.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn config(&self) -> Config {
        Config {
            listen: "127.0.0.1:0".to_owned(),
            data: self.folder.path().join("data"),
            demo: true,
            // People write slower than tests.
            visitor_sends_per_minute: 1_000_000,
            stop_timeout: Duration::from_secs(20),
            ..Config::default()
        }
    }

    pub(crate) async fn start(&self) -> RunningServer {
        server::start(self.config()).await.unwrap()
    }
}

/// A server of one's own.
pub(crate) async fn server() -> (Place, RunningServer, SocketAddr) {
    let place = Place::new();
    let server = place.start().await;
    let address = server.address();
    (place, server, address)
}
