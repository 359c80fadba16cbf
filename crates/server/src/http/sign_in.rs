//! `POST /v1/sign-in`, `POST /v1/sign-out`, `GET /v1/me`: agents come and go.
//!
//! The sign-in key travels only in an HttpOnly cookie. A foreign page's request is refused
//! before anything is looked at.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::error::ErrorCode;
use protocol::http::SignInRequest;
use server_core::error::Error;

use super::problem::Refusal;
use crate::extract::cookie;
use crate::extract::origin::Source;
use crate::state::App;

/// Signs an agent in.
///
/// # Errors
/// When the page is foreign, the body is none, or the credentials are wrong.
pub async fn sign_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Json<SignInRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    check_origin(&app, &headers)?;
    let Json(request) = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::FrameTooBig)
        }
        _ => Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::BadFrame),
    })?;
    let signed_in = app
        .run_slow(move |app| app.service.sign_in(&request.email, &request.password))
        .await?;
    tracing::info!(agent = %signed_in.session.agent.id, "signed in");
    let body = Json(signed_in.session.to_wire());
    Ok((with_cookie(&app, &signed_in.token), body).into_response())
}

/// Signs an agent out. Repeats, and those who never were signed in, are answered alike.
///
/// # Errors
/// When the page is foreign.
pub async fn sign_out(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_origin(&app, &headers)?;
    if let Some(key) = cookie::key(&headers).map(str::to_owned) {
        app.run(move |app| app.service.sign_out(&key)).await?;
    }
    Ok((StatusCode::NO_CONTENT, with_cookie(&app, "")).into_response())
}

/// Says who is signed in.
///
/// # Errors
/// When nobody is.
pub async fn me(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let key = cookie::key(&headers)
        .map(str::to_owned)
        .ok_or(Error::from(ErrorCode::Unauthenticated))?;
    let session = app.run(move |app| app.service.check_session(&key)).await?;
    let headers = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((headers, Json(session.to_wire())).into_response())
}

fn check_origin(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    if Source::of(headers, app.config.public_url.as_ref()).may_act_for_agents() {
        Ok(())
    } else {
        Err(Error::from(ErrorCode::OriginRefused).into())
    }
}

fn with_cookie(app: &App, key: &str) -> HeaderMap {
    let secure = app
        .config
        .public_url
        .as_ref()
        .is_some_and(crate::config::PublicUrl::is_secure);
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(line) = cookie::set(key, secure) {
        headers.insert(SET_COOKIE, line);
    }
    headers
}
