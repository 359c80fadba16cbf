//! What every handler can reach, and the one way from async tasks to the use cases.

use std::sync::Arc;

use server_core::error::{Error, StorageError};
use server_core::ports::Clock;
use server_core::service::Service;
use tokio::sync::Semaphore;

use crate::blobs::Blobs;
use crate::clock::ServerClock;
use crate::config::Config;
use crate::country::Countries;
use crate::hub::Hub;
use crate::links::Links;
use crate::tokens::TokenSigner;
use crate::uploads::Uploads;

/// How many use cases may be at work at the same time. Those that write wait for one another
/// and share commits; more threads would only take memory.
const TURNS: usize = 64;

/// How many passwords are checked at the same time: each takes 19 MiB and a core.
const PASSWORD_TURNS: usize = 2;

/// How many pictures are decoded at the same time: a large one takes 200 MB for a moment.
const LARGE_TURNS: usize = 1;

/// The running server.
pub struct App {
    /// What it was started with.
    pub config: Config,
    /// All use cases.
    pub service: Service,
    /// All sockets.
    pub hub: Arc<Hub>,
    /// Its clock.
    pub clock: Arc<ServerClock>,
    /// Signs visitors' tokens.
    pub tokens: TokenSigner,
    /// Finds visitors' countries.
    pub countries: Countries,
    /// The bytes of files.
    pub blobs: Blobs,
    /// Signs addresses of files.
    pub links: Links,
    /// The uploads that run.
    pub uploads: Uploads,
    turns: Semaphore,
    password_turns: Semaphore,
    large_turns: Semaphore,
}

/// What an [`App`] is put together of.
pub struct Parts {
    /// What it is started with.
    pub config: Config,
    /// All use cases.
    pub service: Service,
    /// All sockets.
    pub hub: Arc<Hub>,
    /// Its clock.
    pub clock: Arc<ServerClock>,
    /// Signs visitors' tokens.
    pub tokens: TokenSigner,
    /// Finds visitors' countries.
    pub countries: Countries,
    /// The bytes of files.
    pub blobs: Blobs,
    /// Signs addresses of files.
    pub links: Links,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self {
            config: parts.config,
            service: parts.service,
            hub: parts.hub,
            clock: parts.clock,
            tokens: parts.tokens,
            countries: parts.countries,
            blobs: parts.blobs,
            links: parts.links,
            uploads: Uploads::default(),
            turns: Semaphore::new(TURNS),
            password_turns: Semaphore::new(PASSWORD_TURNS),
            large_turns: Semaphore::new(LARGE_TURNS),
        }
    }

    /// Runs work that reads or writes storage on a blocking thread.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run_within(&self.turns, work).await
    }

    /// The same for work that checks a password.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn run_slow<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run_within(&self.password_turns, work).await
    }

    /// The same for work that takes much memory.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn run_large<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run_within(&self.large_turns, work).await
    }

    async fn run_within<T: Send + 'static>(
        self: &Arc<Self>,
        turns: &Semaphore,
        work: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let broken = |why: String| Error::Storage(StorageError::Other(why));
        let _turn = turns.acquire().await.map_err(|it| broken(it.to_string()))?;
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app))
            .await
            .unwrap_or_else(|error| Err(broken(error.to_string())))
    }

    /// Now, by the server's clock.
    pub fn now(&self) -> protocol::time::Timestamp {
        self.clock.now()
    }
}
