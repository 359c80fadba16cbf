//! The socket itself: texts in, texts out, and an orderly end.
//!
//! A write that takes too long means that the client does not read; the socket is given up and
//! the client resumes on a new one.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use protocol::limits::CLIENT_FRAME_BYTES;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite;

/// How long a client may take to read what fills all buffers.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a close frame waits for its answer.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Nobody is there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A frame within the limit.
    Text(Utf8Bytes),
    /// A frame above the limit, but small enough to be read.
    TooBig(Utf8Bytes),
    /// A binary frame, which the protocol has none of.
    Binary,
    /// A sign of life.
    Alive,
    /// A frame so large, or so broken, that nothing behind it can be read.
    Unreadable {
        /// Whether it was its size.
        too_big: bool,
    },
    /// The end.
    Gone,
}

/// One WebSocket.
#[derive(Debug)]
pub(super) struct Wire {
    socket: WebSocket,
}

impl Wire {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self { socket }
    }

    /// Waits for the next frame. Nothing is lost when the wait is given up.
    pub(super) async fn receive(&mut self) -> Incoming {
        match self.socket.recv().await {
            Some(Ok(Message::Text(text))) if text.len() > CLIENT_FRAME_BYTES as usize => {
                Incoming::TooBig(text)
            }
            Some(Ok(Message::Text(text))) => Incoming::Text(text),
            Some(Ok(Message::Binary(_))) => Incoming::Binary,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Incoming::Alive,
            Some(Ok(Message::Close(_))) | None => Incoming::Gone,
            Some(Err(error)) => match error.into_inner().downcast_ref::<tungstenite::Error>() {
                Some(tungstenite::Error::Capacity(_)) => Incoming::Unreadable { too_big: true },
                Some(tungstenite::Error::Utf8(_)) => Incoming::Unreadable { too_big: false },
                _ => Incoming::Gone,
            },
        }
    }

    /// Writes frames, the last one out to the network.
    pub(super) async fn send(&mut self, frames: Vec<String>) -> Result<(), Gone> {
        if frames.is_empty() {
            return Ok(());
        }
        let write = async {
            for frame in frames {
                self.socket.feed(Message::Text(frame.into())).await?;
            }
            self.socket.flush().await
        };
        match timeout(WRITE_TIMEOUT, write).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Gone),
            Err(_) => {
                tracing::info!("a socket was given up because its client does not read");
                Err(Gone)
            }
        }
    }

    /// Says goodbye with a code and waits for the other side to have heard it.
    pub(super) async fn close(mut self, code: u16) {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::default(),
        };
        let farewell = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        let _ = timeout(CLOSE_TIMEOUT, farewell).await;
    }

    /// The same where what the client is still sending cannot be read: the network is left open
    /// for a moment, because closing it on unread bytes would take the code with it.
    pub(super) async fn close_unread(mut self, code: u16) {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::default(),
        };
        let _ = timeout(CLOSE_TIMEOUT, self.socket.send(Message::Close(Some(frame)))).await;
        tokio::time::sleep(CLOSE_TIMEOUT).await;
    }
}
