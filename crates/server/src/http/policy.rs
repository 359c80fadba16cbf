//! Security headers: what a page served from here may do.
//!
//! The agent app may load and reach nothing but this server. The demo page carries the lines
//! that the documentation gives to shops, so that every test of the demo tests them too.

use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// For every page of the agent app.
const AGENT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' blob:; font-src 'self'; media-src 'self' blob:; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

/// What pages with a chat may use of the device: the microphone, for voice notes, and no frame in
/// them may.
const CHAT_PERMISSIONS: &str = "microphone=(self), camera=(), geolocation=()";

/// For every other page.
const NO_PERMISSIONS: &str = "microphone=(), camera=(), geolocation=()";

/// For a page with nothing but text and a style sheet.
const PLAIN: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Puts the headers on that belong to a built file.
pub fn apply(out: &mut HeaderMap, name: &str, host: Option<&HeaderValue>) {
    out.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if name.starts_with("assets/") || name == "parlour.js" {
        // Made to be used by other sites' pages, isolated ones included.
        out.insert(CORP, HeaderValue::from_static("cross-origin"));
    }
    if !name.ends_with(".html") {
        return;
    }
    out.insert(COOP, HeaderValue::from_static("same-origin"));
    out.insert(
        REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    let has_chat = name.starts_with("agent/") || name.starts_with("demo/");
    let permissions = if has_chat {
        CHAT_PERMISSIONS
    } else {
        NO_PERMISSIONS
    };
    out.insert(PERMISSIONS, HeaderValue::from_static(permissions));
    let policy = if name.starts_with("agent/") {
        HeaderValue::from_static(AGENT)
    } else if name.starts_with("demo/") {
        demo(host)
    } else {
        HeaderValue::from_static(PLAIN)
    };
    out.insert(CONTENT_SECURITY_POLICY, policy);
}

/// The lines a shop needs, with the socket's address spelt out for browsers that do not count
/// it as `'self'`.
fn demo(host: Option<&HeaderValue>) -> HeaderValue {
    let socket = host
        .and_then(|host| host.to_str().ok())
        .filter(|host| host.bytes().all(is_host_byte))
        .map_or(String::new(), |host| format!(" ws://{host} wss://{host}"));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         connect-src 'self'{socket}; img-src 'self' data: blob:; font-src 'self'; \
         media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; \
         require-trusted-types-for 'script'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(PLAIN))
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_host_adds_no_line() {
        let host = HeaderValue::from_static("a.example; script-src *");
        let policy = demo(Some(&host));
        assert!(!policy.to_str().unwrap().contains("script-src *"));
        let host = HeaderValue::from_static("a.example:8080");
        assert!(
            demo(Some(&host))
                .to_str()
                .unwrap()
                .contains("wss://a.example:8080")
        );
    }
}
