//! What pages of other origins may ask: the widget lives on shops' pages.
//!
//! No answer here allows cookies, so nobody acts with an agent's sign-in. A channel's allowed
//! origins are checked where addresses of files are given out: when an upload is announced, and
//! on the socket. The addresses themselves are good wherever they were carried.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::error::ErrorCode;
use server_core::error::Error;

use super::problem::Refusal;
use crate::state::App;

/// How long a browser remembers the answer, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
const ANY: HeaderValue = HeaderValue::from_static("*");

/// Answers the question whether a page may announce an upload: when any channel admits it.
///
/// # Errors
/// When none does.
pub async fn may_announce(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Some(origin) = headers.get(ORIGIN).cloned() else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let name = origin.to_str().unwrap_or("null").to_ascii_lowercase();
    if !app
        .run(move |app| app.service.admits_anywhere(&name))
        .await?
    {
        return Err(Error::from(ErrorCode::OriginRefused).into());
    }
    Ok(permission(
        origin,
        HeaderValue::from_static("POST"),
        HeaderValue::from_static("authorization, content-type"),
    ))
}

/// Answers the question whether a page may use a signed address: it may.
pub async fn may_use_address() -> Response {
    permission(
        ANY,
        HeaderValue::from_static("GET, HEAD, PUT"),
        HeaderValue::from_static("content-type, range"),
    )
}

fn permission(origin: HeaderValue, methods: HeaderValue, fields: HeaderValue) -> Response {
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        (ACCESS_CONTROL_ALLOW_METHODS, methods),
        (ACCESS_CONTROL_ALLOW_HEADERS, fields),
        (ACCESS_CONTROL_MAX_AGE, MAX_AGE),
        (VARY, HeaderValue::from_static("origin")),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Lets the page that asked read the answer, refusals too.
pub fn for_page(mut response: Response, asked: &HeaderMap) -> Response {
    if let Some(origin) = asked.get(ORIGIN) {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(VARY, HeaderValue::from_static("origin"));
    }
    response
}

/// Lets every page that has the address read the answer.
pub fn for_anybody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("content-length, content-range, content-disposition, etag"),
    );
    response
}
