//! Agents sign in, stay signed in, and leave.

use std::sync::atomic::Ordering;

use protocol::error::ErrorCode;

use super::house::{House, code};
use crate::domain::TokenDigest;
use crate::service::NewSignIn;

const HOUR: i64 = 3600 * 1000;

fn sign_in(house: &House) -> NewSignIn {
    house
        .service
        .sign_in(" ANA@Example.com", "parlour-demo")
        .unwrap()
}

fn wrong(house: &House, email: &str) -> ErrorCode {
    code(house.service.sign_in(email, "wrong"))
}

#[test]
fn right_password_opens_a_session() {
    let house = House::new();
    let new = sign_in(&house);
    assert_eq!(new.session.agent.name, "Ana");
    assert_eq!(new.token.len(), 64);
    assert!(!format!("{new:?}").contains(&format!("\"{}\"", new.token)));
    let session = house.service.check_session(&new.token).unwrap();
    assert_eq!(session, new.session);
    assert_eq!(session.to_wire().expires_at, house.now().plus(12 * HOUR));
    assert_ne!(sign_in(&house).token, new.token);
}

#[test]
fn unknown_email_looks_like_a_wrong_password() {
    let house = House::new();
    for (number, email) in [
        "ana@example.com",
        "nobody@example.com",
        "",
        &"x".repeat(5_000),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(wrong(&house, email), ErrorCode::WrongCredentials);
        let checks = house.credentials.checks.load(Ordering::SeqCst) as usize;
        assert_eq!(checks, number + 1);
    }
    let endless = "x".repeat(5_000);
    let result = house.service.sign_in("ana@example.com", &endless);
    assert_eq!(code(result), ErrorCode::WrongCredentials);
}

#[test]
fn guessing_is_slowed_down_for_known_and_unknown_alike() {
    let house = House::new();
    for email in ["ana@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            assert_eq!(wrong(&house, email), ErrorCode::WrongCredentials);
        }
        let checks = house.credentials.checks.load(Ordering::SeqCst);
        let refused = house.service.sign_in(email, "parlour-demo").unwrap_err();
        let refusal = refused.refusal();
        assert_eq!(refusal.code, ErrorCode::TooManyAttempts);
        assert_eq!(refusal.retry_after_ms, Some(5_000));
        assert_eq!(house.credentials.checks.load(Ordering::SeqCst), checks);
    }
    // Colleagues are not concerned, and Ana may try again after the wait.
    house
        .service
        .sign_in("ben@example.com", "parlour-demo")
        .unwrap();
    house.wait(5_000);
    sign_in(&house);
    assert_eq!(
        wrong(&house, "ana@example.com"),
        ErrorCode::WrongCredentials
    );
}

#[test]
fn session_lasts_while_the_agent_is_active() {
    let house = House::new();
    let token = sign_in(&house).token;
    for _ in 0..5 {
        house.wait(11 * HOUR);
        let session = house.service.check_session(&token).unwrap();
        assert_eq!(session.expires_at, house.now().plus(12 * HOUR));
    }
    house.wait(12 * HOUR - 1);
    house.service.check_session(&token).unwrap();
    house.wait(12 * HOUR);
    assert_eq!(
        code(house.service.check_session(&token)),
        ErrorCode::Expired
    );
}

#[test]
fn socket_keeps_the_session_alive_without_the_token() {
    let house = House::new();
    let new = sign_in(&house);
    house.wait(11 * HOUR);
    let sign_in = &new.session.sign_in;
    let session = house.service.renew_session(sign_in).unwrap();
    assert_eq!(session.expires_at, house.now().plus(12 * HOUR));
}

#[test]
fn checks_in_quick_succession_do_not_write() {
    let house = House::new();
    let token = sign_in(&house).token;
    let before = house.service.check_session(&token).unwrap();
    house.wait(59_999);
    assert_eq!(house.service.check_session(&token).unwrap(), before);
    house.wait(1);
    assert_ne!(house.service.check_session(&token).unwrap(), before);
}

#[test]
fn signing_out_ends_the_session_and_its_sockets() {
    let house = House::new();
    let (here, there) = (sign_in(&house), sign_in(&house));
    house.service.sign_out(&here.token).unwrap();
    let left = house.news.signed_out.lock().unwrap().clone();
    assert_eq!(left, [here.session.sign_in]);
    assert_eq!(
        code(house.service.check_session(&here.token)),
        ErrorCode::Unauthenticated
    );
    house.service.check_session(&there.token).unwrap();
    house.service.sign_out(&here.token).unwrap();
}

#[test]
fn foreign_token_is_refused() {
    let house = House::new();
    assert_eq!(
        code(house.service.check_session("")),
        ErrorCode::Unauthenticated
    );
    let unknown = TokenDigest("unknown".to_owned());
    assert_eq!(
        code(house.service.renew_session(&unknown)),
        ErrorCode::Unauthenticated
    );
}
