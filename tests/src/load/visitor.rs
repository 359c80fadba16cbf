//! A visitor made of frames alone: small, so that ten thousand fit beside the server.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use protocol::hello::{ConnectVisitor, Pong};
use protocol::ids::{ClientId, SiteKey};
use protocol::message::Format;
use protocol::version::{PROTOCOL, SUBPROTOCOL};
use protocol::visitor::{PostMessage, VisitorCommand, VisitorFrame};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::Sent;

/// A client's end.
pub(super) type Socket = tokio_tungstenite::WebSocketStream<TcpStream>;

/// Time between two messages of one writer.
const EVERY: Duration = Duration::from_secs(10);

/// Opens a socket with small buffers.
pub(super) async fn dial(server: SocketAddr, cookie: Option<&str>) -> Result<Socket> {
    let mut request = format!("ws://{server}/v1/socket").into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", SUBPROTOCOL.parse()?);
    headers.insert("origin", format!("http://{server}").parse()?);
    if let Some(cookie) = cookie {
        headers.insert("cookie", cookie.parse()?);
    }
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default()
        .read_buffer_size(4096)
        .write_buffer_size(0);
    let socket = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
    Ok(socket.0)
}

/// Writes one frame.
pub(super) async fn say(socket: &mut Socket, text: &str) -> Result<()> {
    Ok(socket.send(Frame::text(text)).await?)
}

/// A connected visitor.
pub(super) struct Visitor {
    number: usize,
    socket: Socket,
}

impl Visitor {
    /// Connects and waits for `visitor_ready`.
    pub(super) async fn connect(server: SocketAddr, number: usize) -> Result<Self> {
        let mut socket = dial(server, None)
            .await
            .with_context(|| format!("socket {number}"))?;
        let connect = ConnectVisitor {
            protocol: PROTOCOL,
            site: SiteKey::parse("demo-sales").context("the demo's site key")?,
            token: None,
            languages: vec!["en".to_owned()],
            language: "en".to_owned(),
            feeds: Vec::new(),
            page: None,
            time_zone: None,
            reduced_motion: None,
        };
        say(&mut socket, &VisitorCommand::from(connect).encode()).await?;
        while let Some(Ok(frame)) = socket.next().await {
            if let Frame::Text(text) = frame {
                match VisitorFrame::decode(&text) {
                    Ok(VisitorFrame::Ready(_)) => return Ok(Self { number, socket }),
                    Ok(VisitorFrame::Refused(refused)) => bail!("visitor {number}: {refused:?}"),
                    _ => {}
                }
            }
        }
        bail!("visitor {number} was closed")
    }

    /// Answers heartbeats, and writes if it is a writer; says whether the socket held.
    pub(super) async fn live(mut self, writes: bool, end: Instant, sent: Sent) -> bool {
        // Writers are spread over the interval, as people are.
        let phase = EVERY.mul_f64(rand::random::<f64>());
        let mut next = Instant::now()
            + if writes {
                phase
            } else {
                Duration::from_secs(86_400)
            };
        let mut count = 0;
        loop {
            tokio::select! {
                frame = self.socket.next() => match frame {
                    Some(Ok(Frame::Text(text))) if text.contains("\"ping\"") => {
                        let pong = VisitorCommand::from(Pong {}).encode();
                        if say(&mut self.socket, &pong).await.is_err() {
                            return false;
                        }
                    }
                    Some(Ok(_)) => {}
                    _ => return false,
                },
                () = tokio::time::sleep_until(next.into()) => {
                    let text = format!("{} #{count}", self.number);
                    (count, next) = (count + 1, next + EVERY);
                    let post = PostMessage {
                        client_id: ClientId::from_bits(rand::random()),
                        conversation: None,
                        text: text.clone(),
                        format: Format::Plain,
                        greeting: None,
                        pressed: None,
                        form: None,
                        attachments: Vec::new(),
                        reply_to: None,
                    };
                    if let Ok(mut sent) = sent.lock() {
                        sent.insert(text, Instant::now());
                    }
                    let frame = VisitorCommand::from(post).encode();
                    if say(&mut self.socket, &frame).await.is_err() {
                        return false;
                    }
                }
                () = tokio::time::sleep_until(end.into()) => return true,
            }
        }
    }
}
