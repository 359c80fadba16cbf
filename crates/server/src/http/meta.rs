//! `GET /v1/meta`: what this backend is and offers.
//!
//! Readable from every page: a widget on a shop's page asks before anybody is known.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use protocol::http::Meta;
use protocol::limits::Limits;
use protocol::version::{Capability, PROTOCOL};

/// What the server offers.
pub fn capabilities() -> Vec<Capability> {
    vec![
        Capability::Typing,
        Capability::Receipts,
        Capability::Assignment,
        Capability::Offers,
        Capability::Chatbot,
        Capability::Files,
        Capability::Voice,
        Capability::Notes,
        Capability::Edits,
        Capability::Quotes,
    ]
}

/// Answers.
pub async fn show() -> Response {
    let meta = Meta {
        protocol_min: PROTOCOL,
        protocol_max: PROTOCOL,
        capabilities: capabilities(),
        limits: Limits::default(),
        server: concat!("parlour/", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, Json(meta)).into_response()
}
