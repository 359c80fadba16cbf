//! `GET /v1/meta`, `GET /healthz`, and addresses that are none.

use protocol::error::ErrorCode;
use protocol::http::Meta;
use protocol::limits::Limits;
use protocol::version::{Capability, PROTOCOL};

use crate::support::{ask, get, post, server};

#[tokio::test]
async fn meta_says_what_is_offered_to_every_page() {
    let (_place, _server, address) = server().await;
    let answer = get(address, "/v1/meta", &[("Origin", "https://shop.example")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let meta: Meta = answer.json();
    assert_eq!((meta.protocol_min, meta.protocol_max), (PROTOCOL, PROTOCOL));
    assert_eq!(meta.limits, Limits::default());
    assert_eq!(meta.capabilities, Capability::KNOWN);
}

#[tokio::test]
async fn a_server_that_runs_is_healthy() {
    let (_place, _server, address) = server().await;
    assert_eq!(get(address, "/healthz", &[]).await.status, 200);
}

#[tokio::test]
async fn unknown_endpoints_and_methods_are_problems() {
    let (_place, _server, address) = server().await;
    let answer = get(address, "/v1/nothing", &[]).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (404, ErrorCode::NotFound)
    );
    let answer = get(address, "/v1/sign-in", &[]).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (405, ErrorCode::NotFound)
    );
    let answer = ask(address, "DELETE", "/", &[], "").await;
    assert_eq!(answer.status, 405);
    let answer = get(address, "/nothing", &[]).await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn a_body_above_the_limit_is_not_read() {
    let (_place, _server, address) = server().await;
    let body = format!(
        r#"{{"email":"ana@example.com","password":"{}"}}"#,
        "x".repeat(20_000)
    );
    let answer = post(address, "/v1/sign-in", &[], &body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.problem(), ErrorCode::FrameTooBig);
}
