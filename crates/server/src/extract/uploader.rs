//! Who announces an upload: a visitor with their token, or an agent with their sign-in.
//!
//! A token in a header was put there by whoever wrote the page; a cookie is sent by the browser,
//! so there the page has to be ours.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use protocol::error::ErrorCode;
use server_core::domain::Uploader;
use server_core::error::Error;

use super::cookie;
use super::origin::Source;
use crate::state::App;
use crate::tokens::TokenFault;

/// Reads it from a request's head, and checks that they may from where they are.
///
/// # Errors
/// When nobody is there, their token has run out, or the page is a foreign one.
pub async fn uploader(app: &Arc<App>, headers: &HeaderMap) -> Result<Uploader, Error> {
    let source = Source::of(headers, app.config.public_url.as_ref());
    if let Some(token) = bearer(headers) {
        return match app.tokens.read(token, app.now()) {
            Ok(pass) => {
                let uploader = Uploader::Visitor(pass.contact);
                let origin = source.origin().map(str::to_owned);
                let check =
                    move |app: &App| app.service.check_page(&pass.channel, origin.as_deref());
                app.run(check).await.map(|()| uploader)
            }
            Err(TokenFault::Expired) => Err(ErrorCode::Expired.into()),
            // An agent's app on another origin has no cookie, but a token, too.
            Err(TokenFault::Foreign) => agent(app, token.to_owned()).await,
        };
    }
    if !source.may_act_for_agents() {
        return Err(ErrorCode::OriginRefused.into());
    }
    match cookie::key(headers) {
        Some(key) => agent(app, key.to_owned()).await,
        None => Err(ErrorCode::Unauthenticated.into()),
    }
}

async fn agent(app: &Arc<App>, key: String) -> Result<Uploader, Error> {
    let session = app.run(move |app| {
        let session = app.service.check_session(&key)?;
        app.service.renew_session(&session.sign_in)
    });
    Ok(Uploader::Agent(session.await?.agent.id))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
