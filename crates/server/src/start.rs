//! Starting a server, and stopping it without losing anything.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::ids::SiteKey;
use server_core::domain::ChannelSettings;
use server_core::error::Error;
use server_core::ports::{Sites, Storage};
use server_core::service::{Ports, Service};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{interval, timeout};

use crate::blobs::Blobs;
use crate::clock::ServerClock;
use crate::config::Config;
use crate::country::Countries;
use crate::credentials::{Argon2Credentials, SysEntropy};
use crate::data::DataFolder;
use crate::dispatcher;
use crate::error::StartError;
use crate::hub::Hub;
use crate::links::Links;
use crate::listen;
use crate::router::router;
use crate::sites::{SiteFiles, demo, reload};
use crate::state::{App, Parts};
use crate::storage::sqlite::SqliteOptions;
use crate::tokens::{TokenSigner, unhex};

/// How often what was kept only for a time is let go.
const TIDY_EVERY: Duration = Duration::from_secs(3600);

/// A server at work. Dropping it without [`RunningServer::stop`] cuts everything.
pub struct RunningServer {
    address: SocketAddr,
    app: Arc<App>,
    stopping: watch::Sender<bool>,
    serving: JoinHandle<()>,
    tidying: JoinHandle<()>,
    dispatching: JoinHandle<()>,
    reloading: JoinHandle<()>,
    _data: DataFolder,
}

/// Starts a server and returns when it listens.
///
/// # Errors
/// One sentence that says what to mend.
pub async fn start(config: Config) -> Result<RunningServer, StartError> {
    // The address first: a second server on the same one should say so, whatever its data.
    let listener = listen::bind(&config.listen).await?;
    let address = listener.local_addr().map_err(|source| StartError::Listen {
        listen: config.listen.clone(),
        source,
    })?;
    let Prepared { app, sites, data } = tokio::task::spawn_blocking(move || prepare(config))
        .await
        .unwrap_or_else(|error| {
            Err(StartError::Config {
                detail: error.to_string(),
            })
        })?;
    tracing::info!(%address, data = %app.config.data.display(), "listening");
    let (stopping, is_stopping) = watch::channel(false);
    let serving = tokio::spawn(listen::serve(listener, router(app.clone()), is_stopping));
    let tidying = tokio::spawn(tidy(app.clone()));
    let dispatching = tokio::spawn(dispatcher::run(app.clone()));
    let reloading = tokio::spawn(reload::run(sites, app.config.look_every));
    Ok(RunningServer {
        address,
        app,
        stopping,
        serving,
        tidying,
        dispatching,
        reloading,
        _data: data,
    })
}

/// What a server consists of before it serves.
struct Prepared {
    app: Arc<App>,
    sites: Arc<SiteFiles>,
    data: DataFolder,
}

/// Everything that touches the disk.
fn prepare(config: Config) -> Result<Prepared, StartError> {
    let countries = Countries::open(&config.country)?;
    let data = DataFolder::take(&config.data)?;
    let options = SqliteOptions {
        max_pages: config.database_pages,
        ..SqliteOptions::default()
    };
    let storage = Arc::new(data.open_database(&options)?);
    let hub = Arc::new(Hub::default());
    let clock = Arc::new(ServerClock::default());
    if config.demo {
        demo::install(&config.data).map_err(|source| StartError::DataFolder {
            path: config.data.clone(),
            source,
        })?;
    }
    let sites = Arc::new(SiteFiles::open(&config.data));
    let service = service(&config, storage, sites.clone(), &hub, &clock)?;
    let fault = |error: Error| database_fault(&config, &error);
    if config.demo {
        service.seed_demo().map_err(fault)?;
    }
    set_channels(&config, &service)?;
    let tokens = TokenSigner::new(&secret(&config, &service, "visitor-tokens")?);
    let links = Links::new(&secret(&config, &service, "file-links")?);
    let blobs = match &config.blobs {
        Some(store) => Blobs::new(store.clone()),
        None => Blobs::open(&config.data).map_err(|source| StartError::DataFolder {
            path: config.data.clone(),
            source,
        })?,
    };
    let app = App::new(Parts {
        config,
        service,
        hub,
        clock,
        tokens,
        countries,
        blobs,
        links,
    });
    Ok(Prepared {
        app: Arc::new(app),
        sites,
        data,
    })
}

/// A secret of this installation, drawn at its first start.
fn secret(config: &Config, service: &Service, name: &str) -> Result<[u8; 32], StartError> {
    let secret = service.secret(name);
    let secret = secret.map_err(|error| database_fault(config, &error))?;
    let secret = unhex(&secret).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    secret.ok_or_else(|| StartError::DatabaseDamaged {
        path: config.data.join("parlour.db"),
        detail: format!("the secret {name} is none"),
    })
}

/// Sets what the configuration says of single channels. What it does not say stays as it is.
fn set_channels(config: &Config, service: &Service) -> Result<(), StartError> {
    for (site, seconds) in &config.offers.channels {
        let unknown = || StartError::Config {
            detail: format!("`offers.channels` names `{site}`, but no channel has this site key"),
        };
        let site = SiteKey::parse(site).ok_or_else(unknown)?;
        let settings = ChannelSettings {
            offer_seconds: Some(*seconds),
        };
        let known = service.set_channel(&site, &settings);
        if !known.map_err(|error| database_fault(config, &error))? {
            return Err(unknown());
        }
    }
    Ok(())
}

/// The use cases on this storage.
///
/// # Errors
/// When storage cannot be written.
pub fn service(
    config: &Config,
    storage: Arc<dyn Storage>,
    sites: Arc<dyn Sites>,
    hub: &Arc<Hub>,
    clock: &Arc<ServerClock>,
) -> Result<Service, StartError> {
    let ports = Ports {
        storage,
        clock: clock.clone(),
        publisher: hub.clone(),
        entropy: Arc::new(SysEntropy),
        credentials: Arc::new(Argon2Credentials),
        sites,
    };
    Service::start(ports, config.settings()).map_err(|error| database_fault(config, &error.into()))
}

fn database_fault(config: &Config, error: &Error) -> StartError {
    use server_core::error::StorageError;
    let path = config.data.join("parlour.db");
    match error {
        Error::Storage(StorageError::Full(_)) => StartError::DiskFull { path },
        Error::Storage(StorageError::Damaged(detail)) => StartError::DatabaseDamaged {
            path,
            detail: detail.clone(),
        },
        other => StartError::Database {
            path,
            detail: other.to_string(),
        },
    }
}

async fn tidy(app: Arc<App>) {
    let mut turns = interval(TIDY_EVERY);
    loop {
        turns.tick().await;
        match app.run(|app| app.service.forget_old()).await {
            Ok(forgotten) => tracing::debug!(?forgotten, "tidied"),
            Err(error) => tracing::warn!(%error, "nothing could be tidied"),
        }
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "bytes of nobody could not be deleted");
        }
    }
}

/// Deletes bytes that belong to no attachment.
async fn sweep(app: &Arc<App>) -> Result<(), Error> {
    loop {
        let loose = app.run(|app| app.service.loose_blobs()).await?;
        if loose.is_empty() {
            return Ok(());
        }
        for blob in &loose {
            app.blobs.remove(blob).await?;
        }
        tracing::debug!(count = loose.len(), "bytes of nobody deleted");
        app.run(move |app| app.service.forget_blobs(&loose)).await?;
    }
}

impl RunningServer {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its parts, for tests that look inside.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Says goodbye to all sockets, lets running work end, and stops.
    pub async fn stop(self) {
        let limit = self.app.config.stop_timeout;
        self.tidying.abort();
        self.dispatching.abort();
        self.reloading.abort();
        self.app.hub.stop();
        // Nobody is left to hear of it when serving has ended by itself.
        let _ = self.stopping.send(true);
        let ended = timeout(limit, async {
            self.app.hub.emptied().await;
            let _ = self.serving.await;
        });
        if ended.await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
    }
}
