//! Pages, loader and hashed assets, as they were built and compressed by `cargo xtask build`.
//!
//! Nothing is compressed here: beside a file lie its `.br` and `.gz`, and the request's
//! `Accept-Encoding` chooses. Names below `/assets/` change with their content and are kept for
//! ever; everything else is asked for again with its ETag.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_LENGTH, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::policy;

#[derive(RustEmbed)]
#[folder = "../../dist"]
struct Dist;

/// What an address outside the protocol stands for.
#[derive(Debug, PartialEq, Eq)]
enum Target<'a> {
    /// This file, if it is there.
    File(&'a str),
    /// This file, or the agent app, whose router knows the rest of the address.
    AgentApp(&'a str),
    /// The same with a slash behind it.
    Slash(&'static str),
}

fn target(path: &str) -> Target<'_> {
    match path {
        "/" => Target::File("index.html"),
        "/demo" => Target::Slash("/demo/"),
        "/demo/" => Target::File("demo/index.html"),
        "/agent" => Target::Slash("/agent/"),
        _ => {
            let name = path.trim_start_matches('/');
            if path.starts_with("/agent/") {
                Target::AgentApp(name)
            } else {
                Target::File(name)
            }
        }
    }
}

/// Answers everything that is no route of the protocol.
pub async fn serve(request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(ALLOW, HeaderValue::from_static("GET, HEAD"))],
        )
            .into_response();
    }
    let headers = request.headers();
    match target(request.uri().path()) {
        Target::File(name) => file(name, headers).unwrap_or_else(nothing_here),
        Target::AgentApp(name) => file(name, headers)
            .or_else(|| file("agent/index.html", headers))
            .unwrap_or_else(nothing_here),
        Target::Slash(there) => (
            StatusCode::PERMANENT_REDIRECT,
            [(LOCATION, HeaderValue::from_static(there))],
        )
            .into_response(),
    }
}

fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response()
}

/// A built file in the encoding the client likes best.
fn file(name: &str, headers: &HeaderMap) -> Option<Response> {
    // The compressed copies are ways to send a file, not files of their own.
    if name.ends_with(".br") || name.ends_with(".gz") {
        return None;
    }
    let plain = Dist::get(name)?;
    let (content, encoding) = compressed(name, headers).map_or((plain, None), |(content, how)| {
        (content, Some(HeaderValue::from_static(how)))
    });
    let etag = etag(&content, encoding.as_ref());
    let unchanged = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|known| same(known.trim(), &etag)));

    let mut response = Response::new(Body::empty());
    let out = response.headers_mut();
    out.insert(ETAG, HeaderValue::from_str(&etag).ok()?);
    out.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(lifetime(name)));
    if name.starts_with("assets/") || name == "parlour.js" {
        out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    policy::apply(out, name, headers.get(HOST));
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    out.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, encoding);
    }
    let bytes = match content.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    out.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    *response.body_mut() = Body::from(bytes);
    Some(response)
}

fn compressed(name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, &'static str)> {
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(headers, encoding))
        .find_map(|(encoding, ending)| Some((Dist::get(&format!("{name}.{ending}"))?, encoding)))
}

/// Whether the client takes an encoding; `;q=0` says that it does not.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(encoding))
                && !parts
                    .filter_map(|part| part.strip_prefix("q="))
                    .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        })
}

fn etag(content: &EmbeddedFile, encoding: Option<&HeaderValue>) -> String {
    let hash = content.metadata.sha256_hash();
    let hash = crate::tokens::hex(&hash[..16]);
    match encoding.and_then(|encoding| encoding.to_str().ok()) {
        Some(encoding) => format!("\"{hash}-{encoding}\""),
        None => format!("\"{hash}\""),
    }
}

fn same(known: &str, etag: &str) -> bool {
    known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag
}

fn lifetime(name: &str) -> &'static str {
    if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ogg" => "audio/ogg",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(line: &'static str) -> HeaderMap {
        [(ACCEPT_ENCODING, HeaderValue::from_static(line))]
            .into_iter()
            .collect()
    }

    #[test]
    fn encodings_are_taken_only_when_they_are_wanted() {
        assert!(accepts(&accepting("gzip, deflate, br, zstd"), "br"));
        assert!(accepts(&accepting("br;q=0.5"), "br"));
        assert!(!accepts(&accepting("br;q=0, gzip"), "br"));
        assert!(!accepts(&accepting("br;q=0.000"), "br"));
        assert!(!accepts(&accepting("gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn addresses_of_the_agent_app_fall_back_to_it() {
        assert_eq!(target("/"), Target::File("index.html"));
        assert_eq!(target("/agent"), Target::Slash("/agent/"));
        assert_eq!(
            target("/agent/conversations/c1"),
            Target::AgentApp("agent/conversations/c1")
        );
        assert_eq!(target("/assets/a.wasm"), Target::File("assets/a.wasm"));
    }

    #[test]
    fn weak_and_strong_tags_compare_alike() {
        assert!(same("W/\"a\"", "\"a\""));
        assert!(same("*", "\"a\""));
        assert!(!same("\"a-br\"", "\"a\""));
    }
}
