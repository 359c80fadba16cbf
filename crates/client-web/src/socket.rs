//! The client's one WebSocket.
//!
//! Invariant: whatever a socket that was closed or replaced still has to say is not heard.

use std::cell::RefCell;

use js_sys::Function;
use protocol::version::SUBPROTOCOL;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// What a socket reports.
pub(crate) enum Report {
    /// It is open.
    Opened,
    /// A text frame.
    Text(String),
    /// A frame that is no text.
    Unreadable,
    /// It is gone, or never came up.
    Closed(u16),
}

/// Close code of a connection that ended without saying so.
pub(crate) const LOST: u16 = 1006;

/// At most one socket at a time.
pub(crate) struct Socket {
    url: String,
    current: RefCell<Option<WebSocket>>,
    /// A socket that somebody else opened early; used up by the first [`Socket::open`].
    early: RefCell<Option<WebSocket>>,
    /// One listener for all events of all sockets.
    listener: Closure<dyn Fn(Event)>,
}

impl Socket {
    pub(crate) fn new(url: String, on_event: impl Fn(Event) + 'static) -> Self {
        Self {
            url,
            current: RefCell::new(None),
            early: RefCell::new(None),
            listener: Closure::new(on_event),
        }
    }

    /// A socket to the same address that is there already; the next one to be opened.
    pub(crate) fn use_first(&self, early: Option<WebSocket>) {
        self.early.replace(early);
    }

    /// Opens a socket. The answer is what can be told at once: that an early socket is open
    /// already, or that the browser refuses.
    pub(crate) fn open(&self) -> Option<Report> {
        self.close(1000);
        let early = self.early.take();
        let early = early.filter(|socket| socket.ready_state() <= WebSocket::OPEN);
        let socket = match early {
            Some(socket) => socket,
            None => match WebSocket::new_with_str(&self.url, SUBPROTOCOL) {
                Ok(socket) => socket,
                Err(_) => return Some(Report::Closed(LOST)),
            },
        };
        self.listen(&socket, true);
        let is_open = socket.ready_state() == WebSocket::OPEN;
        self.current.replace(Some(socket));
        is_open.then_some(Report::Opened)
    }

    /// Writes a text frame; false when there is no open socket to write to. A frame that is
    /// lost this way is sent again after the next connection.
    pub(crate) fn send(&self, text: &str) -> bool {
        self.current
            .borrow()
            .as_ref()
            .is_some_and(|socket| socket.send_with_str(text).is_ok())
    }

    /// Closes the socket, if there is one; nothing more is heard of it.
    pub(crate) fn close(&self, code: u16) -> bool {
        let Some(socket) = self.current.take() else {
            return false;
        };
        self.listen(&socket, false);
        // Pages may only close with 1000 or a code of their own.
        if socket.close_with_code(code).is_err() {
            let _ = socket.close();
        }
        true
    }

    /// Reads an event of the current socket; nothing for those of earlier ones.
    pub(crate) fn read(&self, event: &Event) -> Option<Report> {
        let is_current = self
            .current
            .borrow()
            .as_ref()
            .is_some_and(|socket| event.target().as_ref() == Some(socket.as_ref()));
        if !is_current {
            return None;
        }
        if let Some(message) = event.dyn_ref::<MessageEvent>() {
            return Some(
                message
                    .data()
                    .as_string()
                    .map_or(Report::Unreadable, Report::Text),
            );
        }
        if let Some(closed) = event.dyn_ref::<CloseEvent>() {
            self.current.take();
            return Some(Report::Closed(closed.code()));
        }
        Some(Report::Opened)
    }

    fn listen(&self, socket: &WebSocket, listening: bool) {
        let listener: Option<&Function> = listening.then(|| self.listener.as_ref().unchecked_ref());
        socket.set_onopen(listener);
        socket.set_onmessage(listener);
        socket.set_onclose(listener);
    }
}
