//! An upload: a question for an address, then the bytes. By `XMLHttpRequest`, because `fetch` does
//! not tell how much has left. It is code of the second module: only what its parent calls is
//! called from elsewhere.

use client_core::Event as CoreEvent;
use js_sys::{Date, Function};
use protocol::attachment::Attachment;
use protocol::error::ErrorCode;
use protocol::http::{Endpoint, Problem, UploadRequest, UploadTicket};
use protocol::ids::ClientId;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, ProgressEvent, XmlHttpRequest, XmlHttpRequestEventTarget};

use super::{Running, Uploads};

/// Least time between two reports of one upload, in milliseconds.
const EVERY_MS: f64 = 100.0;

/// Begins with asking for an address.
#[inline(never)]
pub(super) fn start(
    uploads: &Uploads,
    asked: &UploadRequest,
    file: Option<File>,
    token: Option<&str>,
) {
    abort(uploads, &asked.client_id);
    let Ok(request) = XmlHttpRequest::new() else {
        return;
    };
    let mut address = uploads.base.clone();
    address.push_str(UploadRequest::PATH);
    // What cannot be opened or sent ends by itself, as a failure.
    let _ = request.open(UploadRequest::METHOD, &address);
    let _ = request.set_request_header("content-type", "application/json");
    if let Some(token) = token {
        let mut pass = String::from("Bearer ");
        pass.push_str(token);
        let _ = request.set_request_header("authorization", &pass);
    }
    listen(uploads, &request, true);
    let _ = request.send_with_opt_str(Some(&asked.to_json()));
    uploads.running.borrow_mut().push(Running {
        upload: asked.client_id.clone(),
        request,
        file,
        is_sending: false,
        told_at: 0.0,
    });
}

/// Breaks an upload off.
#[inline(never)]
pub(super) fn abort(uploads: &Uploads, upload: &ClientId) {
    let mut running = uploads.running.borrow_mut();
    let at = running.iter().position(|known| known.upload == *upload);
    if let Some(at) = at {
        let gone = running.remove(at);
        drop(running);
        listen(uploads, &gone.request, false);
        let _ = gone.request.abort();
    }
}

/// Breaks all uploads off.
#[inline(never)]
pub(super) fn stop(uploads: &Uploads) {
    for gone in uploads.running.take() {
        listen(uploads, &gone.request, false);
        let _ = gone.request.abort();
    }
}

/// What an event of a request means.
#[inline(never)]
pub(super) fn read(uploads: &Uploads, event: &Event) -> Option<CoreEvent> {
    let target: XmlHttpRequestEventTarget = event.target()?.unchecked_into();
    let mut running = uploads.running.borrow_mut();
    if event.type_() == "progress" {
        let known = running
            .iter_mut()
            .find(|known| known.request.upload().is_ok_and(|sent| *sent == target))?;
        let now = Date::now();
        if now - known.told_at < EVERY_MS {
            return None;
        }
        known.told_at = now;
        return Some(CoreEvent::UploadMoved {
            upload: known.upload.clone(),
            sent: event.unchecked_ref::<ProgressEvent>().loaded() as u64,
        });
    }
    let at = running.iter().position(|known| *known.request == target)?;
    let mut ended = running.remove(at);
    listen(uploads, &ended.request, false);
    let answer = ended.request.response_text();
    let answer = answer.ok().flatten().unwrap_or_default();
    let status = ended.request.status().unwrap_or(0);
    let upload = ended.upload.clone();
    if status != 200 {
        return Some(refused(upload, status, &answer));
    }
    let attachment = if ended.is_sending {
        Attachment::from_json(&answer)
    } else {
        let Some(ticket) = UploadTicket::from_json(&answer) else {
            return Some(broken(upload));
        };
        if ticket.finished.is_none() {
            let Some(file) = &ended.file else {
                return Some(CoreEvent::UploadWantsFile { upload });
            };
            let Some(request) = send(uploads, &ticket.url, file) else {
                return Some(broken(upload));
            };
            ended.request = request;
            ended.is_sending = true;
            running.push(ended);
            return None;
        }
        ticket.finished
    };
    Some(match attachment {
        Some(attachment) => CoreEvent::UploadFinished {
            upload,
            attachment: Box::new(attachment),
        },
        None => broken(upload),
    })
}

/// Sends the bytes.
fn send(uploads: &Uploads, url: &str, file: &File) -> Option<XmlHttpRequest> {
    let request = XmlHttpRequest::new().ok()?;
    let mut address = String::new();
    if url.starts_with('/') {
        address.push_str(&uploads.base);
    }
    address.push_str(url);
    request.open("PUT", &address).ok()?;
    listen(uploads, &request, true);
    request.send_with_opt_blob(Some(file)).ok()?;
    Some(request)
}

fn listen(uploads: &Uploads, request: &XmlHttpRequest, listening: bool) {
    let listener: Option<&Function> = listening.then(|| uploads.listener.as_ref().unchecked_ref());
    request.set_onloadend(listener);
    if let Ok(sent) = request.upload() {
        sent.set_onprogress(listener);
    }
}

fn broken(upload: ClientId) -> CoreEvent {
    CoreEvent::UploadFailed {
        upload,
        code: ErrorCode::UploadIncomplete,
        retry_after_ms: None,
    }
}

fn refused(upload: ClientId, status: u16, answer: &str) -> CoreEvent {
    let (code, retry_after_ms) = match Problem::from_json(answer) {
        Some(problem) => (problem.code, problem.retry_after_ms),
        // Nothing was answered, or not by the backend but by something on the way to it.
        None => match status {
            413 => (ErrorCode::UploadTooLarge, None),
            400..=499 => (ErrorCode::Unknown, None),
            _ => (ErrorCode::UploadIncomplete, None),
        },
    };
    CoreEvent::UploadFailed {
        upload,
        code,
        retry_after_ms,
    }
}
