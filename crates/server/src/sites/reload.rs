//! The one task that looks after the files of sites.
//!
//! Looking is cheap: names, sizes and times. So it asks for them now and then, which works on
//! every file system, and needs nobody who tells.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::SiteFiles;

/// Looks for ever.
pub(crate) async fn run(sites: Arc<SiteFiles>, every: Duration) {
    let mut turns = interval(every);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let sites = sites.clone();
        // A slow disk must not keep the sockets waiting.
        let looked = tokio::task::spawn_blocking(move || sites.look());
        if let Err(error) = looked.await {
            tracing::error!(%error, "the files of sites could not be looked at");
        }
    }
}
