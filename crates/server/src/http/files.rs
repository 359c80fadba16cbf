//! `GET /v1/files/{id}`: files go out.
//!
//! Invariant: nothing that could run in a page is ever shown by a browser: only pictures, sounds
//! and videos that were recognised by their bytes are, and everything comes with a policy that
//! allows nothing.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::attachment::AttachmentKind;
use protocol::error::ErrorCode;
use protocol::ids::AttachmentId;
use server_core::domain::{AttachmentRecord, FileFacts};
use server_core::error::Error;

use super::cors;
use super::problem::Refusal;
use super::range::{Wanted, wanted};
use crate::blobs::Part;
use crate::files::PLAIN;
use crate::links::{self, LINK_MS, LinkFault, Use};
use crate::state::App;

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Gives a file's bytes out.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    query: Result<Query<links::Query>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let outcome = serve(&app, &id, query, &headers).await;
    cors::for_anybody(outcome.unwrap_or_else(|error| Refusal::from(error).into_response()))
}

async fn serve(
    app: &Arc<App>,
    id: &str,
    query: Result<Query<links::Query>, QueryRejection>,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let id = AttachmentId::parse(id).ok_or(ErrorCode::NotFound)?;
    let Query(query) = query.map_err(|_| ErrorCode::Forbidden)?;
    let purpose = query.variant().ok_or(ErrorCode::NotFound)?;
    match app.links.check(purpose, &id, &query, app.now()) {
        Ok(()) => {}
        Err(LinkFault::Foreign) => return Err(ErrorCode::Forbidden.into()),
        Err(LinkFault::Expired) => return Err(ErrorCode::LinkExpired.into()),
    }
    let (record, file) = app.run(move |app| app.service.file(&id)).await?;
    let (part, size) = match purpose {
        Use::Thumbnail => (
            Part::Thumbnail,
            app.blobs.size(&file.blob, Part::Thumbnail).await?,
        ),
        Use::Original | Use::Upload => (Part::Original, record.size),
    };
    let tag = tag(&record, part);
    let mut response = if headers.get(IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer(app, &file, part, size, headers, &tag).await?
    };
    describe(response.headers_mut(), &record, &file, part);
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}

/// A file never changes, so its name is tag enough.
fn tag(record: &AttachmentRecord, part: Part) -> HeaderValue {
    let small = match part {
        Part::Thumbnail => "-thumbnail",
        Part::Original => "",
    };
    let tag = HeaderValue::from_str(&format!("\"{}{small}\"", record.id));
    tag.unwrap_or(HeaderValue::from_static("\"\""))
}

/// The bytes, all or those of one range.
async fn answer(
    app: &App,
    file: &FileFacts,
    part: Part,
    size: u64,
    headers: &HeaderMap,
    tag: &HeaderValue,
) -> Result<Response, Error> {
    let (status, range) = match wanted(headers, size, tag) {
        Wanted::All => (StatusCode::OK, 0..size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Nothing => {
            let told = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, told).into_response());
        }
    };
    let length = range.end - range.start;
    let place = format!(
        "bytes {}-{}/{size}",
        range.start,
        range.end.saturating_sub(1)
    );
    let bytes = app.blobs.read(&file.blob, part, range).await?;
    let mut response = (status, Body::from_stream(bytes.into_stream())).into_response();
    let told = response.headers_mut();
    told.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(place) = HeaderValue::from_str(&place)
    {
        told.insert(CONTENT_RANGE, place);
    }
    Ok(response)
}

/// Says what it is, under what name it is saved, and that nothing in it runs.
fn describe(headers: &mut HeaderMap, record: &AttachmentRecord, file: &FileFacts, part: Part) {
    let (media_type, shown) = match part {
        Part::Thumbnail => (file.thumbnail.as_deref().unwrap_or(PLAIN), true),
        Part::Original => match file.kind {
            AttachmentKind::Image
            | AttachmentKind::Audio
            | AttachmentKind::Video
            | AttachmentKind::Voice => (file.media_type.as_str(), true),
            AttachmentKind::File | AttachmentKind::Unknown => (PLAIN, false),
        },
    };
    let media_type = HeaderValue::from_str(media_type);
    let media_type = media_type.unwrap_or(HeaderValue::from_static(PLAIN));
    headers.insert(CONTENT_TYPE, media_type);
    headers.insert(CONTENT_DISPOSITION, disposition(shown, &record.name));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(CORP, HeaderValue::from_static("cross-origin"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // As long as the address is good, and only in the browser that has it.
    let kept = format!("private, max-age={}", LINK_MS / 1000);
    if let Ok(kept) = HeaderValue::from_str(&kept) {
        headers.insert(CACHE_CONTROL, kept);
    }
}

/// RFC 6266: a name for old browsers, and the real one for all others.
fn disposition(shown: bool, name: &str) -> HeaderValue {
    let how = if shown { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|sign| match sign {
            ' '..='~' if !matches!(sign, '"' | '\\' | '%') => sign,
            _ => '_',
        })
        .collect();
    let line = format!(
        "{how}; filename=\"{plain}\"; filename*=UTF-8''{}",
        percent_encoded(name)
    );
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static("attachment"))
}

/// RFC 5987: everything but letters, digits and a few marks.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_in_both_forms() {
        for (name, line) in [
            (
                "a b.txt",
                "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt",
            ),
            (
                "مرحبا.pdf",
                "attachment; filename=\"_____.pdf\"; \
                 filename*=UTF-8''%D9%85%D8%B1%D8%AD%D8%A8%D8%A7.pdf",
            ),
            (
                "50%;'.txt",
                "attachment; filename=\"50_;'.txt\"; filename*=UTF-8''50%25%3B%27.txt",
            ),
        ] {
            assert_eq!(disposition(false, name), line, "{name}");
        }
        let shown = disposition(true, "a.png");
        assert!(shown.to_str().unwrap().starts_with("inline; "));
    }
}
