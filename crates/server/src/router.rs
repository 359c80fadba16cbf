//! All addresses of the server.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderValue, StatusCode};
use axum::routing::{any, get, post, put};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::http::{assets, cors, files, health, meta, problem, sign_in, uploads};
use crate::socket;
use crate::state::App;

/// Bodies of requests are short, files apart: an address and a password.
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
        .route(
            "/uploads",
            post(uploads::announce).options(cors::may_announce),
        )
        .route("/socket", get(socket::upgrade));
    #[cfg(feature = "test-clock")]
    let v1 = v1
        .route("/test-clock", post(crate::http::test_clock::advance))
        .route("/test-cut", post(crate::http::test_clock::cut_sockets));
    let v1 = v1
        .fallback(problem::no_such_endpoint)
        .method_not_allowed_fallback(problem::no_such_method);

    // Files take as long as they take; their handlers have limits of their own.
    let bytes = Router::new()
        .route(
            "/v1/uploads/{id}",
            put(uploads::put)
                .options(cors::may_use_address)
                .fallback(problem::no_such_method),
        )
        .route(
            "/v1/files/{id}",
            get(files::get)
                .options(cors::may_use_address)
                .fallback(problem::no_such_method),
        );

    Router::new()
        .nest("/v1", v1)
        .route("/healthz", get(health::show))
        .fallback(any(assets::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .merge(bytes)
        .layer(SetResponseHeaderLayer::overriding(
            X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .with_state(app)
}
