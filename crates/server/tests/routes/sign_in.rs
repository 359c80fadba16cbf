//! `POST /v1/sign-in`, `POST /v1/sign-out`, `GET /v1/me`.

use protocol::error::{ErrorCode, close};
use protocol::http::{Problem, SignedIn};
use server_core::service::DEMO_PASSWORD;

use crate::support::{AGENT, Agent, Answer, get, post, server};

async fn try_password(address: std::net::SocketAddr, email: &str, password: &str) -> Answer {
    let body = format!(r#"{{"email":"{email}","password":"{password}"}}"#);
    let page = format!("http://{address}");
    post(address, "/v1/sign-in", &[("Origin", &page)], &body).await
}

#[tokio::test]
async fn the_right_password_sets_a_cookie_that_scripts_cannot_read() {
    let (_place, _server, address) = server().await;
    let answer = try_password(address, "ANA@example.com", DEMO_PASSWORD).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let signed_in: SignedIn = answer.json();
    assert_eq!(signed_in.agent.name, "Ana");
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("parlour_session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let cookie = cookie.split(';').next().unwrap();
    let me = get(address, "/v1/me", &[("Cookie", cookie)]).await;
    assert_eq!(me.json::<SignedIn>().agent, signed_in.agent);
}

#[tokio::test]
async fn nobody_is_told_whether_the_address_or_the_password_is_wrong() {
    let (_place, _server, address) = server().await;
    let wrong = try_password(address, AGENT, "parlour-demi").await;
    let unknown = try_password(address, "nobody@example.com", DEMO_PASSWORD).await;
    assert_eq!(wrong.status, 401);
    assert_eq!(wrong.problem(), ErrorCode::WrongCredentials);
    assert_eq!(wrong.body, unknown.body);
    assert!(wrong.header("set-cookie").is_none());
}

#[tokio::test]
async fn guessing_is_slowed_down_for_that_address_alone() {
    let (_place, _server, address) = server().await;
    let refused = loop {
        let answer = try_password(address, AGENT, "guess").await;
        if answer.status != 401 {
            break answer;
        }
    };
    assert_eq!(refused.status, 429);
    let problem: Problem = refused.json();
    assert_eq!(problem.code, ErrorCode::TooManyAttempts);
    assert!(problem.retry_after_ms.is_some_and(|wait| wait > 0));
    assert!(refused.header("retry-after").is_some());
    // The right password has to wait, too; others need not.
    assert_eq!(
        try_password(address, AGENT, DEMO_PASSWORD).await.status,
        429
    );
    let other = try_password(address, "ben@example.com", DEMO_PASSWORD).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_foreign_page_can_neither_sign_in_nor_out() {
    let (_place, _server, address) = server().await;
    let foreign = [("Origin", "https://evil.example")];
    let body = format!(r#"{{"email":"{AGENT}","password":"{DEMO_PASSWORD}"}}"#);
    for path in ["/v1/sign-in", "/v1/sign-out"] {
        let answer = post(address, path, &foreign, &body).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (403, ErrorCode::OriginRefused)
        );
        assert!(answer.header("access-control-allow-origin").is_none());
    }
}

#[tokio::test]
async fn bodies_that_are_none_are_refused() {
    let (_place, _server, address) = server().await;
    for body in ["{", "[]", r#"{"email":"ana@example.com"}"#] {
        let answer = post(address, "/v1/sign-in", &[], body).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (400, ErrorCode::BadFrame)
        );
    }
}

#[tokio::test]
async fn nobody_is_signed_in_without_a_cookie_of_ours() {
    let (_place, _server, address) = server().await;
    for cookie in ["", "parlour_session=0123456789abcdef"] {
        let answer = get(address, "/v1/me", &[("Cookie", cookie)]).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (401, ErrorCode::Unauthenticated)
        );
    }
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_and_its_sockets() {
    let (_place, _server, address) = server().await;
    let mut agent = Agent::arrive(address, AGENT).await;
    let mut elsewhere = Agent::arrive(address, AGENT).await;
    let answer = post(address, "/v1/sign-out", &[("Cookie", &agent.cookie)], "").await;
    assert_eq!(answer.status, 204);
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(
        agent.socket.closed().await.unwrap(),
        Some(close::UNAUTHENTICATED)
    );
    let me = get(address, "/v1/me", &[("Cookie", &agent.cookie)]).await;
    assert_eq!(me.status, 401);
    // The other browser stays.
    elsewhere.list().await;
}
