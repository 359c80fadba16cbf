//! Requests about the sign-in, and what may come back instead of an answer.

use gloo_net::http::{Request, RequestBuilder, Response};
use protocol::error::ErrorCode;
use protocol::http::{Endpoint, Problem, SIGN_OUT_PATH, SignInRequest, SignedIn};

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No answer came: no network, or no server behind it.
    Unreachable,
    /// The server said no.
    Refused {
        /// Why.
        code: ErrorCode,
        /// How long to wait, if it said so.
        retry_after_ms: Option<u32>,
    },
    /// Something answered that is not this server.
    Unreadable,
}

impl Failure {
    /// Whether this says that nobody is signed in (any more).
    pub(crate) fn is_signed_out(self) -> bool {
        matches!(
            self,
            Self::Refused {
                code: ErrorCode::Unauthenticated | ErrorCode::Expired,
                ..
            }
        )
    }
}

/// `GET /v1/me`
pub(crate) async fn me() -> Result<SignedIn, Failure> {
    let response = send(Request::get(SignedIn::PATH)).await?;
    read(response).await
}

/// `POST /v1/sign-in`
pub(crate) async fn sign_in(request: &SignInRequest) -> Result<SignedIn, Failure> {
    let request = Request::post(SignInRequest::PATH)
        .header("content-type", "application/json")
        .body(request.to_json())
        .map_err(|_| Failure::Unreadable)?;
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    read(refuse(response).await?).await
}

/// `POST /v1/sign-out`
pub(crate) async fn sign_out() -> Result<(), Failure> {
    send(Request::post(SIGN_OUT_PATH)).await.map(|_| ())
}

async fn send(request: RequestBuilder) -> Result<Response, Failure> {
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    refuse(response).await
}

async fn read(response: Response) -> Result<SignedIn, Failure> {
    let body = response.text().await.map_err(|_| Failure::Unreachable)?;
    SignedIn::from_json(&body).ok_or(Failure::Unreadable)
}

/// Turns an answer that says no into its reason. A gateway's error page counts as nobody there.
async fn refuse(response: Response) -> Result<Response, Failure> {
    if response.ok() {
        return Ok(response);
    }
    let status = response.status();
    let body = response.text().await.unwrap_or_default();
    match Problem::from_json(&body) {
        Some(problem) => Err(Failure::Refused {
            code: problem.code,
            retry_after_ms: problem.retry_after_ms,
        }),
        None if status == 401 => Err(Failure::Refused {
            code: ErrorCode::Unauthenticated,
            retry_after_ms: None,
        }),
        None if status >= 500 => Err(Failure::Unreachable),
        None => Err(Failure::Unreadable),
    }
}
