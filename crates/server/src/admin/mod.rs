//! `parlour admin`: accounts, channels and teams, without a running server.
//!
//! The folder is taken as a server takes it, so that nobody changes what a running one knows.

mod accounts;
mod channels;
mod teams;

pub use accounts::add;
pub use channels::{add_channel, list_channels};
pub use teams::{add_team, list_teams};

use std::path::PathBuf;
use std::sync::Arc;

use server_core::ports::NoSites;
use server_core::service::Service;

use crate::clock::ServerClock;
use crate::config::Config;
use crate::data::DataFolder;
use crate::error::StartError;
use crate::hub::Hub;
use crate::start::service;
use crate::storage::sqlite::SqliteOptions;

/// The use cases on a data folder, and the folder as long as they are wanted.
struct Office {
    service: Service,
    _data: DataFolder,
}

impl Office {
    fn open(folder: Option<PathBuf>) -> Result<Self, StartError> {
        let usual = Config::default();
        let config = Config {
            data: folder.unwrap_or_else(|| usual.data.clone()),
            ..usual
        };
        let data = DataFolder::take(&config.data)?;
        let storage = Arc::new(data.open_database(&SqliteOptions::default())?);
        let sites = Arc::new(NoSites);
        let (hub, clock) = (Arc::<Hub>::default(), Arc::<ServerClock>::default());
        Ok(Self {
            service: service(&config, storage, sites, &hub, &clock)?,
            _data: data,
        })
    }
}
