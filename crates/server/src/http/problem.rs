//! Refusals over HTTP, as `application/problem+json`.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::error::ErrorCode;
use protocol::http::Problem;
use server_core::error::Error;

/// A refusal with its status.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    code: ErrorCode,
    retry_after_ms: Option<u32>,
}

impl Refusal {
    /// Says no with this status and reason.
    pub fn new(status: StatusCode, code: ErrorCode) -> Self {
        Self {
            status,
            code,
            retry_after_ms: None,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if let Error::Storage(fault) = &error {
            tracing::error!(%fault, "a use case failed");
        }
        let refusal = error.refusal();
        let status = match refusal.code {
            ErrorCode::Unauthenticated | ErrorCode::Expired | ErrorCode::WrongCredentials => {
                StatusCode::UNAUTHORIZED
            }
            ErrorCode::OriginRefused | ErrorCode::Forbidden | ErrorCode::QuotaExceeded => {
                StatusCode::FORBIDDEN
            }
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::LinkExpired => StatusCode::GONE,
            ErrorCode::IdempotencyMismatch => StatusCode::CONFLICT,
            ErrorCode::UploadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::TooManyAttempts | ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
            ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self {
            retry_after_ms: refusal.retry_after_ms,
            ..Self::new(status, refusal.code)
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = Problem {
            status: self.status.as_u16(),
            code: self.code,
            retry_after_ms: self.retry_after_ms,
        };
        let mut response = (self.status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(millis) = self.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(millis.div_ceil(1000)));
        }
        response
    }
}

/// Answers addresses below `/v1` that are none.
pub async fn no_such_endpoint() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound)
}

/// Answers methods that an endpoint does not have.
pub async fn no_such_method() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::NotFound)
}
