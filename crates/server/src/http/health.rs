//! `GET /healthz`: whether the server can read its database.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::App;

/// Answers.
pub async fn show(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    let readable = app
        .run(|app| {
            // Any token will do: that it is nobody's is an answer from the database.
            match app.service.check_session("health") {
                Err(server_core::error::Error::Storage(fault)) => Err(fault.into()),
                _ => Ok(()),
            }
        })
        .await;
    match readable {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not healthy");
            (StatusCode::SERVICE_UNAVAILABLE, "storage\n")
        }
    }
}
