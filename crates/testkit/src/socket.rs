//! A WebSocket client for tests: sends what it is told, shows what comes, decides nothing.
//!
//! Every wait has a limit, so that a test that would hang fails with a sentence instead.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use protocol::agent::{AgentCommand, AgentFrame};
use protocol::codec::DecodeError;
use protocol::version::SUBPROTOCOL;
use protocol::visitor::{VisitorCommand, VisitorFrame};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::{
    COOKIE, InvalidHeaderValue, ORIGIN, SEC_WEBSOCKET_PROTOCOL,
};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// How long a test waits for anything.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Why a test's socket has nothing to show.
#[derive(Debug)]
pub enum SocketFault {
    /// The connection could not be made, or broke.
    Broken(String),
    /// Nothing came in time.
    Silent,
    /// The server closed the socket with this code while a frame was awaited.
    Closed(Option<u16>),
    /// What came is no frame.
    Foreign(String),
}

impl fmt::Display for SocketFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(why) => write!(out, "the connection broke: {why}"),
            Self::Silent => out.write_str("nothing came in time"),
            Self::Closed(code) => write!(out, "the server closed the socket with {code:?}"),
            Self::Foreign(why) => write!(out, "what came is no frame: {why}"),
        }
    }
}

impl std::error::Error for SocketFault {}

impl From<Error> for SocketFault {
    fn from(error: Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<InvalidHeaderValue> for SocketFault {
    fn from(error: InvalidHeaderValue) -> Self {
        Self::Broken(error.to_string())
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A text frame.
    Text(String),
    /// The end, with the close code if there was a close frame.
    Closed(Option<u16>),
}

/// Frames that travel to the server.
pub trait Sendable {
    /// The frame as text.
    fn text(&self) -> String;
}

impl Sendable for VisitorCommand {
    fn text(&self) -> String {
        self.encode()
    }
}

impl Sendable for AgentCommand {
    fn text(&self) -> String {
        self.encode()
    }
}

/// Frames that come from the server.
pub trait Readable: Sized + fmt::Debug {
    /// Reads a text frame.
    ///
    /// # Errors
    /// When it is none.
    fn read(text: &str) -> Result<Self, DecodeError>;
}

impl Readable for VisitorFrame {
    fn read(text: &str) -> Result<Self, DecodeError> {
        Self::decode(text)
    }
}

impl Readable for AgentFrame {
    fn read(text: &str) -> Result<Self, DecodeError> {
        Self::decode(text)
    }
}

/// How a socket is opened.
#[derive(Clone, Debug)]
pub struct Dial {
    address: SocketAddr,
    headers: Vec<(&'static str, String)>,
}

impl Dial {
    /// To a server at this address, as a program without page or cookie.
    pub fn to(address: SocketAddr) -> Self {
        Self {
            address,
            headers: vec![(SEC_WEBSOCKET_PROTOCOL.as_str(), SUBPROTOCOL.to_owned())],
        }
    }

    /// From a page of this origin.
    #[must_use]
    pub fn from_page(mut self, origin: &str) -> Self {
        self.headers.push((ORIGIN.as_str(), origin.to_owned()));
        self
    }

    /// With this line of cookies.
    #[must_use]
    pub fn with_cookie(mut self, line: &str) -> Self {
        self.headers.push((COOKIE.as_str(), line.to_owned()));
        self
    }

    /// With a header that a proxy would add.
    #[must_use]
    pub fn through_proxy(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Without naming a subprotocol.
    #[must_use]
    pub fn without_subprotocol(mut self) -> Self {
        self.headers
            .retain(|(name, _)| *name != SEC_WEBSOCKET_PROTOCOL.as_str());
        self
    }

    /// Opens the socket.
    ///
    /// # Errors
    /// When the server is not there or does not want it.
    pub async fn open(self) -> Result<Socket, SocketFault> {
        let mut request = format!("ws://{}/v1/socket", self.address).into_client_request()?;
        for (name, value) in &self.headers {
            let value = HeaderValue::from_str(value)?;
            request.headers_mut().insert(*name, value);
        }
        let connect = async {
            let stream = TcpStream::connect(self.address)
                .await
                .map_err(|error| SocketFault::Broken(error.to_string()))?;
            let (inner, response) = client_async(request, stream).await?;
            let subprotocol = response.headers().get(SEC_WEBSOCKET_PROTOCOL);
            Ok(Socket {
                subprotocol: subprotocol.and_then(|value| Some(value.to_str().ok()?.to_owned())),
                inner,
            })
        };
        tokio::time::timeout(PATIENCE, connect)
            .await
            .unwrap_or(Err(SocketFault::Silent))
    }
}

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    inner: WebSocketStream<TcpStream>,
    subprotocol: Option<String>,
}

impl Socket {
    /// The subprotocol that the server chose.
    pub fn subprotocol(&self) -> Option<&str> {
        self.subprotocol.as_deref()
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn send(&mut self, frame: &impl Sendable) -> Result<(), SocketFault> {
        self.send_text(frame.text()).await
    }

    /// Sends any text.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn send_text(&mut self, text: impl Into<String>) -> Result<(), SocketFault> {
        Ok(self.inner.send(Message::text(text.into())).await?)
    }

    /// Sends a binary frame.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn send_binary(&mut self, bytes: Vec<u8>) -> Result<(), SocketFault> {
        Ok(self.inner.send(Message::binary(bytes)).await?)
    }

    /// The next frame, or the end.
    ///
    /// # Errors
    /// When nothing comes in time.
    pub async fn receive(&mut self) -> Result<Received, SocketFault> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.inner.next())
                .await
                .map_err(|_| SocketFault::Silent)?;
            match next {
                Some(Ok(Message::Text(text))) => {
                    return Ok(Received::Text(text.as_str().to_owned()));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Ok(Received::Closed(frame.map(|frame| code(frame.code))));
                }
                Some(Ok(_)) => {}
                // A cut connection has no code.
                Some(Err(_)) | None => return Ok(Received::Closed(None)),
            }
        }
    }

    /// The next frame.
    ///
    /// # Errors
    /// When none comes.
    pub async fn frame<F: Readable>(&mut self) -> Result<F, SocketFault> {
        match self.receive().await? {
            Received::Text(text) => {
                F::read(&text).map_err(|error| SocketFault::Foreign(error.detail))
            }
            Received::Closed(code) => Err(SocketFault::Closed(code)),
        }
    }

    /// The first of the next frames that the question has an answer for; others are let go.
    ///
    /// # Errors
    /// When none comes.
    pub async fn wait_for<F: Readable, T>(
        &mut self,
        mut question: impl FnMut(F) -> Option<T>,
    ) -> Result<T, SocketFault> {
        loop {
            if let Some(answer) = question(self.frame().await?) {
                return Ok(answer);
            }
        }
    }

    /// The code the server closes with; frames before it are let go.
    ///
    /// # Errors
    /// When it does not close.
    pub async fn closed(&mut self) -> Result<Option<u16>, SocketFault> {
        loop {
            if let Received::Closed(code) = self.receive().await? {
                return Ok(code);
            }
        }
    }

    /// Closes the socket in good order.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn close(mut self) -> Result<(), SocketFault> {
        Ok(self.inner.close(None).await?)
    }
}

fn code(code: CloseCode) -> u16 {
    code.into()
}
