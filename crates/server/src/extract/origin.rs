//! Which page a request comes from.
//!
//! Browsers name the page's origin with every POST and every WebSocket and let no script change
//! it. A request without one comes from no page, so no page can be using somebody's cookie.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

use crate::config::PublicUrl;

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// From no page: a program.
    Program,
    /// From a page this server serves.
    OwnPage(String),
    /// From another page.
    Page(String),
}

impl Source {
    /// Reads it from a request's head.
    pub fn of(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Self {
        let Some(origin) = headers.get(ORIGIN) else {
            return Self::Program;
        };
        // An origin that is no text is some page's, but nobody's that could be allowed.
        let origin = origin.to_str().unwrap_or("null").to_ascii_lowercase();
        let own = match public_url {
            Some(url) => origin == url.origin(),
            None => headers
                .get(HOST)
                .and_then(|host| host.to_str().ok())
                .is_some_and(|host| host_of(&origin) == Some(&host.to_ascii_lowercase())),
        };
        if own {
            Self::OwnPage(origin)
        } else {
            Self::Page(origin)
        }
    }

    /// Whether agents may sign in and connect from here.
    pub fn may_act_for_agents(&self) -> bool {
        !matches!(self, Self::Page(_))
    }

    /// The page's origin, if it comes from one.
    pub fn origin(&self) -> Option<&str> {
        match self {
            Self::Program => None,
            Self::OwnPage(origin) | Self::Page(origin) => Some(origin),
        }
    }
}

fn host_of(origin: &str) -> Option<&str> {
    origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(host: &'static str, origin: &'static str, public: Option<&str>) -> Source {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if !origin.is_empty() {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        let public = public.map(|url| PublicUrl::parse(url).unwrap());
        Source::of(&headers, public.as_ref())
    }

    #[test]
    fn pages_of_this_host_are_own_pages() {
        assert!(source("chat.example:8080", "http://chat.example:8080", None).may_act_for_agents());
        assert!(source("Chat.example", "https://chat.example", None).may_act_for_agents());
        assert_eq!(source("chat.example", "", None), Source::Program);
    }

    #[test]
    fn other_pages_are_foreign() {
        for origin in [
            "http://evil.example",
            "null",
            "http://chat.example.evil.example",
            "http://chat.example:81",
            "file://",
        ] {
            assert!(
                !source("chat.example", origin, None).may_act_for_agents(),
                "{origin}"
            );
        }
    }

    #[test]
    fn a_public_url_decides_alone() {
        let public = Some("https://chat.example");
        assert!(source("10.0.0.1:8080", "https://chat.example", public).may_act_for_agents());
        assert!(!source("10.0.0.1:8080", "http://10.0.0.1:8080", public).may_act_for_agents());
        assert!(!source("chat.example", "http://chat.example", public).may_act_for_agents());
    }
}
