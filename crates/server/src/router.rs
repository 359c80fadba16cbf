//! All addresses of the server.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderValue, StatusCode};
use axum::routing::{any, get, post};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::http::{assets, health, meta, problem, sign_in};
use crate::socket;
use crate::state::App;

/// Bodies of requests are short: an address and a password.
const BODY_BYTES: usize = 16 * 1024;

/// Time for a request from its head to its answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The router of a server.
pub fn router(app: Arc<App>) -> Router {
    let v1 = Router::new()
        .route("/meta", get(meta::show))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/me", get(sign_in::me))
        .route("/socket", get(socket::upgrade));
    #[cfg(feature = "test-clock")]
    let v1 = v1
        .route("/test-clock", post(crate::http::test_clock::advance))
        .route("/test-cut", post(crate::http::test_clock::cut_sockets));
    let v1 = v1
        .fallback(problem::no_such_endpoint)
        .method_not_allowed_fallback(problem::no_such_method);

    Router::new()
        .nest("/v1", v1)
        .route("/healthz", get(health::show))
        .fallback(any(assets::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(SetResponseHeaderLayer::overriding(
            X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .with_state(app)
}
