//! `GET /v1/socket`: from HTTP to frames.
//!
//! Buffers are kept small, because most sockets are idle most of the time.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::error::ErrorCode;
use protocol::limits::CLIENT_FRAME_BYTES;
use protocol::version::SUBPROTOCOL;

use super::greeting::{self, Head};
use super::wire::Wire;
use crate::extract::cookie;
use crate::extract::origin::Source;
use crate::http::problem::Refusal;
use crate::listen::Peer;
use crate::state::App;

/// What one read of the network takes.
const READ_BUFFER: usize = 4 * 1024;
/// From here on frames are written out instead of gathered.
const WRITE_BUFFER: usize = 4 * 1024;
/// The largest frame that may wait to be written: a page of the longest messages.
const LARGEST_WRITE: usize = 16 * 1024 * 1024;
/// Frames up to here are read and refused by name; larger ones end the socket.
const LARGEST_READ: usize = 4 * CLIENT_FRAME_BYTES as usize;

/// Takes the socket over.
///
/// # Errors
/// When the request asks for no WebSocket.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    request: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let request =
        request.map_err(|rejection| Refusal::new(rejection.status(), ErrorCode::BadFrame))?;
    let head = Head {
        source: Source::of(&headers, app.config.public_url.as_ref()),
        key: cookie::key(&headers).map(str::to_owned),
        country: app.countries.found(&headers, peer).map(Into::into),
    };
    let response = request
        .protocols([SUBPROTOCOL])
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(LARGEST_WRITE)
        .max_message_size(LARGEST_READ)
        .max_frame_size(LARGEST_READ)
        .on_upgrade(move |socket| greeting::serve(Wire::new(socket), app, head));
    Ok(response)
}
