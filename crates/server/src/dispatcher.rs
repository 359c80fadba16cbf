//! The one task that has work distributed, offers made, ended, passed on, and that lets chatbots
//! speak.
//!
//! It sleeps until the line changes or a deadline comes, by the server's clock. Invariant: what
//! changed while it was at work is looked at right after, so nothing waits for luck.

use std::sync::Arc;
use std::time::Duration;

use protocol::time::Timestamp;
use server_core::error::Error;
use server_core::service::Service;
use tokio::time::sleep;

use crate::state::App;

/// The longest sleep. A clock may jump, and a machine may be suspended.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// How long to wait after a fault of the storage.
const AFTER_FAULT: Duration = Duration::from_secs(1);

/// All that is due: first what chatbots have to say, because some look for people. Says when
/// something is due next.
fn work(service: &Service) -> Result<Option<Timestamp>, Error> {
    let spoken = service.speak()?;
    let distributed = service.distribute()?;
    Ok(spoken.into_iter().chain(distributed).min())
}

/// Works for ever.
pub(crate) async fn run(app: Arc<App>) {
    loop {
        let pause = match app.run(|app| work(&app.service)).await {
            Ok(Some(next)) => {
                let millis = u64::try_from(next.since(app.now())).unwrap_or(0);
                Duration::from_millis(millis).min(LONGEST_SLEEP)
            }
            Ok(None) => LONGEST_SLEEP,
            Err(error) => {
                tracing::warn!(%error, "neither chatbots nor sessions could go on");
                // Whatever changes meanwhile would meet the same fault.
                sleep(AFTER_FAULT).await;
                continue;
            }
        };
        tokio::select! {
            () = app.hub.line_moved() => {}
            () = app.clock.moved() => {}
            () = sleep(pause) => {}
        }
    }
}
