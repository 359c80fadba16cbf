//! `POST /v1/uploads` and `PUT /v1/uploads/{id}`: files come in.
//!
//! Bytes go from the socket to the store in small parts and are counted on the way. Invariant:
//! what was refused, broken off or overtaken leaves no bytes behind.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::StreamExt;
use protocol::attachment::Attachment;
use protocol::error::ErrorCode;
use protocol::http::{UploadRequest, UploadTicket};
use protocol::ids::AttachmentId;
use server_core::domain::{AttachmentRecord, BlobKey, FileFacts};
use server_core::error::{Error, StorageError};
use server_core::service::UploadOpened;
use tokio::time::{Instant, timeout, timeout_at};

use super::cors;
use super::problem::Refusal;
use crate::extract::uploader::uploader;
use crate::files::{self, Looked, Told};
use crate::links::{self, LinkFault, Use};
use crate::state::App;
use crate::uploads::Turn;

/// Time without a byte after which an upload is taken for dead.
const SILENCE: Duration = Duration::from_secs(30);
/// Time an upload may take in all.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// What is read of a refused body, so that its sender gets to the answer: as long as bytes keep
/// coming, this long and this many.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_SILENCE: Duration = Duration::from_millis(250);
const LINGER_BYTES: usize = 8 * 1024 * 1024;

/// Announces a file.
pub async fn announce(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Json<UploadRequest>, JsonRejection>,
) -> Response {
    let answer = match ticket(&app, &headers, body).await {
        Ok(ticket) => Json(ticket).into_response(),
        Err(refusal) => refusal.into_response(),
    };
    cors::for_page(answer, &headers)
}

async fn ticket(
    app: &Arc<App>,
    headers: &HeaderMap,
    body: Result<Json<UploadRequest>, JsonRejection>,
) -> Result<UploadTicket, Refusal> {
    let who = uploader(app, headers).await?;
    let Json(request) = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::FrameTooBig)
        }
        _ => Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::BadFrame),
    })?;
    let begun = app.run(move |app| app.service.begin_upload(&who, &request));
    let begun = begun.await?;
    let (url, expires_at) = app.links.upload(&begun.attachment, app.now());
    Ok(UploadTicket {
        attachment: begun.attachment,
        url,
        expires_at,
        finished: begun.finished,
    })
}

/// Takes a file's bytes.
pub async fn put(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    query: Result<Query<links::Query>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // A task of its own tidies up behind a sender who is gone, and finishes what they sent.
    let receiving = tokio::spawn(async move {
        let mut body = Incoming::new(body);
        let outcome = receive(&app, &id, query, &headers, &mut body).await;
        body.linger().await;
        outcome
    });
    let broken = |why: tokio::task::JoinError| StorageError::Other(why.to_string());
    let outcome = receiving.await.map_err(broken);
    cors::for_anybody(match outcome.map_err(Error::from).flatten() {
        Ok(attachment) => Json(attachment).into_response(),
        Err(error) => Refusal::from(error).into_response(),
    })
}

async fn receive(
    app: &Arc<App>,
    id: &str,
    query: Result<Query<links::Query>, QueryRejection>,
    headers: &HeaderMap,
    body: &mut Incoming,
) -> Result<Attachment, Error> {
    let id = AttachmentId::parse(id).ok_or(ErrorCode::NotFound)?;
    let Query(query) = query.map_err(|_| ErrorCode::Forbidden)?;
    match app.links.check(Use::Upload, &id, &query, app.now()) {
        Ok(()) => {}
        Err(LinkFault::Foreign) => return Err(ErrorCode::Forbidden.into()),
        Err(LinkFault::Expired) => return Err(ErrorCode::LinkExpired.into()),
    }
    let opened = {
        let id = id.clone();
        app.run(move |app| app.service.open_upload(&id)).await?
    };
    let (blob, announced) = match opened {
        UploadOpened::Awaited { blob, announced } => (blob, announced),
        UploadOpened::Finished(attachment) => return Ok(attachment),
    };
    let turn = app.uploads.begin(&id);
    let outcome = match check_length(headers, announced.size, most(app)) {
        Ok(()) => match store(app, &blob, announced.size, body, &turn).await {
            Ok(()) => finish(app, &announced, &blob).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    discard_unless_kept(app, &id, &blob).await;
    outcome
}

fn most(app: &App) -> u64 {
    app.service.limits().upload_bytes.unwrap_or(u64::MAX)
}

/// Refuses by the length the head tells, before a byte is read.
fn check_length(headers: &HeaderMap, announced: u64, most: u64) -> Result<(), Error> {
    let told = headers.get(CONTENT_LENGTH);
    let told = told.and_then(|told| told.to_str().ok()?.parse().ok());
    told.map_or(Ok(()), |told| judge(told, announced, most))
}

fn judge(length: u64, announced: u64, most: u64) -> Result<(), Error> {
    match length {
        0 => Err(ErrorCode::UploadEmpty.into()),
        _ if length == announced => Ok(()),
        _ if length > most => Err(ErrorCode::UploadTooLarge.into()),
        _ => Err(ErrorCode::UploadMismatch.into()),
    }
}

/// Passes exactly the announced bytes on to the store.
async fn store(
    app: &App,
    blob: &BlobKey,
    announced: u64,
    body: &mut Incoming,
    turn: &Turn<'_>,
) -> Result<(), Error> {
    let mut incoming = app.blobs.create(blob).await?;
    let mut length = 0;
    let counted = loop {
        let next = tokio::select! {
            next = body.next() => next,
            // A later stream of the same upload takes over.
            () = turn.overtaken() => Err(ErrorCode::UploadIncomplete.into()),
        };
        match next {
            Ok(Some(bytes)) => {
                length += bytes.len() as u64;
                if length > announced {
                    break judge(length, announced, most(app));
                }
                if let Err(fault) = incoming.write(bytes).await {
                    break Err(fault.into());
                }
            }
            Ok(None) => break judge(length, announced, most(app)),
            Err(error) => break Err(error),
        }
    };
    match counted {
        Ok(()) => Ok(incoming.finish().await?),
        Err(error) => {
            incoming.give_up().await;
            Err(error)
        }
    }
}

/// Looks at what came, and makes it the attachment's.
async fn finish(
    app: &Arc<App>,
    announced: &AttachmentRecord,
    blob: &BlobKey,
) -> Result<Attachment, Error> {
    let file = app.blobs.file(blob).await?;
    let told = Told {
        name: announced.name.clone(),
        media_type: announced.declared_type.clone(),
        is_voice: announced.voice.is_some(),
    };
    let unreadable = |why: std::io::Error| StorageError::Other(why.to_string());
    let looked = app.run_large(move |_| Ok(files::look_at(file, &told).map_err(unreadable)?));
    // Even a decoder that breaks over a picture only makes it a plain file.
    let looked = looked.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "a file could not be looked at");
        Looked::plain()
    });
    let mut facts = FileFacts {
        blob: blob.clone(),
        kind: looked.kind,
        media_type: looked.media_type.to_owned(),
        dimensions: looked.dimensions,
        thumbnail: None,
    };
    if let Some(thumbnail) = looked.thumbnail {
        match app.blobs.put_thumbnail(blob, thumbnail.bytes).await {
            Ok(()) => facts.thumbnail = Some(thumbnail.media_type.to_owned()),
            Err(fault) => tracing::warn!(?fault, "a small picture was not kept"),
        }
    }
    let id = announced.id.clone();
    app.run(move |app| app.service.finish_upload(&id, &facts))
        .await
}

/// Deletes bytes that did not become the attachment's. What fails here is swept later.
async fn discard_unless_kept(app: &Arc<App>, id: &AttachmentId, blob: &BlobKey) {
    let (id, key) = (id.clone(), blob.clone());
    let kept = app.run(move |app| app.service.is_blob_of(&id, &key)).await;
    if !matches!(kept, Ok(false)) || app.blobs.remove(blob).await.is_err() {
        return;
    }
    let key = blob.clone();
    let forgotten = app.run(move |app| app.service.forget_blobs(&[key])).await;
    if let Err(error) = forgotten {
        tracing::warn!(%error, "deleted bytes are still noted");
    }
}

/// A body with its time limits.
struct Incoming {
    bytes: axum::body::BodyDataStream,
    ends_at: Instant,
    ended: bool,
}

impl Incoming {
    fn new(body: Body) -> Self {
        Self {
            bytes: body.into_data_stream(),
            ends_at: Instant::now() + LONGEST,
            ended: false,
        }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let ends_at = self.ends_at.min(Instant::now() + SILENCE);
        match timeout_at(ends_at, self.bytes.next()).await {
            Ok(Some(Ok(bytes))) => Ok(Some(bytes)),
            Ok(None) => {
                self.ended = true;
                Ok(None)
            }
            Ok(Some(Err(_))) | Err(_) => {
                self.ended = true;
                Err(ErrorCode::UploadIncomplete.into())
            }
        }
    }

    /// Reads on for a moment: who still sends does not look for an answer.
    async fn linger(&mut self) {
        let mut left = LINGER_BYTES;
        let read = async {
            while !self.ended && left > 0 {
                match timeout(LINGER_SILENCE, self.next()).await {
                    Ok(Ok(Some(bytes))) => left = left.saturating_sub(bytes.len()),
                    Ok(Ok(None) | Err(_)) | Err(_) => return,
                }
            }
        };
        // However it ends, the answer is given.
        let _ = timeout(LINGER, read).await;
    }
}
