//! The agents' cookie.
//!
//! It is HttpOnly and SameSite=Strict, so that no page's script reads it and no foreign page's
//! request carries it.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// Name of the cookie with the agent's sign-in key.
pub const NAME: &str = "parlour_session";

/// The sign-in key that a request carries.
pub fn key(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == NAME && !value.is_empty())
        .map(|(_, value)| value)
}

/// Sets the cookie, or clears it with an empty key.
pub fn set(key: &str, secure: bool) -> Option<HeaderValue> {
    let age = if key.is_empty() { "; Max-Age=0" } else { "" };
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{NAME}={key}; HttpOnly; SameSite=Strict; Path=/{age}{secure}"
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        lines
            .iter()
            .map(|line| (COOKIE, HeaderValue::from_static(line)))
            .collect()
    }

    #[test]
    fn the_key_is_found_among_other_cookies() {
        assert_eq!(
            key(&headers(&["a=b; parlour_session=abc; c=d"])),
            Some("abc")
        );
        assert_eq!(key(&headers(&["a=b", "parlour_session=abc"])), Some("abc"));
        assert_eq!(key(&headers(&["xparlour_session=abc"])), None);
        assert_eq!(key(&headers(&["parlour_session="])), None);
    }

    #[test]
    fn the_cookie_is_kept_from_scripts_and_foreign_pages() {
        assert_eq!(
            set("abc", true).unwrap(),
            "parlour_session=abc; HttpOnly; SameSite=Strict; Path=/; Secure"
        );
        assert_eq!(
            set("", false).unwrap(),
            "parlour_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
    }
}
