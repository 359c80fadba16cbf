//! Files on their way to the server. How they get there comes from the second module
//! ([`crate::second`]): everything but `new` is called when that is here.
//!
//! Invariant: of an upload that was broken off or has ended nothing more is heard.

mod transfer;

use std::cell::RefCell;

use client_core::Event as CoreEvent;
use protocol::http::UploadRequest;
use protocol::ids::ClientId;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, File, XmlHttpRequest};

struct Running {
    upload: ClientId,
    request: XmlHttpRequest,
    /// What is sent once there is an address for it.
    file: Option<File>,
    /// Whether the bytes are on their way.
    is_sending: bool,
    told_at: f64,
}

/// All uploads of a client.
pub(crate) struct Uploads {
    base: String,
    running: RefCell<Vec<Running>>,
    /// One listener for all events of all requests.
    listener: Closure<dyn Fn(Event)>,
}

impl Uploads {
    /// Uploads to the backend with this socket.
    pub(crate) fn new(socket_url: &str, on_event: impl Fn(Event) + 'static) -> Self {
        Self {
            base: base(socket_url),
            running: RefCell::default(),
            listener: Closure::new(on_event),
        }
    }

    /// Begins with asking for an address.
    pub(crate) fn start(&self, asked: &UploadRequest, file: Option<File>, token: Option<&str>) {
        transfer::start(self, asked, file, token);
    }

    /// Breaks an upload off.
    pub(crate) fn abort(&self, upload: &ClientId) {
        transfer::abort(self, upload);
    }

    /// Breaks all uploads off.
    pub(crate) fn stop(&self) {
        transfer::stop(self);
    }

    /// What an event of a request means.
    pub(crate) fn read(&self, event: &Event) -> Option<CoreEvent> {
        transfer::read(self, event)
    }
}

/// Where the backend with this socket is, without a slash at the end.
pub fn base(socket_url: &str) -> String {
    let mut base = String::from("http");
    let rest = socket_url.strip_prefix("ws").unwrap_or_default();
    base.push_str(rest.strip_suffix("/v1/socket").unwrap_or(rest));
    base
}
