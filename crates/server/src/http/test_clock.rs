//! What tests may do to a server built for them: move its clock, cut its sockets.
//!
//! This module exists only with the feature `test-clock`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::hub::End;
use crate::state::App;

/// Body of `POST /v1/test-clock`.
#[derive(Debug, Deserialize)]
pub struct Advance {
    advance_ms: i64,
}

/// Moves the clock. Offers and absences follow it; heartbeats do not jump.
pub async fn advance(State(app): State<Arc<App>>, Json(order): Json<Advance>) -> StatusCode {
    app.clock.advance(order.advance_ms);
    StatusCode::NO_CONTENT
}

/// Cuts all sockets without a close frame, as a bad network does.
pub async fn cut_sockets(State(app): State<Arc<App>>) -> StatusCode {
    app.hub.end_all(End::Cut);
    StatusCode::NO_CONTENT
}
